import type { Fact, FactOf } from '../../world/fact'
import type { Packet, Segment } from '../../world/packet'
import type { ConnectionId, HostName } from '../../world/world'
import { type Connections, connectionIn, placeOf, type SeenConnection, sessionIn } from './connections'
import { type Flight, type Focus, focusOf, type ProtocolName, protocolOn, replaced } from './flight'
import { BEGINNING, type Cut, paced, recut } from './pace'
import { put, Vector } from './vector'

/** A line of the run. */
export interface Line extends Focus {
  /** Offsets of its octets in its direction's stream. */
  readonly start: number
  readonly end: number
  /** Places, among the packets, of those that carry its last octet. */
  readonly carriers: readonly number[]
}

/** A segment with octets. */
interface Carrier {
  /** Its place among the packets. */
  readonly place: number
  /** Offsets of its octets in its direction's stream. */
  readonly start: number
  readonly end: number
  /** The highest offset reached up to this segment. */
  readonly reached: number
}

/** One direction of a connection. */
interface Stream {
  /** Places of its lines. */
  readonly lines: Vector<number>
  /** In the order of sending. */
  readonly segments: Vector<Carrier>
}

interface Streams {
  readonly client: Stream
  readonly server: Stream
}

/** Every line and packet of a run up to now. Later facts add its arrival or its loss. */
export interface Flights {
  /** Lines and DNS messages, in the order in which they were said. */
  readonly lines: Vector<Line>
  /** Every packet, in the order of sending, which is that of their numbers. */
  readonly packets: Vector<Focus>
  /** Places of the lines of each protocol. */
  readonly byProtocol: Readonly<Record<ProtocolName, Vector<number>>>
  /** Places of the lines that are datagrams, which is the order of their packets too. */
  readonly datagrams: Vector<number>
  readonly streams: Vector<Streams | undefined>
  /** The mapping between virtual time and playing time, up to the last line. */
  readonly cuts: Vector<Cut>
  /** The DNS message that the next packet carries. */
  readonly next?: FactOf<'queried'> | FactOf<'responded'>
}

export const noFlights: Flights = {
  lines: Vector.empty(),
  packets: Vector.empty(),
  byProtocol: {},
  datagrams: Vector.empty(),
  streams: Vector.empty(),
  cuts: BEGINNING,
}

const SILENT: Stream = { lines: Vector.empty(), segments: Vector.empty() }
const SILENCE: Streams = { client: SILENT, server: SILENT }
const ENCRYPTED = { encrypted: true } as const

/**
 * The flights after one more fact. The time it takes depends on the lines that it changes: the one that is said, those that a
 * segment carries, and if an arrival changes, those that were said while the changed line was under way.
 *
 * @param connections the connections after this fact.
 */
export function observeFlight(seen: Flights, fact: Fact, connections: Connections): Flights {
  switch (fact.type) {
    case 'sent':
      return said(seen, fact, connections)
    case 'queried':
    case 'responded':
      return { ...seen, next: fact }
    case 'packetSent':
      return fact.packet.kind === 'segment'
        ? segmentSent(seen, fact, fact.packet, connections)
        : datagramSent(seen, fact)
    case 'packetLost':
      return packetLost(seen, fact)
    case 'sessionStarted':
      return fact.connection === undefined ? seen : renamed(seen, fact.connection, connections)
    default:
      return seen
  }
}

function said(seen: Flights, fact: FactOf<'sent'>, connections: Connections): Flights {
  const connection = connectionIn(connections, fact.connection)
  if (!connection) return seen
  const side = sideOf(connection, fact.host, connection.sessions.server === fact.session)
  const place = seen.lines.length
  const after = pushed(
    seen,
    {
      fact: fact.order,
      kind: 'line',
      protocol: protocolOn(connection),
      from: fact.host,
      to: fact.host === connection.client ? connection.server : connection.client,
      sent: fact.at,
      arrives: fact.at,
      arrived: false,
      length: fact.octets.length,
      connection: fact.connection,
      ...(sessionIn(connections, fact.session)?.encrypted === true ? ENCRYPTED : {}),
    },
    { start: fact.start, end: fact.end, carriers: [] },
  )
  return withStream(after, fact.connection, side, ({ lines, segments }) => ({ lines: lines.push(place), segments }))
}

/** Adds a line. No packet that carries it has been sent yet. */
function pushed(seen: Flights, flight: Flight, line: Omit<Line, keyof Focus>): Flights {
  const { lines, byProtocol, cuts } = seen
  return {
    ...seen,
    cuts: paced(cuts, lines, flight.sent),
    lines: lines.push({ ...focusOf(flight, lines.last), ...line }),
    byProtocol: filed(byProtocol, flight.protocol, lines.length),
  }
}

