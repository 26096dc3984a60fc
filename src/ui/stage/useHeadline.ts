import { useMemo } from 'react'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { type Headline, headlineAt } from '../../view/stage/headline'
import { useRun, useRunStore } from '../run/RunContext'

/** The fate of the letter; the component renders again when other words tell it. */
export function useHeadline(): Headline {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t }) => headlineAt(viewOf(timeline), names, t))
}
