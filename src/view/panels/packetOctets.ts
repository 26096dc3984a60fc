import { type Octets, octets } from '../../base/octets'
import type { Datagram, Packet, Segment } from '../../world/packet'

/** A stretch of octets with its meaning. Same shape for every protocol, so one view shows them all. */
export interface WireField {
  readonly group: string
  readonly name: string
  readonly value: string
  /** Offsets into the whole packet; `end` is the first octet after. */
  readonly start: number
  readonly end: number
}

const IP_HEADER = 20
const TCP = 6
const UDP = 17
const TIME_TO_LIVE = 64

/**
 * A packet as it would stand on the wire: IPv4 header (RFC 791 section 3.1), TCP or UDP header (RFC 9293 section 3.1, RFC 768)
 * with right checksums, payload. The simulated world keeps the values; here they get their places.
 */
export function octetsOf(packet: Packet): Octets {
  const transport = packet.kind === 'segment' ? tcp(packet) : udp(packet)
  const header = [
    0x45,
    0,
    ...two(IP_HEADER + transport.length),
    ...two(packet.id & 0xffff),
    0x40,
    0,
    TIME_TO_LIVE,
    packet.kind === 'segment' ? TCP : UDP,
    0,
    0,
    ...address(packet.source.address),
    ...address(packet.destination.address),
  ]
  const sum = checksum(header)
  header[10] = sum >> 8
  header[11] = sum & 0xff
  let text = ''
  for (const octet of [...header, ...transport]) text += String.fromCharCode(octet)
  return octets(text)
}

function tcp(packet: Segment): number[] {
  const option = packet.mss === undefined ? [] : [2, 4, ...two(packet.mss)]
  const length = 20 + option.length
  const segment = [
    ...two(packet.source.port),
    ...two(packet.destination.port),
    ...four(packet.sequence),
    ...four(packet.acknowledgement),
    (length / 4) << 4,
    flagBits(packet),
    ...two(packet.window),
    0,
    0,
    0,
    0,
    ...option,
    ...values(packet.payload),
  ]
  const sum = checksum([...pseudoHeader(packet, TCP, segment.length), ...segment])
  segment[16] = sum >> 8
  segment[17] = sum & 0xff
  return segment
}

function udp(packet: Datagram): number[] {
  const length = 8 + packet.payload.length
  const datagram = [
    ...two(packet.source.port),
    ...two(packet.destination.port),
    ...two(length),
    0,
    0,
    ...values(packet.payload),
  ]
  // RFC 768: a checksum that comes out as zero is sent as all ones, since zero says there is none.
  const sum = checksum([...pseudoHeader(packet, UDP, length), ...datagram]) || 0xffff
  datagram[6] = sum >> 8
  datagram[7] = sum & 0xff
  return datagram
}

/** Where the payload begins in `octetsOf(packet)`. */
export function payloadStart(packet: Packet): number {
  if (packet.kind === 'datagram') return IP_HEADER + 8
  return IP_HEADER + 20 + (packet.mss === undefined ? 0 : 4)
}

/** The header fields of a packet, in order. What the payload means is the protocol's matter. */
export function headerFieldsOf(packet: Packet): readonly WireField[] {
  const wire = octetsOf(packet)
  const word = (at: number): number => (wire.charCodeAt(at) << 8) | wire.charCodeAt(at + 1)
  const field = (group: string, name: string, value: string | number, start: number, length: number): WireField => ({
    group,
    name,
    value: String(value),
    start,
    end: start + length,
  })
  const ip = 'IPv4 header'
  const fields = [
    field(ip, 'version, length', '4, 20 octets', 0, 1),
    field(ip, 'type of service', 0, 1, 1),
    field(ip, 'total length', wire.length, 2, 2),
    field(ip, 'identification', word(4), 4, 2),
    field(ip, 'flags', 'do not fragment', 6, 2),
    field(ip, 'time to live', TIME_TO_LIVE, 8, 1),
    field(ip, 'protocol', packet.kind === 'segment' ? '6, TCP' : '17, UDP', 9, 1),
    field(ip, 'checksum', hex16(word(10)), 10, 2),
    field(ip, 'source', packet.source.address, 12, 4),
    field(ip, 'destination', packet.destination.address, 16, 4),
  ]
  if (packet.kind === 'datagram') {
    const group = 'UDP header'
    fields.push(
      field(group, 'source port', packet.source.port, 20, 2),
      field(group, 'destination port', packet.destination.port, 22, 2),
      field(group, 'length', word(24), 24, 2),
      field(group, 'checksum', hex16(word(26)), 26, 2),
    )
    return fields
  }
  const group = 'TCP header'
  fields.push(
    field(group, 'source port', packet.source.port, 20, 2),
    field(group, 'destination port', packet.destination.port, 22, 2),
    field(group, 'sequence', packet.sequence, 24, 4),
    field(group, 'acknowledgement', packet.acknowledgement, 28, 4),
    field(group, 'header length', `${payloadStart(packet) - IP_HEADER} octets`, 32, 1),
    field(group, 'flags', flagNames(packet) || 'none', 33, 1),
    field(group, 'window', packet.window, 34, 2),
    field(group, 'checksum', hex16(word(36)), 36, 2),
    field(group, 'urgent pointer', 0, 38, 2),
  )
  if (packet.mss !== undefined) fields.push(field(group, 'maximum segment', `${packet.mss} octets`, 40, 4))
  return fields
}

/** `SYN, ACK` */
export function flagNames(packet: Segment): string {
  return (['syn', 'ack', 'psh', 'fin', 'rst'] as const)
    .filter((flag) => packet.flags[flag])
    .map((flag) => flag.toUpperCase())
    .join(', ')
}

function flagBits({ flags }: Segment): number {
  return (flags.fin ? 1 : 0) | (flags.syn ? 2 : 0) | (flags.rst ? 4 : 0) | (flags.psh ? 8 : 0) | (flags.ack ? 16 : 0)
}

function pseudoHeader(packet: Packet, protocol: number, length: number): number[] {
  return [...address(packet.source.address), ...address(packet.destination.address), 0, protocol, ...two(length)]
}

/** The Internet checksum (RFC 1071): the ones' complement of the ones' complement sum of 16-bit words. */
export function checksum(data: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < data.length; at += 2) sum += ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

const two = (n: number): number[] => [(n >> 8) & 0xff, n & 0xff]
const four = (n: number): number[] => [(n >>> 24) & 0xff, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]
const address = (text: string): number[] => text.split('.').map((part) => Number(part) & 0xff)
const values = (payload: Octets): number[] => Array.from(payload, (character) => character.charCodeAt(0))
const hex16 = (n: number): string => `0x${n.toString(16).padStart(4, '0')}`
