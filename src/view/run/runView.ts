import type { Timeline } from '../../world/timeline'
import { type Moment, momentsOf, type StepSize } from './moments'
import { type Pace, paceOf } from './pace'
import { indexTrace, type TraceIndex } from './traceIndex'

/** What is derived from a timeline for the stage, each part made when it is first asked for. */
export interface RunView {
  readonly index: TraceIndex
  readonly pace: Pace
  moments(size: StepSize): readonly Moment[]
}

const cache = new WeakMap<Timeline, RunView>()

export function viewOf(timeline: Timeline): RunView {
  const known = cache.get(timeline)
  if (known) return known
  const index = indexTrace(timeline.trace)
  const pace = paceOf(index)
  const moments = new Map<StepSize, readonly Moment[]>()
  const view: RunView = {
    index,
    pace,
    moments: (size) => {
      const made = moments.get(size) ?? momentsOf(index, size)
      moments.set(size, made)
      return made
    },
  }
  cache.set(timeline, view)
  return view
}
