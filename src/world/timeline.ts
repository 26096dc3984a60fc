import { assert } from '../base/assert'
import { type Duration, type Instant, minutes, seconds } from '../base/time'
import { type Advanced, advance, intervene as interveneInWorld, nextDue } from './advance'
import { buildWorld } from './build'
import type { Fact } from './fact'
import type { Intervention } from './intervention'
import type { Catalogue } from './role'
import type { Scenario } from './scenario'
import { factsBefore, keptFrom, type Trace, withoutChatter } from './trace'
import type { World } from './world'

/** A whole run: its scenario, its interventions, and its results. */
export interface Timeline {
  readonly scenario: Scenario
  readonly seed: number
  readonly interventions: readonly Intervention[]
  /** Worlds at growing instants; the first stands at the beginning, or at `keptFrom`. */
  readonly snapshots: readonly Snapshot[]
  /** The facts of the run. Before `keptFrom` only lasting facts remain; find a fact by its order with `factOf`. */
  readonly trace: Trace
  /** The run is known up to here: the last thing that happened before the world fell quiet. */
  readonly until: Instant
  /** True if the world was still not quiet when the request reached its limit of facts. */
  readonly busy: boolean
}

export interface Snapshot {
  readonly world: World
  /** The number of facts since the beginning. */
  readonly facts: number
}

/** The world of the requested instant is no longer kept. */
export class NotKept extends Error {
  readonly keptFrom: Instant
  constructor(asked: Instant, keptFrom: Instant) {
    super(`instant ${asked} is before ${keptFrom}: older worlds have been let go`)
    this.name = 'NotKept'
    this.keptFrom = keptFrom
  }
}

/** Facts between two snapshots: seeking replays at most this many. */
const SNAPSHOT_EVERY = 12
/** The same for distant parts of the run, and for long leaps. */
const SNAPSHOT_EVERY_FAR = 240
/** This many snapshots keep the short distance. */
const NEAR_SNAPSHOTS = 2000
/** The last part of a long leap has snapshots at the short distance. */
const NEAR: Duration = minutes(30)
/** A world without a due item for this long has fallen quiet. */
export const QUIET: Duration = seconds(8)
/** The limit of facts for one request; then the run counts as busy, since a world might never fall quiet. */
const MOST_AT_ONCE = 50_000
/** The limit of facts in a run. Above it the oldest are dropped; the facts of the latest request are always kept. */
const MOST_KEPT = 100_000
/** The limit of lasting facts from the dropped part. */
const MOST_LASTING = 10_000
/** The run may exceed its limit by this many facts, so that dropping is rare. */
const SLACK = 25_000

/** How far a run has come that is made in steps. */
export interface Progress {
  readonly at: Instant
  /** The number of facts since the beginning. */
  readonly facts: number
  /** The run up to here. */
  soFar(): Timeline
}

/** A run that is made in steps of at most 240 facts each, so that a page can do other things in between. */
export type Steps = Generator<Progress, Timeline>

type Base = Pick<Timeline, 'scenario' | 'seed' | 'interventions'>

interface Recording {
  base: Base
  world: World
  snapshots: Snapshot[]
  trace: Fact[]
}

const progressOf = (recording: Recording): Progress => ({
  at: recording.world.now,
  facts: recording.world.counters.fact,
  soFar: () => {
    const { snapshots, trace } = recording
    return finish({ ...recording, snapshots: [...snapshots], trace: [...trace] }, false)
  },
})

