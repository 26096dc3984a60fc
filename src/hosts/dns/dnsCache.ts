import { type Instant, later, seconds } from '../../base/time'
import {
  absolute,
  type CacheAnswer,
  canonical,
  isWithin,
  type Learnt,
  type LearntNegative,
  type LookInCache,
  type NameServer,
  negativeTtl,
  type Rank,
  type RecordOf,
  type ResourceRecord,
  rdataText,
  recordsOf,
  selfAndAncestors,
  serversFrom,
} from '../../protocols/dns'

/** A recursive resolver's cache: positive answers by TTL, negative ones by the SOA (RFC 1034 section 5.3.3, RFC 2308). */

/** A cached RRset, or a negative answer. */
export interface CacheEntry {
  readonly name: string
  /** `*` if the name itself does not exist. */
  readonly type: string
  readonly status: 'answered' | 'nodata' | 'nxdomain' | 'servfail'
  readonly rank: Rank
  readonly records: readonly ResourceRecord[]
  readonly soa?: RecordOf<'SOA'>
  readonly storedAt: Instant
  readonly expiresAt: Instant
}

export type DnsCache = Readonly<Record<string, CacheEntry>>

/** One line of the "DNS cache" panel. */
export interface CacheRow {
  readonly name: string
  /** The requested type; `any` if the name itself does not exist. */
  readonly type: string
  /** The data in zone-file form, `NXDOMAIN`, `NODATA` or `SERVFAIL`. */
  readonly value: string
  readonly negative: boolean
  readonly storedAt: Instant
  readonly expiresAt: Instant
}

const WEEK = 604_800
/** RFC 2308 section 5 recommends one to three hours. */
const NEGATIVE_LIMIT = 10_800
/**
 * A failed question is not tried again for this long: enough against a storm of repetitions (RFC 2308 section 7.1, RFC 9520).
 */
const FAILURE_TTL = 5
const ENTRY_LIMIT = 1000
const ANY_TYPE = '*'

const keyOf = (name: string, type: string): string => `${canonical(name)} ${type}`

function put(cache: DnsCache, entry: CacheEntry): DnsCache {
  const key = keyOf(entry.name, entry.type)
  const next: Record<string, CacheEntry> = { ...cache, [key]: entry }
  const keys = Object.keys(next)
  if (keys.length <= ENTRY_LIMIT) return next
  const soonest = keys.reduce((least, other) =>
    (next[other] as CacheEntry).expiresAt < (next[least] as CacheEntry).expiresAt ? other : least,
  )
  delete next[soonest]
  return next
}

function fresh(cache: DnsCache, name: string, type: string, now: Instant): CacheEntry | undefined {
  const entry = cache[keyOf(name, type)]
  return entry && entry.expiresAt > now ? entry : undefined
}

/** Caches records by RRset. Data of a referral never replaces an answer (RFC 2181 section 5.4.1). */
export function remember(cache: DnsCache, { records, rank }: Learnt, now: Instant): DnsCache {
  const sets = new Map<string, ResourceRecord[]>()
  for (const record of records) {
    const key = keyOf(record.name, record.type)
    sets.set(key, [...(sets.get(key) ?? []), record])
  }
  let next = forget(cache, now)
  for (const set of sets.values()) {
    const [{ name, type }] = set as [ResourceRecord]
    // The records of one RRset expire together (RFC 2181 section 5.2).
    const ttl = Math.min(WEEK, ...set.map((record) => record.ttl))
    const present = fresh(next, name, type, now)
    if (ttl === 0 || (rank === 'referral' && present?.rank === 'answer' && present.status !== 'servfail')) continue
    const expiresAt = later(now, seconds(ttl))
    next = put(next, { name, type, status: 'answered', rank, records: set, storedAt: now, expiresAt })
  }
  return next
}

/** Caches a negative answer; unchanged if no SOA says for how long. */
export function rememberNegative(cache: DnsCache, learnt: LearntNegative, now: Instant): DnsCache {
  const { name, rrType, status, soa } = learnt
  const ttl = soa ? Math.min(NEGATIVE_LIMIT, negativeTtl(soa)) : 0
  if (!soa || ttl === 0) return cache
  return put(forget(cache, now), {
    name: absolute(name),
    type: status === 'nxdomain' ? ANY_TYPE : rrType,
    status,
    rank: 'answer',
    records: [],
    soa,
    storedAt: now,
    expiresAt: later(now, seconds(ttl)),
  })
}

