import { z } from 'zod'

/** Looks into schemas for what an author may write: fields, values, and what a field means. */

export type Schema = z.core.$ZodType
type Def = z.core.$ZodTypeDef & {
  readonly innerType?: Schema
  readonly in?: Schema
  readonly shape?: Readonly<Record<string, Schema>>
  readonly valueType?: Schema
  readonly element?: Schema
  readonly items?: readonly Schema[]
  readonly options?: readonly Schema[]
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, string>>
}

const defOf = (schema: Schema): Def => schema._zod.def as Def

/** The schemas around one another, from the outermost to the one that says what is written. */
function layers(schema: Schema): readonly Schema[] {
  const found = [schema]
  for (;;) {
    const last = found.at(-1) as Schema
    const { type, innerType, in: from } = defOf(last)
    // A lazy schema is made once and kept here.
    const made = (last._zod as { readonly innerType?: Schema }).innerType
    const next = type === 'pipe' ? from : type === 'lazy' ? made : innerType
    if (!next) return found
    found.push(next)
  }
}

const written = (schema: Schema): Schema => layers(schema).at(-1) as Schema

/** The meaning of a field, in the words for authors. */
export const meaningOf = (schema: Schema | undefined): string | undefined =>
  schema && layers(schema).flatMap((each) => z.globalRegistry.get(each)?.description ?? [])[0]

/** The branches of a union, else the schema itself. */
export const branchesOf = (schema: Schema): readonly Schema[] => {
  const bare = written(schema)
  return defOf(bare).options ?? [bare]
}

const shapeOf = (schema: Schema): Readonly<Record<string, Schema>> => defOf(written(schema)).shape ?? {}

/** The fields that may be written where the data stands. */
export const fieldsOf = (schema: Schema | undefined, data: unknown): readonly string[] =>
  schema ? Object.keys(shapeOf(branchFor(schema, data))) : []

/** The values that may be written: of an enumeration, a literal, or the kinds of a union. */
export function valuesOf(schema: Schema | undefined, field?: string): readonly string[] {
  if (!schema) return []
  const bare = written(schema)
  const { values, entries, options, type } = defOf(bare)
  if (type === 'union' && field !== undefined) return (options ?? []).flatMap((each) => valuesOf(shapeOf(each)[field]))
  return (values ?? Object.values(entries ?? {})).map(String)
}

/** The fields without which nothing can be read. */
export const requiredFieldsOf = (schema: Schema | undefined): readonly string[] =>
  schema
    ? Object.entries(shapeOf(schema)).flatMap(([field, each]) => (each._zod.optin === 'optional' ? [] : [field]))
    : []

const keysOf = (data: unknown): readonly string[] =>
  typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.keys(data) : []

/** A number for how well the data suits the branch; -1 if it does not at all. */
function suits(branch: Schema, data: unknown): number {
  const bare = written(branch)
  const { type } = defOf(bare)
  if (type === 'object' || type === 'record') {
    const keys = keysOf(data)
    if (keys.length === 0) return -1
    const shape = shapeOf(bare)
    const known = keys.filter((key) => key in shape).length
    // The first field says of which kind it is.
    const first = Object.keys(shape)[0] ?? ''
    return known === 0 ? 0 : known + (keys.includes(first) ? 100 : 0)
  }
  if (type === 'array' || type === 'tuple') return Array.isArray(data) ? 100 : -1
  return typeof data === 'object' ? -1 : 1
}

/** The branch that is meant by the data; of what is no union the schema itself. */
export function branchFor(schema: Schema, data: unknown): Schema {
  const bare = written(schema)
  const { options, discriminator } = defOf(bare)
  if (!options) return bare
  if (discriminator !== undefined) {
    const kind = (data as Readonly<Record<string, unknown>> | undefined)?.[discriminator]
    return written(options.find((each) => valuesOf(shapeOf(each)[discriminator]).includes(String(kind))) ?? bare)
  }
  return written(options.toSorted((a, b) => suits(b, data) - suits(a, data))[0] ?? bare)
}

/** True if no branch of the union has a field of the data. */
export const suitsNoBranch = (schema: Schema, data: unknown): boolean =>
  keysOf(data).length > 0 && branchesOf(schema).every((each) => suits(each, data) <= 0)

/** By which field each branch of a union is known. */
export const kindsOf = (schema: Schema): readonly string[] =>
  branchesOf(schema).flatMap((each) => Object.keys(shapeOf(each))[0] ?? [])

/** The schema of the field at a path into the data. */
export function schemaAt(schema: Schema, data: unknown, path: readonly PropertyKey[]): Schema | undefined {
  let at: Schema | undefined = schema
  let value = data
  for (const key of path) {
    if (!at) return undefined
    const { shape, valueType, element, items } = defOf(branchFor(at, value))
    at = shape?.[String(key)] ?? valueType ?? items?.[Number(key)] ?? element
    value = (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key]
  }
  return at
}
