import { type Octets, toText } from '../base/octets'
import { oncePerContent } from './content'
import { decodeWords } from './encodedWords'
import { bodyOf, headerFields } from './message'
import { type BodyPart, headerOf, parameterOf, structureOf, transferEncodingOf } from './mime'
import { decodeCharset, decodeTransferEncoding } from './transferEncoding'

/**
 * A message as text to search in, in lower case: encoded words, transfer encodings and character sets decoded
 * (RFC 9051 section 6.4.4). Most messages are plain text already, and only those that are not are taken apart.
 */

interface Letter {
  readonly octets: Octets
}

/** What shows that octets and text may differ: a transfer encoding, encoded words, a character set that shifts. */
const CODED = /=\?|base64|quoted-printable|\x1b|utf-7|[\x80-\xff]/i
const isCoded = oncePerContent(({ octets }: Letter) => CODED.test(octets))

const decodedText = oncePerContent((letter: Letter) => {
  const root = structureOf(letter)
  return { header: headerText(root.header), body: bodyText(root) }
})

function headerText(header: Octets): string {
  return headerFields(header)
    .map(({ fieldName, fieldBody }) => `${fieldName}: ${decodeWords(fieldBody)}\n`)
    .join('')
    .toLowerCase()
}

/** The text of a part, and of the parts and messages inside it with their headers. */
function bodyText(part: BodyPart): string {
  if (part.message) return headerText(part.message.header) + bodyText(part.message)
  if (part.parts.length > 0) return part.parts.map((each) => headerText(each.header) + bodyText(each)).join('\n')
  const decoded = part.type === 'text' ? decodeTransferEncoding(part.body, transferEncodingOf(part)) : undefined
  return decodeCharset(decoded ?? part.body, parameterOf(part.parameters, 'charset') ?? '').toLowerCase()
}

const ASCII = /^[\0-\x7f]*$/

/** A test whether a message has the text in its header or body (TEXT), or in its body (BODY), in any case. */
export function containsText(text: string, where: 'text' | 'body'): (letter: Letter) => boolean {
  const wanted = text.toLowerCase()
  const plain = ASCII.test(wanted)
  return (letter) => {
    const octets = where === 'text' ? letter.octets : bodyOf(letter.octets)
    if (plain && octets.toLowerCase().includes(wanted)) return true
    if (!isCoded(letter)) return false
    const { header, body } = decodedText(letter)
    return (where === 'text' && header.includes(wanted)) || body.includes(wanted)
  }
}

/** A test whether a header field of that name has the text, in any case. An empty text asks only that the field be there. */
export function containsInField(fieldName: string, text: string): (letter: Letter) => boolean {
  const name = fieldName.toLowerCase()
  const wanted = text.toLowerCase()
  return ({ octets }) =>
    fieldsOf(octets, name).some(
      (body) => decodeWords(body).toLowerCase().includes(wanted) || toText(body).toLowerCase().includes(wanted),
    )
}

/** The bodies of all fields of that name. */
function fieldsOf(octets: Octets, name: string): readonly Octets[] {
  const header = headerOf(octets)
  if (!header.toLowerCase().includes(name)) return []
  return headerFields(header).flatMap(({ fieldName, fieldBody }) =>
    fieldName.toLowerCase() === name ? [fieldBody as Octets] : [],
  )
}
