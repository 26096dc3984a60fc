import { use, useMemo } from 'react'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { captionInFog } from '../../view/stage/inFog'
import { type Caption, captionAt } from '../../view/stage/scene'
import { newsAt, sentenceAt } from '../../view/stage/sentence'
import { spokenWire } from '../../view/stage/spoken'
import { FogContext } from '../run/fog'
import { useRun, useRunStore } from '../run/RunContext'
import type { RunState } from '../run/run'

/** The line in focus; the component renders again when another line is in focus. */
export function useCaption(): Caption | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  const seen = use(FogContext)
  return useRun(({ timeline, t, stepBy }) =>
    captionInFog(captionAt(viewOf(timeline), names, t, stepBy === 'packet'), seen),
  )
}

/** The events of this moment in plain words, to be heard. */
export function useSentence(): string {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  const hidden = useHidden()
  return useRun(({ timeline, t, stepBy }) => (hidden ? '' : sentenceAt(viewOf(timeline), names, t, stepBy, spokenWire)))
}

/** The events since the last line, if they need words. */
export function useNews(): string | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  const hidden = useHidden()
  return useRun(({ timeline, t }) => (hidden ? undefined : newsAt(viewOf(timeline), names, t)))
}

/** In fog this moment is about hosts that are not seen. */
export function useHidden(): boolean {
  const inFog = use(FogContext) !== undefined
  return useCaption() === undefined && inFog
}

export const isAtEnd = ({ timeline, t }: Pick<RunState, 'timeline' | 't'>): boolean => t >= viewOf(timeline).end
