import type { Octets } from '../../../base/octets'
import { withoutComments } from '../../../mail/comments'
import { headerFields } from '../../../mail/headerFields'
import { type BodyPart, type Parameters, parameterized, transferEncodingOf } from '../../../mail/mime'
import { nstring, stringOf } from '../grammar/grammar'
import { envelopeStructure } from './envelopeStructure'

/**
 * BODYSTRUCTURE with its extension data, or BODY without them (RFC 9051 section 7.5.2). With `rev2` message/global has the form
 * of message/rfc822; in RFC 3501 section 9, which RFC 6855 does not change, it is a part like any other.
 */
export function bodyStructure(part: BodyPart, extended: boolean, rev2: boolean): string {
  const fields = firstFields(part.header)
  const text = (name: string): string => nstring(fields.get(name) as Octets | undefined)
  const tail = (): string => `${disposition(fields)} ${languages(fields)} ${text('content-location')}`

  if (part.parts.length > 0) {
    const inner = part.parts.map((each) => bodyStructure(each, extended, rev2)).join('')
    const extension = extended ? ` ${parameterList(part.parameters)} ${tail()}` : ''
    return `(${inner} ${stringOf(part.subtype)}${extension})`
  }
  const hasMessage = part.type === 'message' && (part.subtype === 'rfc822' || (rev2 && part.subtype === 'global'))
  // An encoded message has no form in this grammar: the response gives the type that its form has.
  const [type, subtype] = hasMessage && !part.message ? ['application', 'octet-stream'] : [part.type, part.subtype]
  const basic = [
    stringOf(type),
    stringOf(subtype),
    parameterList(part.parameters),
    text('content-id'),
    text('content-description'),
    stringOf(transferEncodingOf(part).toLowerCase()),
    part.body.length,
  ]
  if (hasMessage && part.message)
    basic.push(envelopeStructure(part.message.octets), bodyStructure(part.message, extended, rev2), lines(part.body))
  else if (type === 'text') basic.push(lines(part.body))
  const extension = extended ? ` ${text('content-md5')} ${tail()}` : ''
  return `(${basic.join(' ')}${extension})`
}

type Fields = ReadonlyMap<string, string>

function firstFields(header: Octets): Fields {
  const fields = new Map<string, string>()
  for (const { fieldName, fieldBody } of headerFields(header)) {
    const name = fieldName.toLowerCase()
    if (!fields.has(name)) fields.set(name, fieldBody)
  }
  return fields
}

/** body-fld-dsp = "(" string SP body-fld-param ")" / nil (RFC 2183). */
function disposition(fields: Fields): string {
  const found = parameterized(fields.get('content-disposition') ?? '')
  return found.value === '' ? 'NIL' : `(${stringOf(found.value.toLowerCase())} ${parameterList(found.parameters)})`
}

/** body-fld-lang = nstring / "(" string *(SP string) ")" (RFC 3282). */
function languages(fields: Fields): string {
  const words = withoutComments(fields.get('content-language') ?? '')
    .split(/[\s,]+/)
    .filter((word) => /^[A-Za-z0-9-]+$/.test(word))
  return words.length === 0 ? 'NIL' : `(${words.map(stringOf).join(' ')})`
}

function parameterList(parameters: Parameters): string {
  if (parameters.length === 0) return 'NIL'
  return `(${parameters.map(([name, value]) => `${stringOf(name)} ${stringOf(value)}`).join(' ')})`
}

function lines(body: Octets): number {
  let count = 0
  for (let at = body.indexOf('\n'); at !== -1; at = body.indexOf('\n', at + 1)) count++
  return count
}
