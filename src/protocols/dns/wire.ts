import * as dnsPacket from '@dnsquery/dns-packet'
import { toString as toTypeName } from '@dnsquery/dns-packet/types.js'
import { concat, fromBytes, type Octets, octets, slice, toBytes } from '../../base/octets'
import { hideDots, nameFromWire, showDots, wireName } from './labels'
import { dataFits, HEADER_LENGTH, layoutOf, type RecordPlace, readUint16, readUint32, type Section } from './layout'
import {
  type DnsMessage,
  type Edns,
  isReferral,
  type Question,
  queryFor,
  rcodeName,
  rcodeNumber,
  responseTo,
} from './message'
import { isAskable } from './names'
import { isRecordType, type RecordOf, type ResourceRecord } from './record'

const CLASS_IN = 1
const RESPONSE = 1 << 15
const DNSSEC_OK = 1 << 15

function dataOf(record: ResourceRecord): unknown {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address
    case 'MX':
      return { preference: record.preference, exchange: wireName(record.exchange) }
    case 'NS':
      return wireName(record.nameServer)
    case 'CNAME':
    case 'PTR':
      return wireName(record.target)
    case 'TXT':
      return record.texts.map(toBytes)
    case 'SOA':
      return { ...record, mname: wireName(record.mname), rname: wireName(record.rname) }
  }
}

const packed = (record: ResourceRecord): dnsPacket.Answer =>
  ({ name: wireName(record.name), type: record.type, ttl: record.ttl, data: dataOf(record) }) as dnsPacket.Answer

/** EDNS is a record of type OPT, whose class and TTL have special meanings (RFC 6891 section 6.1.2). */
const packedEdns = (edns: Edns, rcode: number): dnsPacket.Answer =>
  ({
    type: 'OPT',
    name: '.',
    udpPayloadSize: edns.udpSize,
    extendedRcode: rcode >> 4,
    ednsVersion: edns.version,
    flags: edns.dnssecOk ? DNSSEC_OK : 0,
    options: [],
  }) as unknown as dnsPacket.Answer

