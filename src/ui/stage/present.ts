import { useMemo } from 'react'
import type { Instant } from '../../base/time'
import { stageText } from '../../messages/stage'
import { namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import { type Caption, captionAt } from '../../view/stage/scene'
import { newsAt, sentenceAt } from '../../view/stage/sentence'
import { useRun, useRunStore } from '../run/RunContext'
import type { RunState } from '../run/run'

/** The line in focus; the component renders again when another line is in focus. */
export function useCaption(): Caption | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t, stepBy }) => captionAt(viewOf(timeline), names, t, stepBy === 'packet'))
}

/** The events of this moment in plain words. */
export function useSentence(): string {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t, stepBy }) => sentenceAt(viewOf(timeline), names, t, stepBy))
}

/** The events since the last line, if they need words. */
export function useNews(): string | undefined {
  const { scenario } = useRunStore()
  const names = useMemo(() => namesOf(scenario), [scenario])
  return useRun(({ timeline, t }) => newsAt(viewOf(timeline), names, t))
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** `00:01.311`; from the first hour on `1:00:01`, from the first day on `9 d 14:00:01`. */
export function clockText(t: Instant | number): string {
  const ms = Math.max(0, Math.floor(t))
  const pad = (n: number, width: number): string => String(n).padStart(width, '0')
  if (ms >= HOUR) {
    const [minute, second] = [Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
    const hour = Math.floor((ms % DAY) / HOUR)
    const time = `${pad(hour, ms >= DAY ? 2 : 1)}:${pad(minute, 2)}:${pad(second, 2)}`
    return ms >= DAY ? stageText('daysAndTime', { days: Math.floor(ms / DAY), time }) : time
  }
  return `${pad(Math.floor(ms / 60_000), 2)}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`
}

export const isAtEnd = ({ timeline, t }: Pick<RunState, 'timeline' | 't'>): boolean => t >= viewOf(timeline).end
