import type { z } from 'zod'
import { listed, nearest } from './nearest'
import {
  branchesOf,
  branchFor,
  fieldsOf,
  kindsOf,
  meaningOf,
  type Schema,
  schemaAt,
  suitsNoBranch,
  valuesOf,
} from './schemaFields'

/** Turns the issues of a schema into one sentence for each mistake, with a remedy in an author's words. */

/** A mistake in what an author has written. */
export interface Mistaken {
  /** Its field, or the field around it. */
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly remedy: string
}

type Issue = z.core.$ZodIssue
interface Found {
  readonly issue: Issue
  readonly path: readonly (string | number)[]
}

/** All mistakes that the schema has found in the data. `elsewhere` is the remedy where the schema knows none. */
export function mistakesIn(
  schema: Schema,
  data: unknown,
  issues: readonly Issue[],
  elsewhere: string,
): readonly Mistaken[] {
  const found = withinUnions(schema, data, issues, [])
  const misspelt = found.flatMap((each) => unknownFields(schema, data, each, found))
  const told = new Set(misspelt.map(({ instead }) => instead))
  const others = found.flatMap((each): readonly Mistaken[] => {
    const { issue, path } = each
    if (issue.code === 'unrecognized_keys' || told.has(placeKey(path))) return []
    // A misspelt word is the cause of what the whole lacks.
    if (issue.code === 'custom' && found.some((other) => isUnknownAt(other, path))) return []
    return [{ path, ...sentence(schema, data, each, elsewhere) }]
  })
  return [...misspelt.map(({ instead: _, ...each }) => each), ...others]
}

const placeKey = (path: readonly PropertyKey[]): string => path.map(String).join('\u0000')
const isUnknownAt = ({ issue, path }: Found, at: readonly PropertyKey[]): boolean =>
  issue.code === 'unrecognized_keys' && placeKey(path) === placeKey(at)

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data)

/** A union says only "invalid input": these are the issues of the branch that is meant. */
function withinUnions(
  schema: Schema,
  data: unknown,
  issues: readonly Issue[],
  prefix: readonly (string | number)[],
): readonly Found[] {
  return issues.flatMap((issue): readonly Found[] => {
    const path = [...prefix, ...issue.path.filter((key) => typeof key !== 'symbol')]
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }]
    const union = schemaAt(schema, data, path)
    const value = valueAt(data, path)
    if (!union || suitsNoBranch(union, value)) return [{ issue, path }]
    const branches = branchesOf(union)
    const inner = issue.errors[branches.findIndex((each) => branchFor(each, value) === branchFor(union, value))]
    return inner ? withinUnions(schema, data, inner, path) : [{ issue, path }]
  })
}

/** One mistake for each field that does not exist; `instead` is the missing field that is meant. */
function unknownFields(
  schema: Schema,
  data: unknown,
  { issue, path }: Found,
  found: readonly Found[],
): readonly (Mistaken & { readonly instead?: string })[] {
  if (issue.code !== 'unrecognized_keys') return []
  const value = valueAt(data, path)
  const known = fieldsOf(schemaAt(schema, data, path), value)
  const free = known.filter((field) => valueAt(value, [field]) === undefined)
  return issue.keys.map((key) => {
    const near = nearest(key, free)
    const instead = near !== undefined ? placeKey([...path, near]) : undefined
    const isCause = found.some((other) => placeKey(other.path) === instead)
    return {
      path: [...path, key],
      message: `there is no field "${key}" here`,
      remedy: near === undefined ? removal(free) : `Did you mean "${near}"?`,
      ...(isCause && instead !== undefined && { instead }),
    }
  })
}

const removal = (free: readonly string[]): string =>
  free.length === 0 ? 'Remove it.' : `Remove it, or name one of ${listed(free)}.`

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'fields, as in { field: value }',
  record: 'fields, as in { name: value }',
}

/** The kind of a value as YAML reads it. */
const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'fields' : (KINDS[typeof value] ?? 'something else')

/** `"port"`, or `entry 2 of "lines"`. */
function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1)
  if (last === undefined) return 'the text'
  if (typeof last === 'string') return `"${last}"`
  const field = path.findLast((key) => typeof key === 'string')
  return `entry ${last + 1} of "${field ?? ''}"`
}