const filed = (by: Flights['byProtocol'], protocol: ProtocolName, place: number): Flights['byProtocol'] => ({
  ...by,
  [protocol]: (by[protocol] ?? Vector.empty<number>()).push(place),
})

function segmentSent(seen: Flights, fact: FactOf<'packetSent'>, segment: Segment, connections: Connections): Flights {
  const place = seen.packets.length
  const packets = seen.packets.push(focusOf(packetFlight(fact), seen.packets.last))
  const connection = connectionIn(connections, segment.connection)
  if (segment.payload === '' || !connection) return { ...seen, packets }
  const side = sideOf(connection, segment.from, segment.source.port === connection.port)
  const [start, end] = [segment.offset, segment.offset + segment.payload.length]
  const after = withStream({ ...seen, packets }, connection.connection, side, ({ lines, segments }) => {
    const reached = Math.max(segments.last?.reached ?? 0, end)
    return { lines, segments: segments.push({ place, start, end, reached }) }
  })
  return linesIn(after, streamOf(after, connection.connection, side), start, end).reduce(
    (found, line) => rearrived(found, line, place),
    after,
  )
}

function datagramSent(seen: Flights, fact: FactOf<'packetSent'>): Flights {
  const { next, ...rest } = seen
  const flight = packetFlight(fact)
  const place = seen.packets.length
  const after: Flights = { ...rest, packets: seen.packets.push(focusOf(flight, seen.packets.last)) }
  if (next?.packet !== fact.packet.id) return after
  const line: Flight = { ...flight, fact: next.order, kind: 'line', sent: next.at }
  return {
    ...pushed(after, line, { start: 0, end: flight.length, carriers: [place] }),
    datagrams: after.datagrams.push(after.lines.length),
  }
}

function packetLost(seen: Flights, { packet }: FactOf<'packetLost'>): Flights {
  const place = packetPlace(seen, packet)
  const flight = place === undefined ? undefined : seen.packets.get(place)?.flight
  if (place === undefined || !flight) return seen
  const packets = replaced(seen.packets, place, (focus) => ({ ...focus, flight: { ...flight, arrived: false } }))
  const after: Flights = { ...seen, packets }
  if (flight.connection === undefined) {
    const line = datagramPlace(seen, packet)
    return line === undefined ? after : rearrived(after, line)
  }
  const { client, server } = seen.streams.get(placeOf(flight.connection)) ?? SILENCE
  for (const stream of [client, server]) {
    const found = stream.segments.get(stream.segments.countUpTo((segment) => segment.place, place) - 1)
    if (found?.place === place)
      return linesIn(seen, stream, found.start, found.end).reduce((lost, line) => rearrived(lost, line), after)
  }
  return after
}

/** Places of the lines whose last octet is between two offsets of a stream. */
function linesIn({ lines }: Flights, stream: Stream, start: number, end: number): readonly number[] {
  const endOf = (place: number): number => lines.get(place)?.end ?? 0
  const found: number[] = []
  for (const place of stream.lines.from(stream.lines.countUpTo(endOf, start))) {
    if (endOf(place) > end) break
    found.push(place)
  }
  return found
}

/** A line whose carriers have changed, with one more if there is one. Its end arrives with the first carrier that is not lost. */
function rearrived(seen: Flights, place: number, carrier?: number): Flights {
  const before = seen.lines.get(place)
  if (!before) return seen
  const carriers = carrier === undefined ? before.carriers : [...before.carriers, carrier]
  const flights = carriers.flatMap((each) => seen.packets.get(each)?.flight ?? [])
  const whole = flights.filter(({ arrived }) => arrived)
  const first = whole.reduce<Flight | undefined>(
    (best, each) => (best && best.arrives <= each.arrives ? best : each),
    undefined,
  )
  const by = first ?? flights.at(-1)
  const after: Flight = {
    ...before.flight,
    arrives: by?.arrives ?? before.flight.sent,
    arrived: first !== undefined,
    ...(by?.packet === undefined ? {} : { packet: by.packet }),
  }
  const lines = replaced(seen.lines, place, (line) => ({ ...line, flight: after, carriers }))
  return { ...seen, lines, cuts: recut(seen.cuts, lines, place) }
}

