import { type Instant, START } from '../../base/time'
import type { Fact } from '../../world/fact'
import { type Exchanges, noExchanges, observeExchange } from './exchanges'
import { type Flights, noFlights, observeFlight } from './flights'
import { type Happenings, nothingHappened, observeHappening } from './happenings'
import type { Seen } from './seen'
import { type Dialogues, noDialogues, observeDialogue } from './transcript'
import { noTurns, observeTurn, type Turns } from './turns'
import { noWays, observeWay, type Ways } from './ways'

/**
 * The whole past of a run: the instant of each line, its arrival, and the meaning that its reader found. An instant is found in
 * it by searching. It is a value that grows with each fact, so branches share their common beginning.
 */
export interface History {
  readonly flights: Flights
  readonly dialogues: Dialogues
  readonly happenings: Happenings
  readonly turns: Turns
  readonly ways: Ways
  readonly exchanges: Exchanges
  /** The instant of the last fact. */
  readonly at: Instant
}

export const noHistory: History = {
  flights: noFlights,
  dialogues: noDialogues,
  happenings: nothingHappened,
  turns: noTurns,
  ways: noWays,
  exchanges: noExchanges,
  at: START,
}

/** The history with one more fact. `seen` is the state after this fact. */
export function record(history: History, fact: Fact, seen: Seen): History {
  const { connections } = seen
  const flights = observeFlight(history.flights, fact, connections)
  const grown = flights.lines.length - history.flights.lines.length
  const line = grown > 0 ? flights.lines.last?.flight : undefined
  return {
    flights,
    dialogues: observeDialogue(history.dialogues, fact, connections),
    happenings: observeHappening(history.happenings, fact),
    turns: observeTurn(history.turns, fact, seen),
    ways: observeWay(history.ways, fact, connections, line),
    exchanges: observeExchange(history.exchanges, fact, connections, flights, grown),
    at: fact.at,
  }
}

/** The end of the known past: the last arrival or the last fact. */
export const endOf = ({ flights: { lines, packets }, at }: History): Instant =>
  Math.max(at, lines.last?.latest ?? 0, packets.last?.latest ?? 0) as Instant
