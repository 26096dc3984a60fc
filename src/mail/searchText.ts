import { contains } from '../base/indexOf'
import type { Octets } from '../base/octets'
import { oncePerContent } from './content'
import { decodeWords, headerText } from './encodedWords'
import { headerFields } from './headerFields'
import { bodyOf } from './message'
import { type BodyPart, headerOf, parameterOf, structureOf, transferEncodingOf } from './mime'
import { decodeCharset, decodeTransferEncoding } from './transferEncoding'

/**
 * The searchable text of a message, in lower case: header fields unfolded, encoded words, transfer encodings and character sets
 * decoded (RFC 9051 section 6.4.4). Most messages are plain text already; only the others are parsed.
 */

interface Message {
  readonly octets: Octets
}

/** Signs that octets and text may differ: a transfer encoding, encoded words, a stateful character set. */
const CODED = /=\?|base64|quoted-printable|\x1b|utf-7|[\x80-\xff]/i
const isCoded = oncePerContent(({ octets }: Message) => CODED.test(octets))

const headerOfMessage = oncePerContent((message: Message) => unfolded(structureOf(message).header))
const bodyOfMessage = oncePerContent((message: Message) => bodyText(structureOf(message)))
const innerHeaders = oncePerContent((message: Message) => headersInside(structureOf(message)))

/** A header section with one line for each field. A fold is white space of some kind, so each becomes spaces. */
function unfolded(header: Octets): string {
  return headerFields(header)
    .map(({ fieldName, fieldBody }) => `${fieldName}: ${decodeWords(fieldBody).replaceAll('\t', ' ')}\n`)
    .join('')
    .toLowerCase()
}

/** The text of a part, and of its nested parts and messages with their headers. */
function bodyText(part: BodyPart): string {
  const inside = partsInside(part)
  if (inside.length > 0) return inside.map((each) => unfolded(each.header) + bodyText(each)).join('\n')
  const decoded = part.type === 'text' ? decodeTransferEncoding(part.body, transferEncodingOf(part)) : undefined
  return decodeCharset(decoded ?? part.body, parameterOf(part.parameters, 'charset') ?? '').toLowerCase()
}

const headersInside = (part: BodyPart): string =>
  partsInside(part)
    .map((each) => unfolded(each.header) + headersInside(each))
    .join('')

const partsInside = ({ message, parts }: BodyPart): readonly BodyPart[] => (message ? [message] : parts)

const ASCII = /^[\0-\x7f]*$/

/** The message that was read last: a search looks for many texts in one message before it reads the next. */
let last: { readonly octets: Octets; readonly text: string; readonly body: string } | undefined

/** A message or its body as it came, in lower case. */
function inLowerCase(octets: Octets, where: 'text' | 'body'): string {
  if (last?.octets !== octets) {
    const text = octets.toLowerCase()
    last = { octets, text, body: bodyOf(text as Octets) }
  }
  return last[where]
}

/** A test for text in a message's header or body (TEXT), or in its body only (BODY), in any case. */
export function containsText(text: string, where: 'text' | 'body'): (message: Message) => boolean {
  const wanted = text.toLowerCase()
  const plain = ASCII.test(wanted)
  // Only a text with white space can span the fold of a header.
  const mayBeFolded = /[ \t]/.test(wanted)
  const inHeader = wanted.replaceAll('\t', ' ')
  return (message) => {
    if (plain && contains(inLowerCase(message.octets, where), wanted)) return true
    const coded = isCoded(message)
    if (!coded && !mayBeFolded) return false
    if (where === 'text' && contains(headerOfMessage(message), inHeader)) return true
    if (coded && contains(bodyOfMessage(message), wanted)) return true
    return mayBeFolded && contains(innerHeaders(message), inHeader)
  }
}

/** A test for text in a header field of that name, in any case. An empty text only requires the field to exist. */
export function containsInField(fieldName: string, text: string): (message: Message) => boolean {
  const wanted = text.toLowerCase()
  const unfoldedWanted = wanted.replaceAll('\t', ' ')
  return ({ octets }) =>
    fieldsOf(octets, fieldName).some(
      (body) =>
        contains(headerText(body).toLowerCase(), wanted) ||
        contains(decodeWords(body).replaceAll('\t', ' ').toLowerCase(), unfoldedWanted),
    )
}

/** The unfolded bodies of all fields of that name, in any case. */
export function fieldsOf(octets: Octets, fieldName: string): readonly Octets[] {
  const name = fieldName.toLowerCase()
  const header = headerOf(octets)
  if (!contains(header.toLowerCase(), name)) return []
  return headerFields(header).flatMap((field) =>
    field.fieldName.toLowerCase() === name ? [field.fieldBody as Octets] : [],
  )
}
