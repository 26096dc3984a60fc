import { type Octets, slice, trimWhiteSpace } from '../base/octets'

/**
 * The one reader of header fields (RFC 5322 sections 2.2, 3.6 and 4.5). All code that needs a field of a message uses it: a
 * field's name may be in any case and may have white space before its colon, its body may be folded, and the header section
 * ends at the first empty line, so a line of the body is never a field.
 *
 * Each function reads the header section once; its time is linear in the length.
 */

export interface HeaderField {
  readonly fieldName: string
  /** Unfolded, without the line end, leading and trailing white space removed. */
  readonly fieldBody: string
}

/** Octets of the longest field body that is read. Of a longer one, only the lines within this limit are read. */
export const LONGEST_FIELD_BODY = 65_536

/** A field as it stands in the header section, or a line that is no field. */
interface Place {
  readonly start: number
  /** After the line end. */
  readonly end: number
  /** The colon's offset; -1 for a line that is no field. */
  readonly colon: number
  /** The name as written; empty for a line that is no field. */
  readonly name: string
}

/**
 * The offset at which the body begins: after the empty line, or the end if there is none (RFC 5322 section 2.1). A lone LF ends
 * a line too.
 */
export function bodyStart(message: Octets): number {
  for (let at = 0; ; ) {
    const empty = emptyLine(message, at)
    if (empty > 0) return at + empty
    const end = message.indexOf('\n', at)
    if (end === -1) return message.length
    at = end + 1
  }
}

/** The header section with its line ends, without the empty line. */
export function headerSection(message: Octets): Octets {
  const end = bodyStart(message)
  for (const length of [2, 1]) {
    const start = end - length
    const beginsLine = start === 0 || message[start - 1] === '\n'
    if (start >= 0 && beginsLine && emptyLine(message, start) === length) return slice(message, 0, start)
  }
  return slice(message, 0, end)
}

/** All header fields in order, without lines that are no fields. */
export function headerFields(message: Octets): readonly HeaderField[] {
  return places(message).flatMap((place) =>
    place.colon === -1 ? [] : [{ fieldName: place.name, fieldBody: bodyBetween(message, place.colon + 1, place.end) }],
  )
}

/** The body of the first field with that name, in any case, or undefined. */
export function fieldBody(message: Octets, fieldName: string): string | undefined {
  const wanted = fieldName.toLowerCase()
  for (let at = 0; at < message.length && emptyLine(message, at) === 0; ) {
    const end = endOfField(message, at)
    const colon = colonOf(message, at, wanted)
    if (colon !== -1) return bodyBetween(message, colon + 1, end)
    at = end
  }
  return undefined
}

/** The number of fields with that name. */
export function countFields(message: Octets, fieldName: string): number {
  const wanted = fieldName.toLowerCase()
  let count = 0
  for (let at = 0; at < message.length && emptyLine(message, at) === 0; at = endOfField(message, at)) {
    if (colonOf(message, at, wanted) !== -1) count++
  }
  return count
}

/** The message without all fields with these names. Every other octet is unchanged. */
export function withoutFields(message: Octets, fieldNames: readonly string[]): Octets {
  if (fieldNames.every((name) => countFields(message, name) === 0)) return message
  const unwanted = lowerCase(fieldNames)
  const all = places(message)
  return joined(message, all, (name) => !unwanted.has(name), message.slice(all.at(-1)?.end ?? 0))
}

/**
 * The fields with these names, or all others, and the empty line if there is one (RFC 9051 section 6.4.5.1). Lines that are no
 * fields belong to neither.
 */
export function pickFields(header: Octets, fieldNames: readonly string[], without: boolean): Octets {
  const named = lowerCase(fieldNames)
  const all = places(header)
  const end = all.at(-1)?.end ?? 0
  const picked = (name: string): boolean => name !== '' && named.has(name) !== without
  return joined(header, all, picked, header.slice(end, end + emptyLine(header, end)))
}

