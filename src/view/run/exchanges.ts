import { type Duration, type Instant, START } from '../../base/time'
import type { Fact, FactOf } from '../../world/fact'
import type { Datagram } from '../../world/packet'
import type { ConnectionId, HostName } from '../../world/world'
import { type Connections, connectionIn, placeOf } from './connections'
import { type ProtocolName, protocolOn } from './flight'
import type { Flights } from './flights'
import { Table } from './table'
import { put, Vector } from './vector'

/** A connection, or the lookup of one host with everything that name servers were asked for it. */
export interface Exchange {
  /** The order of the fact that began it. */
  readonly began: number
  readonly kind: 'connection' | 'lookup'
  readonly protocol: ProtocolName
  /** The end that calls or asks. */
  readonly client: HostName
  readonly server: HostName
  /** All hosts that took part, in the order in which they came in. */
  readonly hosts: readonly HostName[]
  /** Absent for a lookup. */
  readonly connection?: ConnectionId
  readonly port: number
  /** A person types at the client's end. */
  readonly typed: boolean
  readonly from: Instant
  /** The instant of its last fact. */
  readonly until: Instant
  /** Places of its lines in the list of lines. */
  readonly lines: Vector<number>
  /** Places of its packets in the list of packets. */
  readonly packets: Vector<number>
  /** The number of packets that were lost. */
  readonly lost: number
  /** The number of octets that were said. */
  readonly octets: number
  /** The number of questions that its client asked by datagram. */
  readonly questions: number
  /** The instant at which the connection was open for the client. */
  readonly openedAt?: Instant
  /** The way in which the client's end broke. */
  readonly failed?: FactOf<'connectionFailed'>['why']
  /** The order of the line that says its outcome. */
  readonly result?: number
  /** The next line of the server says its outcome: it has taken a message. */
  readonly taken: boolean
  /** The number of messages that its client fetched. */
  readonly fetched: number
  /** The instant of the next try, after a message was deferred. */
  readonly nextTry?: Instant
}

/** A time in which no packet was under way. */
export interface Wait {
  readonly from: Instant
  readonly to: Instant
  /** The order of the fact of the packet that ended it. */
  readonly ended: number
}

/** A query for which its server needs answers of other servers. */
interface Serving {
  readonly key: string
  readonly place: number
  readonly name: string
  readonly at: Instant
}

/** Every connection and lookup of a run, in the order in which they began. */
export interface Exchanges {
  readonly all: Vector<Exchange>
  /** The place of the exchange of each connection. */
  readonly byConnection: Vector<number | undefined>
  /** The place of the exchange of each DNS query, by asker, server and identifier. */
  readonly asked: Table<number>
  /** The queries that each server has not answered yet. */
  readonly serving: Readonly<Record<HostName, readonly Serving[]>>
  /** The place of the last lookup, connection and fetching connection of each host. */
  readonly lookups: Readonly<Record<HostName, number>>
  readonly calls: Readonly<Record<HostName, number>>
  /** Places of connections whose server may yet take a message, by server. */
  readonly takers: Readonly<Record<HostName, readonly number[]>>
  readonly waits: Vector<Wait>
}

export const noExchanges: Exchanges = {
  all: Vector.empty(),
  byConnection: Vector.empty(),
  asked: Table.empty(),
  serving: {},
  lookups: {},
  calls: {},
  takers: {},
  waits: Vector.empty(),
}

/** A time without a packet that is longer than this is a wait. */
export const LONG: Duration = 500 as Duration
/** A server that has not answered a query for this time will not answer it any more. */
const FORGOTTEN: Duration = 30_000 as Duration

/**
 * The exchanges after one more fact; the same value if it changes none. The time it takes does not depend on the length of the run.
 *
 * @param flights the flights after this fact
 * @param grown the number of lines that the fact has added to them
 */
export function observeExchange(
  seen: Exchanges,
  fact: Fact,
  connections: Connections,
  flights: Flights,
  grown: number,
): Exchanges {
  switch (fact.type) {
    case 'connectionOpening':
      return opening(seen, fact, connections)
    case 'connectionOpened':
      return changeOf(seen, fact.connection, fact, (before) => ({ openedAt: before.openedAt ?? fact.at }))
    case 'connectionFailed':
      return changeOf(seen, fact.connection, fact, ({ client, server }) =>
        fact.host === client || client === server ? { failed: fact.why } : {},
      )
    case 'sessionStarted': {
      const connection = fact.connection && connectionIn(connections, fact.connection)
      if (!connection) return seen
      const protocol = protocolOn(connection)
      return changeOf(seen, connection.connection, fact, (before) => (before.protocol === protocol ? {} : { protocol }))
    }
    case 'sent':
      return said(seen, fact, flights, grown)
    case 'packetSent':
      return packetSent(seen, fact, flights, grown)
    case 'packetLost':
      return packetLost(seen, fact, flights)
    case 'messageQueued':
      return taken(seen, fact)
    case 'messageFetched': {
      const place = seen.calls[fact.host]
      return place === undefined ? seen : change(seen, place, ({ fetched }) => ({ fetched: fetched + 1 }))
    }
    case 'messageDeferred': {
      const place = seen.calls[fact.host]
      return place === undefined ? seen : change(seen, place, () => ({ nextTry: fact.nextTry }))
    }
    default:
      return seen
  }
}

