import { useMemo } from 'react'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { type Headline, headlineAt } from '../../view/stage/headline'
import { useRun, useRunStore } from '../run/RunContext'

/** The last event of the letter; the component renders again at another event. */
export function useHeadline(): Headline | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t }) => headlineAt(viewOf(timeline), names, t))
}
