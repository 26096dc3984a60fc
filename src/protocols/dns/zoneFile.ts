import { type MasterFile, type PlacedRecord, readMasterFile } from './masterFile'
import type { Problem } from './masterTokens'
import { isAbsolute, isAskable } from './names'
import { type ResourceRecord, rdataText } from './record'
import type { Zone } from './zone'
import { checkZone } from './zoneChecks'
import type { ZoneFault } from './zoneFault'

/** A zone in its owner's form: a master file whose records fit together. */
export type ZoneReading =
  | { readonly zone: Zone; readonly warnings: readonly Problem[] }
  | { readonly errors: readonly Problem[] }

const keyOf = (record: ResourceRecord): string => `${record.name.toLowerCase()} ${record.type}`

/** Gives the records of one RRset one time to live, and drops duplicates (RFC 2181 sections 5 and 5.2). */
function tidied(records: readonly PlacedRecord[]): {
  records: readonly ResourceRecord[]
  warnings: readonly Problem[]
} {
  const warnings: Problem[] = []
  const least = new Map<string, number>()
  for (const { record, place } of records) {
    const ttl = least.get(keyOf(record))
    least.set(keyOf(record), Math.min(ttl ?? record.ttl, record.ttl))
    if (ttl !== undefined && ttl !== record.ttl) {
      warnings.push({ ...place, fault: { is: 'ttlsDiffer', type: record.type } })
    }
  }
  const seen = new Set<string>()
  const kept: ResourceRecord[] = []
  for (const { record, place } of records) {
    const text = `${keyOf(record)} ${rdataText(record)}`
    if (seen.has(text)) warnings.push({ ...place, fault: { is: 'twice' } })
    else kept.push({ ...record, ttl: least.get(keyOf(record)) ?? record.ttl })
    seen.add(text)
  }
  return { records: kept, warnings }
}

const byPlace = (a: Problem, b: Problem): number => a.line - b.line || a.column - b.column

/**
 * Reads a zone: the records of a master file (`readMasterFile`), checked together (`checkZone`). Returns the zone with
 * warnings, or every error with its place. Never throws.
 */
export function readZone(apex: string, text: string): ZoneReading {
  if (!isAbsolute(apex) || !isAskable(apex)) {
    return { errors: [{ line: 1, column: 1, length: 1, fault: { is: 'apex', apex } }] }
  }
  const file: MasterFile = readMasterFile(text, apex)
  if (file.errors.length > 0) return { errors: file.errors }
  const { errors, warnings } = checkZone(apex, file.records)
  if (errors.length > 0) return { errors: errors.toSorted(byPlace) }
  const tidy = tidied(file.records)
  const zone = { apex, records: tidy.records }
  return { zone, warnings: [...file.warnings, ...tidy.warnings, ...warnings].toSorted(byPlace) }
}

/** A zone's text cannot be read. The message is for programmers; the view has a sentence for the fault. */
export class ZoneError extends Error {
  /** The zone, the line, the column and the line itself. */
  readonly place: string
  readonly fault: ZoneFault
  constructor(place: string, fault: ZoneFault) {
    const { is, ...values } = fault
    super(`${place}: ${[is, ...Object.values(values)].join(' ')}`)
    this.place = place
    this.fault = fault
  }
}

/** The zone, or a ZoneError with its first error, its place and the quoted line. For texts that have been checked before. */
export function zoneFrom(apex: string, text: string): Zone {
  const reading = readZone(apex, text)
  if ('zone' in reading) return reading.zone
  const [first, ...others] = reading.errors as [Problem, ...Problem[]]
  const quoted = (text.split('\n')[first.line - 1] ?? '').trim()
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  const place = `the zone ${apex}, line ${first.line}, column ${first.column}, "${quoted}"${more}`
  throw new ZoneError(place, first.fault)
}
