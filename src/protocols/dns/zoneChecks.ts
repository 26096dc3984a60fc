import type { PlacedRecord } from './masterFile'
import type { Problem } from './masterTokens'
import { canonical, isWithin, labelsOf, sameName, selfAndAncestors, spoken } from './names'
import type { RecordType, ResourceRecord } from './record'
import type { ZoneFault } from './zoneFault'

/** The rules for the records of a zone together (RFC 1034 section 4.2, RFC 1912 section 2). */

export interface ZoneProblems {
  /** The zone cannot be served. */
  readonly errors: readonly Problem[]
  /** The zone can be served, but parts may not do what its author intends. */
  readonly warnings: readonly Problem[]
}

/** A zone under examination: its records by name, and the findings. */
class Examination {
  readonly errors: Problem[] = []
  readonly warnings: Problem[] = []
  readonly apex: string
  readonly records: readonly PlacedRecord[]
  private readonly byName = new Map<string, Map<RecordType, PlacedRecord[]>>()
  /** Names with NS records below the apex: the authority of this zone ends there. */
  private readonly cuts: ReadonlySet<string>

  constructor(apex: string, records: readonly PlacedRecord[]) {
    this.apex = apex
    this.records = records
    for (const placed of records) {
      const name = canonical(placed.record.name)
      const here = this.byName.get(name) ?? new Map<RecordType, PlacedRecord[]>()
      this.byName.set(name, here)
      const alike = here.get(placed.record.type)
      if (alike) alike.push(placed)
      else here.set(placed.record.type, [placed])
    }
    this.cuts = new Set([...this.byName.keys()].filter((name) => !sameName(name, apex) && this.has(name, 'NS')))
  }

  /** The records of a type at a name. */
  at(name: string, type: RecordType): readonly PlacedRecord[] {
    return this.byName.get(canonical(name))?.get(type) ?? []
  }
  exists(name: string): boolean {
    return this.byName.has(canonical(name))
  }
  has(name: string, ...types: readonly RecordType[]): boolean {
    return types.some((type) => this.at(name, type).length > 0)
  }
  /** True if a record is the only one at its name. */
  isAlone({ record }: PlacedRecord): boolean {
    return this.byName.get(canonical(record.name))?.size === 1 && this.at(record.name, record.type).length === 1
  }
  /** The zone cut at a name or above it. */
  cutAbove(name: string): string | undefined {
    return selfAndAncestors(name).find((ancestor) => this.cuts.has(ancestor))
  }
  /** True if a wildcard may answer for the name. */
  mayBeWild(name: string): boolean {
    return selfAndAncestors(name).some((ancestor) => this.byName.has(`*.${ancestor}`))
  }
  error({ place }: PlacedRecord, fault: ZoneFault): void {
    this.errors.push({ ...place, fault })
  }
  warn({ place }: PlacedRecord, fault: ZoneFault): void {
    this.warnings.push({ ...place, fault })
  }
}

function checkApex(zone: Examination): void {
  const where = spoken(zone.apex)
  const soas = zone.records.filter(({ record }) => record.type === 'SOA')
  const [first] = soas
  const nowhere = { line: 1, column: 1, length: 1 }
  if (!first) {
    zone.errors.push({ ...nowhere, fault: { is: 'noSoa' } })
  } else if (!sameName(first.record.name, zone.apex)) {
    zone.error(first, { is: 'soaElsewhere', name: spoken(first.record.name), apex: where })
  }
  for (const other of soas.slice(1)) zone.error(other, { is: 'secondSoa' })
  if (!zone.has(zone.apex, 'NS')) {
    const place = first?.place ?? nowhere
    zone.errors.push({ ...place, fault: { is: 'noNs', apex: where } })
  }
}

function checkOwner(zone: Examination, placed: PlacedRecord): void {
  const { record } = placed
  const { name, type } = record
  if (!isWithin(name, zone.apex)) {
    zone.error(placed, { is: 'outside', name: spoken(name), apex: spoken(zone.apex) })
    return
  }
  if (type === 'NS' && labelsOf(name)[0] === '*') {
    zone.error(placed, { is: 'wildcardDelegated' })
  }
  const cut = zone.cutAbove(name)
  if (cut === undefined) return
  const glue = type === 'A' || type === 'AAAA'
  if (sameName(cut, name) ? type !== 'NS' && !glue : !glue) {
    zone.warn(placed, { is: 'delegated', name: spoken(cut), type })
  }
}

