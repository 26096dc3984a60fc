import * as dnsPacket from '@dnsquery/dns-packet'
import { toRcode, toString as toRcodeName } from '@dnsquery/dns-packet/rcodes.js'
import { toString as toTypeName } from '@dnsquery/dns-packet/types.js'
import { fromBytes, type Octets, octets, toBytes } from '../../base/octets'
import { dataFits, HEADER_LENGTH, layoutOf, readUint16, readUint32, type Section } from './layout'
import { absolute, isAskable } from './names'
import { isRecordType, type ResourceRecord } from './record'

export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED'

export interface Question {
  readonly name: string
  /** The type's mnemonic, also of types whose records are not read here: `ANY`, `UNKNOWN_65`. */
  readonly type: string
  /** `IN` but for curiosities. */
  readonly class: string
}

/** A message of RFC 1035 section 4.1. */
export interface DnsMessage {
  /** 0 to 65535: a response bears the id of its query. */
  readonly id: number
  /** QR: false in a query. */
  readonly response: boolean
  /** 0 is a standard query. */
  readonly opcode: number
  /** AA */
  readonly authoritative: boolean
  /** TC */
  readonly truncated: boolean
  /** RD */
  readonly recursionDesired: boolean
  /** RA */
  readonly recursionAvailable: boolean
  /** One of `Rcode`, or the mnemonic of another that somebody else may send. */
  readonly rcode: string
  readonly question: readonly Question[]
  readonly answers: readonly ResourceRecord[]
  readonly authorities: readonly ResourceRecord[]
  readonly additionals: readonly ResourceRecord[]
}

/** UDP without EDNS carries at most this many octets (RFC 1035 section 4.2.1). */
export const UDP_LIMIT = 512
const CLASS_IN = 1
const RESPONSE = 1 << 15

/**
 * A standard query for one name and type (RFC 1035 section 4.1.1).
 * `recursionDesired` asks the server to find out; without it, to say what it knows itself.
 */
export function queryFor(id: number, name: string, type: string, recursionDesired: boolean): DnsMessage {
  return {
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired,
    recursionAvailable: false,
    rcode: 'NOERROR',
    question: [{ name: absolute(name), type, class: 'IN' }],
    answers: [],
    authorities: [],
    additionals: [],
  }
}

/** An empty response to a query, with its id, opcode, RD and question. */
export function responseTo(query: DnsMessage, rcode: Rcode): DnsMessage {
  return {
    ...query,
    response: true,
    authoritative: false,
    truncated: false,
    recursionAvailable: false,
    rcode,
    answers: [],
    authorities: [],
    additionals: [],
  }
}

function dataOf(record: ResourceRecord): unknown {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address
    case 'MX':
      return { preference: record.preference, exchange: record.exchange }
    case 'NS':
      return record.nameServer
    case 'CNAME':
    case 'PTR':
      return record.target
    case 'TXT':
      return record.texts.map(toBytes)
    case 'SOA':
      return record
  }
}

const packed = (record: ResourceRecord): dnsPacket.Answer =>
  ({ name: record.name, type: record.type, ttl: record.ttl, data: dataOf(record) }) as dnsPacket.Answer

