import { type Instant, START } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Connections } from './connections'
import { type Exchanges, noExchanges, observeExchange } from './exchanges'
import { type Flights, noFlights, observeFlight } from './flights'
import { type Happenings, nothingHappened, observeHappening } from './happenings'
import { type Dialogues, noDialogues, observeDialogue } from './transcript'
import { noWays, observeWay, type Ways } from './ways'

/**
 * The whole past of a run: the instant of each line, its arrival, and the meaning that its reader found. An instant is found in
 * it by searching. It is a value that grows with each fact, so branches share their common beginning.
 */
export interface History {
  readonly flights: Flights
  readonly dialogues: Dialogues
  readonly happenings: Happenings
  readonly ways: Ways
  readonly exchanges: Exchanges
  /** The instant of the last fact. */
  readonly at: Instant
}

export const noHistory: History = {
  flights: noFlights,
  dialogues: noDialogues,
  happenings: nothingHappened,
  ways: noWays,
  exchanges: noExchanges,
  at: START,
}

/** The history with one more fact. `connections` are those after this fact. */
export function record(history: History, fact: Fact, connections: Connections): History {
  const flights = observeFlight(history.flights, fact, connections)
  const grown = flights.lines.length - history.flights.lines.length
  const line = grown > 0 ? flights.lines.last?.flight : undefined
  return {
    flights,
    dialogues: observeDialogue(history.dialogues, fact, connections),
    happenings: observeHappening(history.happenings, fact),
    ways: observeWay(history.ways, fact, connections, line),
    exchanges: observeExchange(history.exchanges, fact, connections, flights, grown),
    at: fact.at,
  }
}

/** The end of the known past: the last arrival or the last fact. */
export const endOf = ({ flights: { lines, packets }, at }: History): Instant =>
  Math.max(at, lines.last?.latest ?? 0, packets.last?.latest ?? 0) as Instant
