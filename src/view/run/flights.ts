import { type Octets, slice } from '../../base/octets'
import type { Instant } from '../../base/time'
import type { Fact, FactOf } from '../../world/fact'
import type { Packet, Segment } from '../../world/packet'
import type { ConnectionId, HostName } from '../../world/world'
import { faceOf } from '../faces'
import { type Connections, connectionIn, placeOf, type SeenConnection, sessionIn } from './connections'
import {
  type Flight,
  type Focus,
  focusIn,
  focusOf,
  inFocusWith,
  type LineFact,
  type ProtocolName,
  protocolOn,
  replaced,
  underWayAt,
} from './flight'
import { messageIdsOf } from './messageReader'
import { kindOf, type NoticeKind } from './notice'
import { BEGINNING, type Cut, type PacedLine, paced, recut } from './pace'
import {
  type CaptionText,
  type Heard,
  heardAfter,
  readingTime,
  TYPED,
  toldBy,
  toldByCall,
  toldByFailure,
  toldOfSeveral,
} from './reading'
import { Table } from './table'
import { put, Vector } from './vector'

/** A line of the run, or a call. */
export interface Line extends PacedLine {
  /** The place of the line that tells the answer, as far as it has been said. */
  readonly lead: number
  readonly told: CaptionText
  /** How much it says of what was asked for. */
  readonly weight: number
  /** The same answer may go on after it. */
  readonly open: boolean
  /** Offsets of its octets in its direction's stream. */
  readonly start: number
  readonly end: number
  /** Places, among the packets, of those that carry its last octet. */
  readonly carriers: readonly number[]
  readonly failure?: Failure
}

/** A connection that is not to be, or is broken. */
export interface Failure {
  readonly why: FactOf<'connectionFailed'>['why']
  readonly at: Instant
  /** How often the client had called. */
  readonly calls: number
  /** When it is tried again. */
  readonly nextTry?: Instant
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
  /** The place of the call among the lines. */
  readonly call?: number
}

/** Every line and packet of a run up to now. Later facts add its arrival or its loss. */
export interface Flights {
  /** Lines, DNS messages and calls, in the order in which they were said. */
  readonly lines: Vector<Line>
  /** The number of calls and failures among them. */
  readonly calls: number
  /** The kinds of line and the sentences before the answer in focus. */
  readonly heard: Heard
  /** Every packet, in the order of sending, which is that of their numbers. */
  readonly packets: Vector<Focus>
  /** Places of the lines of each protocol. */
  readonly byProtocol: Readonly<Record<ProtocolName, Vector<number>>>
  /** Places of the answers of DNS that end a whole lookup. */
  readonly lookups: Vector<number>
  /** Places of the lines that carry a message. */
  readonly messages: Vector<number>
  /** Notices that servers have written, by their Message-IDs. */
  readonly notices: Table<NoticeKind>
  /** Hosts that are asked by DNS: what these ask in turn is part of the lookup of another host. */
  readonly asked: Readonly<Record<HostName, true>>
  /** Places of the lines that are datagrams, which is the order of their packets too. */
  readonly datagrams: Vector<number>
  readonly streams: Vector<Streams | undefined>
  /** The mapping between virtual time and playing time, up to the last line. */
  readonly cuts: Vector<Cut>
  /** For each host the place of the last failure that it has learnt of, until it is heard or says when it tries again. */
  readonly failed: Readonly<Record<HostName, number | undefined>>
  /** The DNS message that the next packet carries. */
  readonly next?: FactOf<'queried'> | FactOf<'responded'>
}

export const noFlights: Flights = {
  lines: Vector.empty(),
  calls: 0,
  heard: Table.empty(),
  packets: Vector.empty(),
  byProtocol: {},
  lookups: Vector.empty(),
  messages: Vector.empty(),
  notices: Table.empty(),
  asked: {},
  datagrams: Vector.empty(),
  streams: Vector.empty(),
  cuts: BEGINNING,
  failed: {},
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
    case 'connectionFailed':
      return failed(seen, fact)
    case 'messageQueued':
      return fact.notice ? { ...seen, notices: seen.notices.with(fact.letter, kindOf(fact.notice)) } : seen
    case 'messageDeferred':
    case 'submissionFailed':
      return triedAgain(seen, fact)
    case 'connectionOpened':
      return seen.failed[fact.client] === undefined ? seen : forgotten(seen, fact.client)
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
      ...(carriesMessage(fact) ? { message: true, ...noticeIn(seen, fact) } : {}),
    },
    { start: fact.start, end: fact.end, carriers: [] },
    fact,
    connection.typed && side === 'client',
  )
  return withStream(after, fact.connection, side, ({ lines, segments }) => ({ lines: lines.push(place), segments }))
}

