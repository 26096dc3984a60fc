import { type DnsMessage, refusalOf, responseTo } from './message'
import { canonical, isWithin, sameName, selfAndAncestors } from './names'
import { negativeTtl, type RecordOf, type ResourceRecord, recordsOf } from './record'

/** What one authority says about the names within its apex, its delegations with their glue included. */
export interface Zone {
  readonly apex: string
  readonly records: readonly ResourceRecord[]
}

/** How many aliases one answer follows within its own zones. */
const CNAME_LIMIT = 16

/** The zone's serial number, by which others tell whether it has changed. */
export const serialOf = (zone: Zone): number => recordsOf(zone.records, 'SOA')[0]?.serial ?? 0

/** The records of a zone by their canonical names, made once: an answer may name thousands of hosts. */
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

/** The zone whose apex is the nearest to a name (RFC 1034 section 4.3.2 step 2). */
function zoneOf(zones: readonly Zone[], name: string): Zone | undefined {
  for (const ancestor of selfAndAncestors(name)) {
    const zone = zones.find(({ apex }) => canonical(apex) === ancestor)
    if (zone) return zone
  }
  return undefined
}

/** The NS records of the highest zone cut between the apex and the name, the apex itself not being one. */
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

/** Addresses of the hosts that records name, as far as these zones hold them: glue, and the help of RFC 1035 section 3.3.9. */
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

/** The zone's SOA as a negative answer carries it: its TTL says how long the answer may be kept (RFC 2308 section 3). */
function soaOf(zone: Zone): readonly ResourceRecord[] {
  return recordsOf(at(zone, zone.apex), 'SOA').map((soa) => ({ ...soa, ttl: negativeTtl(soa) }))
}

/** True where the name has records or lies above one that has (RFC 4592 section 2.2.2). */
const exists = (zone: Zone, name: string): boolean => zone.records.some((record) => isWithin(record.name, name))

/**
 * The records at a name; where there is no such name, those of the wildcard below its closest encloser, with the name
 * in place of the asterisk (RFC 4592 section 3.3.1). Undefined where there is neither.
 */
function recordsAt(zone: Zone, name: string): readonly ResourceRecord[] | undefined {
  if (exists(zone, name)) return at(zone, name)
  const encloser = selfAndAncestors(name).find((ancestor) => exists(zone, ancestor))
  const wildcard = encloser === '.' ? '*.' : `*.${encloser}`
  if (encloser === undefined || !exists(zone, wildcard)) return undefined
  return at(zone, wildcard).map((record) => ({ ...record, name }))
}

/**
 * What a name server says that holds these zones and asks nobody else (RFC 1034 section 4.3.2):
 * an answer, a referral with glue, NODATA or NXDOMAIN with the zone's SOA, or REFUSED for names that are not its own.
 * Only standard queries with one question of class IN are answered (`refusalOf`).
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
      // Behind an alias that is ours the answer itself is authoritative, the way onward is a referral.
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

/** Addresses of the hosts that an answer names; an answer that has all there is at a name needs none. */
const helpFor = (zones: readonly Zone[], type: string, found: readonly ResourceRecord[]): readonly ResourceRecord[] =>
  type === 'ANY' ? [] : addressesFor(zones, found)