function sentence(
  schema: Schema,
  data: unknown,
  { issue, path }: Found,
  elsewhere: string,
): Pick<Mistaken, 'message' | 'remedy'> {
  const field = schemaAt(schema, data, path)
  const value = valueAt(data, path)
  const name = nameOf(path)
  const meaning = meaningOf(field)
  const remedy = meaning ?? elsewhere
  switch (issue.code) {
    case 'invalid_type':
      return wrongKind(issue.expected, { name, value, path, meaning })
    case 'invalid_value':
    case 'invalid_union': {
      if (issue.code === 'invalid_union' && issue.errors.length > 0 && field && suitsNoBranch(field, value))
        return noKind(name, field, value)
      const around = schemaAt(schema, data, path.slice(0, -1))
      const values = [...new Set([...valuesOf(field), ...(around ? valuesOf(around, String(path.at(-1))) : [])])]
      if (value === undefined)
        return { message: `${name} is missing`, remedy: `Add it; it is one of ${values.join(', ')}.` }
      if (values.length === 0) return { message: `${name} cannot be ${kindOf(value)}`, remedy }
      return { message: `${name} cannot be "${written(value)}"`, remedy: `${hint(written(value), values)}` }
    }
    case 'too_small':
      if (issue.origin === 'string') return { message: `${name} is empty`, remedy: meaning ?? 'Write a text.' }
      if (issue.origin === 'array')
        return {
          message: `${name} has too few entries`,
          remedy: `It needs at least ${String(issue.minimum)}.${meaning ? ` ${meaning}` : ''}`,
        }
      return {
        message: `${name} is too small: ${written(value)}`,
        remedy: `It is at least ${String(issue.minimum)}.${meaning ? ` ${meaning}` : ''}`,
      }
    case 'too_big':
      if (issue.origin === 'array')
        return { message: `${name} has too many entries`, remedy: `It may have ${String(issue.maximum)}.` }
      return {
        message: `${name} is too large: ${written(value)}`,
        remedy: `It is at most ${String(issue.maximum)}.${meaning ? ` ${meaning}` : ''}`,
      }
    case 'invalid_key':
      return { message: `${name} is no id`, remedy: 'An id is small letters, digits and hyphens: my-moment.' }
    case 'invalid_format':
      return { message: `${name} cannot be "${written(value)}"`, remedy: capital(`${issue.message}.`) }
    case 'custom': {
      const own: unknown = issue.params?.['remedy']
      return { message: issue.message, remedy: typeof own === 'string' ? own : remedy }
    }
    default:
      return { message: `${name}: ${issue.message}`, remedy }
  }
}

/** A remedy for a value that is not among those that are possible. */
function hint(value: string, values: readonly string[]): string {
  const near = nearest(value, values)
  return `${near === undefined ? '' : `Did you mean "${near}"? `}It is one of ${values.join(', ')}.`
}

/** Of a union in which each branch is known by its first field. */
function noKind(name: string, union: Schema, value: unknown): Pick<Mistaken, 'message' | 'remedy'> {
  const kinds = kindsOf(union)
  const [first = ''] = Object.keys(value as object)
  const near = nearest(first, kinds)
  return {
    message: `${name} begins with "${first}", which says nothing here`,
    remedy: `${near === undefined ? '' : `Did you mean "${near}"? `}It has one of ${kinds.join(', ')}.`,
  }
}

function wrongKind(
  expected: string,
  field: {
    readonly name: string
    readonly value: unknown
    readonly path: readonly (string | number)[]
    readonly meaning: string | undefined
  },
): Pick<Mistaken, 'message' | 'remedy'> {
  const { name, value, path, meaning } = field
  const wanted = KINDS[expected] ?? expected
  const last = String(path.at(-1) ?? '')
  if (value === undefined)
    return { message: `${name} is missing`, remedy: `Add ${last}: ${meaning ? lower(meaning) : `${wanted}.`}` }
  if (value === null)
    return path.length === 0
      ? {
          message: 'there are no fields here',
          remedy: 'Write them; npm run --silent ehlo -- lesson new makes an example.',
        }
      : { message: `${name} is empty`, remedy: meaning ?? `Write ${wanted} after its colon.` }
  const entries = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : []
  // A field of the program begins with a small letter, a header field does not.
  if (expected === 'string' && entries.length === 1 && !/^[a-z][A-Za-z]*$/.test(entries[0]?.[0] ?? ''))
    return {
      message: `${name} is a text with a colon, which YAML takes for a field`,
      remedy: `Put it in quotes: '${entries[0]?.[0] ?? ''}: ${String(entries[0]?.[1] ?? '')}'.`,
    }
  if (expected === 'string' && typeof value !== 'object')
    return {
      message: `${name} is ${kindOf(value)} and must be a text`,
      remedy: `Put it in quotes: '${written(value)}'.`,
    }
  if (
    (expected === 'number' || expected === 'int') &&
    typeof value === 'string' &&
    value.trim() !== '' &&
    !Number.isNaN(Number(value))
  )
    return { message: `${name} is a text and must be a number`, remedy: `Write it without quotes: ${value}.` }
  if (Number.isNaN(value)) return { message: `${name} must be a number`, remedy: meaning ?? 'Write it in digits.' }
  if (expected === 'array' && typeof value !== 'object')
    return {
      message: `${name} must be a list, and is ${kindOf(value)}`,
      remedy: `Write it in brackets: [${written(value)}].${meaning ? ` ${meaning}` : ''}`,
    }
  return { message: `${name} must be ${wanted}, and is ${kindOf(value)}`, remedy: meaning ?? `Write ${wanted}.` }
}

/** A value as an author would write it. */
const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