/**
 * Caches a failure of this question. Existing entries stay: those from a referral, and an earlier failure, whose time further
 * questions do not prolong.
 */
export function rememberFailure(cache: DnsCache, name: string, rrType: string, now: Instant): DnsCache {
  if (fresh(cache, name, rrType, now)) return cache
  const expiresAt = later(now, seconds(FAILURE_TTL))
  const entry = { name: absolute(name), type: rrType, status: 'servfail', rank: 'answer', records: [] } as const
  return put(forget(cache, now), { ...entry, storedAt: now, expiresAt })
}

/** Removes expired entries. */
export function forget(cache: DnsCache, now: Instant): DnsCache {
  const entries = Object.entries(cache)
  const alive = entries.filter(([, { expiresAt }]) => expiresAt > now)
  return alive.length === entries.length ? cache : Object.fromEntries(alive)
}

/** The records with their remaining time, in whole seconds. */
function aged(entry: CacheEntry, now: Instant): readonly ResourceRecord[] {
  const ttl = Math.floor((entry.expiresAt - now) / 1000)
  return entry.records.map((record) => ({ ...record, ttl }))
}

/** The cached negative answer for a name: it does not exist because it or an ancestor does not (RFC 8020 section 2). */
function absence(cache: DnsCache, name: string, now: Instant): CacheEntry | undefined {
  for (const ancestor of selfAndAncestors(name)) {
    const entry = fresh(cache, ancestor, ANY_TYPE, now)
    if (entry) return entry
  }
  return undefined
}

/** The cached answer to a question, else the servers of the nearest known zone, else the root's. */
export function lookInCache(
  cache: DnsCache,
  hints: readonly NameServer[],
  { name, rrType, rank }: LookInCache,
  now: Instant,
): CacheAnswer {
  const entry = fresh(cache, name, rrType, now) ?? absence(cache, name, now)
  const counts = rank === 'answer' ? entry?.rank === 'answer' : entry?.status !== 'servfail'
  if (entry && counts) {
    const ttl = Math.floor((entry.expiresAt - now) / 1000)
    const soa = entry.soa ? { soa: { ...entry.soa, ttl } } : {}
    return { type: 'cacheHit', status: entry.status, records: aged(entry, now), ...soa }
  }
  const alias = fresh(cache, name, 'CNAME', now)
  if (alias?.status === 'answered') return { type: 'cacheHit', status: 'alias', records: aged(alias, now) }
  for (const zone of selfAndAncestors(name)) {
    const known = fresh(cache, zone, 'NS', now)
    if (known?.status !== 'answered') continue
    const servers = recordsOf(aged(known, now), 'NS')
    const addresses = addressesOf(
      cache,
      servers.map(({ nameServer }) => nameServer),
      now,
    )
    // Servers within their own zone whose addresses have expired can only be found from the parent zone.
    const beyondReach = addresses.length === 0 && servers.every(({ nameServer }) => isWithin(nameServer, zone))
    if (!beyondReach) return { type: 'cacheMiss', zone, servers: serversFrom(servers, addresses) }
  }
  return { type: 'cacheMiss', zone: '.', servers: hints }
}

/** The cached addresses of these hosts. */
export function addressesOf(cache: DnsCache, hosts: readonly string[], now: Instant): readonly ResourceRecord[] {
  return hosts.flatMap((host) => {
    const entry = fresh(cache, host, 'A', now)
    return entry ? aged(entry, now) : []
  })
}

/** The cache's contents at an instant, one line a record, in the order of arrival. */
export function rowsOf(cache: DnsCache, now: Instant): readonly CacheRow[] {
  return Object.values(forget(cache, now))
    .toSorted((a, b) => a.storedAt - b.storedAt)
    .flatMap(({ name, type, status, records, storedAt, expiresAt }) => {
      const row = { name, type: type === ANY_TYPE ? 'any' : type, negative: status !== 'answered', storedAt, expiresAt }
      if (status !== 'answered') return [{ ...row, value: status.toUpperCase() }]
      return records.map((record) => ({ ...row, value: rdataText(record) }))
    })
}
