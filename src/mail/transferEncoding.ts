import { fromBase64, type Octets, slice, toBytes } from '../base/octets'

/**
 * Decodes a Content-Transfer-Encoding (RFC 2045 section 6); undefined if the encoding is not known. A broken body is decoded as
 * far as possible, as the RFC asks of robust readers.
 */
export function decodeTransferEncoding(body: Octets, encoding: string): Octets | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
      return body
    case 'base64':
      return decodeBase64(body)
    case 'quoted-printable':
      return decodeQuotedPrintable(body)
    default:
      return undefined
  }
}

/** Skips characters outside the alphabet; stops at the padding (RFC 2045 section 6.8). */
export function decodeBase64(body: string): Octets {
  const digits = (body.split('=', 1)[0] as string).replace(/[^A-Za-z0-9+/]/g, '')
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits
  // Filled with zeros instead of padding, so that spare bits of the last digit do not matter.
  const missing = (4 - (whole.length % 4)) % 4
  const filled = fromBase64((whole + 'A'.repeat(missing)) as Octets) ?? ('' as Octets)
  return slice(filled, 0, filled.length - missing)
}

/** RFC 2045 section 6.7: `=` and two hexadecimal digits; `=` at a line's end joins it to the next. */
export function decodeQuotedPrintable(body: string): Octets {
  const lines = body.split('\n')
  return lines
    .map((line, at) => {
      const lineEnd = at === lines.length - 1 ? '' : line.endsWith('\r') ? '\r\n' : '\n'
      const text = withoutTrailingSpace(line)
      return text.endsWith('=') ? text.slice(0, -1) : text + lineEnd
    })
    .join('')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) as Octets
}

/** Removes white space that transport added at a line's end (RFC 2045 section 6.7, rule 3). */
function withoutTrailingSpace(line: string): string {
  let end = line.length
  while (end > 0 && ' \t\r'.includes(line[end - 1] as string)) end--
  return line.slice(0, end)
}

/** windows-1252 from 0x80 to 0x9F. WHATWG decoders use it for Latin-1 too, and not all of them know it. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const WESTERN = /^(windows-1252|cp1252|x-cp1252|iso-?8859-1|iso8859-1|latin-?1|l1|ansi_x3\.4-1968)$/

/**
 * Marks octets that are invalid in their character set. It is no character, so no search can match it; U+FFFD is a character
 * and might be part of the message.
 */
export const UNDECODABLE = '\ud800'

/**
 * Decodes octets in a character set; for an unknown one, as UTF-8, then as Latin-1. Octets that are invalid in a known one
 * become `UNDECODABLE`.
 */
export function decodeCharset(octets: Octets, charset: string): string {
  const label = charset.trim().toLowerCase()
  if (WESTERN.test(label)) return western(octets)
  const bytes = toBytes(octets)
  if (label !== '' && label !== 'us-ascii') {
    const text = decoded(bytes, label, true) ?? decoded(bytes, label, false)?.replaceAll('\ufffd', UNDECODABLE)
    if (text !== undefined) return text
  }
  return decoded(bytes, 'utf-8', true) ?? western(octets)
}

/** Undefined if there is no such character set, or if `fatal` and the octets are invalid in it. */
function decoded(bytes: Uint8Array<ArrayBuffer>, label: string, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes)
  } catch {
    return undefined
  }
}

const western = (octets: Octets): string =>
  octets.replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char)