/** Typed lines have no protocol until the far end shows its own. Then the earlier lines get it too. */
function renamed(seen: Flights, id: ConnectionId, connections: Connections): Flights {
  const connection = connectionIn(connections, id)
  const { client, server } = seen.streams.get(placeOf(id)) ?? SILENCE
  if (!connection || client.lines.length + server.lines.length === 0) return seen
  const protocol = protocolOn(connection)
  let { lines } = seen
  let first = lines.length
  for (const place of [...client.lines, ...server.lines]) {
    const line = lines.get(place)
    if (!line || line.flight.protocol === protocol) continue
    lines = lines.set(place, { ...line, flight: { ...line.flight, protocol } })
    first = Math.min(first, place)
  }
  let byProtocol: Flights['byProtocol'] = Object.fromEntries(
    Object.entries(seen.byProtocol).map(([name, list]) => [
      name,
      list.upTo(list.countUpTo((place) => place, first - 1)),
    ]),
  )
  for (let place = first; place < lines.length; place++)
    byProtocol = filed(byProtocol, lines.get(place)?.flight.protocol ?? protocol, place)
  return { ...seen, lines, byProtocol }
}

function packetFlight({ packet, order, at, arrivesAt }: FactOf<'packetSent'>): Flight {
  const segment = packet.kind === 'segment' ? packet : undefined
  return {
    fact: order,
    kind: 'packet',
    protocol: segment ? 'TCP' : 'DNS',
    from: packet.from,
    to: packet.to,
    sent: at,
    arrives: arrivesAt,
    arrived: true,
    length: packet.payload.length,
    packet: packet.id,
    ...(segment ? { connection: segment.connection } : {}),
    ...(segment?.encrypted ? ENCRYPTED : {}),
  }
}

type Side = keyof Streams

/** Two ends on the same host are distinguished by a property that only the server's end has. */
const sideOf = ({ client, server }: SeenConnection, host: HostName, isServers: boolean): Side =>
  (client === server ? isServers : host === server) ? 'server' : 'client'

const streamOf = ({ streams }: Flights, id: ConnectionId, side: Side): Stream =>
  (streams.get(placeOf(id)) ?? SILENCE)[side]

function withStream(seen: Flights, id: ConnectionId, side: Side, by: (before: Stream) => Stream): Flights {
  const place = placeOf(id)
  const before = seen.streams.get(place) ?? SILENCE
  return { ...seen, streams: put(seen.streams, place, { ...before, [side]: by(before[side]) }) }
}

/** The place, among the packets, of the one with this number. */
function packetPlace({ packets }: Flights, packet: number): number | undefined {
  const place = packets.countUpTo(({ flight }) => flight.packet ?? 0, packet) - 1
  return packets.get(place)?.flight.packet === packet ? place : undefined
}

/** The packet with this number, from when it was sent until it arrives. */
export function packetNumbered(seen: Flights, packet: number): Focus | undefined {
  const place = packetPlace(seen, packet)
  return place === undefined ? undefined : seen.packets.get(place)
}

/** The place, among the lines, of the DNS message that a datagram carries. */
function datagramPlace({ datagrams, lines }: Flights, packet: number): number | undefined {
  const numberOf = (place: number): number => lines.get(place)?.flight.packet ?? 0
  const place = datagrams.get(datagrams.countUpTo(numberOf, packet) - 1)
  return place !== undefined && numberOf(place) === packet ? place : undefined
}

/** The order of the first line, or part of a line, that a packet carries; undefined for a packet without lines. */
export function lineCarried(seen: Flights, packet: Packet): number | undefined {
  const at = packet.kind === 'datagram' ? datagramPlace(seen, packet.id) : linePlace(seen, packet)
  return at === undefined ? undefined : seen.lines.get(at)?.flight.fact
}

function linePlace(seen: Flights, { id, connection, offset, payload }: Segment): number | undefined {
  if (payload === '') return undefined
  const place = packetPlace(seen, id)
  const { client, server } = seen.streams.get(placeOf(connection)) ?? SILENCE
  for (const { lines, segments } of [client, server]) {
    if (segments.get(segments.countUpTo((segment) => segment.place, place ?? -1) - 1)?.place !== place) continue
    const first = lines.get(lines.countUpTo((at) => seen.lines.get(at)?.end ?? 0, offset))
    return first !== undefined && (seen.lines.get(first)?.start ?? 0) < offset + payload.length ? first : undefined
  }
  return undefined
}

/** The order of the first packet that carried the octets which this fact says or reads. */
export function firstCarrier(
  seen: Flights,
  { type, connection: id, host, session, start, end }: FactOf<'sent'> | FactOf<'read'>,
  connections: Connections,
): number | undefined {
  const connection = connectionIn(connections, id)
  if (!connection) return undefined
  const own = sideOf(connection, host, connection.sessions.server === session)
  const { segments } = streamOf(seen, id, type === 'sent' ? own : own === 'client' ? 'server' : 'client')
  const first = segments.get(segments.countUpTo(({ reached }) => reached, start))
  return first && first.start < end ? seen.packets.get(first.place)?.flight.fact : undefined
}
