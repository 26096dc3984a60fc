import type { Octets } from '../../base/octets'
import { oncePerContent } from '../../mail/content'
import { fieldBody, headerFields } from '../../mail/message'
import { nstring } from './grammar'

/** An address as the envelope structure has it; a group is two markers around its members (RFC 9051 section 7.5.2). */
export interface EnvelopeAddress {
  readonly name?: string
  /** The source route before the address, which is obsolete (RFC 5322 section 4.4): `@a,@b`. */
  readonly route?: string
  readonly mailbox?: string
  /** Left out only in the markers of a group: an address without a domain has an empty one. */
  readonly host?: string
}

/**
 * ENVELOPE: date, subject, from, sender, reply-to, to, cc, bcc, in-reply-to, message-id (RFC 9051 section 7.5.2).
 * Sender and Reply-To take From where they are missing or empty.
 */
export function envelopeStructure(message: Octets): string {
  const fields = new Map<string, string>()
  for (const field of headerFields(message)) {
    const name = field.fieldName.toLowerCase()
    // Addresses of a field that occurs twice belong together; of anything else the first counts.
    const before = fields.get(name)
    if (before === undefined) fields.set(name, field.fieldBody)
    else if (name === 'to' || name === 'cc' || name === 'bcc') fields.set(name, `${before}, ${field.fieldBody}`)
  }
  const text = (name: string): string => nstring(fields.get(name) as Octets | undefined)
  const addresses = (name: string): string => addressList(addressesOf(fields.get(name) ?? ''))
  const from = addresses('from')
  const orFrom = (list: string): string => (list === 'NIL' ? from : list)
  return `(${[
    text('date'),
    text('subject'),
    from,
    orFrom(addresses('sender')),
    orFrom(addresses('reply-to')),
    addresses('to'),
    addresses('cc'),
    addresses('bcc'),
    text('in-reply-to'),
    text('message-id'),
  ].join(' ')})`
}

/** The envelope structure of a stored message, worked out once for each letter. */
export const envelopeOf = oncePerContent(({ octets }: { readonly octets: Octets }) => envelopeStructure(octets))

/** The subject for a caption, shortened. */
export const subjectOf = oncePerContent(({ octets }: { readonly octets: Octets }) => {
  const subject = fieldBody(octets, 'Subject') ?? ''
  return subject.length > 40 ? `${subject.slice(0, 39)}...` : subject
})

function addressList(addresses: readonly EnvelopeAddress[]): string {
  if (addresses.length === 0) return 'NIL'
  const part = (text: string | undefined): string => nstring(text as Octets | undefined)
  return `(${addresses
    .map(({ name, route, mailbox, host }) => `(${part(name)} ${part(route)} ${part(mailbox)} ${part(host)})`)
    .join('')})`
}

type Token = {
  readonly kind: 'word' | 'quoted' | 'comment' | 'special'
  readonly text: string
  readonly spaced: boolean
}

/** address-list of RFC 5322 section 3.4, leniently: what cannot be an address becomes a mailbox with an empty host. */
export function addressesOf(field: string): readonly EnvelopeAddress[] {
  const found: EnvelopeAddress[] = []
  let words: Token[] = []
  let angle: Token[] | undefined
  let comment: string | undefined
  let inGroup = false

  const finish = (): void => {
    const address = angle ?? words
    if (address.length > 0 || angle) {
      const spec = address.map((token) => token.text).join('')
      const colon = spec.startsWith('@') ? spec.indexOf(':') : -1
      const plain = spec.slice(colon + 1)
      const at = plain.lastIndexOf('@')
      const name = angle ? phrase(words) : comment
      found.push({
        ...(name ? { name } : {}),
        ...(colon > 0 ? { route: spec.slice(0, colon) } : {}),
        mailbox: at === -1 ? plain : plain.slice(0, at),
        // Without a host it would look like the beginning of a group (RFC 9051 section 7.5.2).
        host: at === -1 ? '' : plain.slice(at + 1),
      })
    }
    words = []
    angle = undefined
    comment = undefined
  }

  let insideAngle = false
  for (const token of tokens(field)) {
    if (token.kind === 'comment') comment ??= token.text
    else if (token.kind === 'special' && token.text === '<' && !insideAngle) {
      angle = []
      insideAngle = true
    } else if (token.kind === 'special' && token.text === '>') insideAngle = false
    else if (insideAngle) angle?.push(token)
    else if (token.kind === 'special' && token.text === ',') finish()
    else if (token.kind === 'special' && token.text === ':' && !inGroup) {
      found.push({ mailbox: phrase(words) })
      words = []
      inGroup = true
    } else if (token.kind === 'special' && token.text === ';') {
      finish()
      if (inGroup) found.push({})
      inGroup = false
    } else words.push(token)
  }
  finish()
  if (inGroup) found.push({})
  return found
}

function phrase(words: readonly Token[]): string {
  return words.map((token, at) => (at > 0 && token.spaced ? ' ' : '') + token.text).join('')
}

const WORD = /[^\s"(<>,:;@]+/y
const SPACE = /\s+/y

function tokens(field: string): readonly Token[] {
  const found: Token[] = []
  let spaced = false
  let at = 0
  while (at < field.length) {
    const char = field[at] as string
    if (char === '"' || char === '(') {
      const [text, next] = enclosed(field, at)
      found.push({ kind: char === '"' ? 'quoted' : 'comment', text, spaced })
      at = next
    } else if ('<>,:;@'.includes(char)) {
      found.push({ kind: 'special', text: char, spaced })
      at++
    } else {
      WORD.lastIndex = at
      const word = WORD.exec(field)
      if (!word) {
        SPACE.lastIndex = at
        at += SPACE.exec(field)?.[0].length ?? 1
        spaced = true
        continue
      }
      found.push({ kind: 'word', text: word[0], spaced })
      at += word[0].length
    }
    spaced = false
  }
  return found
}

/** A quoted string or a comment (which nests) from its opening character on: its text and the place after it. */
function enclosed(field: string, start: number): readonly [text: string, next: number] {
  const opening = field[start]
  const closing = opening === '(' ? ')' : '"'
  let text = ''
  let depth = 1
  let at = start + 1
  for (; at < field.length; at++) {
    let char = field[at] as string
    if (char === '\\' && at + 1 < field.length) char = field[++at] as string
    else if (char === closing && --depth === 0) return [text, at + 1]
    else if (char === opening && opening === '(') depth++
    text += char
  }
  return [text, at]
}
