import type { Octets } from '../base/octets'
import type { Address, ConnectionId, HostName } from './names'

/** The TCP flags of this network (RFC 9293 section 3.1). */
export interface SegmentFlags {
  readonly syn?: true
  readonly ack?: true
  readonly fin?: true
  readonly rst?: true
  readonly psh?: true
}

interface PacketBase {
  /** Counts from 1 over the whole world. */
  readonly id: number
  readonly from: HostName
  readonly to: HostName
  readonly source: { readonly address: Address; readonly port: number }
  readonly destination: { readonly address: Address; readonly port: number }
}

export interface Segment extends PacketBase {
  readonly kind: 'segment'
  readonly connection: ConnectionId
  /** Sequence number of the first octet, modulo 2^32, from a seeded initial sequence number. */
  readonly sequence: number
  readonly acknowledgement: number
  readonly flags: SegmentFlags
  readonly window: number
  /** Maximum segment size option; only on SYN. */
  readonly mss?: number
  readonly payload: Octets
  /** Offset of the payload's first octet in its direction's stream, from 0. */
  readonly offset: number
  /** The payload travels inside TLS. It is stored in plaintext: the learner has both keys. */
  readonly encrypted?: true
}

export interface Datagram extends PacketBase {
  readonly kind: 'datagram'
  readonly payload: Octets
}

export type Packet = Segment | Datagram

/** Octets on the wire: payload, TCP header (20, and 4 for MSS) or UDP header (8), and IP header (20, IPv6: 40). */
export function sizeOf(packet: Packet): number {
  const ip = packet.destination.address.includes(':') ? 40 : 20
  if (packet.kind === 'datagram') return ip + 8 + packet.payload.length
  return ip + 20 + (packet.mss === undefined ? 0 : 4) + packet.payload.length
}
