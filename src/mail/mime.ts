import { indexOfText } from '../base/indexOf'
import { type Octets, slice, trimWhiteSpace } from '../base/octets'
import { withoutComments } from './comments'
import { oncePerContent } from './content'
import { bodyStart, fieldBody } from './headerFields'

/**
 * The parts of a message with their octets (RFC 2045, RFC 2046). MIME libraries decode; BODYSTRUCTURE and BODY[section] of IMAP
 * need the original octets, so this small reader keeps them and decodes nothing.
 */
export interface BodyPart {
  /** Header section with its empty line, then the body. */
  readonly octets: Octets
  readonly header: Octets
  readonly body: Octets
  /** Media type and subtype in lower case. */
  readonly type: string
  readonly subtype: string
  readonly parameters: Parameters
  /** For a multipart. */
  readonly parts: readonly BodyPart[]
  /** For a message/rfc822: the enclosed message. */
  readonly message?: BodyPart
}

export type Parameters = readonly (readonly [name: string, value: string])[]

/** A message's header section with the empty line. */
export const headerOf = (message: Octets): Octets => slice(message, 0, bodyStart(message))

/** The greatest depth of nested parts, so that a hostile message cannot overflow the stack. */
const MAX_DEPTH = 30
const MAX_PARTS = 1000

/** The structure of a message, computed once for each message. */
export const structureOf = oncePerContent(({ octets }: { readonly octets: Octets }) => bodyPart(octets))

const TOKEN = /^[!#-'*+.0-9^-~a-z-]+$/
/** The default for a missing or unreadable media type (RFC 2045 section 5.2). */
const DEFAULT = { type: 'text', subtype: 'plain', parameters: [['charset', 'us-ascii']] } as const

export function bodyPart(octets: Octets, inherited = 'text/plain', depth = 0): BodyPart {
  const start = bodyStart(octets)
  const body = slice(octets, start)
  const field = fieldBody(octets, 'Content-Type')
  const found = parameterized(field ?? inherited)
  const [type = '', subtype = ''] = found.value
    .toLowerCase()
    .split('/')
    .map((word) => word.trim())
  const valid = TOKEN.test(type) && TOKEN.test(subtype)
  const isDefault = !valid || (field === undefined && inherited === 'text/plain')
  const part: BodyPart = {
    octets,
    header: slice(octets, 0, start),
    body,
    ...(isDefault ? DEFAULT : { type, subtype, parameters: found.parameters }),
    parts: [],
  }
  if (part.type === 'multipart') {
    const boundary = parameterOf(part.parameters, 'boundary')
    const inner = part.subtype === 'digest' ? 'message/rfc822' : 'text/plain'
    const pieces = boundary && depth < MAX_DEPTH ? split(body, boundary) : []
    // A multipart has at least one part (RFC 2046 section 5.1.1). If none can be found, the body is shown unchanged: a
    // multipart with one empty part would hide its text.
    if (pieces.length === 0) return { ...part, ...DEFAULT }
    return { ...part, parts: pieces.map((piece) => bodyPart(piece, inner, depth + 1)) }
  }
  if (depth >= MAX_DEPTH) return part
  if (part.type === 'message' && (part.subtype === 'rfc822' || part.subtype === 'global') && isIdentity(part)) {
    return { ...part, message: bodyPart(body, 'text/plain', depth + 1) }
  }
  return part
}

export const parameterOf = (parameters: Parameters, name: string): string | undefined =>
  parameters.find(([known]) => known === name)?.[1]

/** The Content-Transfer-Encoding as written; 7bit if there is none (RFC 2045 section 6.1). */
export const transferEncodingOf = (part: BodyPart): string =>
  withoutComments(fieldBody(part.octets, 'Content-Transfer-Encoding') ?? '').trim() || '7bit'

const isIdentity = (part: BodyPart): boolean => /^(7bit|8bit|binary)$/i.test(transferEncodingOf(part))

/** The body parts between the delimiters; the line end before a delimiter belongs to it (RFC 2046 section 5.1.1). */
function split(body: Octets, boundary: string): readonly Octets[] {
  const delimiter = `--${boundary}`
  const pieces: Octets[] = []
  let begin = -1
  let at = body.startsWith(delimiter) ? 0 : after(body, delimiter, 0)
  while (at !== -1 && pieces.length < MAX_PARTS) {
    const lineEnd = body.indexOf('\n', at)
    const next = lineEnd === -1 ? body.length : lineEnd + 1
    const rest = trimWhiteSpace(body.slice(at + delimiter.length, next))
    if (rest === '' || rest === '--') {
      if (begin !== -1) {
        const lineBreak = body.startsWith('\r\n', at - 2) ? 2 : 1
        pieces.push(slice(body, begin, Math.max(begin, at - lineBreak)))
      }
      begin = next
      if (rest === '--') return pieces
    }
    at = after(body, delimiter, Math.max(at, next - 1))
  }
  // The closing delimiter is missing: the last part, which may be empty, extends to the end.
  if (begin !== -1 && pieces.length < MAX_PARTS) pieces.push(slice(body, begin))
  return pieces
}

/** The offset of the next delimiter at the beginning of a line, or -1. */
function after(body: Octets, delimiter: string, from: number): number {
  const found = indexOfText(body, `\n${delimiter}`, from)
  return found === -1 ? -1 : found + 1
}

/**
 * A quoted value without its closing mark extends to the next parameter. White space is not \s here and below: \s includes
 * octet A0, a part of many UTF-8 characters.
 */
const PARAMETER = /;[ \t\r\n]*([^ \t\r\n=;]+)[ \t\r\n]*=[ \t\r\n]*(?:"((?:[^"\\]|\\.)*)"|"([^;]*)|([^ \t\r\n;]*))/gs

/** value *(";" attribute "=" value) of RFC 2045 section 5.1; names in lower case, values as written. */
export function parameterized(field: string): { readonly value: string; readonly parameters: Parameters } {
  const plain = withoutComments(field)
  const end = plain.indexOf(';')
  if (end === -1) return { value: trimWhiteSpace(plain), parameters: [] }
  const parameters = [...plain.slice(end).matchAll(PARAMETER)].map(
    ([, name = '', quoted, unclosed, token = '']) =>
      [
        name.toLowerCase(),
        (quoted ?? (unclosed && trimWhiteSpace(unclosed)))?.replace(/\\(.)/gs, '$1') ?? token,
      ] as const,
  )
  return { value: trimWhiteSpace(plain.slice(0, end)), parameters }
}

/**
 * The part that a path such as `1.2` names, or undefined. Part 1 of a body that is no multipart is that body itself (RFC 9051
 * section 6.4.5.1).
 */
export function partAt(root: BodyPart, path: readonly number[]): BodyPart | undefined {
  let part: BodyPart | undefined = root
  for (const [depth, at] of path.entries()) {
    const inside: BodyPart = part.message && depth > 0 ? part.message : part
    if (inside.parts.length > 0) part = inside.parts[at - 1]
    else part = at === 1 && (depth === 0 || inside !== part) ? inside : undefined
    if (!part) return undefined
  }
  return part
}