/** The octets of a message. Names are uncompressed: compression is optional for the writer (RFC 1035 section 4.1.4). */
export function encode(message: DnsMessage): Octets {
  const rcode = rcodeNumber(message.rcode)
  const flags =
    (message.opcode << 11) |
    (message.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
    (message.truncated ? dnsPacket.TRUNCATED_RESPONSE : 0) |
    (message.recursionDesired ? dnsPacket.RECURSION_DESIRED : 0) |
    (message.recursionAvailable ? dnsPacket.RECURSION_AVAILABLE : 0) |
    (rcode & 15)
  const bytes = dnsPacket.encode({
    type: message.response ? 'response' : 'query',
    id: message.id,
    flags,
    questions: message.question.map(({ name, type, class: klass }) => ({
      name: wireName(name),
      type,
      class: klass,
    })) as dnsPacket.Question[],
    answers: message.answers.map(packed),
    authorities: message.authorities.map(packed),
    additionals: [
      ...message.additionals.map(packed),
      ...(message.edns === undefined ? [] : [packedEdns(message.edns, rcode)]),
    ],
  })
  if (namesOf(message).some((name) => name.includes('\\'))) showDots(bytes, layoutOf(bytes), typeIn(bytes))
  return fromBytes(bytes)
}

/**
 * The octets of a response within `limit`. A response that is too long loses its additional records first, which costs the
 * reader at most another question (RFC 2181 section 9); then all records, with TC set. A referral needs its additional records,
 * so TC reports their loss (RFC 9471 section 3.1). EDNS stays (RFC 6891 section 7).
 */
export function encodeWithin(message: DnsMessage, limit: number): Octets {
  const all = encode(message)
  if (all.length <= limit) return all
  const needed = encode({ ...message, additionals: [], truncated: isReferral(message) })
  if (needed.length <= limit) return needed
  return encode({ ...message, truncated: true, answers: [], authorities: [], additionals: [] })
}

/** A message for TCP: its length in two octets, then the message (RFC 1035 section 4.2.2, RFC 7766 section 8). */
export function framed(message: Octets): Octets {
  return concat(octets(String.fromCharCode(message.length >> 8, message.length & 255)), message)
}

/** The first message of a TCP stream with its length in octets there; undefined while it is incomplete. */
export function unframed(stream: Octets): { readonly message: Octets; readonly length: number } | undefined {
  if (stream.length < 2) return undefined
  const end = 2 + ((stream.charCodeAt(0) << 8) | stream.charCodeAt(1))
  return stream.length < end ? undefined : { message: slice(stream, 2, end), length: end }
}

function recordFrom(bytes: Uint8Array, place: { start: number; type: number }): ResourceRecord {
  const {
    name: owner,
    data,
    type,
  } = dnsPacket.answer.decode(bytes, place.start) as unknown as {
    name: string
    data: never
    type: string
  }
  const name = nameFromWire(owner)
  // RFC 2181 section 8: a TTL with its highest bit set counts as 0.
  const seconds = readUint32(bytes, place.type + 4)
  const ttl = seconds > 0x7fffffff ? 0 : seconds
  switch (type) {
    case 'MX': {
      const { preference, exchange } = data as { preference: number; exchange: string }
      return { name, ttl, type, preference, exchange: nameFromWire(exchange) }
    }
    case 'NS':
      return { name, ttl, type, nameServer: nameFromWire(data) }
    case 'CNAME':
    case 'PTR':
      return { name, ttl, type, target: nameFromWire(data) }
    case 'TXT':
      return { name, ttl, type, texts: (data as Uint8Array[]).map(fromBytes) }
    case 'SOA': {
      const soa = data as Omit<RecordOf<'SOA'>, 'name' | 'ttl' | 'type'>
      return { name, ttl, type, ...soa, mname: nameFromWire(soa.mname), rname: nameFromWire(soa.rname) }
    }
    default:
      return { name, ttl, type: type as 'A' | 'AAAA', address: data }
  }
}

const namesIn = (record: ResourceRecord): readonly string[] => {
  switch (record.type) {
    case 'MX':
      return [record.name, record.exchange]
    case 'NS':
      return [record.name, record.nameServer]
    case 'CNAME':
    case 'PTR':
      return [record.name, record.target]
    case 'SOA':
      return [record.name, record.mname, record.rname]
    default:
      return [record.name]
  }
}

const namesOf = ({ question, answers, authorities, additionals }: DnsMessage): readonly string[] => [
  ...question.map(({ name }) => name),
  ...[...answers, ...authorities, ...additionals].flatMap(namesIn),
]

const typeIn =
  (bytes: Uint8Array) =>
  (at: number): string =>
    toTypeName(readUint16(bytes, at))

/** The content of the message's OPT record; 'malformed' if there are several or it is invalid (RFC 6891 section 6.1.1). */
function ednsIn(bytes: Uint8Array, records: readonly RecordPlace[]): { edns?: Edns; rcode: number } | 'malformed' {
  const found = records.filter(({ type }) => typeIn(bytes)(type) === 'OPT')
  const [place] = found
  if (!place) return { rcode: 0 }
  const rooted = place.type === place.start + 1
  if (found.length > 1 || place.section !== 'additional' || !rooted || !dataFits(bytes, 'OPT', place))
    return 'malformed'
  const opt = dnsPacket.answer.decode(bytes, place.start) as unknown as {
    udpPayloadSize: number
    extendedRcode: number
    ednsVersion: number
    flag_do: boolean
  }
  const edns = { udpSize: opt.udpPayloadSize, version: opt.ednsVersion, dnssecOk: opt.flag_do }
  return { edns, rcode: opt.extendedRcode << 4 }
}

/**
 * Decodes a message, compressed names included. Records of an unknown type or class are left out. Takes any octets and never
 * throws.
 */
export function decode(source: Octets): DnsMessage | 'malformed' {
  const bytes = toBytes(source)
  const layout = layoutOf(bytes)
  if (!layout.whole || !hideDots(bytes, layout, typeIn(bytes))) return 'malformed'
  const question: Question[] = []
  const sections: Record<Section, ResourceRecord[]> = { answer: [], authority: [], additional: [] }
  let extended: ReturnType<typeof ednsIn>
  try {
    for (const { start } of layout.questions) {
      const { name, type, class: klass } = dnsPacket.question.decode(bytes, start)
      question.push({ name: nameFromWire(name), type, class: klass ?? 'IN' })
    }
    for (const place of layout.records) {
      const type = typeIn(bytes)(place.type)
      if (!isRecordType(type) || readUint16(bytes, place.type + 2) !== CLASS_IN) continue
      if (!dataFits(bytes, type, place)) return 'malformed'
      sections[place.section].push(recordFrom(bytes, place))
    }
    extended = ednsIn(bytes, layout.records)
  } catch {
    // The library throws on names that run past the message or point forward.
    return 'malformed'
  }
  if (extended === 'malformed') return 'malformed'
  const flags = readUint16(bytes, 2)
  const message: DnsMessage = {
    id: readUint16(bytes, 0),
    response: (flags & RESPONSE) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & dnsPacket.AUTHORITATIVE_ANSWER) !== 0,
    truncated: (flags & dnsPacket.TRUNCATED_RESPONSE) !== 0,
    recursionDesired: (flags & dnsPacket.RECURSION_DESIRED) !== 0,
    recursionAvailable: (flags & dnsPacket.RECURSION_AVAILABLE) !== 0,
    rcode: rcodeName(extended.rcode | (flags & 15)),
    question,
    answers: sections.answer,
    authorities: sections.authority,
    additionals: sections.additional,
    ...(extended.edns ? { edns: extended.edns } : {}),
  }
  return namesOf(message).every(isAskable) ? message : 'malformed'
}

/**
 * A server's answer to octets that are no message: FORMERR with the id, so that the asker need not wait. Undefined if the
 * octets are too few for an id and the QR bit, or are marked as a response: those get no answer.
 */
export function formatError(source: Octets): Octets | undefined {
  if (source.length < 3) return undefined
  const bytes = toBytes(octets(source.slice(0, HEADER_LENGTH).padEnd(HEADER_LENGTH, '\0')))
  const flags = readUint16(bytes, 2)
  if ((flags & RESPONSE) !== 0) return undefined
  return encode({
    ...responseTo(queryFor(readUint16(bytes, 0), '.', 'A', (flags & dnsPacket.RECURSION_DESIRED) !== 0), 'FORMERR'),
    opcode: (flags >> 11) & 15,
    question: [],
  })
}