/** The octets of a message. Names are written out in full: compression is the writer's choice (RFC 1035 section 4.1.4). */
export function encode(message: DnsMessage): Octets {
  const flags =
    (message.opcode << 11) |
    (message.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
    (message.truncated ? dnsPacket.TRUNCATED_RESPONSE : 0) |
    (message.recursionDesired ? dnsPacket.RECURSION_DESIRED : 0) |
    (message.recursionAvailable ? dnsPacket.RECURSION_AVAILABLE : 0) |
    toRcode(message.rcode)
  return fromBytes(
    dnsPacket.encode({
      type: message.response ? 'response' : 'query',
      id: message.id,
      flags,
      questions: message.question.map(({ name, type, class: klass }) => ({
        name,
        type,
        class: klass,
      })) as dnsPacket.Question[],
      answers: message.answers.map(packed),
      authorities: message.authorities.map(packed),
      additionals: message.additionals.map(packed),
    }),
  )
}

/**
 * The octets of a response that must fit in one datagram without EDNS. What does not fit loses its additional records
 * first, which costs the reader nothing but a question (RFC 2181 section 9); then all records, with TC set.
 */
export function encodeForUdp(message: DnsMessage): Octets {
  const all = encode(message)
  if (all.length <= UDP_LIMIT) return all
  const needed = encode({ ...message, additionals: [] })
  if (needed.length <= UDP_LIMIT) return needed
  return encode({ ...message, truncated: true, answers: [], authorities: [], additionals: [] })
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
  const name = absolute(owner)
  // RFC 2181 section 8: a TTL with its highest bit set counts as 0.
  const seconds = readUint32(bytes, place.type + 4)
  const ttl = seconds > 0x7fffffff ? 0 : seconds
  switch (type) {
    case 'MX': {
      const { preference, exchange } = data as { preference: number; exchange: string }
      return { name, ttl, type, preference, exchange: absolute(exchange) }
    }
    case 'NS':
      return { name, ttl, type, nameServer: absolute(data) }
    case 'CNAME':
    case 'PTR':
      return { name, ttl, type, target: absolute(data) }
    case 'TXT':
      return { name, ttl, type, texts: (data as Uint8Array[]).map(fromBytes) }
    case 'SOA': {
      const soa = data as {
        mname: string
        rname: string
        serial: number
        refresh: number
        retry: number
        expire: number
        minimum: number
      }
      return { name, ttl, type, ...soa, mname: absolute(soa.mname), rname: absolute(soa.rname) }
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

/**
 * The message that octets stand for, compressed names included. Records of a type or class that is not known here,
 * EDNS's OPT among them, are left out. Takes any octets whatever and never throws.
 */
export function decode(source: Octets): DnsMessage | 'malformed' {
  const bytes = toBytes(source)
  const layout = layoutOf(bytes)
  if (!layout.whole) return 'malformed'
  const question: Question[] = []
  const sections: Record<Section, ResourceRecord[]> = { answer: [], authority: [], additional: [] }
  try {
    for (const { start } of layout.questions) {
      const { name, type, class: klass } = dnsPacket.question.decode(bytes, start)
      if (!isAskable(absolute(name))) return 'malformed'
      question.push({ name: absolute(name), type, class: klass ?? 'IN' })
    }
    for (const place of layout.records) {
      const type = toTypeName(readUint16(bytes, place.type))
      if (!isRecordType(type) || readUint16(bytes, place.type + 2) !== CLASS_IN) continue
      if (!dataFits(bytes, type, place)) return 'malformed'
      const record = recordFrom(bytes, place)
      if (!namesIn(record).every(isAskable)) return 'malformed'
      sections[place.section].push(record)
    }
  } catch {
    // The library throws on names that run past the message or point forward.
    return 'malformed'
  }
  const flags = readUint16(bytes, 2)
  return {
    id: readUint16(bytes, 0),
    response: (flags & RESPONSE) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & dnsPacket.AUTHORITATIVE_ANSWER) !== 0,
    truncated: (flags & dnsPacket.TRUNCATED_RESPONSE) !== 0,
    recursionDesired: (flags & dnsPacket.RECURSION_DESIRED) !== 0,
    recursionAvailable: (flags & dnsPacket.RECURSION_AVAILABLE) !== 0,
    rcode: toRcodeName(flags & 15),
    question,
    answers: sections.answer,
    authorities: sections.authority,
    additionals: sections.additional,
  }
}

/**
 * What a server says to octets that are no message: FORMERR with the id, so that the asker need not wait.
 * Undefined where the octets are too few to bear an id and the QR bit, or are marked as a response: those get no answer.
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
