import { useMemo } from 'react'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { type Caption, captionAt } from '../../view/stage/scene'
import { newsAt, sentenceAt } from '../../view/stage/sentence'
import { spokenWire } from '../../view/stage/spoken'
import { useRun, useRunStore } from '../run/RunContext'
import type { RunState } from '../run/run'

/** The line in focus; the component renders again when another line is in focus. */
export function useCaption(): Caption | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t, stepBy }) => captionAt(viewOf(timeline), names, t, stepBy === 'packet'))
}

/** The events of this moment in plain words, to be heard. */
export function useSentence(): string {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t, stepBy }) => sentenceAt(viewOf(timeline), names, t, stepBy, spokenWire))
}

/** The events since the last line, if they need words. */
export function useNews(): string | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t }) => newsAt(viewOf(timeline), names, t))
}

export const isAtEnd = ({ timeline, t }: Pick<RunState, 'timeline' | 't'>): boolean => t >= viewOf(timeline).end
