import type { Octets } from '../base/octets'
import { decodeBase64, decodeCharset, decodeQuotedPrintable } from './transferEncoding'

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BQ])\?([^?\s]*)\?=/gi
/** White space between two encoded words is no part of the text (RFC 2047 section 6.2). */
const BETWEEN = /(\?=)[ \t\r\n]+(?==\?[^?\s]+\?[BQ]\?[^?\s]*\?=)/gi

/** A header field's body as text: encoded words decoded, other octets above ASCII taken as UTF-8 (RFC 2047, RFC 6532). */
export function decodeWords(fieldBody: Octets | string): string {
  if (!fieldBody.includes('=?')) return plain(fieldBody)
  let text = ''
  let at = 0
  const joined = fieldBody.replace(BETWEEN, '$1')
  for (const found of joined.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', coded = ''] = found
    const octets =
      encoding.toUpperCase() === 'B' ? decodeBase64(coded) : decodeQuotedPrintable(coded.replaceAll('_', '=20'))
    text += plain(joined.slice(at, found.index)) + decodeCharset(octets, charset)
    at = found.index + whole.length
  }
  return text + plain(joined.slice(at))
}

const plain = (text: string): string => (/[\u0080-\u00ff]/.test(text) ? decodeCharset(text as Octets, 'utf-8') : text)
