import { type Octets, slice } from '../base/octets'

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

const FIELD = /^([!-9;-~]+)[ \t]*:(.*)$/s

/** All header fields in order; lines that are no field are passed over. */
export function headerFields(message: Octets): readonly HeaderField[] {
  const fields: HeaderField[] = []
  for (const line of headerSection(message).split(/\r?\n(?![ \t])/)) {
    const field = FIELD.exec(line)
    if (field) fields.push({ fieldName: field[1] as string, fieldBody: unfold(field[2] as string) })
  }
  return fields
}

const unfold = (text: string): string => (text.includes('\n') ? text.replace(/\r?\n(?=[ \t])/g, '') : text).trim()

/** The body of the first field of that name, unfolded, or undefined. */
export function fieldBody(message: Octets, fieldName: string): string | undefined {
  const wanted = fieldName.toLowerCase()
  const end = bodyStart(message)
  for (let at = 0; at < end; ) {
    let next = message.indexOf('\n', at)
    if (next === -1 || next >= end) next = end
    if (message.slice(at, at + wanted.length).toLowerCase() === wanted) {
      const colon = /^[ \t]*:/.exec(message.slice(at + wanted.length, next))
      if (colon) return unfolded(message, at + wanted.length + colon[0].length, end)
    }
    at = next + 1
  }
  return undefined
}

/** A field's body from an offset on: its line and those that go on with white space (RFC 5322 section 2.2.3). */
function unfolded(message: Octets, from: number, end: number): string {
  let to = message.indexOf('\n', from)
  while (to !== -1 && to < end && (message[to + 1] === ' ' || message[to + 1] === '\t'))
    to = message.indexOf('\n', to + 1)
  return unfold(message.slice(from, to === -1 ? end : Math.min(to, end)))
}

/** Puts header fields on top of the message, as each hop does with its trace field (RFC 5321 section 4.4). Bodies may be folded already. */
export function prependFields(message: Octets, fields: readonly HeaderField[]): Octets {
  return (fields.map((field) => `${field.fieldName}: ${field.fieldBody}\r\n`).join('') + message) as Octets
}

/** The name of a letter through its whole journey: its Message-ID without angle brackets, or undefined where it has none. */
export function messageId(message: Octets): string | undefined {
  return /<([^<>\s]+)>/.exec(fieldBody(message, 'Message-ID') ?? '')?.[1]
}
