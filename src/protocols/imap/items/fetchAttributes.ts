import { type Octets, slice } from '../../../base/octets'
import { internalDateTime } from '../../../base/time'
import { pickFields } from '../../../mail/headerFields'
import { bodyOf } from '../../../mail/message'
import { headerOf, partAt, structureOf, transferEncodingOf } from '../../../mail/mime'
import type { StoredMessage } from '../../../mail/store'
import { decodeTransferEncoding } from '../../../mail/transferEncoding'
import { literal8Of, literalOf } from '../grammar/grammar'
import { flagsText } from '../session/view'
import { bodyStructure } from './bodyStructure'
import { envelopeOf } from './envelopeStructure'
import type { FetchItem, Section } from './fetchItems'

/** The data items of one message in the form of FETCH. */
export interface MessageAttributes {
  /** msg-att = "(" ... ")", the items in the requested order. */
  readonly text: string
  /** True if a part has an unknown transfer encoding, so that its decoded form is left out. */
  readonly unknownEncoding: boolean
}

/** The limit of octets in the answer to one FETCH, since unsent output stays in memory. */
export const ANSWER_LIMIT = 192 * 1024 * 1024

export function messageAttributes(
  message: StoredMessage,
  items: readonly FetchItem[],
  recent: boolean,
  rev2: boolean,
): MessageAttributes {
  // Joined by `+`: the platform then shares the parts instead of copying them.
  let text = ''
  let unknownEncoding = false
  for (const item of items) {
    const attribute = attributeOf(message, item, recent, rev2)
    if (attribute === undefined) unknownEncoding = true
    else text += text === '' ? attribute : ` ${attribute}`
    // Far above the limit of an answer, and below that of the platform.
    if (text.length > ANSWER_LIMIT) break
  }
  return { text: `(${text})`, unknownEncoding }
}

function attributeOf(message: StoredMessage, item: FetchItem, recent: boolean, rev2: boolean): string | undefined {
  switch (item.kind) {
    case 'FLAGS':
      return `FLAGS (${flagsText(message.flags, recent)})`
    case 'UID':
      return `UID ${message.uid}`
    case 'MODSEQ':
      return `MODSEQ (${message.modSeq})`
    case 'INTERNALDATE':
      return `INTERNALDATE "${internalDateTime(message.internalDate)}"`
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${message.octets.length}`
    case 'ENVELOPE':
      return `ENVELOPE ${envelopeOf(message)}`
    case 'BODY':
    case 'BODYSTRUCTURE':
      return `${item.kind} ${bodyStructure(structureOf(message), item.kind === 'BODYSTRUCTURE', rev2)}`
    case 'BINARY.SIZE': {
      const decoded = decodedOf(message, item.section)
      return decoded === 'unknown' ? undefined : `${item.label} ${decoded?.length ?? 0}`
    }
    case 'section': {
      const whole = item.decoded ? decodedOf(message, item.section) : sectionOf(message, item.section)
      if (whole === 'unknown') return undefined
      if (whole === undefined) return `${item.label} NIL`
      const { partial } = item
      const octets = partial ? slice(whole, partial.from, partial.from + partial.length) : whole
      return `${item.label} ${item.decoded && octets.includes('\0') ? literal8Of(octets) : literalOf(octets)}`
    }
  }
}

/** The octets of a section, or undefined if the message has no such part (RFC 9051 section 6.4.5.1). */
function sectionOf(message: StoredMessage, { part: path, text, fields }: Section): Octets | undefined {
  const { octets } = message
  if (path.length === 0 && text === undefined) return octets
  // The header and body of the whole need no structure.
  const whole = { header: headerOf(octets), body: bodyOf(octets) }
  const part = path.length === 0 ? undefined : partAt(structureOf(message), path)
  if (!part && path.length > 0) return undefined
  if (text === undefined) return part?.body
  if (text === 'MIME') return part?.header
  // HEADER and TEXT of a part are those of the message inside it.
  const inner = part ? part.message : whole
  if (!inner) return undefined
  switch (text) {
    case 'HEADER':
      return inner.header
    case 'TEXT':
      return inner.body
    default:
      return pickFields(inner.header, fields ?? [], text === 'HEADER.FIELDS.NOT')
  }
}

/** A leaf part without its transfer encoding; for any other part the original octets (RFC 3516 section 4.3). */
function decodedOf(message: StoredMessage, { part: path }: Section): Octets | 'unknown' | undefined {
  if (path.length === 0) return message.octets
  const part = partAt(structureOf(message), path)
  if (!part || part.parts.length > 0 || part.message) return part?.body
  return decodeTransferEncoding(part.body, transferEncodingOf(part)) ?? 'unknown'
}