/** The message that a line carries: an answer of POP3 or IMAP has it after its first line. */
const messageIn = ({ octets, means }: FactOf<'sent'>): Octets =>
  means.kind === 'mailData' ? octets : slice(octets, octets.indexOf('\n') + 1)

function noticeIn({ notices }: Flights, fact: FactOf<'sent'>): Pick<Flight, 'notice'> {
  const id = notices.size > 0 && messageIdsOf(messageIn(fact)).find((each) => notices.has(each))
  return id ? { notice: notices.get(id) as NoticeKind } : {}
}

function carriesMessage({ means }: FactOf<'sent'>): boolean {
  if (means.kind === 'mailData') return true
  return means.parsed !== undefined && faceOf(means.parsed.protocol).hasMessage?.(means) === true
}

/** Of a line that is added: offsets of its octets, and the packets that carry its last octet. */
type Stretch = Pick<Line, 'start' | 'end' | 'carriers'>

/** Adds a line. No packet that carries it has been sent yet. */
function pushed(seen: Flights, flight: Flight, stretch: Stretch, fact: LineFact, typed = false): Flights {
  const told = toldBy(fact)
  const answer = fact.type === 'sent' ? faceOf(fact.means.parsed?.protocol ?? '').answer : undefined
  const about = {
    ...stretch,
    told,
    weight: answer?.weight(fact.means) ?? 0,
    open: answer?.isOpenAfter(fact) === true,
  }
  const { last } = seen.lines
  const after =
    last && answer?.goesOn(fact) && isTogether(flight, last)
      ? goneOn(seen, { ...about, ...inFocusWith(flight, last) }, last)
      : begun(seen, flight, about, typed)
  return withHops(after, flight, fact, seen.lines.length)
}

/** A line that is a leg of the journey: it carries a message, or ends a lookup. */
function withHops(seen: Flights, { protocol, to, message }: Flight, { means }: LineFact, place: number): Flights {
  const { asked, lookups, messages } = seen
  if (message) return { ...seen, messages: messages.push(place) }
  if (protocol !== 'DNS') return seen
  if (means.kind === 'query') return asked[to] ? seen : { ...seen, asked: { ...asked, [to]: true } }
  return asked[to] ? seen : { ...seen, lookups: lookups.push(place) }
}

/** True if a line is said at the same instant as the line before it, by the same end, and the answer may go on. */
const isTogether = ({ sent, connection, from, to }: Flight, { flight, open }: Line): boolean =>
  open && flight.sent === sent && flight.connection === connection && flight.from === from && flight.to === to

type About = Omit<Line, keyof Focus | 'unit' | 'lead' | 'reading' | 'withMessage'>

/** Adds a line that is an answer, a command or a call of its own, or begins one. */
function begun(seen: Flights, flight: Flight, about: About, typed = false): Flights {
  const { lines, cuts } = seen
  const { last } = lines
  const before = last && lines.get(last.lead)
  const heard = before ? heardAfter(seen.heard, before.told) : seen.heard
  const place = lines.length
  const reading = typed ? TYPED : readingTime(about.told, heard)
  const line: Line = {
    ...focusOf(flight, last),
    ...about,
    unit: place,
    lead: place,
    reading,
    withMessage: flight.message === true,
  }
  return { ...listed(seen, line), heard, cuts: paced(cuts, last, line.from) }
}

/** Adds a line that goes on with the answer of the line before it. */
function goneOn(seen: Flights, about: About & Focus, last: Line): Flights {
  const leading = seen.lines.get(last.lead) ?? last
  const leads = about.weight > leading.weight
  const lead = leads ? seen.lines.length : last.lead
  const reading = readingTime(toldOfSeveral(leads ? about.told : leading.told), seen.heard)
  const withMessage = last.withMessage || about.flight.message === true
  return listed(seen, { ...about, unit: last.unit, lead, reading, withMessage })
}

const listed = (seen: Flights, line: Line): Flights => ({
  ...seen,
  lines: seen.lines.push(line),
  byProtocol: filed(seen.byProtocol, line.flight.protocol, seen.lines.length),
})