/** Takes all steps at once. */
function taken<T>(steps: Generator<Progress, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function take(recording: Recording, { world, facts }: Advanced): void {
  recording.world = world
  for (const fact of facts) recording.trace.push(fact)
}

function* record(recording: Recording, until: Instant, catalogue: Catalogue): Generator<Progress, void> {
  const near = until - NEAR
  for (;;) {
    const far = recording.world.now < near
    const every = far ? SNAPSHOT_EVERY_FAR : SNAPSHOT_EVERY
    const step = advance(recording.world, far ? (near as Instant) : until, catalogue, every)
    take(recording, step)
    if (step.facts.length >= every) {
      mark(recording)
      yield progressOf(recording)
    } else if (!far) return
  }
}

/** Makes a snapshot of the present world, and drops the oldest facts if there are too many. */
function mark(recording: Recording): void {
  const { snapshots, world, trace } = recording
  snapshots.push({ world, facts: world.counters.fact })
  if (trace.length > MOST_KEPT + SLACK) letGo(recording)
  if (snapshots.length > 2 * NEAR_SNAPSHOTS) recording.snapshots = thinned(snapshots)
}

function letGo(recording: Recording): void {
  const { snapshots, trace } = recording
  const wanted = (trace[trace.length - MOST_KEPT] as Fact).order
  const late = recording.world.counters.fact - MOST_AT_ONCE
  const found = snapshots.findIndex(({ facts }) => facts >= wanted)
  // Preferably at a moment with nothing under way, so that no line is cut in two.
  const still = snapshots.findIndex(({ world, facts }, at) => at >= found && facts <= late && isStill(world))
  const from = still === -1 ? found : still
  const base = snapshots[from]
  if (!base) return
  recording.trace = withoutChatter(trace, factsBefore(trace, base.facts), base.world, MOST_LASTING)
  recording.snapshots = snapshots.slice(from)
}

const isStill = ({ agenda }: World): boolean => agenda.heap.every(({ due }) => due.type !== 'packetArrives')

/** Removes old snapshots that stand close together. The first stays. */
function thinned(snapshots: readonly Snapshot[]): Snapshot[] {
  const near = snapshots.length - NEAR_SNAPSHOTS
  let last = Number.NEGATIVE_INFINITY
  return snapshots.filter(({ facts }, at) => {
    if (at < near && facts - last < SNAPSHOT_EVERY_FAR) return false
    last = facts
    return true
  })
}

/** True while an end waits for an answer and will ask again: the world is silent, but not quiet. */
const isUnanswered = ({ agenda }: World): boolean => agenda.heap.some(({ due }) => due.type === 'retransmit')

/** Follows the run until nothing is due for a while. Returns true if it reached the limit of facts first. */
function* settle(recording: Recording, catalogue: Catalogue): Generator<Progress, boolean> {
  const most = recording.world.counters.fact + MOST_AT_ONCE
  let busy = false
  for (;;) {
    const due = nextDue(recording.world)
    if (due === undefined || (due > recording.world.now + QUIET && !isUnanswered(recording.world))) break
    busy = recording.world.counters.fact >= most
    if (busy) break
    yield* record(recording, due, catalogue)
  }
  mark(recording)
  return busy
}

function finish({ base, snapshots, trace, world }: Recording, busy: boolean): Timeline {
  return { ...base, snapshots, trace, until: world.now, busy }
}

function* apply(recording: Recording, intervention: Intervention, catalogue: Catalogue): Generator<Progress, void> {
  yield* record(recording, intervention.at, catalogue)
  take(recording, interveneInWorld(recording.world, intervention, catalogue))
  mark(recording)
  const { base } = recording
  recording.base = { ...base, interventions: [...base.interventions, intervention] }
}

/**
 * Runs a scenario from its beginning, with interventions in the order of their instants, until it falls quiet. Throws a
 * ScenarioError if the scenario is invalid.
 */
export function startTimeline(scenario: Scenario, catalogue: Catalogue, given: Given = {}): Timeline {
  return taken(startInSteps(scenario, catalogue, given))
}

export interface Given {
  readonly seed?: number
  readonly interventions?: readonly Intervention[]
}

/** The same as `startTimeline`, in steps. */
export function* startInSteps(scenario: Scenario, catalogue: Catalogue, given: Given = {}): Steps {
  const seed = given.seed ?? scenario.seed
  const interventions = given.interventions ?? []
  const world = buildWorld(scenario, catalogue, seed)
  const base: Base = { scenario, seed, interventions: [] }
  const recording: Recording = { base, world, snapshots: [{ world, facts: 0 }], trace: [] }
  for (const intervention of interventions) {
    assert(intervention.at >= recording.world.now, 'interventions stand in the order of their instants')
    // The world may have fallen quiet before the next intervention; it still has to reach that instant.
    yield* apply(recording, intervention, catalogue)
  }
  const busy = yield* settle(recording, catalogue)
  return finish(recording, busy)
}

/** The last snapshot at or before an instant. Throws NotKept if there is none any more. */
function snapshotAt(timeline: Timeline, t: Instant): Snapshot {
  const { snapshots } = timeline
  const from = keptFrom(timeline)
  if (t < from) throw new NotKept(t, from)
  let low = 0
  let high = snapshots.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((snapshots[middle] as Snapshot).world.now <= t) low = middle
    else high = middle - 1
  }
  return snapshots[low] as Snapshot
}

