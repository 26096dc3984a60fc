import type { Instant } from '../../base/time'
import { panelsText } from '../../messages/panels'
import type { Fact } from '../../world/fact'
import { factOf } from '../../world/trace'
import type { HostName } from '../../world/world'
import type { Exchange } from '../run/exchanges'
import { isLine } from '../run/flight'
import type { History } from '../run/history'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'

/** Lookups of names, which are dialogues without a connection: datagrams between several hosts. */

/** One DNS message of a lookup. */
export interface LookupLine {
  readonly fact: number
  readonly at: Instant
  readonly arrives: Instant
  readonly arrived: boolean
  readonly from: HostName
  readonly to: HostName
  readonly answers: boolean
  /** The question, or the records of the answer, in the form of a zone file. */
  readonly text: string
  /** In a person's language; empty if nothing explains it. */
  readonly gloss: string
}

const isLookup = ({ kind, lines }: Exchange): boolean => kind === 'lookup' && lines.length > 0

/** The number of exchanges that have begun by an instant: if it is the same, so are the lookups. */
export const begunBy = ({ exchanges }: History, t: Instant): number => exchanges.all.countUpTo(({ from }) => from, t)

/** The lookups among the first exchanges of a run. */
export const lookupsAmong = ({ exchanges }: History, begun: number): readonly Exchange[] =>
  [...exchanges.all.upTo(begun)].filter(isLookup)

/** The lookup that a line belongs to, by the order of the line's fact. */
export function lookupWith({ flights, exchanges }: History, fact: number): Exchange | undefined {
  const place = flights.lines.countUpTo(({ flight }) => flight.fact, fact) - 1
  const flight = flights.lines.get(place)?.flight
  if (flight?.fact !== fact || flight.protocol !== 'DNS' || flight.connection !== undefined) return undefined
  for (let at = exchanges.all.countUpTo(({ from }) => from, flight.sent) - 1; at >= 0; at--) {
    const exchange = exchanges.all.get(at)
    if (!exchange || !isLookup(exchange)) continue
    if (exchange.lines.get(exchange.lines.countUpTo((each) => each, place) - 1) === place) return exchange
  }
  return undefined
}

/** The messages of a lookup up to an instant, in the order in which they were sent. */
export function linesOfLookup({ timeline, history }: RunView, lookup: Exchange, t: Instant): readonly LookupLine[] {
  const said: LookupLine[] = []
  for (const place of lookup.lines) {
    const line = history.flights.lines.get(place)
    if (!line || line.flight.sent > t) break
    const { fact: order, from, to, sent, arrives, arrived } = line.flight
    const fact = factOf(timeline.trace, order)
    if (!fact || !isLine(fact)) continue
    said.push({
      fact: order,
      at: sent,
      arrives,
      arrived,
      from,
      to,
      answers: fact.type === 'responded',
      text: wireTextOf(fact).text,
      gloss: line.told.gloss,
    })
  }
  return said
}

/** The question of each first message, which is decoded once. */
const questions = new WeakMap<Fact, string>()

/** "DNS mx-out asks MX? bird.example." */
export function lookupTitle({ timeline, history }: RunView, lookup: Exchange, names: Names): string {
  const first = history.flights.lines.get(lookup.lines.get(0) ?? -1)?.flight.fact
  const fact = first === undefined ? undefined : factOf(timeline.trace, first)
  let question = fact && questions.get(fact)
  if (fact && question === undefined && isLine(fact)) {
    question = wireTextOf(fact).text
    questions.set(fact, question)
  }
  return panelsText('lookupTitle', { client: names.short(lookup.client), question: question ?? '' })
}
