import { type DnsMessage, refusalOf, responseTo } from './message'
import { canonical, isWithin, sameName, selfAndAncestors } from './names'
import { negativeTtl, type RecordOf, type ResourceRecord, recordsOf } from './record'

/** One authority's data about the names within its apex, with its delegations and their glue. */
export interface Zone {
  readonly apex: string
  readonly records: readonly ResourceRecord[]
}

/** The limit of aliases that one answer follows within the server's own zones. */
const CNAME_LIMIT = 16

/** The zone's serial number, which tells other servers whether the zone has changed. */
export const serialOf = (zone: Zone): number => recordsOf(zone.records, 'SOA')[0]?.serial ?? 0

/** The records of a zone by their canonical names, computed once: an answer may name thousands of hosts. */
const indexes = new WeakMap<Zone, ReadonlyMap<string, readonly ResourceRecord[]>>()

function indexOf(zone: Zone): ReadonlyMap<string, readonly ResourceRecord[]> {
  const known = indexes.get(zone)
  if (known) return known
  const index = new Map<string, ResourceRecord[]>()
  for (const record of zone.records) {
    const name = canonical(record.name)
    const here = index.get(name)
    if (here) here.push(record)
    else index.set(name, [record])
  }
  indexes.set(zone, index)
  return index
}

const at = (zone: Zone, name: string): readonly ResourceRecord[] => indexOf(zone).get(canonical(name)) ?? []

/** The zone whose apex is the nearest ancestor of a name (RFC 1034 section 4.3.2 step 2). */
function zoneOf(zones: readonly Zone[], name: string): Zone | undefined {
  for (const ancestor of selfAndAncestors(name)) {
    const zone = zones.find(({ apex }) => canonical(apex) === ancestor)
    if (zone) return zone
  }
  return undefined
}

/** The NS records of the highest zone cut between the apex and the name; the apex itself is none. */
function delegation(zone: Zone, name: string): readonly RecordOf<'NS'>[] {
  const between = selfAndAncestors(name).filter(
    (ancestor) => isWithin(ancestor, zone.apex) && !sameName(ancestor, zone.apex),
  )
  for (const cut of between.reverse()) {
    const servers = recordsOf(at(zone, cut), 'NS')
    if (servers.length > 0) return servers
  }
  return []
}

/** Known addresses of the hosts that records name: glue, and the additional records of RFC 1035 section 3.3.9. */
function addressesFor(zones: readonly Zone[], records: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const hosts = new Set(
    records.flatMap((record) =>
      record.type === 'NS' ? [canonical(record.nameServer)] : record.type === 'MX' ? [canonical(record.exchange)] : [],
    ),
  )
  return [...hosts].flatMap((host) => {
    const zone = zoneOf(zones, host)
    return zone ? at(zone, host).filter(({ type }) => type === 'A' || type === 'AAAA') : []
  })
}

/** The zone's SOA in a negative answer: its TTL says how long the answer may be cached (RFC 2308 section 3). */
function soaOf(zone: Zone): readonly ResourceRecord[] {
  return recordsOf(at(zone, zone.apex), 'SOA').map((soa) => ({ ...soa, ttl: negativeTtl(soa) }))
}

/** True if the name has records or is an ancestor of one that has (RFC 4592 section 2.2.2). */
const exists = (zone: Zone, name: string): boolean => zone.records.some((record) => isWithin(record.name, name))

/**
 * The records at a name; if it does not exist, those of the wildcard below its closest encloser, with the name in place of the
 * asterisk (RFC 4592 section 3.3.1). Undefined if there is neither.
 */
function recordsAt(zone: Zone, name: string): readonly ResourceRecord[] | undefined {
  if (exists(zone, name)) return at(zone, name)
  const encloser = selfAndAncestors(name).find((ancestor) => exists(zone, ancestor))
  const wildcard = encloser === '.' ? '*.' : `*.${encloser}`
  if (encloser === undefined || !exists(zone, wildcard)) return undefined
  return at(zone, wildcard).map((record) => ({ ...record, name }))
}

/**
 * The answer of a name server with these zones and without recursion (RFC 1034 section 4.3.2): an answer, a referral with glue,
 * NODATA or NXDOMAIN with the zone's SOA, or REFUSED for names of other zones. Only standard queries with one question of class
 * IN are answered (`refusalOf`).
 */
export function answerQuery(zones: readonly Zone[], query: DnsMessage): DnsMessage {
  const [question] = query.question
  const refusal = refusalOf(query)
  if (refusal !== undefined || !question) return responseTo(query, refusal ?? 'FORMERR')

  let zone = zoneOf(zones, question.name)
  if (!zone) return responseTo(query, 'REFUSED')
  const response = responseTo(query, 'NOERROR')
  const answers: ResourceRecord[] = []
  const passed = new Set<string>()
  let name = question.name

  while (zone && !passed.has(canonical(name)) && answers.length < CNAME_LIMIT) {
    passed.add(canonical(name))
    const servers = delegation(zone, name)
    if (servers.length > 0) {
      // After an alias of our own the answer is authoritative; without one it is a referral.
      const authoritative = answers.length > 0
      return { ...response, authoritative, answers, authorities: servers, additionals: addressesFor(zones, servers) }
    }
    const here = recordsAt(zone, name)
    const found = (here ?? []).filter(({ type }) => type === question.type || question.type === 'ANY')
    if (found.length > 0) {
      const all = [...answers, ...found]
      return { ...response, authoritative: true, answers: all, additionals: helpFor(zones, question.type, found) }
    }
    const alias = recordsOf(here ?? [], 'CNAME')[0]
    if (!alias) {
      const rcode = here ? 'NOERROR' : 'NXDOMAIN'
      return { ...response, authoritative: true, rcode, answers, authorities: soaOf(zone) }
    }
    answers.push(alias)
    name = alias.target
    zone = zoneOf(zones, name)
  }
  return { ...response, authoritative: true, answers }
}

/** Addresses of the hosts that an answer names; an answer to ANY needs none. */
const helpFor = (zones: readonly Zone[], type: string, found: readonly ResourceRecord[]): readonly ResourceRecord[] =>
  type === 'ANY' ? [] : addressesFor(zones, found)
