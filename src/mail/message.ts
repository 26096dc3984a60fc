import { type Octets, slice } from '../base/octets'
import { messageIdsIn } from './messageId'

/**
 * A message as octets (RFC 5322): a header section, an empty line, a body. MIME is a library's work and not done here;
 * what the servers need is to find, add and read single header fields.
 */

export interface HeaderField {
  readonly fieldName: string
  /** Unfolded, without the line end, leading and trailing white space removed. */
  readonly fieldBody: string
}

/** The offset at which the body begins: after the empty line, or the end where there is none (RFC 5322 section 2.1). A lone LF ends a line too. */
export function bodyStart(message: Octets): number {
  for (let at = 0; ; ) {
    if (message[at] === '\n') return at + 1
    if (message[at] === '\r' && message[at + 1] === '\n') return at + 2
    const end = message.indexOf('\n', at)
    if (end === -1) return message.length
    at = end + 1
  }
}

/** The header section with its line ends, without the empty line. */
export function headerSection(message: Octets): Octets {
  return slice(message, 0, bodyStart(message)).replace(/(^|\n)\r?\n$/, '$1') as Octets
}

export function bodyOf(message: Octets): Octets {
  return slice(message, bodyStart(message))
}

/** All header fields in order; lines that are no field are passed over. */
export function headerFields(message: Octets): readonly HeaderField[] {
  const fields: HeaderField[] = []
  const end = bodyStart(message)
  for (let at = 0; at < end; ) {
    const next = endOfField(message, at, end)
    const colon = message.indexOf(':', at)
    if (colon > at && colon < next) {
      const fieldName = withoutSpace(message, at, colon)
      if (fieldName !== undefined) fields.push({ fieldName, fieldBody: unfold(message.slice(colon + 1, next)) })
    }
    at = next
  }
  return fields
}

/** Where the field that begins here ends: its line and those that go on with white space (RFC 5322 section 2.2.3). */
function endOfField(message: Octets, at: number, end: number): number {
  let next = message.indexOf('\n', at)
  while (next !== -1 && next < end && (message[next + 1] === ' ' || message[next + 1] === '\t'))
    next = message.indexOf('\n', next + 1)
  return next === -1 || next >= end ? end : next + 1
}

/** A field's name: printable octets but the colon, then perhaps white space (RFC 5322 section 3.6.8, 4.5). */
function withoutSpace(message: Octets, from: number, to: number): string | undefined {
  let end = to
  while (end > from && (message[end - 1] === ' ' || message[end - 1] === '\t')) end--
  for (let at = from; at < end; at++) {
    const code = message.charCodeAt(at)
    if (code < 33 || code > 126) return undefined
  }
  return end === from ? undefined : message.slice(from, end)
}

const unfold = (text: string): string => {
  const end = text.endsWith('\r\n') ? text.length - 2 : text.endsWith('\n') ? text.length - 1 : text.length
  const body = text.slice(0, end)
  return (body.includes('\n') ? body.replace(/\r?\n(?=[ \t])/g, '') : body).trim()
}

/** The body of the first field of that name, unfolded, or undefined. */
export function fieldBody(message: Octets, fieldName: string): string | undefined {
  const wanted = fieldName.toLowerCase()
  const end = bodyStart(message)
  for (let at = 0; at < end; ) {
    const next = endOfField(message, at, end)
    if (message.slice(at, at + wanted.length).toLowerCase() === wanted) {
      const colon = message.indexOf(':', at + wanted.length)
      if (colon !== -1 && colon < next && withoutSpace(message, at, colon)?.length === wanted.length)
        return unfold(message.slice(colon + 1, next))
    }
    at = next
  }
  return undefined
}

/** Puts header fields on top of the message, as each hop does with its trace field (RFC 5321 section 4.4). Bodies may be folded already. */
export function prependFields(message: Octets, fields: readonly HeaderField[]): Octets {
  return (fields.map((field) => `${field.fieldName}: ${field.fieldBody}\r\n`).join('') + message) as Octets
}

/**
 * The name of a message on its whole journey: its Message-ID without angle brackets, or undefined if it has none.
 * An identifier without `@`, as some software writes it, is taken too.
 */
export function messageId(message: Octets): string | undefined {
  const body = fieldBody(message, 'Message-ID') ?? ''
  return messageIdsIn(body)[0] ?? /^<([^<>\s]+)>$/.exec(body)?.[1]
}
