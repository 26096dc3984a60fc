import { Cursor, nameOf, Refusal, recordWords, ttlOf } from './masterRecord'
import { type Entry, entriesOf, type Place, type Problem } from './masterTokens'
import type { Rdata, ResourceRecord } from './record'

/** Master files: resource records in text (RFC 1035 section 5, RFC 2308 section 4, RFC 4343). */

/** A record with the place of its first word. */
export interface PlacedRecord {
  readonly record: ResourceRecord
  readonly place: Place
}

export interface MasterFile {
  readonly records: readonly PlacedRecord[]
  readonly errors: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** The limit of a text's length: a zone of this world fits on a screen. */
const TEXT_LIMIT = 262_144
/** An editor needs no more error marks than this. */
const PROBLEM_LIMIT = 100

/** One reading, with the values that later entries inherit. */
class Reading {
  readonly records: PlacedRecord[] = []
  readonly errors: Problem[] = []
  readonly warnings: Problem[] = []
  private origin: string
  private owner: string | undefined
  private defaultTtl: number | undefined
  private lastTtl: number | undefined
  private soaMinimum: number | undefined

  constructor(origin: string) {
    this.origin = origin
  }

  take(entry: Entry): void {
    const [first] = entry.words
    if (!first) return
    try {
      if (!entry.startsBlank && !first.quoted && first.text.startsWith('$')) this.directive(entry)
      else this.record(entry)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.errors.push(error.problem)
    }
  }

  private directive(entry: Entry): void {
    const words = new Cursor(entry)
    const directive = words.take('directive')
    switch (directive.text.toUpperCase()) {
      case '$ORIGIN':
        this.origin = nameOf(words.take('name'), 'origin', this.origin)
        words.end('$ORIGIN')
        return
      case '$TTL':
        this.defaultTtl = ttlOf(words.take('time to live'))
        words.end('$TTL')
        return
      case '$INCLUDE':
        throw new Refusal(directive, { is: 'include' })
      default:
        throw new Refusal(directive, { is: 'otherDirective', word: directive.text })
    }
  }

  private record(entry: Entry): void {
    const place = entry.words[0] as Place
    const words = new Cursor(entry)
    if (!entry.startsBlank) this.owner = nameOf(words.take('owner name'), 'owner name', this.origin)
    if (this.owner === undefined) {
      throw new Refusal(place, { is: 'noOwner' })
    }
    const { ttl, rdata } = recordWords(words, this.origin)
    if (ttl !== undefined) this.lastTtl = ttl
    if (rdata.type === 'SOA') this.soaMinimum ??= rdata.minimum
    this.records.push({ record: { name: this.owner, ttl: ttl ?? this.ttlFor(place, rdata), ...rdata }, place })
  }

  /** The time to live of a record without one: $TTL, else the last stated one, else the SOA's last number. */
  private ttlFor(place: Place, rdata: Rdata): number {
    const stated = this.defaultTtl ?? this.lastTtl
    if (stated !== undefined) return stated
    if (this.soaMinimum === undefined) {
      throw new Refusal(place, { is: 'noTtl', type: rdata.type })
    }
    if (this.warnings.length === 0) {
      this.warnings.push({ ...place, fault: { is: 'ttlOfSoa' } })
    }
    return this.soaMinimum
  }
}

/**
 * Reads a master file. `origin` is the absolute name for relative names and `@`, until `$ORIGIN` changes it. It returns every
 * readable entry, and an error with its place for each other entry, up to a hundred. Never throws.
 */
export function readMasterFile(text: string, origin: string): MasterFile {
  if (text.length > TEXT_LIMIT) {
    const fault = { is: 'tooLong', most: TEXT_LIMIT } as const
    return { records: [], errors: [{ line: 1, column: 1, length: 1, fault }], warnings: [] }
  }
  const { entries, problems } = entriesOf(text)
  const reading = new Reading(origin)
  for (const entry of entries) reading.take(entry)
  const errors = [...problems, ...reading.errors].toSorted((a, b) => a.line - b.line || a.column - b.column)
  return { records: reading.records, errors: errors.slice(0, PROBLEM_LIMIT), warnings: reading.warnings }
}
