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

/** A whole run: what it is made from, what was done, and what came of it. */
export interface Timeline {
  readonly scenario: Scenario
  readonly seed: number
  readonly interventions: readonly Intervention[]
  /** Worlds at growing instants; the first stands at the beginning, or where what is kept begins (`keptFrom`). */
  readonly snapshots: readonly Snapshot[]
  /** What happened. Before `keptFrom` only what lasts is still here; find a fact by its order with `factOf`. */
  readonly trace: Trace
  /** The run is known up to here: the last thing that happened before the world fell quiet. */
  readonly until: Instant
  /** True where the world had not fallen quiet when it had brought as many facts as one request may bring. */
  readonly busy: boolean
}

export interface Snapshot {
  readonly world: World
  /** How many facts had happened since the beginning. */
  readonly facts: number
}

/** An instant was asked for whose world is not kept any more. */
export class NotKept extends Error {
  readonly keptFrom: Instant
  constructor(asked: Instant, keptFrom: Instant) {
    super(`instant ${asked} is before ${keptFrom}: older worlds have been let go`)
    this.name = 'NotKept'
    this.keptFrom = keptFrom
  }
}

/** Facts between two snapshots: seeking replays at most so many. */
const SNAPSHOT_EVERY = 12
/** The same for what lies far back, or is passed in a long leap. */
const SNAPSHOT_EVERY_FAR = 240
/** So many snapshots keep the short distance. */
const NEAR_SNAPSHOTS = 2000
/** The last part of a long leap is recorded as closely as what is followed step by step. */
const NEAR: Duration = minutes(30)
/** A world in which nothing is due for so long has fallen quiet. */
export const QUIET: Duration = seconds(8)
/** Facts that one request may bring before the run counts as busy: a world that never falls quiet is not followed for ever. */
const MOST_AT_ONCE = 50_000
/** Facts that a run keeps. Of more, the oldest are let go; what one request has brought is always kept. */
const MOST_KEPT = 100_000
/** Of what was let go, so many facts that last are kept. */
const MOST_LASTING = 10_000
/** So many more are borne before the oldest are let go, so that it is done seldom. */
const SLACK = 25_000

interface Recording {
  world: World
  snapshots: Snapshot[]
  trace: Fact[]
}

function take(recording: Recording, { world, facts }: Advanced): void {
  recording.world = world
  for (const fact of facts) recording.trace.push(fact)
}

function record(recording: Recording, until: Instant, catalogue: Catalogue): void {
  const near = until - NEAR
  for (;;) {
    const far = recording.world.now < near
    const every = far ? SNAPSHOT_EVERY_FAR : SNAPSHOT_EVERY
    const step = advance(recording.world, far ? (near as Instant) : until, catalogue, every)
    take(recording, step)
    if (step.facts.length >= every) mark(recording)
    else if (!far) return
  }
}

/** Makes a snapshot of the present world, and lets go of what is oldest where too much is kept. */
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
  // Best where nothing is under way: then no line is cut in two.
  const still = snapshots.findIndex(({ world, facts }, at) => at >= found && facts <= late && isStill(world))
  const from = still === -1 ? found : still
  const base = snapshots[from]
  if (!base) return
  recording.trace = withoutChatter(trace, factsBefore(trace, base.facts), base.world, MOST_LASTING)
  recording.snapshots = snapshots.slice(from)
}

const isStill = ({ agenda }: World): boolean => agenda.heap.every(({ due }) => due.type !== 'packetArrives')

/** Leaves out old snapshots that stand close together. The first stays. */
function thinned(snapshots: readonly Snapshot[]): Snapshot[] {
  const near = snapshots.length - NEAR_SNAPSHOTS
  let last = Number.NEGATIVE_INFINITY
  return snapshots.filter(({ facts }, at) => {
    if (at < near && facts - last < SNAPSHOT_EVERY_FAR) return false
    last = facts
    return true
  })
}

/** Follows the run until nothing is due for a while, and tells whether it was still busy when it had brought enough. */
function settle(recording: Recording, catalogue: Catalogue): boolean {
  const most = recording.world.counters.fact + MOST_AT_ONCE
  let busy = false
  for (;;) {
    const due = nextDue(recording.world)
    if (due === undefined || due > recording.world.now + QUIET) break
    busy = recording.world.counters.fact >= most
    if (busy) break
    record(recording, due, catalogue)
  }
  mark(recording)
  return busy
}