/** An alias must be the only record at its name (RFC 1034 section 3.6.2). */
function checkAlias(zone: Examination, placed: PlacedRecord): void {
  const { name, type } = placed.record
  if (type !== 'CNAME' || zone.isAlone(placed)) return
  zone.error(placed, { is: 'aliasNotAlone', name: spoken(name) })
}

const SHOWN_IN_LOOP = 6

/** Reports each loop of aliases at its first record. Every alias is visited once, however long the chains are. */
function checkLoops(zone: Examination): void {
  const walked = new Set<string>()
  for (const { record } of zone.records) {
    const way: PlacedRecord[] = []
    const stations = new Map<string, number>()
    let name = canonical(record.name)
    for (;;) {
      const [alias] = zone.at(name, 'CNAME')
      if (!alias || walked.has(name) || stations.has(name)) break
      stations.set(name, way.length)
      way.push(alias)
      name = canonical(alias.record.type === 'CNAME' ? alias.record.target : name)
    }
    const loop = stations.has(name) ? way.slice(stations.get(name)) : []
    for (const station of stations.keys()) walked.add(station)
    const [first] = loop.toSorted((a, b) => a.place.line - b.place.line)
    if (!first) continue
    const turned = [...loop.slice(loop.indexOf(first)), ...loop.slice(0, loop.indexOf(first)), first]
    const names = turned.map((one) => spoken(one.record.name))
    const shown = names.length > SHOWN_IN_LOOP ? [...names.slice(0, SHOWN_IN_LOOP - 1), '…', names.at(-1)] : names
    zone.error(first, { is: 'aliasLoop', names: shown.join(', ') })
  }
}

/** The name that a record refers to. */
function targetOf(record: ResourceRecord): string | undefined {
  switch (record.type) {
    case 'MX':
      return record.exchange
    case 'NS':
      return record.nameServer
    case 'CNAME':
    case 'PTR':
      return record.target
    default:
      return undefined
  }
}

function checkTarget(zone: Examination, placed: PlacedRecord): void {
  const { record } = placed
  const { type } = record
  if (record.type === 'MX' && record.exchange === '.') {
    if (zone.at(record.name, 'MX').length > 1) {
      zone.warn(placed, { is: 'nullMxNotAlone' })
    }
    return
  }
  const target = targetOf(record)
  if (target === undefined || type === 'PTR' || !isWithin(target, zone.apex)) return
  if (type === 'CNAME') {
    if (!zone.exists(target) && !zone.mayBeWild(target) && zone.cutAbove(target) === undefined) {
      zone.warn(placed, { is: 'aliasNowhere', name: spoken(target) })
    }
    return
  }
  if (zone.has(target, 'CNAME')) {
    zone.warn(placed, { is: 'targetIsAlias', name: spoken(target), type })
    return
  }
  if (zone.has(target, 'A', 'AAAA') || zone.mayBeWild(target)) return
  const cut = zone.cutAbove(target)
  if (type === 'NS' && (cut === undefined || sameName(cut, record.name))) {
    zone.warn(placed, { is: 'noGlue', name: spoken(target) })
  } else if (cut === undefined) {
    zone.warn(placed, { is: 'exchangeWithoutAddress', name: spoken(target) })
  }
}

/** True if a name repeats the zone's because its final dot is missing: then the name gets no other finding. */
function lacksDot(zone: Examination, placed: PlacedRecord): boolean {
  const { record } = placed
  if (record.type === 'SOA' && record.rname.includes('@')) {
    zone.warn(placed, { is: 'atInMailbox' })
  }
  if (zone.apex === '.') return false
  const twice = canonical(zone.apex) + canonical(zone.apex)
  const names = [record.name, targetOf(record) ?? '.', ...(record.type === 'SOA' ? [record.mname, record.rname] : [])]
  const doubled = names.find((name) => isWithin(name, twice))
  if (doubled === undefined) return false
  zone.warn(placed, { is: 'dotMissing', name: doubled, apex: zone.apex })
  return true
}

/** All findings about records that are to form the zone of this apex. */
export function checkZone(apex: string, records: readonly PlacedRecord[]): ZoneProblems {
  const zone = new Examination(apex, records)
  checkApex(zone)
  for (const placed of records) {
    checkOwner(zone, placed)
    checkAlias(zone, placed)
    if (!lacksDot(zone, placed)) checkTarget(zone, placed)
  }
  checkLoops(zone)
  return { errors: zone.errors, warnings: zone.warnings }
}
