import { toRcode as libraryRcode, toString as libraryRcodeName } from '@dnsquery/dns-packet/rcodes.js'
import { absolute, isWithin } from './names'
import { type ResourceRecord, recordsOf } from './record'

/** The response codes of this implementation (RFC 1035 section 4.1.1, RFC 6891 section 9). */
export type Rcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED' | 'BADVERS'

export interface Question {
  readonly name: string
  /** The type's mnemonic, also for types whose records are not read here: `ANY`, `UNKNOWN_65`. */
  readonly type: string
  /** `IN`, except in rare queries. */
  readonly class: string
}

/** The OPT record (RFC 6891 section 6.1). Its options are ignored, which the RFC allows. */
export interface Edns {
  /** The largest datagram that its sender accepts, in octets. */
  readonly udpSize: number
  /** 0 is the only version. */
  readonly version: number
  /** DO: the sender accepts DNSSEC records (RFC 3225). */
  readonly dnssecOk: boolean
}

/** A message of RFC 1035 section 4.1. */
export interface DnsMessage {
  /** 0 to 65535: a response has the id of its query. */
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
  /** An `Rcode`, or the mnemonic of another code from elsewhere. */
  readonly rcode: string
  readonly question: readonly Question[]
  readonly answers: readonly ResourceRecord[]
  readonly authorities: readonly ResourceRecord[]
  /** Without the OPT record, which is `edns`. */
  readonly additionals: readonly ResourceRecord[]
  /** Present if the sender supports EDNS. */
  readonly edns?: Edns
}

/** UDP without EDNS carries at most this many octets (RFC 1035 section 4.2.1). */
export const UDP_LIMIT = 512
/**
 * The datagram size that we send and accept with EDNS: it crosses any network unfragmented (RFC 9715 section 3.2 has 1400, DNS
 * flag day 2020 has 1232).
 */
export const EDNS_UDP_SIZE = 1232
/** The greatest length in the two-octet prefix of a message over TCP (RFC 1035 section 4.2.2). */
export const TCP_LIMIT = 65_535

export const OUR_EDNS: Edns = { udpSize: EDNS_UDP_SIZE, version: 0, dnssecOk: false }
const BADVERS = 16

/** The number of a response code; its upper eight bits are in the OPT record (RFC 6891 section 6.1.3). */
export function rcodeNumber(name: string): number {
  if (name === 'BADVERS') return BADVERS
  const unknown = /^RCODE_(\d+)$/.exec(name)
  return unknown ? Number(unknown[1]) : libraryRcode(name)
}

export function rcodeName(number: number): string {
  return number === BADVERS ? 'BADVERS' : libraryRcodeName(number)
}

/**
 * A standard query for one name and type (RFC 1035 section 4.1.1). `recursionDesired` asks the server to resolve the name;
 * without it, the server answers from its own data. With `edns` the query states our datagram size (RFC 6891).
 */
export function queryFor(id: number, name: string, type: string, recursionDesired: boolean, edns?: Edns): DnsMessage {
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
    ...(edns ? { edns } : {}),
  }
}

/**
 * An empty response to a query, with its id, opcode, RD and question. Only a query with EDNS gets EDNS, its DO bit copied (RFC
 * 6891 section 6.1.1, RFC 3225 section 3).
 */
export function responseTo(query: DnsMessage, rcode: Rcode): DnsMessage {
  return {
    id: query.id,
    response: true,
    opcode: query.opcode,
    authoritative: false,
    truncated: false,
    recursionDesired: query.recursionDesired,
    recursionAvailable: false,
    rcode,
    question: query.question,
    answers: [],
    authorities: [],
    additionals: [],
    ...(query.edns ? { edns: { ...OUR_EDNS, dnssecOk: query.edns.dnssecOk } } : {}),
  }
}

/** The reason to refuse a query, or undefined for a plain question for one name (RFC 1035 section 4.1.1). */
export function refusalOf(query: DnsMessage): Rcode | undefined {
  const [question] = query.question
  if (query.edns && query.edns.version > 0) return 'BADVERS'
  if (query.opcode !== 0) return 'NOTIMP'
  if (!question || query.question.length > 1) return 'FORMERR'
  if (question.class !== 'IN') return 'REFUSED'
  // Zone transfers (RFC 5936, RFC 1995) are not supported.
  if (question.type === 'AXFR' || question.type === 'IXFR') return 'NOTIMP'
  return undefined
}

/**
 * The most octets of a response to this query in one datagram: the size that the asker accepts, but no more than ours (RFC 6891
 * section 6.2.5). A size below 512 counts as 512 (section 6.2.3).
 */
export function udpLimit(query: DnsMessage): number {
  return query.edns ? Math.min(EDNS_UDP_SIZE, Math.max(UDP_LIMIT, query.edns.udpSize)) : UDP_LIMIT
}

/** True if a response refers the asker to servers nearer to the name (RFC 1034 section 4.3.2 step 3b). */
export function isReferral(message: DnsMessage): boolean {
  const [question] = message.question
  return (
    message.response &&
    message.rcode === 'NOERROR' &&
    message.answers.length === 0 &&
    question !== undefined &&
    recordsOf(message.authorities, 'NS').some(({ name }) => isWithin(question.name, name)) &&
    !message.authorities.some(({ type }) => type === 'SOA')
  )
}
