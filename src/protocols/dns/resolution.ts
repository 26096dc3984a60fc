import { meaningOf } from './meaning'
import { type DnsMessage, OUR_EDNS, queryFor, type Rcode } from './message'
import { canonical, isWithin, sameName } from './names'
import type { Learnt, LearntNegative, SendQuery } from './questions'
import { type RecordOf, type ResourceRecord, recordsOf } from './record'
import { type Asked, followAnswers, soaFor } from './response'
import { encode } from './wire'

/** The data of the recursive resolver's machine and what its guards and assigns compute from it. */

/** Limits against loops that somebody's zone may contain, by mistake or by malice (RFC 1034 section 5.3.3, RFC 9520). */
export const REFERRAL_LIMIT = 16
export const ALIAS_LIMIT = 8
export const QUERY_LIMIT = 40
export const TRIES_PER_ADDRESS = 2
const SUSPENDED_LIMIT = 3

/** A server that may be asked: one of its addresses, or none that is known yet. */
export interface NameServer {
  readonly name: string
  readonly address: string | null
  /** How often this address has been asked in vain. */
  readonly tries: number
  /** It could not read a query with EDNS: it is asked without (RFC 6891 section 6.2.2). */
  readonly plain?: true
  /** For how many seconds yet the cache knows it. */
  readonly ttl?: number
}

/** One name and type to be found, and the servers that are left to ask. */
export interface Quest {
  readonly name: string
  readonly rrType: string
  /** The zone that these servers answer for: what they say of names outside of it is not believed (RFC 2181 section 5.4.1). */
  readonly zone: string
  readonly servers: readonly NameServer[]
  /** The aliases followed from the name first asked for. */
  readonly aliases: readonly ResourceRecord[]
}

/** What the client is told. */
export interface Resolution {
  readonly rcode: Rcode
  readonly answers: readonly ResourceRecord[]
  /** The SOA of a negative answer. */
  readonly authorities: readonly ResourceRecord[]
  /** True where nobody had to be asked. */
  readonly fromCache: boolean
}

export interface ResolverContext {
  readonly quest: Quest
  /** Quests that wait until a name server's address is found. */
  readonly suspended: readonly Quest[]
  readonly asked: Asked | null
  readonly response: DnsMessage | null
  readonly resolution: Resolution | null
  readonly random: number
  readonly sent: number
  readonly referrals: number
}

/** What the host found in its cache. */
export type CacheAnswer =
  | {
      readonly type: 'cacheHit'
      /** 'alias': not the data, but a CNAME record for the name. 'servfail': nobody could tell a moment ago. */
      readonly status: 'answered' | 'alias' | 'nodata' | 'nxdomain' | 'servfail'
      readonly records: readonly ResourceRecord[]
      readonly soa?: RecordOf<'SOA'>
    }
  /** The servers of the nearest zone that are known, the root's at worst. */
  | { readonly type: 'cacheMiss'; readonly zone: string; readonly servers: readonly NameServer[] }

/** Servers from NS records and whatever addresses are at hand; a server without one is listed all the same. */
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

/** True where there are too many aliases, or where they go round: the question has no answer. */
export function leadsNowhere(aliases: readonly ResourceRecord[]): boolean {
  const owners = aliases.map(({ name }) => canonical(name))
  const last = recordsOf(aliases, 'CNAME').at(-1)
  return aliases.length > ALIAS_LIMIT || (last !== undefined && owners.includes(canonical(last.target)))
}

export type Verdict = 'answer' | 'alias' | 'nxdomain' | 'nodata' | 'referral' | 'useless'

/** The NS records of a response that lead nearer to the name than the zone already asked. */
export function referralIn(response: DnsMessage, { name, zone }: Quest): readonly RecordOf<'NS'>[] {
  const servers = recordsOf(response.authorities, 'NS')
  const cut = servers.find((ns) => isWithin(ns.name, zone) && !sameName(ns.name, zone) && isWithin(name, ns.name))
  return cut ? servers.filter((ns) => sameName(ns.name, cut.name)) : []
}

/** What a response is worth to a quest (RFC 1034 section 5.3.3 step 4). A server that does not speak for its zone is useless. */
export function verdictOn(response: DnsMessage, quest: Quest): Verdict {
  if (response.truncated || (response.rcode !== 'NOERROR' && response.rcode !== 'NXDOMAIN')) return 'useless'
  if (response.authoritative) {
    const { chain, found } = followAnswers(response.answers, quest.name, quest.rrType, quest.zone)
    if (found.length > 0) return 'answer'
    if (chain.length > 0) return 'alias'
    if (response.rcode === 'NXDOMAIN') return 'nxdomain'
  }
  if (response.rcode === 'NOERROR' && referralIn(response, quest).length > 0) return 'referral'
  return response.authoritative ? 'nodata' : 'useless'
}

