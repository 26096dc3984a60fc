import { assert } from '../base/assert'
import { type Duration, type Instant, later, seconds } from '../base/time'
import { advance, intervene as interveneInWorld, nextDue } from './advance'
import { buildWorld } from './build'
import type { Fact } from './fact'
import type { Intervention } from './intervention'
import type { Catalogue } from './role'
import type { Scenario } from './scenario'
import type { World } from './world'

/** A whole run: what it is made from, what was done, and what came of it. */
export interface Timeline {
  readonly scenario: Scenario
  readonly seed: number
  readonly interventions: readonly Intervention[]
  /** Worlds at growing instants, the first at the beginning. */
  readonly snapshots: readonly Snapshot[]
  readonly trace: readonly Fact[]
  /** The run is known up to here: the last thing that happened before the world fell quiet. */
  readonly until: Instant
}

export interface Snapshot {
  readonly world: World
  /** How many facts had happened. */
  readonly facts: number
}

/** Facts between two snapshots: seeking replays at most so many. */
const SNAPSHOT_EVERY = 12
/** A world in which nothing is due for so long has fallen quiet. */
export const QUIET: Duration = seconds(8)
/** No run is followed further than this without being asked: a world that never falls quiet. */
const MAX_FACTS = 200_000

interface Recording {
  world: World
  readonly snapshots: Snapshot[]
  readonly trace: Fact[]
}

function record(recording: Recording, until: Instant, catalogue: Catalogue): void {
  for (;;) {
    const { world, facts } = advance(recording.world, until, catalogue, SNAPSHOT_EVERY)
    recording.world = world
    for (const fact of facts) recording.trace.push(fact)
    if (facts.length < SNAPSHOT_EVERY) return
    recording.snapshots.push({ world, facts: recording.trace.length })
  }
}

/** Follows the run until nothing is due for a while. `first` allows one longer pause: that is what `runOn` skips. */
function settle(recording: Recording, catalogue: Catalogue, first: boolean): void {
  let skip = first
  while (recording.trace.length < MAX_FACTS) {
    const due = nextDue(recording.world, catalogue)
    if (due === undefined || (!skip && due > recording.world.now + QUIET)) break
    skip = false
    record(recording, due, catalogue)
  }
  recording.snapshots.push({ world: recording.world, facts: recording.trace.length })
}

function finish(base: Pick<Timeline, 'scenario' | 'seed' | 'interventions'>, recording: Recording): Timeline {
  return {
    scenario: base.scenario,
    seed: base.seed,
    interventions: base.interventions,
    snapshots: recording.snapshots,
    trace: recording.trace,
    until: recording.world.now,
  }
}

function apply(recording: Recording, intervention: Intervention, catalogue: Catalogue): void {
  record(recording, intervention.at, catalogue)
  const { world, facts } = interveneInWorld(recording.world, intervention, catalogue)
  recording.world = world
  for (const fact of facts) recording.trace.push(fact)
  recording.snapshots.push({ world, facts: recording.trace.length })
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
  settle(recording, catalogue, false)
  return finish({ scenario, seed, interventions }, recording)
}

/** The last snapshot at or before an instant. */
function snapshotAt(timeline: Timeline, t: Instant): Snapshot {
  const { snapshots } = timeline
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
 * An intervention at `t` belongs to it.
 */
export function worldAt(timeline: Timeline, catalogue: Catalogue, t: Instant): World {
  return advance(snapshotAt(timeline, t).world, t, catalogue).world
}

/**
 * Does something at an instant. What came later is dropped, interventions included: a branch. Earlier snapshots are shared.
 */
export function intervene(timeline: Timeline, catalogue: Catalogue, intervention: Intervention): Timeline {
  const t = intervention.at
  const kept = timeline.interventions.filter((earlier) => earlier.at <= t)
  const base = snapshotAt(timeline, t)
  const recording: Recording = {
    world: base.world,
    snapshots: timeline.snapshots.filter((snapshot) => snapshot.facts <= base.facts && snapshot.world.now <= t),
    trace: timeline.trace.slice(0, base.facts),
  }
  apply(recording, intervention, catalogue)
  settle(recording, catalogue, false)
  return finish({ ...timeline, interventions: [...kept, intervention] }, recording)
}

/** Goes past a quiet time: to the next thing that is due, and on until the world falls quiet again. */
export function runOn(timeline: Timeline, catalogue: Catalogue): Timeline {
  const last = timeline.snapshots.at(-1) as Snapshot
  const recording: Recording = { world: last.world, snapshots: [...timeline.snapshots], trace: [...timeline.trace] }
  settle(recording, catalogue, true)
  return finish(timeline, recording)
}

/** When the next thing is due after the run fell quiet, or undefined where nothing is. */
export function nextAfterQuiet(timeline: Timeline, catalogue: Catalogue): Instant | undefined {
  return nextDue((timeline.snapshots.at(-1) as Snapshot).world, catalogue)
}

/** How long after an instant the run is known. */
export const known = (timeline: Timeline, t: Instant): boolean => later(t, 0 as Duration) <= timeline.until
