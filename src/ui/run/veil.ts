import { createContext, use, useMemo } from 'react'
import { factsBy } from '../../view/run/runView'
import type { Timeline } from '../../world/timeline'
import { useRun } from './RunContext'

/** True while nothing of the run beyond the present is shown: a lesson has asked for it. */
export const VeilContext = createContext(false)

/** True while the time after the present instant is hidden. */
export const useVeiled = (): boolean => use(VeilContext)

/** The run as far as it may be shown: the whole of it, or up to the present. */
export function useShownTimeline(): Timeline {
  const veiled = useVeiled()
  const timeline = useRun((run) => run.timeline)
  const count = useRun((run) => (veiled ? factsBy(run.timeline.trace, run.t) : undefined))
  return useMemo(() => (count === undefined ? timeline : cutAfter(timeline, count)), [timeline, count])
}

/** The first facts of a run. */
function cutAfter(timeline: Timeline, count: number): Timeline {
  const { trace, snapshots } = timeline
  const next = trace[count]
  if (!next) return timeline
  const known = snapshots.filter(({ facts }, at) => at === 0 || facts <= next.order)
  return { ...timeline, trace: trace.slice(0, count), snapshots: known, until: trace[count - 1]?.at ?? timeline.until }
}
