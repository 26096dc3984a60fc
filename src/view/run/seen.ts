import type { Instant } from '../../base/time'
import { START } from '../../base/time'
import type { Fact } from '../../world/fact'
import { type Connections, noConnections, observeConnection } from './connections'
import { type Holdings, noHoldings, observeHolding } from './holdings'
import { type Neighbours, observeNeighbours } from './neighbours'
import { noTerminals, observeTerminal, type Terminals } from './terminals'

/**
 * The state of a run after its first facts. It is an immutable value, so it can be stored at any fact and extended from there.
 * The page, the command line and the watched page all read a run through it.
 */
export interface Seen {
  /** The number of facts since the beginning of the run, including those that were dropped. */
  readonly facts: number
  /** The instant of the last of them. */
  readonly at: Instant
  readonly connections: Connections
  readonly holdings: Holdings
  readonly terminals: Terminals
  readonly neighbours: Neighbours
}

export const nothingSeen: Seen = {
  facts: 0,
  at: START,
  connections: noConnections,
  holdings: noHoldings,
  terminals: noTerminals,
  neighbours: {},
}

/** The state after one more fact. The time it takes does not depend on the length of the run. */
export const observe = (seen: Seen, fact: Fact): Seen => ({
  facts: fact.order + 1,
  at: fact.at,
  connections: observeConnection(seen.connections, fact),
  holdings: observeHolding(seen.holdings, fact),
  terminals: observeTerminal(seen.terminals, fact),
  neighbours: observeNeighbours(seen.neighbours, fact),
})