const filed = (by: Flights['byProtocol'], protocol: ProtocolName, place: number): Flights['byProtocol'] => ({
  ...by,
  [protocol]: (by[protocol] ?? Vector.empty<number>()).push(place),
})

function segmentSent(seen: Flights, fact: FactOf<'packetSent'>, segment: Segment, connections: Connections): Flights {
  const place = seen.packets.length
  const packets = seen.packets.push(focusOf(packetFlight(fact), seen.packets.last))
  if (segment.flags.syn && !segment.flags.ack) return called({ ...seen, packets }, fact, segment, place)
  const connection = connectionIn(connections, segment.connection)
  if (segment.payload === '' || !connection) return { ...seen, packets }
  const side = sideOf(connection, segment.from, segment.source.port === connection.port)
  const [start, end] = [segment.offset, segment.offset + segment.payload.length]
  const after = withStream({ ...seen, packets }, connection.connection, side, ({ lines, segments }) => {
    const reached = Math.max(segments.last?.reached ?? 0, end)
    return { lines, segments: segments.push({ place, start, end, reached }) }
  })
  return rearrived(after, linesIn(after, streamOf(after, connection.connection, side), start, end), place)
}

/** A client calls: it asks for a connection, and asks again until it is answered. */
function called(seen: Flights, fact: FactOf<'packetSent'>, segment: Segment, carrier: number): Flights {
  const streams = seen.streams.get(placeOf(segment.connection)) ?? SILENCE
  if (streams.call !== undefined) return rearrived(seen, [streams.call], carrier)
  const call = seen.lines.length
  const flight: Flight = { ...packetFlight(fact), kind: 'call' }
  const about = { start: 0, end: 0, carriers: [carrier], told: toldByCall(fact), weight: 0, open: false }
  return {
    ...begun(seen, flight, about),
    calls: seen.calls + 1,
    streams: put(seen.streams, placeOf(segment.connection), { ...streams, call }),
  }
}

/**
 * An end learns that its connection has failed. Where it is drawn depends on what has happened: a refusal comes from the far
 * host; after a silence the client does not know how far its call came.
 */
function failed(seen: Flights, fact: FactOf<'connectionFailed'>): Flights {
  const { at, order, host, client, server, why, connection } = fact
  const { call } = seen.streams.get(placeOf(connection)) ?? SILENCE
  const calls = call === undefined || host !== client ? 0 : (seen.lines.get(call)?.carriers.length ?? 0)
  const flight: Flight = {
    fact: order,
    kind: 'failure',
    protocol: 'TCP',
    from: host,
    to: host === client ? server : client,
    sent: at,
    arrives: at,
    arrived: why === 'refused',
    length: 0,
  }
  const about = { start: 0, end: 0, carriers: [], told: toldByFailure(fact), weight: 0, open: false }
  return {
    ...begun(seen, flight, { ...about, failure: { why, at, calls } }),
    calls: seen.calls + 1,
    failed: { ...seen.failed, [host]: seen.lines.length },
  }
}

const forgotten = (seen: Flights, host: HostName): Flights => ({
  ...seen,
  failed: { ...seen.failed, [host]: undefined },
})

/**
 * After a failure a host may ask or call others first. Then it says when it tries again, if it does: the failure is told once more
 * if other words have been said since, as it is the reason.
 */
function triedAgain(seen: Flights, fact: FactOf<'messageDeferred' | 'submissionFailed'>): Flights {
  const { host, nextTry, reason, at, order } = fact
  const place = seen.failed[host]
  const line = place === undefined ? undefined : seen.lines.get(place)
  if (place === undefined || line?.failure === undefined) return seen
  const failure = nextTry === undefined ? line.failure : { ...line.failure, nextTry }
  const after = forgotten({ ...seen, lines: seen.lines.set(place, { ...line, failure }) }, host)
  if (reason.id !== 'unreachable' || place === seen.lines.length - 1) return after
  const flight: Flight = { ...line.flight, fact: order, sent: at, arrives: at }
  const about = { start: 0, end: 0, carriers: [], told: line.told, weight: 0, open: false }
  return { ...begun(after, flight, { ...about, failure }), calls: after.calls + 1 }
}

