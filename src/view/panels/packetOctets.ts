import { type Octets, octets } from '../../base/octets'
import { fieldsText } from '../../messages/fields'
import type { Datagram, Packet, Segment } from '../../world/packet'

/** A range of octets with its meaning. The type is the same for every protocol, so one view shows them all. */
export interface WireField {
  /** In the language of the page, like `name`. */
  readonly group: string
  readonly name: string
  readonly value: string
  /** True if the value is in words, false or absent if it is data. */
  readonly inWords?: true
  /** True for a domain name, which may end in a pointer (RFC 1035 section 4.1.4). */
  readonly domainName?: true
  /** Offsets into the whole packet; `end` is exclusive. */
  readonly start: number
  readonly end: number
}

const TCP = 6
const UDP = 17
/** The field that is the time to live in an IPv4 header and the hop limit in an IPv6 header. */
const HOPS = 64

const isIpv6 = ({ destination }: Packet): boolean => destination.address.includes(':')
const ipLength = (packet: Packet): number => (isIpv6(packet) ? 40 : 20)

/**
 * A packet as it would be on the wire: IPv4 or IPv6 header (RFC 791 section 3.1, RFC 8200 section 3), TCP or UDP header (RFC 9293
 * section 3.1, RFC 768) with correct checksums, payload. The simulated world keeps only the values.
 */
export function octetsOf(packet: Packet): Octets {
  const transport = packet.kind === 'segment' ? tcp(packet) : udp(packet)
  const header = isIpv6(packet) ? ipv6(packet, transport.length) : ipv4(packet, transport.length)
  let text = ''
  for (const octet of [...header, ...transport]) text += String.fromCharCode(octet)
  return octets(text)
}

const protocolOf = ({ kind }: Packet): number => (kind === 'segment' ? TCP : UDP)

function ipv4(packet: Packet, length: number): number[] {
  const header = [
    0x45,
    0,
    ...two(20 + length),
    ...two(packet.id & 0xffff),
    0x40,
    0,
    HOPS,
    protocolOf(packet),
    0,
    0,
    ...address(packet.source.address),
    ...address(packet.destination.address),
  ]
  const sum = checksum(header)
  header[10] = sum >> 8
  header[11] = sum & 0xff
  return header
}

/** An IPv6 header has no checksum: the transport's covers the addresses (RFC 8200 section 8.1). */
const ipv6 = (packet: Packet, length: number): number[] => [
  0x60,
  0,
  0,
  0,
  ...two(length),
  protocolOf(packet),
  HOPS,
  ...address(packet.source.address),
  ...address(packet.destination.address),
]

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

/** The version of the Internet Protocol by which a packet travels. */
export const ipVersionOf = (packet: Packet): 'IPv4' | 'IPv6' => (isIpv6(packet) ? 'IPv6' : 'IPv4')

/** The offset of the payload in `octetsOf(packet)`. */
export function payloadStart(packet: Packet): number {
  if (packet.kind === 'datagram') return ipLength(packet) + 8
  return ipLength(packet) + 20 + (packet.mss === undefined ? 0 : 4)
}

/** The header fields of a packet, in order. The payload is left to its protocol. */
export function headerFieldsOf(packet: Packet): readonly WireField[] {
  const wire = octetsOf(packet)
  const word = (start: number): number => wordAt(wire, start)
  const at = ipLength(packet)
  const fields = isIpv6(packet) ? ipv6Fields(packet, wire) : ipv4Fields(packet, wire)
  if (packet.kind === 'datagram') {
    const group = fieldsText('group.header.udp')
    fields.push(
      field(group, fieldsText('transport.source port'), packet.source.port, at, 2),
      field(group, fieldsText('transport.destination port'), packet.destination.port, at + 2, 2),
      field(group, fieldsText('transport.length'), word(at + 4), at + 4, 2),
      field(group, fieldsText('transport.checksum'), hex16(word(at + 6)), at + 6, 2),
    )
    return fields
  }
  const group = fieldsText('group.header.tcp')
  fields.push(
    field(group, fieldsText('transport.source port'), packet.source.port, at, 2),
    field(group, fieldsText('transport.destination port'), packet.destination.port, at + 2, 2),
    field(group, fieldsText('transport.sequence'), packet.sequence, at + 4, 4),
    field(group, fieldsText('transport.acknowledgement'), packet.acknowledgement, at + 8, 4),
    field(group, fieldsText('transport.header length'), inOctets(payloadStart(packet) - at), at + 12, 1),
    field(group, fieldsText('transport.flags'), flagNames(packet) || { words: fieldsText('none') }, at + 13, 1),
    field(group, fieldsText('transport.window'), packet.window, at + 14, 2),
    field(group, fieldsText('transport.checksum'), hex16(word(at + 16)), at + 16, 2),
    field(group, fieldsText('transport.urgent pointer'), 0, at + 18, 2),
  )
  if (packet.mss !== undefined)
    fields.push(field(group, fieldsText('transport.maximum segment'), inOctets(packet.mss), at + 20, 4))
  return fields
}

