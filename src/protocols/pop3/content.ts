import { CRLF, EMPTY, type Octets, slice } from '../../base/octets'
import { bodyStart } from '../../mail/headerFields'
import { surrogate } from '../../mail/surrogate'

/** The lines after the first line of a multi-line response (RFC 1939 section 3). */

/**
 * A message in the form for a client. Its lines end with CRLF (RFC 1939 section 3), even if the message holds bare LFs: many
 * clients treat those as line ends, and a lone dot after one would end the message early. Without UTF-8 mode its header is
 * ASCII (RFC 6856 section 2.1).
 */
export function handedOut(message: Octets, utf8: boolean): Octets {
  const lines = hasBareLf(message) ? (message.replace(/\r?\n/g, CRLF) as Octets) : message
  return utf8 ? lines : surrogate(lines)
}

function hasBareLf(message: Octets): boolean {
  for (let at = message.indexOf('\n'); at !== -1; at = message.indexOf('\n', at + 1))
    if (message[at - 1] !== '\r') return true
  return false
}

/**
 * The lines of a multi-line response with their end: a line that begins with a dot gets a second one (byte-stuffing), and a
 * lone `.` closes the response.
 */
export function formatContent(content: Octets): Octets {
  const stuffed = content.replace(/(?:^|\r\n)\./g, '$&.')
  return `${stuffed}${missingLineEnd(content)}.${CRLF}` as Octets
}

const missingLineEnd = (content: Octets): string => (content === '' || content.endsWith(CRLF) ? '' : CRLF)

/**
 * The number of octets that RETR sends for such a message: its last line gets a line end if it has none. Byte-stuffing does not
 * count (RFC 1939 section 11).
 */
export const sizeOf = (message: Octets): number => message.length + missingLineEnd(message).length

/** The content of a multi-line response at the front of the inbox, without byte-stuffing, and its length in octets. */
export function parseContent(inbox: Octets): { readonly content: Octets; readonly length: number } | undefined {
  if (inbox.startsWith('.\r\n')) return { content: EMPTY, length: 3 }
  const end = inbox.indexOf('\r\n.\r\n')
  if (end === -1) return undefined
  return { content: inbox.slice(0, end + 2).replace(/(^|\r\n)\./g, '$1') as Octets, length: end + 5 }
}

/** The header section, the empty line and the first `lines` lines of the body (RFC 1939 section 7, TOP). */
export function top(message: Octets, lines: number): Octets {
  let at = bodyStart(message)
  for (let line = 0; line < lines; line++) {
    const end = message.indexOf(CRLF, at)
    if (end === -1) return message
    at = end + 2
  }
  return slice(message, 0, at)
}

/** `unique-id-listing = message-number SP unique-id`, one a line (RFC 1939 section 7). Other lines are skipped. */
export function parseUniqueIds(content: Octets): readonly { readonly messageNumber: number; readonly uid: string }[] {
  return [...content.matchAll(/^([0-9]{1,9}) ([\x21-\x7e]{1,70})\r?$/gm)].map((line) => ({
    messageNumber: Number(line[1]),
    uid: line[2] as string,
  }))
}

/**
 * `capability = capa-tag *(SP param)`, one a line: capabilities by their tag in capitals, since tags have no case (RFC 2449
 * section 3).
 */
export function parseCapabilities(content: Octets): Readonly<Record<string, readonly string[]>> {
  const lines = content.split('\n').map((line) => line.trimEnd().split(' '))
  return Object.fromEntries(lines.flatMap(([tag, ...params]) => (tag ? [[tag.toUpperCase(), params]] : [])))
}
