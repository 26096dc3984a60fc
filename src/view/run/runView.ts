import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Snapshot, Timeline } from '../../world/timeline'
import { factsBefore } from '../../world/trace'
import { countUpTo } from './countUpTo'
import { endOf, type History, noHistory, record } from './history'
import { type Pace, paceOf } from './pace'
import { nothingSeen, observe, type Seen } from './seen'

/** The view of a timeline for the stage and the panels. Each part is computed on first use. */
export interface RunView {
  readonly timeline: Timeline
  /** The state at the end of the run. */
  readonly seen: Seen
  /** The state at an instant. */
  at(t: Instant): Seen
  /** The whole past, in which instants can be searched. */
  readonly history: History
  /** The end of the known run. */
  readonly end: Instant
  readonly pace: Pace
}

/** State and history up to a fact. */
interface Known {
  readonly seen: Seen
  readonly history: History
}

/** State and history at a snapshot, and the order of the first fact of the run for which they were computed. */
interface Kept extends Known {
  readonly from: number
}

/**
 * State and history by snapshot. Branches share the snapshots of their common beginning, so a branch begins with the values
 * there, and a longer run only adds its new facts. If a run has dropped its oldest facts, its view is computed again.
 */
const kept = new WeakMap<Snapshot, Kept>()
/** The number of facts between two stored values. A query about any instant processes at most this many. */
const KEPT_EVERY = 100

const firstOf = ({ snapshots }: Timeline): number => snapshots[0]?.facts ?? 0

/** The last stored value at or before this number of facts, and the place of the next snapshot. */
function keptBefore(timeline: Timeline, facts: number): readonly [Known, number] {
  const { snapshots } = timeline
  const from = firstOf(timeline)
  let next = countUpTo(snapshots, (snapshot) => snapshot.facts, facts)
  while (next > 0) {
    const found = kept.get(snapshots[next - 1] as Snapshot)
    if (found?.from === from) return [found, next]
    next--
  }
  return [{ seen: nothingSeen, history: noHistory }, 0]
}

/** State and history of a whole run. They are computed from the last stored value and stored at the snapshots after it. */
function allOf(timeline: Timeline): Known {
  const steps = lookedThrough(timeline)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in steps from one stored snapshot to the next. Each step yields the number of facts so far. The view of the timeline
 * then uses the stored values.
 */
export function* lookedThrough(timeline: Timeline): Generator<number, Known> {
  const { snapshots, trace } = timeline
  const from = firstOf(timeline)
  let [{ seen, history }, next] = keptBefore(timeline, Number.POSITIVE_INFINITY)
  let last = seen.facts
  let place = factsBefore(trace, seen.facts)
  const goTo = (until: number): void => {
    for (let fact = trace[place]; fact && fact.order < until; fact = trace[++place]) {
      seen = observe(seen, fact)
      history = record(history, fact, seen)
    }
  }
  for (; next < snapshots.length; next++) {
    const snapshot = snapshots[next] as Snapshot
    goTo(snapshot.facts)
    if (seen.facts - last < KEPT_EVERY && next < snapshots.length - 1) continue
    kept.set(snapshot, { seen, history, from })
    last = seen.facts
    yield last
  }
  goTo(Number.POSITIVE_INFINITY)
  return { seen, history }
}

/** Extends the view to this number of facts. */
function extended({ trace }: Timeline, start: Seen, facts: number): Seen {
  let seen = start
  let place = factsBefore(trace, seen.facts)
  for (let fact = trace[place]; fact && fact.order < facts; fact = trace[++place]) seen = observe(seen, fact)
  return seen
}

/** The number of facts at or before the instant. Panels render again only when this number changes. */
export const factsBy = (trace: readonly Fact[], t: Instant): number => countUpTo(trace, (fact) => fact.at, t)

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
  let all: Known | undefined
  let pace: Pace | undefined
  /** The last query. While time moves on, the next one is computed from it. */
  let latest: Seen | undefined
  const known = (): Known => {
    all ??= allOf(timeline)
    return all
  }
  const view: RunView = {
    timeline,
    get seen() {
      return known().seen
    },
    at(t) {
      const happened = factsBy(trace, t)
      // All snapshots are filled before the first query about an instant.
      if (happened === trace.length) return known().seen
      const facts = (trace[happened] as Fact).order
      const isNear = latest !== undefined && latest.facts <= facts && facts - latest.facts < KEPT_EVERY
      latest = extended(timeline, latest && isNear ? latest : known() && keptBefore(timeline, facts)[0].seen, facts)
      return latest
    },
    get history() {
      return known().history
    },
    get end() {
      return endOf(known().history)
    },
    get pace() {
      const { cuts, lines } = known().history.flights
      pace ??= paceOf(cuts, lines, view.end)
      return pace
    },
  }
  return view
}
