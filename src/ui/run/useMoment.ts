import { useMemo } from 'react'
import { type Instant, START } from '../../base/time'
import type { History } from '../../view/run/history'
import { type Names, namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import type { Seen } from '../../view/run/seen'
import { clockText } from '../../view/stage/clock'
import type { Timeline } from '../../world/timeline'
import { keptFrom } from '../../world/trace'
import type { World } from '../../world/world'
import { engine } from './engine'
import { useFactCount, useRun } from './RunContext'

/** The present for panels: it changes only with a new fact, not at every frame. */
export interface Moment {
  readonly timeline: Timeline
  /** The state of the run at the present instant. */
  readonly seen: Seen
  /** The history of the whole run, including the time after the present instant. */
  readonly history: History
  /** The instant of the last fact that has happened. */
  readonly t: Instant
}

export function useMoment(): Moment {
  const timeline = useRun((run) => run.timeline)
  const count = useFactCount()
  return useMemo(() => {
    const { trace } = timeline
    const t = Math.max(trace[count - 1]?.at ?? START, keptFrom(timeline)) as Instant
    const view = viewOf(timeline)
    return { timeline, seen: view.at(t), history: view.history, t }
  }, [timeline, count])
}

/** The world at the present instant. Between two facts only its clock changes. */
export function useWorld({ timeline, t }: Moment): World {
  return useMemo(() => engine.worldAt(timeline, t), [timeline, t])
}

export function useNames(): Names {
  const scenario = useRun((run) => run.timeline.scenario)
  return useMemo(() => namesOf(scenario), [scenario])
}

/** The clock's text without leading zero minutes: `1.301`, and `01:01.301` from the first minute on. */
export function timeInWords(t: number): string {
  return clockText(t).replace(/^00:0?/, '')
}
