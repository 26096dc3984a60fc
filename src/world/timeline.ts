import type { Instant } from '../base/time'
import type { Fact } from './fact'
import type { Intervention } from './intervention'
import type { Scenario } from './scenario'
import type { World } from './world'

/** A whole run: what it is made from, what was done, and what came of it. */
export interface Timeline {
  readonly scenario: Scenario
  readonly seed: number
  readonly interventions: readonly Intervention[]
  /** Worlds at growing instants, the first at the beginning. Each with the number of facts that had happened. */
  readonly snapshots: readonly Snapshot[]
  readonly trace: readonly Fact[]
  /** The run is known up to here. */
  readonly until: Instant
}

export interface Snapshot {
  readonly world: World
  readonly facts: number
}
