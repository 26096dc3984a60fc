import { type Octets, slice } from '../../base/octets'
import { internalDateTime } from '../../base/time'
import type { StoredMessage } from '../../mail/store'
import { type BodyPart, bodyPart, bodyStructure, headerFieldsOf, partAt } from './bodyStructure'
import { envelopeStructure } from './envelopeStructure'
import * as g from './grammar'

/** section-spec = section-msgtext / (section-part ["." section-text]) of RFC 9051 section 9. */
export interface Section {
  readonly part: readonly number[]
  readonly text?: 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME'
  readonly fields?: readonly string[]
}

/** fetch-att: one data item that FETCH asks for. */
export type FetchItem =
  | { readonly kind: 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODYSTRUCTURE' | 'BODY' }
  | {
      readonly kind: 'section'
      /** As the response names it: `BODY[TEXT]<0>`, `RFC822`. */
      readonly label: string
      readonly peek: boolean
      readonly section: Section
      readonly partial?: { readonly from: number; readonly length: number }
    }

const MACROS: Readonly<Record<string, readonly FetchItem[]>> = {
  FAST: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }],
  ALL: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }, { kind: 'ENVELOPE' }],
  FULL: [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }, { kind: 'ENVELOPE' }, { kind: 'BODY' }],
}

const RFC822: Readonly<Record<string, { readonly peek: boolean; readonly section: Section }>> = {
  RFC822: { peek: false, section: { part: [] } },
  'RFC822.HEADER': { peek: true, section: { part: [], text: 'HEADER' } },
  'RFC822.TEXT': { peek: false, section: { part: [], text: 'TEXT' } },
}

const ITEM = 'a data item such as FLAGS, UID, ENVELOPE or BODY[]'

/** "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")" */
export function fetchItems(s: g.Scanner): readonly FetchItem[] {
  if (g.peek(s) === '(') return g.parenthesized(s, fetchAtt)
  const start = s.at
  const macro = MACROS[g.keyword(s, ITEM)]
  if (macro) return macro
  s.at = start
  return [fetchAtt(s)]
}

/** fetch-att of RFC 9051 section 9, with the RFC822 forms of RFC 3501. */
function fetchAtt(s: g.Scanner): FetchItem {
  const start = s.at
  const name = g.keyword(s, ITEM)
  switch (name) {
    case 'FLAGS':
    case 'UID':
    case 'INTERNALDATE':
    case 'RFC822.SIZE':
    case 'ENVELOPE':
    case 'BODYSTRUCTURE':
      return { kind: name }
    case 'RFC822':
    case 'RFC822.HEADER':
    case 'RFC822.TEXT':
      return { kind: 'section', label: name, ...(RFC822[name] as { peek: boolean; section: Section }) }
    case 'BODY':
      return g.peek(s) === '[' ? bodySection(s, false) : { kind: 'BODY' }
    case 'BODY.PEEK':
      return bodySection(s, true)
    default:
      s.at = start
      return g.expected(s, ITEM)
  }
}

/** section ["<" number "." nz-number ">"] */
function bodySection(s: g.Scanner, peek: boolean): FetchItem {
  g.expect(s, '[', 'a section in brackets')
  const section = sectionSpec(s)
  g.expect(s, ']', 'the closing bracket of the section')
  const label = `BODY[${sectionText(section)}]`
  if (!g.accept(s, '<')) return { kind: 'section', label, peek, section }
  const from = g.number(s, 'the first octet wanted')
  g.expect(s, '.', 'a dot and the number of octets')
  const length = g.nzNumber(s, 'the number of octets wanted')
  g.expect(s, '>')
  return { kind: 'section', label: `${label}<${from}>`, peek, section, partial: { from, length } }
}

function sectionText({ part, text, fields }: Section): string {
  const names = fields ? ` (${fields.map(g.astringOf).join(' ')})` : ''
  return [...part, ...(text === undefined ? [] : [text])].join('.') + names
}

function sectionSpec(s: g.Scanner): Section {
  if (g.peek(s) === ']') return { part: [] }
  const part: number[] = []
  while (/[0-9]/.test(g.peek(s))) {
    part.push(g.nzNumber(s, 'the number of a body part'))
    if (g.peek(s) === ']') return { part }
    g.expect(s, '.', 'a dot or the closing bracket')
  }
  const start = s.at
  const text = g.keyword(s, 'HEADER, TEXT, MIME or the number of a part')
  switch (text) {
    case 'MIME':
      if (part.length > 0) return { part, text }
      break
    case 'HEADER':
    case 'TEXT':
      return { part, text }
    case 'HEADER.FIELDS':
    case 'HEADER.FIELDS.NOT': {
      g.sp(s)
      return { part, text, fields: g.parenthesized(s, (inner) => g.astring(inner, 'the name of a header field')) }
    }
    default:
  }
  s.at = start
  return g.expected(s, 'HEADER, HEADER.FIELDS, TEXT or, after a part number, MIME')
}

/** True where the item needs the message itself, and not only what the store notes about it. */
export const needsOctets = (item: FetchItem): boolean => !['FLAGS', 'UID', 'INTERNALDATE'].includes(item.kind)

/** True where fetching the item means that the message has been read (RFC 9051 section 6.4.5). */
export const setsSeen = (item: FetchItem): boolean => item.kind === 'section' && !item.peek

/** msg-att = "(" ... ")": the items of one message, in the order asked for. */
export function messageAttributes(message: StoredMessage, items: readonly FetchItem[]): string {
  let parsed: BodyPart | undefined
  const root = (): BodyPart => {
    parsed ??= bodyPart(message.octets)
    return parsed
  }
  return `(${items.map((item) => attribute(message, item, root)).join(' ')})`
}

function attribute(message: StoredMessage, item: FetchItem, root: () => BodyPart): string {
  switch (item.kind) {
    case 'FLAGS':
      return `FLAGS (${message.flags.join(' ')})`
    case 'UID':
      return `UID ${message.uid}`
    case 'INTERNALDATE':
      return `INTERNALDATE "${internalDateTime(message.internalDate)}"`
    case 'RFC822.SIZE':
      return `RFC822.SIZE ${message.octets.length}`
    case 'ENVELOPE':
      return `ENVELOPE ${envelopeStructure(message.octets)}`
    case 'BODY':
    case 'BODYSTRUCTURE':
      return `${item.kind} ${bodyStructure(root(), item.kind === 'BODYSTRUCTURE')}`
    case 'section': {
      const whole = sectionOf(message.octets, item.section, root)
      if (whole === undefined) return `${item.label} NIL`
      const { partial } = item
      return `${item.label} ${g.literalOf(partial ? slice(whole, partial.from, partial.from + partial.length) : whole)}`
    }
  }
}

/** The octets of a section, or undefined where the message has no such part. */
function sectionOf(octets: Octets, section: Section, root: () => BodyPart): Octets | undefined {
  if (section.part.length === 0 && section.text === undefined) return octets
  const part = partAt(root(), section.part)
  if (!part) return undefined
  if (section.text === undefined) return part.body
  if (section.text === 'MIME') return part.header
  // HEADER and TEXT of a part are those of the message inside it.
  const message = section.part.length === 0 ? part : part.message
  if (!message) return undefined
  switch (section.text) {
    case 'HEADER':
      return message.header
    case 'TEXT':
      return message.body
    default:
      return headerFieldsOf(message.header, section.fields ?? [], section.text === 'HEADER.FIELDS.NOT')
  }
}
