import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Snapshot, Timeline } from '../../world/timeline'
import { factsBefore } from '../../world/trace'
import { countUpTo } from './countUpTo'
import { endOf, type History, noHistory, record } from './history'
import { type Pace, paceOf } from './pace'
import { nothingSeen, observe, type Seen } from './seen'

/** What is derived from a timeline for the stage and the panels, each part made when it is first asked for. */
export interface RunView {
  readonly timeline: Timeline
  /** What is known of the whole run. */
  readonly seen: Seen
  /** What is known of it at an instant. */
  at(t: Instant): Seen
  /** Its past as a whole, in which instants are found. */
  readonly history: History
  /** When the last thing that is known has happened. */
  readonly end: Instant
  readonly pace: Pace
}

/** What is known up to a fact. */
interface Known {
  readonly seen: Seen
  readonly history: History
}

/** What is known at a snapshot, and the order of the first fact of the run for which it was found. */
interface Kept extends Known {
  readonly from: number
}

/**
 * What is known at snapshots. Branches share the snapshots of their common beginning, so a branch begins with what is known
 * there, and a run that goes on is extended by what is new. Where a run has let its oldest facts go, it is looked through anew.
 */
const kept = new WeakMap<Snapshot, Kept>()
/** Facts between two snapshots at which it is kept: to ask about any instant takes so many at most. */
const KEPT_EVERY = 100

const firstOf = ({ snapshots }: Timeline): number => snapshots[0]?.facts ?? 0

/** The last that is kept of a run before so many facts have happened, and the place of the next snapshot. */
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

/** Everything that is known of a run, kept at snapshots from the last at which it was. */
function allOf(timeline: Timeline): Known {
  const steps = lookedThrough(timeline)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in steps from one kept snapshot to the next, each giving the number of facts so far: what they have found is there
 * when the view of the timeline is asked for.
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
      history = record(history, fact, seen.connections)
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

/** Looks on to where so many facts have happened. */
function extended({ trace }: Timeline, start: Seen, facts: number): Seen {
  let seen = start
  let place = factsBefore(trace, seen.facts)
  for (let fact = trace[place]; fact && fact.order < facts; fact = trace[++place]) seen = observe(seen, fact)
  return seen
}

/** How many facts have happened by the instant. Panels render anew only when this number changes. */
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
  /** What was asked last: while time goes on, the next is asked from there. */
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
      // Everything is known at snapshots before any instant is asked for.
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
