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
  return headerFields(message).find((field) => field.fieldName.toLowerCase() === wanted)?.fieldBody
}

/** Puts header fields on top of the message, as each hop does with its trace field (RFC 5321 section 4.4). Bodies may be folded already. */
export function prependFields(message: Octets, fields: readonly HeaderField[]): Octets {
  return (fields.map((field) => `${field.fieldName}: ${field.fieldBody}\r\n`).join('') + message) as Octets
}

/** The name of a letter through its whole journey: its Message-ID without angle brackets, or undefined where it has none. */
export function messageId(message: Octets): string | undefined {
  return /<([^<>\s]+)>/.exec(fieldBody(message, 'Message-ID') ?? '')?.[1]
}
