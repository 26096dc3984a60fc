import type { Instant } from '../../base/time'
import { START } from '../../base/time'
import type { Fact } from '../../world/fact'
import { type Connections, noConnections, observeConnection } from './connections'
import { type Holdings, noHoldings, observeHolding } from './holdings'
import { type Neighbours, observeNeighbours } from './neighbours'
import { noTerminals, observeTerminal, type Terminals } from './terminals'

/**
 * What is known of a run from its first facts: a value, so it can be kept at any of them and extended from there. All that
 * the page, the command line and the watched page say of a run they ask here.
 */
export interface Seen {
  /** How many facts had happened since the beginning of the run. Of its oldest ones some may have been let go. */
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

/** What is known with one more fact. It takes as long as the fact needs, however long the run. */
export const observe = (seen: Seen, fact: Fact): Seen => ({
  facts: fact.order + 1,
  at: fact.at,
  connections: observeConnection(seen.connections, fact),
  holdings: observeHolding(seen.holdings, fact),
  terminals: observeTerminal(seen.terminals, fact),
  neighbours: observeNeighbours(seen.neighbours, fact),
})
