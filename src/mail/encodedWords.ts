import type { Octets } from '../base/octets'
import { decodeBase64, decodeCharset, decodeQuotedPrintable } from './transferEncoding'

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BQ])\?([^?\s]*)\?=/gi
/** White space between two encoded words, which is not part of the text (RFC 2047 section 6.2). */
const BETWEEN = /(\?=)[ \t\r\n]+(?==\?[^?\s]+\?[BQ]\?[^?\s]*\?=)/gi

/** A header field's body as text: encoded words are decoded (RFC 2047), all else as by `headerText`. */
export function decodeWords(fieldBody: Octets | string): string {
  if (!fieldBody.includes('=?')) return headerText(fieldBody)
  let text = ''
  let at = 0
  const joined = fieldBody.replace(BETWEEN, '$1')
  for (const found of joined.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', coded = ''] = found
    const octets =
      encoding.toUpperCase() === 'B' ? decodeBase64(coded) : decodeQuotedPrintable(coded.replaceAll('_', '=20'))
    text += headerText(joined.slice(at, found.index)) + decodeCharset(octets, charset)
    at = found.index + whole.length
  }
  return text + headerText(joined.slice(at))
}

/**
 * Octets of a header as text, encoded words unchanged: UTF-8 (RFC 6532). If they are not UTF-8, nothing names their character
 * set; they are treated like a body without a charset.
 */
export const headerText = (octets: Octets | string): string =>
  /[\u0080-\u00ff]/.test(octets) ? decodeCharset(octets as Octets, '') : octets