/** The records of a referral that may be kept: its NS records and the addresses that lie within the zone asked. */
export function referralRecords(response: DnsMessage, quest: Quest): readonly ResourceRecord[] {
  const servers = referralIn(response, quest)
  const glue = response.additionals.filter(
    (record) =>
      (record.type === 'A' || record.type === 'AAAA') &&
      isWithin(record.name, quest.zone) &&
      servers.some(({ nameServer }) => sameName(nameServer, record.name)),
  )
  return [...servers, ...glue]
}

/** The quest sent on to the servers of a referral. */
export function afterReferral(response: DnsMessage, quest: Quest): Quest {
  const records = referralRecords(response, quest)
  const servers = recordsOf(records, 'NS')
  return { ...quest, zone: servers[0]?.name ?? quest.zone, servers: serversFrom(servers, records) }
}

/** The records of an answer that may be kept: the aliases passed and the data found. */
export function answerRecords(response: DnsMessage, quest: Quest): readonly ResourceRecord[] {
  const { chain, found } = followAnswers(response.answers, quest.name, quest.rrType, quest.zone)
  return [...chain, ...found]
}

/** The quest for the name that an alias stands for. */
export function afterAliases(aliases: readonly ResourceRecord[], quest: Quest): Quest {
  const last = recordsOf(aliases, 'CNAME').at(-1)
  return { ...quest, name: last?.target ?? quest.name, servers: [], zone: '.', aliases: [...quest.aliases, ...aliases] }
}

/** The server to ask next: the first of those with an address that have been tried least. */
export function nextServer({ servers }: Quest): NameServer | undefined {
  const known = servers.filter(({ address }) => address !== null)
  return known.find(({ tries }) => known.every((other) => tries <= other.tries))
}

/** The resolution that an authoritative response gives. */
export function resolutionFrom(response: DnsMessage, quest: Quest): Resolution {
  const answers = [...quest.aliases, ...answerRecords(response, quest)]
  const soa = soaFor(response, quest.name)
  const negative = verdictOn(response, quest) !== 'answer'
  const rcode = verdictOn(response, quest) === 'nxdomain' ? 'NXDOMAIN' : 'NOERROR'
  return { rcode, answers, authorities: negative && soa ? [soa] : [], fromCache: false }
}

/** A quest that has no servers yet. */
export const questFor = (name: string, rrType: string): Quest => ({ name, rrType, zone: '.', servers: [], aliases: [] })

/** What the last response is worth. */
export const verdict = ({ response, quest }: ResolverContext): Verdict =>
  response ? verdictOn(response, quest) : 'useless'

/** True where the quest is the client's own, not one for a name server's address. */
export const isForClient = ({ suspended }: ResolverContext): boolean => suspended.length === 0

/** The server that waits for an address to be found, if it may be sought. */
export function seekable({ quest, suspended }: ResolverContext): string | undefined {
  if (suspended.length >= SUSPENDED_LIMIT) return undefined
  const sought = new Set([quest, ...suspended].map(({ name, rrType }) => `${canonical(name)} ${rrType}`))
  return quest.servers.find(({ name, address }) => address === null && !sought.has(`${canonical(name)} A`))?.name
}

/** The suspended quest again, with the addresses found for the server it waited for. */
export function resumed(
  { quest, suspended }: ResolverContext,
  found: readonly ResourceRecord[],
): Partial<ResolverContext> {
  const waiting = suspended.at(-1)
  if (!waiting) return {}
  const servers = recordsOf(found, 'A').map(({ address }) => ({ name: quest.name, address, tries: 0 }))
  return { quest: { ...waiting, servers: [...servers, ...waiting.servers] }, suspended: suspended.slice(0, -1) }
}

/** The query to the server that is next. */
export const askNext = ({ quest }: ResolverContext, id: number): Asked => {
  const server = nextServer(quest)
  const { name, rrType } = quest
  return { id, server: server?.address ?? '', name, rrType, edns: server?.plain !== true, transport: 'udp' }
}

const NOTHING: Asked = { id: 0, server: '', name: '.', rrType: 'NS', edns: false, transport: 'udp' }

/** The query that has been decided on, as the host is asked to send it. */
export function queryOf({ asked }: ResolverContext): SendQuery {
  const { id, name, rrType, server, edns, transport } = asked ?? NOTHING
  const message = queryFor(id, name, rrType, false, edns ? OUR_EDNS : undefined)
  return { server, transport, octets: encode(message), means: meaningOf(message) }
}

/** What a negative response teaches the cache. */
export function negativeLearnt(context: ResolverContext): LearntNegative {
  const { quest, response } = context
  return {
    name: quest.name,
    rrType: quest.rrType,
    status: verdict(context) === 'nxdomain' ? 'nxdomain' : 'nodata',
    soa: (response && soaFor(response, quest.name)) ?? null,
  }
}

/** What the answer just read teaches the cache. */
export const answerLearnt = ({ response, quest }: ResolverContext): Learnt => ({
  records: response ? answerRecords(response, quest) : [],
  rank: 'answer',
})

/** What the referral just read teaches the cache. */
export const referralLearnt = ({ response, quest }: ResolverContext): Learnt => ({
  records: response ? referralRecords(response, quest) : [],
  rank: 'referral',
})
