import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Snapshot, Timeline } from '../../world/timeline'
import { factsBefore } from '../../world/trace'
import { type Moment, momentsOf, type StepSize } from './moments'
import { type Pace, paceOf } from './pace'
import { nothingSeen, observe, type Seen } from './seen'
import { factsBy, indexTrace, type TraceIndex } from './traceIndex'

/** What is derived from a timeline for the stage and the panels, each part made when it is first asked for. */
export interface RunView {
  readonly timeline: Timeline
  /** What is known of the whole run. */
  readonly seen: Seen
  /** What is known of it at an instant. */
  at(t: Instant): Seen
  readonly index: TraceIndex
  readonly pace: Pace
  moments(size: StepSize): readonly Moment[]
}

/** What is known at a snapshot, and the order of the first fact of the run for which it was found. */
interface Kept {
  readonly seen: Seen
  readonly from: number
}

/**
 * What is known at snapshots. Branches share the snapshots of their common beginning, so a branch begins with what is known
 * there, and a run that goes on is extended by what is new. Where a run has let its oldest facts go, it is looked through anew.
 */
const known = new WeakMap<Snapshot, Kept>()
/** Facts between two snapshots at which it is kept: to ask about any instant takes so many at most. */
const KEPT_EVERY = 100

const firstOf = ({ snapshots }: Timeline): number => snapshots[0]?.facts ?? 0

/** What is known once so many facts have happened since the beginning. */
function seenAfter(timeline: Timeline, facts: number): Seen {
  const { snapshots } = timeline
  const from = firstOf(timeline)
  let next = snapshots.length
  let seen: Seen | undefined
  while (next > 0 && !seen) {
    const snapshot = snapshots[--next]
    const kept = snapshot && snapshot.facts <= facts ? known.get(snapshot) : undefined
    if (kept?.from === from) seen = kept.seen
  }
  return extended(timeline, seen ?? nothingSeen, next, facts)
}

/** Looks on to where so many facts have happened, and keeps what is known at snapshots from the given one on. */
function extended(timeline: Timeline, start: Seen, firstSnapshot: number, facts: number): Seen {
  const { snapshots, trace } = timeline
  const from = firstOf(timeline)
  let seen = start
  let place = factsBefore(trace, seen.facts)
  let last = seen.facts
  const goTo = (until: number): void => {
    for (let fact = trace[place]; fact && fact.order < until; fact = trace[++place]) seen = observe(seen, fact)
  }
  for (let at = firstSnapshot; at < snapshots.length; at++) {
    const snapshot = snapshots[at] as Snapshot
    if (snapshot.facts > facts) break
    goTo(snapshot.facts)
    if (seen.facts - last < KEPT_EVERY && at < snapshots.length - 1) continue
    known.set(snapshot, { seen, from })
    last = seen.facts
  }
  goTo(facts)
  return seen
}

const views = new WeakMap<Timeline, RunView>()

export function viewOf(timeline: Timeline): RunView {
  const made = views.get(timeline)
  if (made) return made
  const view = makeView(timeline)
  views.set(timeline, view)
  return view
}

function makeView(timeline: Timeline): RunView {
  const { trace } = timeline
  const moments = new Map<StepSize, readonly Moment[]>()
  let seen: Seen | undefined
  let pace: Pace | undefined
  /** What was asked last: while time goes on, the next is asked from there. */
  let latest: Seen | undefined
  const view: RunView = {
    timeline,
    get seen() {
      seen ??= seenAfter(timeline, Number.POSITIVE_INFINITY)
      return seen
    },
    at(t) {
      const happened = factsBy(trace, t)
      if (happened === trace.length) return view.seen
      const facts = (trace[happened] as Fact).order
      // Everything is known at snapshots before any instant is asked for.
      const isNear = latest !== undefined && latest.facts <= facts && facts - latest.facts < KEPT_EVERY
      latest =
        isNear && latest
          ? extended(timeline, latest, timeline.snapshots.length, facts)
          : view.seen && seenAfter(timeline, facts)
      return latest
    },
    get index() {
      return indexTrace(trace, view.seen.connections)
    },
    get pace() {
      pace ??= paceOf(view.index)
      return pace
    },
    moments(size) {
      const made = moments.get(size) ?? momentsOf(view.index, size)
      moments.set(size, made)
      return made
    },
  }
  return view
}
