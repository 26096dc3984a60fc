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

/** The offset at which the body begins: after the empty line, or the end where there is none (RFC 5322 section 2.1). */
export function bodyStart(message: Octets): number {
  if (message.startsWith('\r\n')) return 2
  const at = message.indexOf('\r\n\r\n')
  return at === -1 ? message.length : at + 4
}

/** The header section with its line ends, without the empty line. */
export function headerSection(message: Octets): Octets {
  const start = bodyStart(message)
  return slice(message, 0, start === message.length && !message.endsWith('\r\n\r\n') ? start : Math.max(0, start - 2))
}

export function bodyOf(message: Octets): Octets {
  return slice(message, bodyStart(message))
}

/** All header fields in order; lines that are no field are passed over. */
export function headerFields(message: Octets): readonly HeaderField[] {
  const fields: HeaderField[] = []
  const unfolded = headerSection(message).replace(/\r\n(?=[ \t])/g, '')
  for (const line of unfolded.split('\r\n')) {
    const field = /^([!-9;-~]+)[ \t]*:(.*)$/s.exec(line)
    if (field) fields.push({ fieldName: field[1] as string, fieldBody: (field[2] as string).trim() })
  }
  return fields
}

/** The body of the first field of that name, unfolded, or undefined. */
export function fieldBody(message: Octets, fieldName: string): string | undefined {
  const wanted = fieldName.toLowerCase()
  const end = bodyStart(message)
  for (let at = 0; at < end; ) {
    let next = message.indexOf('\r\n', at)
    if (next === -1) next = end
    if (message.slice(at, at + wanted.length).toLowerCase() === wanted) {
      const colon = /^[ \t]*:/.exec(message.slice(at + wanted.length, next))
      if (colon) return unfolded(message, at + wanted.length + colon[0].length, end)
    }
    at = next + 2
  }
  return undefined
}

/** A field's body from an offset on: its line and those that go on with white space (RFC 5322 section 2.2.3). */
function unfolded(message: Octets, from: number, end: number): string {
  let to = message.indexOf('\r\n', from)
  while (to !== -1 && to < end && /^[ \t]/.test(message.slice(to + 2, to + 3))) to = message.indexOf('\r\n', to + 2)
  return message
    .slice(from, to === -1 ? end : to)
    .replace(/\r\n(?=[ \t])/g, '')
    .trim()
}

/** Puts header fields on top of the message, as each hop does with its trace field (RFC 5321 section 4.4). Bodies may be folded already. */
export function prependFields(message: Octets, fields: readonly HeaderField[]): Octets {
  return (fields.map((field) => `${field.fieldName}: ${field.fieldBody}\r\n`).join('') + message) as Octets
}

/** The name of a letter through its whole journey: its Message-ID without angle brackets, or undefined where it has none. */
export function messageId(message: Octets): string | undefined {
  return /<([^<>\s]+)>/.exec(fieldBody(message, 'Message-ID') ?? '')?.[1]
}
