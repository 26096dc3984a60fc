import type { Instant } from '../../base/time'
import { serviceAt } from '../../session/service'
import type { Fact, FactOf } from '../../world/fact'
import type { Packet } from '../../world/packet'
import type { ConnectionId, HostName, SessionId } from '../../world/world'
import { type Connections, connectionIn, type SeenConnection } from './connections'

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

/** Every flight of a trace, in the order of the facts: lines first by what carried them, and each bare packet. */
export function flightsOf(
  trace: readonly Fact[],
  connections: Connections,
): { readonly lines: readonly Flight[]; readonly packets: readonly Flight[] } {
  const packetsById = new Map<number, PacketFlight>()
  const segments = new Map<string, PacketFlight[]>()
  for (const fact of trace) {
    if (fact.type === 'packetSent') {
      const flight = { packet: fact.packet, sent: fact, lost: false }
      packetsById.set(fact.packet.id, flight)
      if (fact.packet.kind === 'segment' && fact.packet.payload.length > 0) {
        const key = `${fact.packet.connection} ${fact.packet.from}`
        const list = segments.get(key)
        if (list) list.push(flight)
        else segments.set(key, [flight])
      }
    } else if (fact.type === 'packetLost') {
      const flight = packetsById.get(fact.packet)
      if (flight) flight.lost = true
    }
  }

  const lines: Flight[] = []
  const packets: Flight[] = []
  /** Sessions that have begun TLS by the fact that is looked at. */
  const secured = new Set<SessionId>()
  for (const fact of trace) {
    if (fact.type === 'tlsStarted') secured.add(fact.session)
    else if (fact.type === 'sent') {
      const info = connectionIn(connections, fact.connection)
      if (!info) continue
      const carrier = carrierOf(segments.get(`${fact.connection} ${fact.host}`) ?? [], fact)
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

/** The segment whose arrival completes the line: the first that carries its last octet and is not lost. */
function carrierOf(segments: readonly PacketFlight[], line: FactOf<'sent'>): PacketFlight | undefined {
  let lost: PacketFlight | undefined
  let best: PacketFlight | undefined
  for (const segment of segments) {
    const { packet } = segment
    if (packet.kind !== 'segment' || packet.offset >= line.end || packet.offset + packet.payload.length < line.end)
      continue
    if (segment.lost) lost = segment
    else if (!best || segment.sent.arrivesAt < best.sent.arrivesAt) best = segment
  }
  return best ?? lost
}
