import { useMemo } from 'react'
import { type Instant, START } from '../../base/time'
import type { History } from '../../view/run/history'
import { type Names, namesOf } from '../../view/run/names'
import { viewOf } from '../../view/run/runView'
import type { Seen } from '../../view/run/seen'
import type { Timeline } from '../../world/timeline'
import { keptFrom } from '../../world/trace'
import type { World } from '../../world/world'
import { clockText } from '../stage/present'
import { engine } from './engine'
import { useFactCount, useRun } from './RunContext'

/** The present as panels need it: it changes only when something has happened, not at every frame. */
export interface Moment {
  readonly timeline: Timeline
  /** What is known of the run up to now. */
  readonly seen: Seen
  /** What is known of the whole run, the time to come included. */
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

/** The world as it stands now. Between two facts nothing in it changes but the clock. */
export function useWorld({ timeline, t }: Moment): World {
  return useMemo(() => engine.worldAt(timeline, t), [timeline, t])
}

export function useNames(): Names {
  const scenario = useRun((run) => run.timeline.scenario)
  return useMemo(() => namesOf(scenario), [scenario])
}

/** The clock's text without a minute that is none: `1.301`, and `01:01.301` from the first minute on. */
export function timeInWords(t: number): string {
  return clockText(t).replace(/^00:0?/, '')
}
