import { seeded } from '../../base/random'
import type { Instant } from '../../base/time'
import {
  type DnsMessage,
  type Rcode,
  type RecordOf,
  type Resolution,
  type ResolverInput,
  type ResourceRecord,
  recordsOf,
  refusalOf,
  responseTo,
  sameName,
} from '../../protocols/dns'
import type { Effect, HostEnvironment, HostOf } from '../../world/role'
import { type Purpose, purposeReader } from '../purpose'
import { addressesOf, type DnsCache, lookInCache } from './dnsCache'
import { type ClientQuery, type DnsClient, readQuery, respond } from './nameServerPort'
import type { ResolverState } from './resolverState'

/** The resolver's side towards its clients. */

/** The purpose of a session of `dns.resolver`: the client's question. */
export interface ResolvePurpose extends Purpose {
  readonly kind: 'resolve'
  readonly client: DnsClient
  readonly query: DnsMessage
}

type Resolver = HostOf<ResolverState>

/** Further questions at the same time get SERVFAIL, so that memory is bounded. */
const CLIENT_LIMIT = 256

export const purposeOf = purposeReader<ResolvePurpose>({ resolve: true })

const questionOf = (query: DnsMessage): DnsMessage['question'][number] =>
  query.question[0] as DnsMessage['question'][number]

const answer = (client: DnsClient, query: DnsMessage, response: DnsMessage): Effect =>
  respond(client, query, { ...response, recursionAvailable: true })

/** The reason to refuse a question. A cache does not have all of a name's records (RFC 8482 section 3). */
const refusal = (query: DnsMessage): Rcode | undefined =>
  refusalOf(query) ?? (questionOf(query).type === 'ANY' ? 'NOTIMP' : undefined)

/** The answer from the cache alone: the data, or the nearest known servers (RFC 1034 section 4.3.1). */
function answerFromCache({ cache, hints }: ResolverState, query: DnsMessage, now: Instant): DnsMessage {
  const answers: ResourceRecord[] = []
  let { name } = questionOf(query)
  for (;;) {
    const known = lookInCache(cache, hints, { name, rrType: questionOf(query).type, rank: 'answer' }, now)
    if (known.type === 'cacheMiss') {
      const authorities = known.servers.map(
        (server): RecordOf<'NS'> => ({ name: known.zone, ttl: server.ttl ?? 0, type: 'NS', nameServer: server.name }),
      )
      const additionals = known.servers.flatMap(({ name: host, address, ttl }): ResourceRecord[] =>
        address === null ? [] : [{ name: host, ttl: ttl ?? 0, type: 'A', address }],
      )
      return { ...responseTo(query, 'NOERROR'), answers, authorities, additionals }
    }
    answers.push(...known.records)
    const alias = known.status === 'alias' ? recordsOf(known.records, 'CNAME')[0] : undefined
    if (!alias || answers.some((record) => sameName(record.name, alias.target))) {
      const rcode = known.status === 'nxdomain' ? 'NXDOMAIN' : known.status === 'servfail' ? 'SERVFAIL' : 'NOERROR'
      return { ...responseTo(query, rcode), answers, authorities: known.soa ? [known.soa] : [] }
    }
    name = alias.target
  }
}

const sameClient = (a: DnsClient, b: DnsClient): boolean =>
  a.transport === 'udp' ? b.transport === 'udp' && a.address === b.address && a.port === b.port : false

/** Answers a query at once, or starts a session for it. */
export function clientAsks(host: Resolver, asked: ClientQuery, env: HostEnvironment): readonly Effect[] {
  const { client } = asked
  const query = readQuery(asked)
  if (!('id' in query)) return query
  const refused = refusal(query)
  if (refused !== undefined) return [answer(client, query, responseTo(query, refused))]
  if (!query.recursionDesired) return [answer(client, query, answerFromCache(host.state, query, env.now))]

  const { name, type } = questionOf(query)
  const waiting = Object.values(host.sessions).flatMap(({ purpose }) => purposeOf(purpose) ?? [])
  const again = waiting.some(
    (other) =>
      sameClient(other.client, client) &&
      other.query.id === query.id &&
      sameName(questionOf(other.query).name, name) &&
      questionOf(other.query).type === type,
  )
  // A repetition by the client: the answer to the first query is on its way.
  if (again) return []
  if (waiting.length >= CLIENT_LIMIT) return [answer(client, query, responseTo(query, 'SERVFAIL'))]
  const input: ResolverInput = { name, rrType: type, random: seeded(Math.floor(env.chance * 4_294_967_296)) }
  const purpose: ResolvePurpose = {
    kind: 'resolve',
    client,
    query: { ...query, answers: [], authorities: [], additionals: [] },
  }
  return [
    { type: 'note', fact: { type: 'lookupStarted', host: host.name, name, rrType: type } },
    { type: 'start', protocol: 'dns.resolver', input, purpose },
  ]
}

const STATUS: Readonly<Record<string, string>> = { NXDOMAIN: 'nxdomain', SERVFAIL: 'servfail' }

/** Cached addresses of the exchangers in an answer, as additional records (RFC 1035 section 3.3.9). */
const helpFor = (cache: DnsCache, answers: readonly ResourceRecord[], now: Instant): readonly ResourceRecord[] =>
  addressesOf(
    cache,
    recordsOf(answers, 'MX').map(({ exchange }) => exchange),
    now,
  )

/** Sends the result of a question to its client. */
export function tellClient(
  host: Resolver,
  { client, query }: ResolvePurpose,
  { rcode, answers, authorities, fromCache }: Resolution,
  now: Instant,
): readonly Effect[] {
  const { name, type } = questionOf(query)
  const found = answers.some((record) => record.type === type)
  const outcome = STATUS[rcode] ?? (found ? 'answered' : 'nodata')
  const additionals = helpFor(host.state.cache, answers, now)
  return [
    { type: 'note', fact: { type: 'lookupEnded', host: host.name, name, rrType: type, outcome, fromCache } },
    answer(client, query, { ...responseTo(query, rcode), answers, authorities, additionals }),
  ]
}
