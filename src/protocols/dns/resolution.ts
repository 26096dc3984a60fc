import { meaningOf } from './meaning'
import { type DnsMessage, OUR_EDNS, queryFor, type Rcode } from './message'
import { canonical, isWithin, sameName } from './names'
import type { Learnt, LearntNegative, SendQuery } from './questions'
import { type RecordOf, type ResourceRecord, recordsOf } from './record'
import { type Asked, followAnswers, soaFor } from './response'
import { encode } from './wire'

/** The data of the recursive resolver's machine, and the functions of its guards and assigns. */

/** Limits against loops in a zone, made by mistake or by malice (RFC 1034 section 5.3.3, RFC 9520). */
export const REFERRAL_LIMIT = 16
export const ALIAS_LIMIT = 8
export const QUERY_LIMIT = 40
export const TRIES_PER_ADDRESS = 2
const SUSPENDED_LIMIT = 3

/** A server that may be asked: one of its addresses, or none if none is known yet. */
export interface NameServer {
  readonly name: string
  readonly address: string | null
  /** The number of failed queries to this address. */
  readonly tries: number
  /** It could not read a query with EDNS: later queries have none (RFC 6891 section 6.2.2). */
  readonly plain?: true
  /** The remaining TTL in the cache, in seconds. */
  readonly ttl?: number
}

/** One name and type to be found, and the remaining servers. */
export interface PendingRequest {
  readonly name: string
  readonly rrType: string
  /** The zone of these servers: their data about names outside of it is not trusted (RFC 2181 section 5.4.1). */
  readonly zone: string
  readonly servers: readonly NameServer[]
  /** The aliases followed from the original name. */
  readonly aliases: readonly ResourceRecord[]
}

/** The result for the client. */
export interface Resolution {
  readonly rcode: Rcode
  readonly answers: readonly ResourceRecord[]
  /** The SOA of a negative answer. */
  readonly authorities: readonly ResourceRecord[]
  /** True if no server had to be asked. */
  readonly fromCache: boolean
}

export interface ResolverContext {
  readonly request: PendingRequest
  /** Questions that wait for a name server's address. */
  readonly suspended: readonly PendingRequest[]
  readonly asked: Asked | null
  readonly response: DnsMessage | null
  readonly resolution: Resolution | null
  readonly random: number
  readonly sent: number
  readonly referrals: number
}

/** The host's answer from its cache. */
export type CacheAnswer =
  | {
      readonly type: 'cacheHit'
      /** 'alias': not the data, but a CNAME record of the name. 'servfail': a recent query failed. */
      readonly status: 'answered' | 'alias' | 'nodata' | 'nxdomain' | 'servfail'
      readonly records: readonly ResourceRecord[]
      readonly soa?: RecordOf<'SOA'>
    }
  /** The servers of the nearest known zone, at worst the root's. */
  | { readonly type: 'cacheMiss'; readonly zone: string; readonly servers: readonly NameServer[] }

/** Servers from NS records and all known addresses; a server without an address is listed too. */
export function serversFrom(
  nameServers: readonly RecordOf<'NS'>[],
  addresses: readonly ResourceRecord[],
): readonly NameServer[] {
  return nameServers.flatMap(({ nameServer: name, ttl }): readonly NameServer[] => {
    const known = recordsOf(addresses, 'A').filter((record) => sameName(record.name, name))
    return known.length > 0
      ? known.map(({ address }) => ({ name, address, tries: 0, ttl }))
      : [{ name, address: null, tries: 0, ttl }]
  })
}

/** True if there are too many aliases, or if they form a loop: the question has no answer. */
export function leadsNowhere(aliases: readonly ResourceRecord[]): boolean {
  const owners = aliases.map(({ name }) => canonical(name))
  const last = recordsOf(aliases, 'CNAME').at(-1)
  return aliases.length > ALIAS_LIMIT || (last !== undefined && owners.includes(canonical(last.target)))
}

export type Verdict = 'answer' | 'alias' | 'nxdomain' | 'nodata' | 'referral' | 'useless'

/** The NS records of a response that lead nearer to the name than the present zone. */
export function referralIn(response: DnsMessage, { name, zone }: PendingRequest): readonly RecordOf<'NS'>[] {
  const servers = recordsOf(response.authorities, 'NS')
  const cut = servers.find((ns) => isWithin(ns.name, zone) && !sameName(ns.name, zone) && isWithin(name, ns.name))
  return cut ? servers.filter((ns) => sameName(ns.name, cut.name)) : []
}

/**
 * The kind of a response to this question (RFC 1034 section 5.3.3 step 4). A server that is not authoritative for its zone is
 * useless.
 */
