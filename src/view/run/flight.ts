import type { Instant } from '../../base/time'
import { serviceAt } from '../../session/service'
import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import type { SeenConnection } from './connections'
import type { NoticeKind } from './notice'
import type { Vector } from './vector'

/** The name of a protocol that has a face: `SMTP`, or `TCP` if nothing more is known. */
export type ProtocolName = string

/** A line, datagram, call or packet, from the instant of its sending until its last octet arrived. */
export interface Flight {
  /** Order of the fact that sent it. */
  readonly fact: number
  /**
   * A call is the first segment of a connection, drawn among the lines: the client asks to be heard. A failure is the moment at
   * which an end learns that a connection is not to be, or is broken.
   */
  readonly kind: 'line' | 'call' | 'failure' | 'packet'
  readonly protocol: ProtocolName
  readonly from: HostName
  readonly to: HostName
  readonly sent: Instant
  readonly arrives: Instant
  /** False if it was lost. */
  readonly arrived: boolean
  /** The number of times it was lost on the way before. */
  readonly lost?: number
  /** When it would have arrived if it had not been lost at first. */
  readonly awaited?: Instant
  /** Its number of octets. */
  readonly length: number
  /** It carries a message. */
  readonly message?: true
  /** The message is a notice. */
  readonly notice?: NoticeKind
  readonly connection?: ConnectionId
  /** The number of its packet, or of the packet with its last octet; absent while there is none. */
  readonly packet?: number
  /** It travels inside TLS. */
  readonly encrypted?: true
}

/** The instant from which a flight is in focus, and the instant that shows it best. */
export interface Focus {
  readonly flight: Flight
  readonly from: Instant
  readonly at: Instant
  /** The latest arrival among this flight and all earlier ones. */
  readonly latest: Instant
}

export type LineFact = FactOf<'sent'> | FactOf<'queried'> | FactOf<'responded'>

export const isLine = (fact: Fact): fact is LineFact =>
  fact.type === 'sent' || fact.type === 'queried' || fact.type === 'responded'

/** The hue of a connection: that of the protocol spoken on it, else of the one that its port is for. */
export const protocolOn = ({ protocol, port }: Pick<SeenConnection, 'protocol' | 'port'>): ProtocolName =>
  protocol === 'TEXT' ? (serviceAt(port)?.protocol ?? 'TCP') : protocol

/**
 * Of successive flights, each is in focus from the instant of its sending and is best shown half-way. Flights that leave at the
 * same instant take turns, so that a step shows each of them. One that is lost at first is looked at while it is sent for the
 * first time: until it has arrived much else may happen, which is to be seen when it happens.
 */
export function focusOf(flight: Flight, previous: Focus | undefined): Focus {
  const { sent, arrives, awaited = arrives } = flight
  const before = previous?.at ?? -1
  const span = Math.max(awaited - sent, 0.001)
  return {
    flight,
    from: Math.max(sent, before + span / 200) as Instant,
    at: Math.max(sent + span / 2, before + span / 50) as Instant,
    latest: Math.max(arrives, previous?.latest ?? 0) as Instant,
  }
}

/** A flight that is in focus together with the one before it. */
export const inFocusWith = (flight: Flight, { from, at, latest }: Focus): Focus => ({
  flight,
  from,
  at,
  latest: Math.max(flight.arrives, latest) as Instant,
})

/** The list with some flights replaced, and with a new focus for each later flight whose focus depends on them. */
export function replaced<One extends Focus>(
  list: Vector<One>,
  places: readonly number[],
  by: (before: One, place: number) => One,
  together: (one: One, place: number) => boolean = () => false,
): Vector<One> {
  const [wanted, first, last] = [new Set(places), Math.min(...places), Math.max(...places)]
  let after = list
  for (let at = first; at < list.length; at++) {
    const before = list.get(at)
    if (!before) break
    const next = wanted.has(at) ? by(before, at) : before
    const previous = after.get(at - 1)
    const focus = previous && together(next, at) ? inFocusWith(next.flight, previous) : focusOf(next.flight, previous)
    const same = focus.from === before.from && focus.at === before.at && focus.latest === before.latest
    if (at > last && same) break
    after = after.set(at, { ...next, ...focus })
  }
  return after
}

/** The flights that are under way at an instant, in the order of sending. */
export function underWayAt<One extends Focus>(list: Vector<One>, t: number): One[] {
  const found: One[] = []
  for (let at = list.countUpTo(({ flight }) => flight.sent, t) - 1; at >= 0; at--) {
    const focus = list.get(at) as One
    if (focus.latest <= t) break
    if (focus.flight.arrives > t) found.push(focus)
  }
  return found.reverse()
}

/** The flight in focus: the one under way, or the last one that was sent. */
export const focusIn = <One extends Focus>(list: Vector<One>, t: Instant): One | undefined =>
  list.get(list.countUpTo(({ from }) => from, t) - 1)