/** The value of the field as data, or its meaning in words. */
type Value = string | number | { readonly words: string }

const inOctets = (count: number): Value => ({ words: fieldsText('unit.octets', { count }) })

const field = (group: string, name: string, value: Value, start: number, length: number): WireField => ({
  group,
  name,
  ...(typeof value === 'object' ? { value: value.words, inWords: true as const } : { value: String(value) }),
  start,
  end: start + length,
})

const wordAt = (wire: Octets, start: number): number => (wire.charCodeAt(start) << 8) | wire.charCodeAt(start + 1)

const protocolInWords = ({ kind }: Packet): string => (kind === 'segment' ? `${TCP}, TCP` : `${UDP}, UDP`)

function ipv4Fields(packet: Packet, wire: Octets): WireField[] {
  const ip = fieldsText('group.header.ip', { version: 'IPv4' })
  return [
    field(ip, fieldsText('ip.version and length'), '4, 20', 0, 1),
    field(ip, fieldsText('ip.type of service'), 0, 1, 1),
    field(ip, fieldsText('ip.total length'), wire.length, 2, 2),
    field(ip, fieldsText('ip.identification'), wordAt(wire, 4), 4, 2),
    field(ip, fieldsText('ip.flags'), { words: fieldsText('doNotFragment') }, 6, 2),
    field(ip, fieldsText('ip.time to live'), HOPS, 8, 1),
    field(ip, fieldsText('ip.protocol'), protocolInWords(packet), 9, 1),
    field(ip, fieldsText('ip.checksum'), hex16(wordAt(wire, 10)), 10, 2),
    field(ip, fieldsText('ip.source'), packet.source.address, 12, 4),
    field(ip, fieldsText('ip.destination'), packet.destination.address, 16, 4),
  ]
}

function ipv6Fields(packet: Packet, wire: Octets): WireField[] {
  const ip = fieldsText('group.header.ip', { version: 'IPv6' })
  return [
    field(ip, fieldsText('ip.version and traffic class and flow label'), '6, 0, 0', 0, 4),
    field(ip, fieldsText('ip.payload length'), wordAt(wire, 4), 4, 2),
    field(ip, fieldsText('ip.next header'), protocolInWords(packet), 6, 1),
    field(ip, fieldsText('ip.hop limit'), HOPS, 7, 1),
    field(ip, fieldsText('ip.source'), packet.source.address, 8, 16),
    field(ip, fieldsText('ip.destination'), packet.destination.address, 24, 16),
  ]
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

/** The pseudo-header, which the transport's checksum covers too (RFC 9293 section 3.1, RFC 8200 section 8.1). */
function pseudoHeader(packet: Packet, protocol: number, length: number): number[] {
  const ends = [...address(packet.source.address), ...address(packet.destination.address)]
  return isIpv6(packet) ? [...ends, ...four(length), 0, 0, 0, protocol] : [...ends, 0, protocol, ...two(length)]
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

/** An address in octets: 4 of IPv4, 16 of IPv6, where `::` stands for as many zeros as are missing (RFC 4291 section 2.2). */
function address(text: string): number[] {
  if (!text.includes(':')) return text.split('.').map((part) => Number(part) & 0xff)
  const [left = [], right] = text
    .split('::')
    .map((half) => (half === '' ? [] : half.split(':').flatMap((group) => two(Number.parseInt(group, 16)))))
  if (!right) return left
  return [...left, ...Array.from({ length: 16 - left.length - right.length }, () => 0), ...right]
}

const values = (payload: Octets): number[] => Array.from(payload, (character) => character.charCodeAt(0))
const hex16 = (n: number): string => `0x${n.toString(16).padStart(4, '0')}`
