import type { Octets } from '../../base/octets'
import type { DnsMessage } from './message'
import { isWithin, sameName } from './names'
import { negativeTtl, type RecordOf, type ResourceRecord, recordsOf } from './record'
import type { Transport } from './transport'
import { decode } from './wire'

/** The outcome of a lookup. `records` have the requested type, without the aliases on the way. */
export interface Outcome {
  readonly status: 'answered' | 'nodata' | 'nxdomain' | 'servfail' | 'timeout'
  readonly records: readonly ResourceRecord[]
  /** How long a negative answer may be cached, in seconds (RFC 2308 section 5). */
  readonly soaMinimum?: number
  readonly fromCache: boolean
}

/** The source of a response. */
export interface Source {
  readonly address: string
  readonly port: number
  readonly transport: Transport
}

/** A sent query: the question, the server, and the id. */
export interface Asked {
  readonly id: number
  readonly server: string
  readonly name: string
  readonly rrType: string
  /** True if the query had EDNS: if the server cannot read it, we ask again without (RFC 6891 section 6.2.2). */
  readonly edns: boolean
  readonly transport: Transport
}

const DNS_PORT = 53
const CANNOT_READ = ['FORMERR', 'NOTIMP', 'BADVERS']

/** True if a server seems not to know EDNS, or not this version: the question may be asked again without. */
export const refusesEdns = (response: DnsMessage, asked: Asked): boolean =>
  asked.edns && CANNOT_READ.includes(response.rcode)

/** True if the response was truncated for its datagram: all of it is available over TCP (RFC 7766 section 5). */
export const wantsTcp = (response: DnsMessage, asked: Asked): boolean =>
  response.truncated && asked.transport === 'udp' && ['NOERROR', 'NXDOMAIN'].includes(response.rcode)

/**
 * The response to the sent query; undefined if the octets are anything else: another id, question or source. Only all checks
 * together keep an attacker from answering first (RFC 5452 section 9.1).
 */
export function responseFor(asked: Asked, source: Source, octets: Octets): DnsMessage | undefined {
  if (source.address !== asked.server || source.port !== DNS_PORT) return undefined
  if (source.transport !== asked.transport) return undefined
  const message = decode(octets)
  if (message === 'malformed' || !message.response || message.id !== asked.id) return undefined
  const [question] = message.question
  if (!question) {
    // A server that could not read the query does not repeat its question.
    return CANNOT_READ.includes(message.rcode) ? message : undefined
  }
  return sameName(question.name, asked.name) && question.type === asked.rrType && message.question.length === 1
    ? message
    : undefined
}

/**
 * Follows the aliases in an answer section from a name (RFC 1034 section 3.6.2): returns the CNAME records, the final name, and
 * that name's records of the type. Uses only records within `zone`.
 */
export function followAnswers(
  records: readonly ResourceRecord[],
  name: string,
  rrType: string,
  zone = '.',
): { readonly chain: readonly RecordOf<'CNAME'>[]; readonly end: string; readonly found: readonly ResourceRecord[] } {
  const within = records.filter((record) => isWithin(record.name, zone))
  const aliases = rrType === 'CNAME' ? [] : recordsOf(within, 'CNAME')
  const chain: RecordOf<'CNAME'>[] = []
  let end = name
  for (;;) {
    const alias = aliases.find((record) => sameName(record.name, end) && !chain.includes(record))
    if (!alias) break
    chain.push(alias)
    end = alias.target
  }
  return { chain, end, found: within.filter((record) => record.type === rrType && sameName(record.name, end)) }
}

/** The SOA of a negative answer for a name. */
export function soaFor(message: DnsMessage, name: string): RecordOf<'SOA'> | undefined {
  return recordsOf(message.authorities, 'SOA').find((soa) => isWithin(name, soa.name))
}

/** The outcome of a recursive resolver's response for the asker. */
export function outcomeOf(message: DnsMessage, name: string, rrType: string): Outcome {
  const { end, found } = followAnswers(message.answers, name, rrType)
  // Over TCP an answer is truncated only if it is longer than any message.
  if (message.truncated) return { status: 'servfail', records: [], fromCache: false }
  const soa = soaFor(message, end)
  const kept = soa ? { soaMinimum: negativeTtl(soa) } : {}
  if (message.rcode === 'NXDOMAIN') return { status: 'nxdomain', records: [], ...kept, fromCache: false }
  if (message.rcode !== 'NOERROR') return { status: 'servfail', records: [], fromCache: false }
  if (found.length > 0) return { status: 'answered', records: found, fromCache: false }
  return { status: 'nodata', records: [], ...kept, fromCache: false }
}
