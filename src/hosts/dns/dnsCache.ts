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

/** A recursive resolver's memory: positive by TTL, negative by the SOA (RFC 1034 section 5.3.3, RFC 2308). */

/** An RRset, or the certainty that there is none. */
export interface CacheEntry {
  readonly name: string
  /** `*` where the name itself does not exist. */
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
  /** The type asked for; `any` where the name itself does not exist. */
  readonly type: string
  /** The data as a zone file writes it, `NXDOMAIN`, `NODATA` or `SERVFAIL`. */
  readonly value: string
  readonly negative: boolean
  readonly storedAt: Instant
  readonly expiresAt: Instant
}

const WEEK = 604_800
/** RFC 2308 section 5 finds one to three hours sensible. */
const NEGATIVE_LIMIT = 10_800
/** For so long a question that failed is not tried again: long enough for a storm of repetitions (RFC 2308 section 7.1, RFC 9520). */
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

/** The cache with records kept by RRset. Data of a referral never takes the place of an answer (RFC 2181 section 5.4.1). */
export function remember(cache: DnsCache, { records, rank }: Learnt, now: Instant): DnsCache {
  const sets = new Map<string, ResourceRecord[]>()
  for (const record of records) {
    const key = keyOf(record.name, record.type)
    sets.set(key, [...(sets.get(key) ?? []), record])
  }
  let next = forget(cache, now)
  for (const set of sets.values()) {
    const [{ name, type }] = set as [ResourceRecord]
    // The records of one RRset live and die together (RFC 2181 section 5.2).
    const ttl = Math.min(WEEK, ...set.map((record) => record.ttl))
    const present = fresh(next, name, type, now)
    if (ttl === 0 || (rank === 'referral' && present?.rank === 'answer' && present.status !== 'servfail')) continue
    const expiresAt = later(now, seconds(ttl))
    next = put(next, { name, type, status: 'answered', rank, records: set, storedAt: now, expiresAt })
  }
  return next
}

/** The cache with the certainty that there is no such name or data; unchanged where no SOA says for how long. */
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
 * The cache with the memory that nobody could answer this very question. What is remembered of it stays as it is:
 * what a referral told, and an earlier failure, whose time is not prolonged by those who ask again.
 */
export function rememberFailure(cache: DnsCache, name: string, rrType: string, now: Instant): DnsCache {
  if (fresh(cache, name, rrType, now)) return cache
  const expiresAt = later(now, seconds(FAILURE_TTL))
  const entry = { name: absolute(name), type: rrType, status: 'servfail', rank: 'answer', records: [] } as const
  return put(forget(cache, now), { ...entry, storedAt: now, expiresAt })
}

/** The cache without what has expired. */
export function forget(cache: DnsCache, now: Instant): DnsCache {
  const entries = Object.entries(cache)
  const alive = entries.filter(([, { expiresAt }]) => expiresAt > now)
  return alive.length === entries.length ? cache : Object.fromEntries(alive)
}

/** The records with the time that they have left, in whole seconds. */
function aged(entry: CacheEntry, now: Instant): readonly ResourceRecord[] {
  const ttl = Math.floor((entry.expiresAt - now) / 1000)
  return entry.records.map((record) => ({ ...record, ttl }))
}

/** The certainty that a name does not exist, because it or a name above it does not (RFC 8020 section 2). */
function absence(cache: DnsCache, name: string, now: Instant): CacheEntry | undefined {
  for (const ancestor of selfAndAncestors(name)) {
    const entry = fresh(cache, ancestor, ANY_TYPE, now)
    if (entry) return entry
  }
  return undefined
}

/** What the cache has for a question, else the servers of the nearest zone that it knows, else the root's. */
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
    // Servers within their own zone whose addresses are forgotten can only be found from above.
    const beyondReach = addresses.length === 0 && servers.every(({ nameServer }) => isWithin(nameServer, zone))
    if (!beyondReach) return { type: 'cacheMiss', zone, servers: serversFrom(servers, addresses) }
  }
  return { type: 'cacheMiss', zone: '.', servers: hints }
}

/** The addresses that the cache has for these hosts. */
export function addressesOf(cache: DnsCache, hosts: readonly string[], now: Instant): readonly ResourceRecord[] {
  return hosts.flatMap((host) => {
    const entry = fresh(cache, host, 'A', now)
    return entry ? aged(entry, now) : []
  })
}

/** What a cache holds at an instant, one line a record, in the order in which it was learnt. */
export function rowsOf(cache: DnsCache, now: Instant): readonly CacheRow[] {
  return Object.values(forget(cache, now))
    .toSorted((a, b) => a.storedAt - b.storedAt)
    .flatMap(({ name, type, status, records, storedAt, expiresAt }) => {
      const row = { name, type: type === ANY_TYPE ? 'any' : type, negative: status !== 'answered', storedAt, expiresAt }
      if (status !== 'answered') return [{ ...row, value: status.toUpperCase() }]
      return records.map((record) => ({ ...row, value: rdataText(record) }))
    })
}