export function verdictOn(response: DnsMessage, request: PendingRequest): Verdict {
  if (response.truncated || (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN')) return 'useless'
  if (response.authoritative) {
    const { chain, found } = followAnswers(response.answers, request.name, request.rrType, request.zone)
    if (found.length > 0) return 'answer'
    if (chain.length > 0) return 'alias'
    if (response.rcode === 'NXDOMAIN') return 'nxdomain'
  }
  if (response.rcode === 'NOERROR' && referralIn(response, request).length > 0) return 'referral'
  return response.authoritative ? 'nodata' : 'useless'
}

/** The records of a referral that may be cached: its NS records, and addresses within the present zone. */
export function referralRecords(response: DnsMessage, request: PendingRequest): readonly ResourceRecord[] {
  const servers = referralIn(response, request)
  const glue = response.additionals.filter(
    (record) =>
      (record.type === 'A' || record.type === 'AAAA') &&
      isWithin(record.name, request.zone) &&
      servers.some(({ nameServer }) => sameName(nameServer, record.name)),
  )
  return [...servers, ...glue]
}

/** The question for the servers of a referral. */
export function afterReferral(response: DnsMessage, request: PendingRequest): PendingRequest {
  const records = referralRecords(response, request)
  const servers = recordsOf(records, 'NS')
  return { ...request, zone: servers[0]?.name ?? request.zone, servers: serversFrom(servers, records) }
}

/** The records of an answer that may be cached: the aliases and the data. */
export function answerRecords(response: DnsMessage, request: PendingRequest): readonly ResourceRecord[] {
  const { chain, found } = followAnswers(response.answers, request.name, request.rrType, request.zone)
  return [...chain, ...found]
}

/** The question for the alias's target. */
export function afterAliases(aliases: readonly ResourceRecord[], request: PendingRequest): PendingRequest {
  const last = recordsOf(aliases, 'CNAME').at(-1)
  return {
    ...request,
    name: last?.target ?? request.name,
    servers: [],
    zone: '.',
    aliases: [...request.aliases, ...aliases],
  }
}

/** The next server to ask: among those with an address, the first with the fewest tries. */
export function nextServer({ servers }: PendingRequest): NameServer | undefined {
  const known = servers.filter(({ address }) => address !== null)
  return known.find(({ tries }) => known.every((other) => tries <= other.tries))
}

/** The result of an authoritative response. */
export function resolutionFrom(response: DnsMessage, request: PendingRequest): Resolution {
  const answers = [...request.aliases, ...answerRecords(response, request)]
  const soa = soaFor(response, request.name)
  const negative = verdictOn(response, request) !== 'answer'
  const rcode = verdictOn(response, request) === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR'
  return { rcode, answers, authorities: negative && soa ? [soa] : [], fromCache: false }
}

/** A question without servers yet. */
export const requestFor = (name: string, rrType: string): PendingRequest => ({
  name,
  rrType,
  zone: '.',
  servers: [],
  aliases: [],
})

/** The kind of the last response. */
export const verdict = ({ response, request }: ResolverContext): Verdict =>
  response ? verdictOn(response, request) : 'useless'

/** True if the question is the client's own, not one for a name server's address. */
export const isForClient = ({ suspended }: ResolverContext): boolean => suspended.length === 0

/** A server whose address may be looked up. */
export function seekable({ request, suspended }: ResolverContext): string | undefined {
  if (suspended.length >= SUSPENDED_LIMIT) return undefined
  const sought = new Set([request, ...suspended].map(({ name, rrType }) => `${canonical(name)} ${rrType}`))
  return request.servers.find(({ name, address }) => address === null && !sought.has(`${canonical(name)} A`))?.name
}

/** The suspended question with the addresses of the server that it waited for. */
export function resumed(
  { request, suspended }: ResolverContext,
  found: readonly ResourceRecord[],
): Partial<ResolverContext> {
  const waiting = suspended.at(-1)
  if (!waiting) return {}
  const servers = recordsOf(found, 'A').map(({ address }) => ({ name: request.name, address, tries: 0 }))
  return { request: { ...waiting, servers: [...servers, ...waiting.servers] }, suspended: suspended.slice(0, -1) }
}

/** The query to the next server. */
export const askNext = ({ request }: ResolverContext, id: number): Asked => {
  const server = nextServer(request)
  const { name, rrType } = request
  return { id, server: server?.address ?? '', name, rrType, edns: server?.plain !== true, transport: 'udp' }
}

const NOTHING: Asked = { id: 0, server: '', name: '.', rrType: 'NS', edns: false, transport: 'udp' }

/** The chosen query, as a request to the host. */
export function queryOf({ asked }: ResolverContext): SendQuery {
  const { id, name, rrType, server, edns, transport } = asked ?? NOTHING
  const message = queryFor(id, name, rrType, false, edns ? OUR_EDNS : undefined)
  return { server, transport, octets: encode(message), means: meaningOf(message) }
}

/** The negative response as cache data. */
export function negativeLearnt(context: ResolverContext): LearntNegative {
  const { request, response } = context
  return {
    name: request.name,
    rrType: request.rrType,
    status: verdict(context) === 'nxdomain' ? 'nxdomain' : 'nodata',
    soa: (response && soaFor(response, request.name)) ?? null,
  }
}

/** The last answer as cache data. */
export const answerLearnt = ({ response, request }: ResolverContext): Learnt => ({
  records: response ? answerRecords(response, request) : [],
  rank: 'answer',
})

/** The last referral as cache data. */
export const referralLearnt = ({ response, request }: ResolverContext): Learnt => ({
  records: response ? referralRecords(response, request) : [],
  rank: 'referral',
})
