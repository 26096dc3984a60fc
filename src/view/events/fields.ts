import { toText } from '../../base/octets'
import type { Meaning } from '../../session/session'
import { glossOf } from '../gloss/gloss'
import { documented, protocolFields } from '../knowledge'
import { isLine } from '../run/flight'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'
import { EVENT_KINDS, eventWords, LINE_KINDS, OUTCOMES, type Row } from './row'

/** The values of a field in a row; none if the row does not have it. Any of them may fulfil a comparison. */
export type Values = readonly (string | number)[]

/** A row, and the run that it is part of: enough for the value of every field. */
export interface Asked {
  readonly row: Row
  readonly view: RunView
  readonly names: Names
}

/** A name by which rows can be asked in a filter. */
export interface Field {
  /** In lower case, as far as it is not a property's own name: `smtp.reply`. */
  readonly name: string
  /** Only a number has an order. */
  readonly is: 'text' | 'number' | 'any'
  valuesOf(asked: Asked): Values
  /** Values to offer, if they are known without a run. */
  readonly values?: readonly string[]
}

const one = (value: string | number | undefined): Values => (value === undefined ? [] : [value])

/** A host goes by its name, its short name, its title and its address. */
function hostValues(host: string | undefined, { view, names }: Asked): Values {
  if (host === undefined) return []
  const address = view.timeline.scenario.hosts.find(({ name }) => name === host)?.address
  return [host, names.short(host), names.title(host), ...one(address)]
}

/** The text of a row: what was said, whole, and its plain words. */
export function textOf({ row, view, names }: Asked): string {
  const { fact } = row
  if (!isLine(fact)) return eventWords(fact, view, names)
  // A DNS message is no text; what the list shows of it is.
  const said = row.protocol === 'DNS' ? wireTextOf(fact).text : toText(fact.octets)
  return `${said}\n${glossOf(fact.means) ?? ''}`
}

/** Fields that every row may have. */
const COMMON: readonly Field[] = [
  { name: 'time', is: 'number', valuesOf: ({ row }) => [row.at / 1000] },
  {
    name: 'host',
    is: 'text',
    valuesOf: (asked) => [...hostValues(asked.row.from, asked), ...hostValues(asked.row.to, asked)],
  },
  { name: 'from', is: 'text', valuesOf: (asked) => hostValues(asked.row.from, asked) },
  { name: 'to', is: 'text', valuesOf: (asked) => hostValues(asked.row.to, asked) },
  { name: 'protocol', is: 'text', valuesOf: ({ row }) => one(row.protocol) },
  { name: 'kind', is: 'text', valuesOf: ({ row }) => [row.kind], values: [...LINE_KINDS, ...EVENT_KINDS] },
  { name: 'outcome', is: 'text', valuesOf: ({ row }) => [row.outcome], values: OUTCOMES },
  { name: 'text', is: 'text', valuesOf: (asked) => [textOf(asked)], values: [] },
  { name: 'message', is: 'text', valuesOf: ({ row }) => one(row.message) },
  { name: 'connection', is: 'text', valuesOf: ({ row }) => one(row.connection) },
  { name: 'port', is: 'number', valuesOf: ({ row }) => one(row.port) },
  { name: 'octets', is: 'number', valuesOf: ({ row }) => one(row.line?.octets.length) },
  { name: 'flag', is: 'text', valuesOf: ({ row }) => (row.fact.type === 'flagsChanged' ? row.fact.flags : []) },
  { name: 'user', is: 'text', valuesOf: ({ row }) => ('user' in row.fact ? [row.fact.user] : []) },
  { name: 'mailbox', is: 'text', valuesOf: ({ row }) => ('mailbox' in row.fact ? [row.fact.mailbox] : []) },
]

/** A value at a place in parsed data: the texts, numbers and truths there; a list gives each of its own. */
function valuesAt(parsed: unknown, place: string): Values {
  let value = parsed
  for (const key of place.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return []
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return (Array.isArray(value) ? value : [value]).flatMap(scalar)
}

const scalar = (value: unknown): Values =>
  typeof value === 'string' || typeof value === 'number' ? [value] : typeof value === 'boolean' ? [String(value)] : []

/** The meaning of a row that is a line of this protocol. */
const meaningIn = (row: Row, protocol: string): Meaning | undefined =>
  row.line !== undefined && row.protocol === protocol ? row.line.means : undefined

function protocolField(protocol: string, name: string, of: (means: Meaning) => Values): Field {
  return {
    name: name === '' ? protocol.toLowerCase() : `${protocol.toLowerCase()}.${name}`,
    is: 'any',
    valuesOf: ({ row }) => {
      const means = meaningIn(row, protocol)
      return means ? of(means) : []
    },
  }
}

/** The first of the places that has values. */
function firstAt(parsed: unknown, places: readonly string[]): Values {
  for (const place of places) {
    const values = valuesAt(parsed, place)
    if (values.length > 0) return values
  }
  return []
}

const ANSWER_KINDS: ReadonlySet<Meaning['kind']> = new Set<Meaning['kind']>(['greeting', 'reply', 'response'])

/** Fields that each protocol has: lines in it, its commands, the word that its answers begin with. */
const ofEveryProtocol = (protocol: string): readonly Field[] => [
  {
    name: protocol.toLowerCase(),
    is: 'any',
    valuesOf: ({ row }) => (row.protocol === protocol ? [protocol] : []),
    values: [],
  },
  protocolField(protocol, 'command', ({ kind, name }) => (kind === 'command' ? one(name) : [])),
  protocolField(protocol, 'response', ({ kind, name }) => (ANSWER_KINDS.has(kind) ? one(name) : [])),
]

function fieldsOfProtocol(protocol: string): readonly Field[] {
  const named = Object.entries(protocolFields(protocol) ?? {})
  return [
    ...ofEveryProtocol(protocol),
    ...named.map(([name, places]) => protocolField(protocol, name, ({ parsed }) => firstAt(parsed, places))),
  ]
}

/** All fields, those of an added protocol too. */
export const allFields = (): readonly Field[] => [...COMMON, ...documented().flatMap(fieldsOfProtocol)]

/**
 * The field of a name in any letter case. A protocol that names no fields has those that its parsed lines have.
 */
export function fieldNamed(name: string): Field | undefined {
  const wanted = name.toLowerCase()
  const found = allFields().find((field) => field.name.toLowerCase() === wanted)
  if (found) return found
  const dot = name.indexOf('.')
  const protocol = documented().find((each) => each.toLowerCase() === wanted.slice(0, Math.max(dot, 0)))
  if (dot === -1 || protocol === undefined || protocolFields(protocol)) return undefined
  return protocolField(protocol, name.slice(dot + 1), ({ parsed }) => valuesAt(parsed, name.slice(dot + 1)))
}
