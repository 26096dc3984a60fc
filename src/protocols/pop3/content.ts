import { CRLF, EMPTY, isUtf8, type Octets, slice } from '../../base/octets'
import { headerSection } from '../../mail/message'

/** What follows the first line of a multi-line response (RFC 1939 section 3). */

/**
 * The lines of a multi-line response with their end: lines that begin with the termination octet are byte-stuffed,
 * and `.` on a line of its own closes them.
 *
 * A message may hold bare LFs, and many clients take them for line ends: a lonely dot behind one is stuffed too, or a letter
 * could end before its end and go on as if it were the server.
 */
export function formatContent(content: Octets): Octets {
  const stuffed = content.replace(/(?:^|\r\n)\.|\n\.(?=\r?\n)/g, '$&.')
  return `${stuffed}${missingLineEnd(content)}.${CRLF}` as Octets
}

const missingLineEnd = (content: Octets): string => (content === '' || content.endsWith(CRLF) ? '' : CRLF)

/** How many octets RETR gives of a message: its last line gets a line end where it has none. Stuffing is not counted (RFC 1939 section 11). */
export const sizeOf = (message: Octets): number => message.length + missingLineEnd(message).length

/** The content of a multi-line response at the front of the inbox, its stuffing removed, and how many octets it took. */
export function parseContent(inbox: Octets): { readonly content: Octets; readonly length: number } | undefined {
  if (inbox.startsWith('.\r\n')) return { content: EMPTY, length: 3 }
  const end = inbox.indexOf('\r\n.\r\n')
  if (end === -1) return undefined
  return { content: inbox.slice(0, end + 2).replace(/(^|\r\n)\./g, '$1') as Octets, length: end + 5 }
}

/** The header section, the empty line and the first `lines` lines of the body (RFC 1939 section 7, TOP). */
export function top(message: Octets, lines: number): Octets {
  const empty = message.startsWith(CRLF) ? 0 : message.indexOf('\r\n\r\n') + 2
  if (empty === 1) return message
  let at = empty + 2
  for (let line = 0; line < lines; line++) {
    const end = message.indexOf(CRLF, at)
    if (end === -1) return message
    at = end + 2
  }
  return slice(message, 0, at)
}

/**
 * True where a header field holds UTF-8 (RFC 6532), so that the message is for clients in UTF-8 mode only
 * (RFC 6856 section 2.1). Octets in a header that are no UTF-8 are a mistake that no mode mends.
 */
export function needsUtf8(message: Octets): boolean {
  const header = headerSection(message)
  return /[\x80-\xff]/.test(header) && isUtf8(header)
}

/** `unique-id-listing = message-number SP unique-id`, one a line (RFC 1939 section 7). Lines of another form are passed over. */
export function parseUniqueIds(content: Octets): readonly { readonly messageNumber: number; readonly uid: string }[] {
  return [...content.matchAll(/^([0-9]{1,9}) ([\x21-\x7e]{1,70})\r?$/gm)].map((line) => ({
    messageNumber: Number(line[1]),
    uid: line[2] as string,
  }))
}

/** `capability = capa-tag *(SP param)`, one a line: capabilities by their tag in capitals, for tags have no case (RFC 2449 section 3). */
export function parseCapabilities(content: Octets): Readonly<Record<string, readonly string[]>> {
  const lines = content.split('\n').map((line) => line.trimEnd().split(' '))
  return Object.fromEntries(lines.flatMap(([tag, ...params]) => (tag ? [[tag.toUpperCase(), params]] : [])))
}