function change(seen: Exchanges, place: number, by: (before: Exchange) => Partial<Exchange>): Exchanges {
  const before = seen.all.get(place)
  return before ? { ...seen, all: seen.all.set(place, { ...before, ...by(before) }) } : seen
}

function changeOf(
  seen: Exchanges,
  connection: ConnectionId,
  { at }: Fact,
  by: (before: Exchange) => Partial<Exchange>,
): Exchanges {
  const place = seen.byConnection.get(placeOf(connection))
  return place === undefined ? seen : change(seen, place, (before) => ({ until: at, ...by(before) }))
}

const begun = (
  { order, at }: Fact,
  about: Pick<Exchange, 'kind' | 'protocol' | 'client' | 'server' | 'port' | 'typed'>,
): Exchange => ({
  began: order,
  ...about,
  hosts: about.client === about.server ? [about.client] : [about.client, about.server],
  from: at,
  until: at,
  lines: Vector.empty(),
  packets: Vector.empty(),
  lost: 0,
  octets: 0,
  questions: 0,
  taken: false,
  fetched: 0,
})

function opening(seen: Exchanges, fact: FactOf<'connectionOpening'>, connections: Connections): Exchanges {
  const connection = connectionIn(connections, fact.connection)
  if (!connection) return seen
  const { client, server, port, typed } = connection
  const exchange: Exchange = {
    ...begun(fact, { kind: 'connection', protocol: protocolOn(connection), client, server, port, typed }),
    connection: fact.connection,
  }
  const place = seen.all.length
  return {
    ...seen,
    all: seen.all.push(exchange),
    byConnection: put(seen.byConnection, placeOf(fact.connection), place),
    calls: { ...seen.calls, [client]: place },
  }
}

function said(seen: Exchanges, fact: FactOf<'sent'>, flights: Flights, grown: number): Exchanges {
  const line = flights.lines.length - 1
  const { refused } = fact.means
  return changeOf(seen, fact.connection, fact, (before) => {
    const byServer = fact.host === before.server
    const settles = byServer && (before.taken || (refused !== undefined && refused !== false))
    return {
      lines: grown > 0 ? before.lines.push(line) : before.lines,
      octets: before.octets + fact.octets.length,
      ...(settles ? { result: fact.order, taken: false } : {}),
    }
  })
}

/** A server has queued a message: one of the connections to it brought it, namely that with the latest line. */
function taken(seen: Exchanges, { host }: FactOf<'messageQueued'>): Exchanges {
  const places = seen.takers[host] ?? []
  const place = places.at(-1)
  return place === undefined ? seen : change(seen, place, () => ({ taken: true }))
}

function packetSent(seen: Exchanges, fact: FactOf<'packetSent'>, flights: Flights, grown: number): Exchanges {
  const place = flights.packets.length - 1
  const quietFrom = flights.packets.get(place - 1)?.latest ?? START
  const waits =
    fact.at - quietFrom > LONG ? seen.waits.push({ from: quietFrom, to: fact.at, ended: fact.order }) : seen.waits
  const after = waits === seen.waits ? seen : { ...seen, waits }
  const { packet } = fact
  if (packet.kind === 'datagram') return datagramSent(after, fact, packet, flights, grown)
  const withPacket = changeOf(after, packet.connection, fact, ({ packets, until }) => ({
    packets: packets.push(place),
    until: Math.max(until, fact.arrivesAt) as Instant,
  }))
  return packet.payload === '' ? withPacket : speaking(withPacket, packet.connection, packet.to)
}

/** Remembers which connection brought octets to a host last, as far as the host is its server. */
function speaking(seen: Exchanges, connection: ConnectionId, to: HostName): Exchanges {
  const place = seen.byConnection.get(placeOf(connection))
  if (place === undefined || seen.all.get(place)?.server !== to) return seen
  const before = seen.takers[to] ?? []
  if (before.at(-1) === place) return seen
  return { ...seen, takers: { ...seen.takers, [to]: [...before.filter((each) => each !== place).slice(-7), place] } }
}