/** Each field with its folds and line end, and each line that is no field, in order; together they are the header section. */
export function rawFields(message: Octets): readonly { readonly fieldName: string; readonly octets: Octets }[] {
  return places(message).map(({ name, start, end }) => ({ fieldName: name, octets: slice(message, start, end) }))
}

/**
 * Adds header fields at the top of the message, as each hop does with its trace field (RFC 5321 section 4.4). The bodies may be
 * folded.
 */
export function prependFields(message: Octets, fields: readonly HeaderField[]): Octets {
  return (fields.map((field) => `${field.fieldName}: ${field.fieldBody}\r\n`).join('') + message) as Octets
}

/** True if the message begins with a field or with the empty line before its body. */
export const beginsWithHeader = (message: Octets): boolean =>
  emptyLine(message, 0) > 0 || colonAfter(message, endOfName(message, 0)) > 0

function places(message: Octets): readonly Place[] {
  const all: Place[] = []
  for (let start = 0; start < message.length && emptyLine(message, start) === 0; ) {
    const nameEnd = endOfName(message, start)
    const colon = nameEnd === start ? -1 : colonAfter(message, nameEnd)
    const end = endOfField(message, start)
    all.push({ start, end, colon, name: colon === -1 ? '' : message.slice(start, nameEnd) })
    start = end
  }
  return all
}

function joined(message: Octets, all: readonly Place[], keeps: (name: string) => boolean, rest: string): Octets {
  const kept = all.filter(({ name }) => keeps(name.toLowerCase()))
  return (kept.map(({ start, end }) => message.slice(start, end)).join('') + rest) as Octets
}

const lowerCase = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()))

/** The length of an empty line at this offset in octets; 0 if there is none. */
function emptyLine(message: Octets, at: number): 0 | 1 | 2 {
  if (message[at] === '\n') return 1
  return message[at] === '\r' && message[at + 1] === '\n' ? 2 : 0
}

/**
 * The end of the field at this offset: its line and its continuation lines, which begin with white space (RFC 5322 section
 * 2.2.3).
 */
function endOfField(message: Octets, start: number): number {
  let at = message.indexOf('\n', start)
  while (at !== -1 && isBlank(message[at + 1])) at = message.indexOf('\n', at + 1)
  return at === -1 ? message.length : at + 1
}

/** The end of a field's name: printable characters except the colon (RFC 5322 section 3.6.8). */
function endOfName(message: Octets, start: number): number {
  let at = start
  for (let code = message.charCodeAt(at); code > 32 && code < 127 && code !== 58; code = message.charCodeAt(++at));
  return at
}

/** The colon after a name and optional white space (RFC 5322 section 4.5); -1 if there is none. */
function colonAfter(message: Octets, nameEnd: number): number {
  let at = nameEnd
  while (isBlank(message[at])) at++
  return message[at] === ':' ? at : -1
}

/** The colon of the field at this offset if it has the wanted name, which is in lower case; else -1. */
function colonOf(message: Octets, start: number, wanted: string): number {
  const end = start + wanted.length
  // The first octet of a field rules most names out, without a copy of its text.
  if ((message.charCodeAt(start) | 0x20) !== wanted.charCodeAt(0)) return -1
  return message.slice(start, end).toLowerCase() === wanted ? colonAfter(message, end) : -1
}

const isBlank = (octet: string | undefined): boolean => octet === ' ' || octet === '\t'

function bodyBetween(message: Octets, start: number, end: number): string {
  const body = trimWhiteSpace(message.slice(start, endWithin(message, start, end)))
  return body.includes('\n') ? body.replace(/\r?\n(?=[ \t])/g, '') : body
}

/** The end of a field, or of the last of its lines within the limit. */
function endWithin(message: Octets, start: number, end: number): number {
  const limit = start + LONGEST_FIELD_BODY
  if (end <= limit) return end
  const lineEnd = message.lastIndexOf('\n', limit)
  return lineEnd > start ? lineEnd : limit
}