/**
 * The world at `t`, with everything that is due then; a `t` after `until` runs the world on. An intervention at `t` belongs to
 * it. Throws NotKept before `keptFrom`.
 */
export function worldAt(timeline: Timeline, catalogue: Catalogue, t: Instant): World {
  return advance(snapshotAt(timeline, t).world, t, catalogue).world
}

/**
 * Intervenes at an instant. Later facts and interventions are dropped: a branch. The branch shares earlier snapshots and facts
 * with the original run (`sharedFacts`). Throws NotKept before `keptFrom`.
 */
export function intervene(timeline: Timeline, catalogue: Catalogue, intervention: Intervention): Timeline {
  const t = intervention.at
  const kept = timeline.interventions.filter((earlier) => earlier.at <= t)
  const recording = t > timeline.until ? continued(timeline) : upTo(timeline, worldAt(timeline, catalogue, t))
  recording.base = { ...recording.base, interventions: kept }
  taken(apply(recording, intervention, catalogue))
  const busy = taken(settle(recording, catalogue))
  return finish(recording, busy)
}

const baseOf = ({ scenario, seed, interventions }: Timeline): Base => ({ scenario, seed, interventions })

const continued = (timeline: Timeline): Recording => {
  const { snapshots, trace } = timeline
  const { world } = snapshots.at(-1) as Snapshot
  return { base: baseOf(timeline), world, snapshots: [...snapshots], trace: [...trace] }
}

/** Skips a quiet time: runs to the next due item, or to the given later instant, and on until the world falls quiet again. */
export function runOn(timeline: Timeline, catalogue: Catalogue, to?: Instant): Timeline {
  return taken(runOnInSteps(timeline, catalogue, to))
}

/** The same as `runOn`, in steps. */
export function* runOnInSteps(timeline: Timeline, catalogue: Catalogue, to?: Instant): Steps {
  const recording = continued(timeline)
  const next = to ?? nextDue(recording.world)
  if (next !== undefined && next > recording.world.now) yield* record(recording, next, catalogue)
  const busy = yield* settle(recording, catalogue)
  return finish(recording, busy)
}

/**
 * Runs on until a fact is reached, or to the last instant if there is none before it. Then on until the world falls quiet, in
 * steps.
 */
export function* runOnUntil(
  timeline: Timeline,
  catalogue: Catalogue,
  isReached: (fact: Fact) => boolean,
  last: Instant,
): Steps {
  let recording = continued(timeline)
  let known = recording.world.counters.fact
  const steps = record(recording, last, catalogue)
  let found: Fact | undefined
  for (let over = false; !found && !over; ) {
    const step = steps.next()
    found = recording.trace.slice(factsBefore(recording.trace, known)).find(isReached)
    known = recording.world.counters.fact
    over = step.done === true
    if (!step.done && !found) yield step.value
  }
  if (found) {
    const beyond = finish(recording, false)
    recording = upTo(beyond, worldAt(beyond, catalogue, found.at))
  }
  const busy = yield* settle(recording, catalogue)
  return finish(recording, busy)
}

/** Runs to an instant and no further. It restores a run exactly as far as it was known. */
export function carryOn(timeline: Timeline, catalogue: Catalogue, to: Instant): Timeline {
  return taken(carryOnInSteps(timeline, catalogue, to))
}

/** The same as `carryOn`, in steps. */
export function* carryOnInSteps(timeline: Timeline, catalogue: Catalogue, to: Instant): Steps {
  if (to <= timeline.until) return timeline
  const recording = continued(timeline)
  yield* record(recording, to, catalogue)
  mark(recording)
  return finish(recording, timeline.busy)
}

/** A run that is cut off at this world. */
const upTo = (timeline: Timeline, world: World): Recording => ({
  base: baseOf(timeline),
  world,
  snapshots: timeline.snapshots.filter(
    (snapshot) => snapshot.world.now <= world.now && snapshot.facts <= world.counters.fact,
  ),
  trace: timeline.trace.slice(0, factsBefore(timeline.trace, world.counters.fact)),
})

/** The next due instant after the run fell quiet, or undefined. */
export function nextAfterQuiet(timeline: Timeline): Instant | undefined {
  return nextDue((timeline.snapshots.at(-1) as Snapshot).world)
}