const keyOf = (asker: HostName, server: HostName, message: string): string =>
  `${asker} ${server} ${message.slice(0, 2)}`
/** The first name of a DNS message in the form of the wire, which tells queries apart (RFC 1035 section 4.1.2). */
const nameIn = (message: string): string => message.slice(12, message.indexOf('\0', 12)).toLowerCase()
/** The bit that tells a response from a query (RFC 1035 section 4.1.1). */
const isResponse = (message: string): boolean => (message.charCodeAt(2) & 0x80) !== 0

function datagramSent(
  seen: Exchanges,
  fact: FactOf<'packetSent'>,
  { from, to, payload, destination }: Datagram,
  flights: Flights,
  grown: number,
): Exchanges {
  const response = isResponse(payload)
  const key = response ? keyOf(to, from, payload) : keyOf(from, to, payload)
  const known = response ? seen.asked.get(key) : undefined
  const [place, withExchange] =
    known === undefined
      ? lookupOf(seen, fact, response ? to : from, response ? from : to, nameIn(payload), destination.port)
      : [known, seen]
  const own = seen.serving[response ? from : to] ?? []
  const serving = response
    ? own.filter((query) => query.key !== key)
    : [...own.filter(({ at }) => fact.at - at < FORGOTTEN), { key, place, name: nameIn(payload), at: fact.at }]
  const after: Exchanges = {
    ...withExchange,
    asked: response ? seen.asked.without(key) : seen.asked.with(key, place),
    serving: { ...seen.serving, [response ? from : to]: serving },
  }
  return change(after, place, (before) => ({
    hosts: [...new Set([...before.hosts, from, to])],
    lines: grown > 0 ? before.lines.push(flights.lines.length - 1) : before.lines,
    packets: before.packets.push(flights.packets.length - 1),
    octets: before.octets + payload.length,
    questions: before.questions + (!response && from === before.client ? 1 : 0),
    until: Math.max(before.until, fact.arrivesAt) as Instant,
    ...(response && to === before.client ? resultOf(flights) : {}),
  }))
}

const resultOf = (flights: Flights): Pick<Exchange, 'result'> => {
  const line = flights.lines.last?.flight
  return line ? { result: line.fact } : {}
}

/** The lookup that a query belongs to: that of the query for which its sender needs it, its sender's last one, or a new one. */
function lookupOf(
  seen: Exchanges,
  fact: FactOf<'packetSent'>,
  client: HostName,
  server: HostName,
  name: string,
  port: number,
): readonly [place: number, after: Exchanges] {
  const served = (seen.serving[client] ?? []).filter(({ at }) => fact.at - at < FORGOTTEN)
  const needed = served.findLast((query) => query.name === name) ?? served.at(-1)
  if (needed) return [needed.place, seen]
  const last = seen.lookups[client]
  const before = last === undefined ? undefined : seen.all.get(last)
  const asks = before?.hosts.some((host) =>
    seen.serving[host]?.some((query) => query.place === last && fact.at - query.at < FORGOTTEN),
  )
  if (last !== undefined && before && (asks || fact.at - before.until <= LONG)) return [last, seen]
  const place = seen.all.length
  const exchange = begun(fact, { kind: 'lookup', protocol: 'DNS', client, server, port, typed: false })
  return [place, { ...seen, all: seen.all.push(exchange), lookups: { ...seen.lookups, [client]: place } }]
}

function packetLost(seen: Exchanges, { packet }: FactOf<'packetLost'>, { packets }: Flights): Exchanges {
  const at = packets.countUpTo(({ flight }) => flight.packet ?? 0, packet) - 1
  const flight = packets.get(at)?.flight
  if (flight?.packet !== packet) return seen
  const place = flight.connection === undefined ? holderOf(seen, at) : seen.byConnection.get(placeOf(flight.connection))
  return place === undefined ? seen : change(seen, place, ({ lost }) => ({ lost: lost + 1 }))
}

/** The lookup that a datagram belongs to, by its place among the packets: one of the latest. */
function holderOf({ all }: Exchanges, packet: number): number | undefined {
  for (let place = all.length - 1; place >= Math.max(0, all.length - 32); place--) {
    const exchange = all.get(place)
    if (exchange?.kind !== 'lookup') continue
    const { packets } = exchange
    if (packets.get(packets.countUpTo((each) => each, packet) - 1) === packet) return place
  }
  return undefined
}