function datagramSent(seen: Flights, fact: FactOf<'packetSent'>): Flights {
  const { next, ...rest } = seen
  const flight = packetFlight(fact)
  const place = seen.packets.length
  const after: Flights = { ...rest, packets: seen.packets.push(focusOf(flight, seen.packets.last)) }
  if (next?.packet !== fact.packet.id) return after
  const line: Flight = { ...flight, fact: next.order, kind: 'line', sent: next.at }
  return {
    ...pushed(after, line, { start: 0, end: flight.length, carriers: [place] }, next),
    datagrams: after.datagrams.push(after.lines.length),
  }
}

function packetLost(seen: Flights, { packet }: FactOf<'packetLost'>): Flights {
  const place = packetPlace(seen, packet)
  const flight = place === undefined ? undefined : seen.packets.get(place)?.flight
  if (place === undefined || !flight) return seen
  const packets = replaced(seen.packets, [place], (focus) => ({ ...focus, flight: { ...flight, arrived: false } }))
  const after: Flights = { ...seen, packets }
  if (flight.connection === undefined) {
    const line = datagramPlace(seen, packet)
    return line === undefined ? after : rearrived(after, [line])
  }
  const { client, server, call } = seen.streams.get(placeOf(flight.connection)) ?? SILENCE
  if (call !== undefined && seen.lines.get(call)?.carriers.includes(place)) return rearrived(after, [call])
  for (const stream of [client, server]) {
    const found = stream.segments.get(stream.segments.countUpTo((segment) => segment.place, place) - 1)
    if (found?.place === place) return rearrived(after, linesIn(seen, stream, found.start, found.end))
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

/**
 * Lines whose carriers have changed, with one more if there is one. The end of a line arrives with the first carrier that is not
 * lost.
 */
function rearrived(seen: Flights, places: readonly number[], carrier?: number): Flights {
  if (places.length === 0) return seen
  const lines = replaced(
    seen.lines,
    places,
    (line) => {
      const carriers = carrier === undefined ? line.carriers : [...line.carriers, carrier]
      return { ...line, flight: carriedBy(seen, line.flight, carriers), carriers }
    },
    ({ unit }, place) => unit < place,
  )
  return { ...seen, lines, cuts: recut(seen.cuts, lines, Math.min(...places)) }
}

function carriedBy({ packets }: Flights, before: Flight, carriers: readonly number[]): Flight {
  const flights = carriers.flatMap((each) => packets.get(each)?.flight ?? [])
  const whole = flights.filter(({ arrived }) => arrived)
  const first = whole.reduce<Flight | undefined>(
    (best, each) => (best && best.arrives <= each.arrives ? best : each),
    undefined,
  )
  // An unheard call is drawn as lost once. The failure tells how often it was repeated.
  const by = first ?? (before.kind === 'call' ? flights[0] : flights.at(-1))
  const lost = first === undefined ? 0 : flights.filter(({ arrived, sent }) => !arrived && sent <= first.sent).length
  const awaited = flights[0]?.arrived === false ? flights[0].arrives : undefined
  const { lost: _, awaited: __, ...rest } = before
  return {
    ...rest,
    ...(lost > 0 ? { lost } : {}),
    ...(awaited === undefined ? {} : { awaited }),
    arrives: by?.arrives ?? before.sent,
    arrived: first !== undefined,
    ...(by?.packet === undefined ? {} : { packet: by.packet }),
  }
}

/** The answer, command or call in focus, by the line that tells it. */
export function lineIn({ lines }: Flights, t: Instant): Line | undefined {
  const focus = focusIn(lines, t)
  return focus && lines.get(focus.lead)
}

/** The answers, commands and calls that are under way, in the order of sending; each by the line that tells it. */
export function linesUnderWay({ lines }: Flights, t: number): readonly Flight[] {
  const found = underWayAt(lines, t)
  return found.flatMap(({ unit, lead }, n) => (found[n + 1]?.unit === unit ? [] : (lines.get(lead)?.flight ?? [])))
}

/** The call of a client that has asked for this connection and was not heard. */
export function unheardCall({ lines, streams }: Flights, id: ConnectionId): Flight | undefined {
  const flight = lines.get(streams.get(placeOf(id))?.call ?? -1)?.flight
  return flight?.arrived === false ? flight : undefined
}

/** All lines of the answer in focus. */
export function answerAt({ lines }: Flights, t: Instant): readonly Line[] {
  const end = lines.countUpTo(({ from }) => from, t)
  return [...lines.from(lines.get(end - 1)?.unit ?? end, end)]
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

type Side = 'client' | 'server'

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
