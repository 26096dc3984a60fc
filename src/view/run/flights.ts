import type { Instant } from '../../base/time'
import { serviceAt } from '../../session/service'
import type { Fact, FactOf } from '../../world/fact'
import type { Packet, Segment } from '../../world/packet'
import type { ConnectionId, HostName, SessionId } from '../../world/world'
import { type Connections, connectionIn, type SeenConnection } from './connections'
import { countUpTo } from './countUpTo'

/** The name of a protocol that has a face: `SMTP`, or `TCP` where nothing more is known. */
export type ProtocolName = string

/** Something said, from the instant it was said until its last octet arrived. */
export interface Flight {
  /** Order of the fact that it stands for. */
  readonly fact: number
  readonly kind: 'line' | 'packet'
  readonly protocol: ProtocolName
  readonly from: HostName
  readonly to: HostName
  readonly sent: Instant
  readonly arrives: Instant
  /** False where it was lost on the way. */
  readonly arrived: boolean
  /** Octets, for how long it takes to read. */
  readonly length: number
  readonly connection?: ConnectionId
  /** It travels inside TLS. */
  readonly encrypted?: true
}

export type LineFact = FactOf<'sent'> | FactOf<'queried'> | FactOf<'responded'>

export const isLine = (fact: Fact): fact is LineFact =>
  fact.type === 'sent' || fact.type === 'queried' || fact.type === 'responded'

/** The hue of a connection: that of the protocol spoken on it, else of the one that its port is for. */
export const protocolOn = ({ protocol, port }: Pick<SeenConnection, 'protocol' | 'port'>): ProtocolName =>
  protocol === 'TEXT' ? (serviceAt(port)?.protocol ?? 'TCP') : protocol

interface PacketFlight {
  readonly packet: Packet
  readonly sent: FactOf<'packetSent'>
  lost: boolean
}

interface SegmentFlight extends PacketFlight {
  readonly packet: Segment
}

const carriesOctets = (flight: PacketFlight): flight is SegmentFlight =>
  flight.packet.kind === 'segment' && flight.packet.payload.length > 0

/** Every flight of a trace, in the order of the facts: lines first by what carried them, and each bare packet. */
export function flightsOf(
  trace: readonly Fact[],
  connections: Connections,
): { readonly lines: readonly Flight[]; readonly packets: readonly Flight[] } {
  const packetsById = new Map<number, PacketFlight>()
  /** Segments with octets, by connection and sender. */
  const segments = new Map<string, SegmentFlight[]>()
  for (const fact of trace) {
    if (fact.type === 'packetSent') {
      const flight: PacketFlight = { packet: fact.packet, sent: fact, lost: false }
      packetsById.set(fact.packet.id, flight)
      if (carriesOctets(flight)) {
        const key = `${flight.packet.connection} ${flight.packet.from}`
        const list = segments.get(key)
        if (list) list.push(flight)
        else segments.set(key, [flight])
      }
    } else if (fact.type === 'packetLost') {
      const flight = packetsById.get(fact.packet)
      if (flight) flight.lost = true
    }
  }

  const carriers = new Map([...segments].map(([stream, list]) => [stream, carriersIn(list)]))
  const lines: Flight[] = []
  const packets: Flight[] = []
  /** Sessions that have begun TLS by the fact that is looked at. */
  const secured = new Set<SessionId>()
  for (const fact of trace) {
    if (fact.type === 'tlsStarted') secured.add(fact.session)
    else if (fact.type === 'sent') {
      const info = connectionIn(connections, fact.connection)
      if (!info) continue
      const carrier = carriers.get(`${fact.connection} ${fact.host}`)?.(fact.end)
      lines.push({
        fact: fact.order,
        kind: 'line',
        protocol: protocolOn(info),
        from: fact.host,
        to: fact.host === info.client ? info.server : info.client,
        sent: fact.at,
        arrives: carrier?.sent.arrivesAt ?? fact.at,
        arrived: carrier !== undefined && !carrier.lost,
        length: fact.octets.length,
        connection: fact.connection,
        ...(secured.has(fact.session) ? ENCRYPTED : {}),
      })
    } else if (fact.type === 'queried' || fact.type === 'responded') {
      const carrier = packetsById.get(fact.packet)
      if (!carrier) continue
      lines.push(flightOfPacket(carrier, fact.order, 'line', 'DNS', fact.at))
    } else if (fact.type === 'packetSent') {
      const carrier = packetsById.get(fact.packet.id) as PacketFlight
      const protocol = carrier.packet.kind === 'datagram' ? 'DNS' : 'TCP'
      packets.push(flightOfPacket(carrier, fact.order, 'packet', protocol, fact.at))
    }
  }
  return { lines, packets }
}

function flightOfPacket(
  carrier: PacketFlight,
  fact: number,
  kind: Flight['kind'],
  protocol: ProtocolName,
  sent: Instant,
): Flight {
  const { packet } = carrier
  return {
    fact,
    kind,
    protocol,
    from: packet.from,
    to: packet.to,
    sent,
    arrives: carrier.sent.arrivesAt,
    arrived: !carrier.lost,
    length: packet.payload.length,
    ...(packet.kind === 'segment' ? { connection: packet.connection } : {}),
    ...(packet.kind === 'segment' && packet.encrypted ? ENCRYPTED : {}),
  }
}

const ENCRYPTED = { encrypted: true } as const

/** What is asked of a segment that may carry the end of a line. */
interface Carrier {
  readonly packet: { readonly offset: number; readonly payload: { readonly length: number } }
  readonly sent: { readonly arrivesAt: Instant }
  readonly lost: boolean
}

/**
 * Finds the segment whose arrival completes a line that ends at this offset: the first that carries its last octet and is not
 * lost. A segment that is sent again comes after later ones, so they are ordered by offset first; a search then looks only at
 * segments that begin within the length of the longest one before the end.
 */
export function carriersIn<One extends Carrier>(segments: readonly One[]): (end: number) => One | undefined {
  const ordered = segments.toSorted((a, b) => a.packet.offset - b.packet.offset)
  const longest = segments.reduce((most, { packet }) => Math.max(most, packet.payload.length), 0)
  return (end) => {
    let lost: One | undefined
    let best: One | undefined
    let at = countUpTo(ordered, ({ packet }) => packet.offset, end - longest - 1)
    for (let segment = ordered[at]; segment && segment.packet.offset < end; segment = ordered[++at]) {
      if (segment.packet.offset + segment.packet.payload.length < end) continue
      if (segment.lost) lost = segment
      else if (!best || segment.sent.arrivesAt < best.sent.arrivesAt) best = segment
    }
    return best ?? lost
  }
}