function finish(
  base: Pick<Timeline, 'scenario' | 'seed' | 'interventions'>,
  { snapshots, trace, world }: Recording,
  busy: boolean,
): Timeline {
  const { scenario, seed, interventions } = base
  return { scenario, seed, interventions, snapshots, trace, until: world.now, busy }
}

function apply(recording: Recording, intervention: Intervention, catalogue: Catalogue): void {
  record(recording, intervention.at, catalogue)
  take(recording, interveneInWorld(recording.world, intervention, catalogue))
  mark(recording)
}

/**
 * Runs a scenario from its beginning, with interventions in the order of their instants, until it falls quiet.
 * Throws a ScenarioError where the scenario makes no sense.
 */
export function startTimeline(
  scenario: Scenario,
  catalogue: Catalogue,
  given: { readonly seed?: number; readonly interventions?: readonly Intervention[] } = {},
): Timeline {
  const seed = given.seed ?? scenario.seed
  const interventions = given.interventions ?? []
  const world = buildWorld(scenario, catalogue, seed)
  const recording: Recording = { world, snapshots: [{ world, facts: 0 }], trace: [] }
  for (const intervention of interventions) {
    assert(intervention.at >= recording.world.now, 'interventions stand in the order of their instants')
    // Between two interventions the world may have fallen quiet; it still has to be carried there.
    apply(recording, intervention, catalogue)
  }
  const busy = settle(recording, catalogue)
  return finish({ scenario, seed, interventions }, recording, busy)
}

/** The last snapshot at or before an instant. Throws NotKept where there is none any more. */
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
 * The world as it is once all that is due at `t` has happened; past `until` it is carried on.
 * An intervention at `t` belongs to it. Throws NotKept before `keptFrom`.
 */
export function worldAt(timeline: Timeline, catalogue: Catalogue, t: Instant): World {
  return advance(snapshotAt(timeline, t).world, t, catalogue).world
}

/**
 * Does something at an instant. What came later is dropped, interventions included: a branch. What came before is shared
 * with the run that it parts from, snapshots and facts alike (`sharedFacts`). Throws NotKept before `keptFrom`.
 */
export function intervene(timeline: Timeline, catalogue: Catalogue, intervention: Intervention): Timeline {
  const t = intervention.at
  const kept = timeline.interventions.filter((earlier) => earlier.at <= t)
  const recording = t > timeline.until ? continued(timeline) : upTo(timeline, worldAt(timeline, catalogue, t))
  apply(recording, intervention, catalogue)
  const busy = settle(recording, catalogue)
  return finish({ ...timeline, interventions: [...kept, intervention] }, recording, busy)
}

const continued = (timeline: Timeline): Recording => {
  const { snapshots, trace } = timeline
  return { world: (snapshots.at(-1) as Snapshot).world, snapshots: [...snapshots], trace: [...trace] }
}

/**
 * Goes past a quiet time: to the next thing that is due, or to a later instant where one is given, and on until the world
 * falls quiet again.
 */
export function runOn(timeline: Timeline, catalogue: Catalogue, to?: Instant): Timeline {
  const recording = continued(timeline)
  const next = to ?? nextDue(recording.world)
  if (next !== undefined && next > recording.world.now) record(recording, next, catalogue)
  const busy = settle(recording, catalogue)
  return finish(timeline, recording, busy)
}

/** Carries the run to an instant and no further, so that a run is known again as far as it was. */
export function carryOn(timeline: Timeline, catalogue: Catalogue, to: Instant): Timeline {
  if (to <= timeline.until) return timeline
  const recording = continued(timeline)
  record(recording, to, catalogue)
  mark(recording)
  return finish(timeline, recording, timeline.busy)
}

/** A run that is cut off where this world of it stands. */
const upTo = ({ snapshots, trace }: Timeline, world: World): Recording => ({
  world,
  snapshots: snapshots.filter((snapshot) => snapshot.world.now <= world.now && snapshot.facts <= world.counters.fact),
  trace: trace.slice(0, factsBefore(trace, world.counters.fact)),
})

/** When the next thing is due after the run fell quiet, or undefined where nothing is. */
export function nextAfterQuiet(timeline: Timeline): Instant | undefined {
  return nextDue((timeline.snapshots.at(-1) as Snapshot).world)
}
