import { type Octets, slice } from '../../base/octets'
import { bodyStart, fieldBody } from '../../mail/message'
import { envelopeStructure } from './envelopeStructure'
import { nstring, stringOf } from './grammar'

/**
 * The parts of a message with the octets they span. Libraries for MIME decode; BODYSTRUCTURE and BODY[section]
 * must give the octets as they stand (RFC 9051 section 6.4.5), so this small reader keeps positions and decodes nothing.
 */
export interface BodyPart {
  /** Header section with its empty line, then the body. */
  readonly octets: Octets
  readonly header: Octets
  readonly body: Octets
  readonly type: string
  readonly subtype: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
  /** Of a multipart. */
  readonly parts: readonly BodyPart[]
  /** Of a message/rfc822: the message inside. */
  readonly message?: BodyPart
}

/** Parts inside parts are followed this deep, so a hostile letter cannot take the stack. */
const MAX_DEPTH = 30
const MAX_PARTS = 1000

export function bodyPart(octets: Octets, inherited = 'text/plain', depth = 0): BodyPart {
  const start = bodyStart(octets)
  const header = slice(octets, 0, start)
  const body = slice(octets, start)
  const field = fieldBody(octets, 'Content-Type')
  const found = parameterized(field ?? inherited)
  const [type = '', subtype = ''] = found.value.toLowerCase().split('/')
  const known = /^[!#-'*+.0-9^-~a-z-]+$/
  const valid = known.test(type) && known.test(subtype)
  const part: BodyPart = {
    octets,
    header,
    body,
    type: valid ? type : 'text',
    subtype: valid ? subtype : 'plain',
    parameters: field === undefined && inherited === 'text/plain' ? [['charset', 'us-ascii']] : found.parameters,
    parts: [],
  }
  if (depth >= MAX_DEPTH) return part
  if (part.type === 'multipart') {
    const boundary = part.parameters.find(([name]) => name === 'boundary')?.[1]
    const inner = part.subtype === 'digest' ? 'message/rfc822' : 'text/plain'
    const pieces = boundary ? split(body, boundary) : []
    return { ...part, parts: pieces.map((piece) => bodyPart(piece, inner, depth + 1)) }
  }
  if (part.type === 'message' && part.subtype === 'rfc822') {
    return { ...part, message: bodyPart(body, 'text/plain', depth + 1) }
  }
  return part
}

/** The body parts between the delimiters; the line end before a delimiter belongs to it (RFC 2046 section 5.1.1). */
function split(body: Octets, boundary: string): readonly Octets[] {
  const delimiter = `--${boundary}`
  const pieces: Octets[] = []
  let begin = -1
  let at = 0
  while (at < body.length && pieces.length < MAX_PARTS) {
    const lineEnd = body.indexOf('\n', at)
    const next = lineEnd === -1 ? body.length : lineEnd + 1
    if (body.startsWith(delimiter, at)) {
      const rest = body.slice(at + delimiter.length, next).trimEnd()
      if (rest === '' || rest === '--') {
        if (begin !== -1)
          pieces.push(slice(body, begin, Math.max(begin, body.startsWith('\r\n', at - 2) ? at - 2 : at)))
        begin = next
        if (rest === '--') return pieces
      }
    }
    at = next
  }
  if (begin !== -1 && begin < body.length) pieces.push(slice(body, begin))
  return pieces
}

interface Parameterized {
  readonly value: string
  readonly parameters: readonly (readonly [name: string, value: string])[]
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/gs

/** value *(";" attribute "=" value) of RFC 2045 section 5.1; names in lower case. */
function parameterized(field: string): Parameterized {
  const end = field.indexOf(';')
  const parameters = [...(end === -1 ? '' : field.slice(end)).matchAll(PARAMETER)].map(
    ([, name = '', quoted, token = '']) => [name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? token] as const,
  )
  return { value: (end === -1 ? field : field.slice(0, end)).replace(/\([^)]*\)/g, '').trim(), parameters }
}

/** BODYSTRUCTURE with its extension data, or BODY without them (RFC 9051 section 7.5.2). */
export function bodyStructure(part: BodyPart, extended: boolean): string {
  const text = (name: string): string => nstring(fieldBody(part.octets, name) as Octets | undefined)
  const disposition = (): string => {
    const field = fieldBody(part.octets, 'Content-Disposition')
    if (!field) return 'NIL'
    const found = parameterized(field)
    return `(${stringOf(found.value)} ${parameterList(found.parameters)})`
  }
  const languages = (fieldBody(part.octets, 'Content-Language') ?? '').split(/[\s,]+/).filter((word) => word !== '')
  const language = languages.length === 0 ? 'NIL' : `(${languages.map(stringOf).join(' ')})`
  const tail = (): string => `${disposition()} ${language} ${text('Content-Location')}`

  if (part.parts.length > 0) {
    const inner = part.parts.map((each) => bodyStructure(each, extended)).join('')
    const extension = extended ? ` ${parameterList(part.parameters)} ${tail()}` : ''
    return `(${inner} ${stringOf(part.subtype)}${extension})`
  }
  // A multipart without a part has no form in this grammar, so it is told as the text it looks like.
  const [type, subtype] = part.type === 'multipart' ? ['text', 'plain'] : [part.type, part.subtype]
  const encoding = stringOf((fieldBody(part.octets, 'Content-Transfer-Encoding') ?? '7bit').trim() || '7bit')
  const basic = [
    stringOf(type),
    stringOf(subtype),
    parameterList(part.parameters),
    text('Content-ID'),
    text('Content-Description'),
    encoding,
    part.body.length,
  ]
  if (part.message)
    basic.push(envelopeStructure(part.message.octets), bodyStructure(part.message, extended), lines(part.body))
  else if (type === 'text') basic.push(lines(part.body))
  const extension = extended ? ` ${text('Content-MD5')} ${tail()}` : ''
  return `(${basic.join(' ')}${extension})`
}

function parameterList(parameters: BodyPart['parameters']): string {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.map(([name, value]) => `${stringOf(name)} ${stringOf(value)}`).join(' ')})`
}

function lines(body: Octets): number {
  let count = 0
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) count++
  return count
}

/** The part that `1.2` names, or undefined. Part 1 of what is no multipart is that body itself (RFC 9051 section 6.4.5.1). */
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

/** The header fields with these names, or all but these, with the empty line (RFC 9051 section 6.4.5.1). */
export function headerFieldsOf(header: Octets, names: readonly string[], without: boolean): Octets {
  const wanted = new Set(names.map((name) => name.toLowerCase()))
  let picked = ''
  let taking = false
  for (const line of header.split(/(?<=\r\n)/)) {
    if (line === '\r\n') break
    if (!/^[ \t]/.test(line)) {
      const name = /^([^:\s]+)[ \t]*:/.exec(line)?.[1]?.toLowerCase()
      taking = name !== undefined && wanted.has(name) !== without
    }
    if (taking) picked += line
  }
  return `${picked}\r\n` as Octets
}
