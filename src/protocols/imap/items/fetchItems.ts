import { distinct } from '../grammar/distinct'
import * as g from '../grammar/grammar'

/** section-spec = section-msgtext / (section-part ["." section-text]) of RFC 9051 section 9. */
export interface Section {
  readonly part: readonly number[]
  readonly text?: 'HEADER' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT' | 'TEXT' | 'MIME'
  readonly fields?: readonly string[]
}

export interface Partial {
  readonly from: number
  readonly length: number
}

/** fetch-att: one data item of FETCH. */
export type FetchItem =
  | {
      readonly kind: 'FLAGS' | 'UID' | 'MODSEQ' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODYSTRUCTURE' | 'BODY'
    }
  /** The original octets, or with `decoded` without their transfer encoding (RFC 3516). `label`: the name in the response. */
  | {
      readonly kind: 'section'
      readonly label: string
      readonly peek: boolean
      readonly decoded: boolean
      readonly section: Section
      readonly partial?: Partial
    }
  | { readonly kind: 'BINARY.SIZE'; readonly label: string; readonly section: Section }

/** The data items by their first word, with their meanings: the catalogue is made of these. */
export const DATA_ITEMS = [
  'FLAGS',
  'UID',
  'MODSEQ',
  'INTERNALDATE',
  'RFC822.SIZE',
  'ENVELOPE',
  'BODYSTRUCTURE',
  'BODY',
  'BODY.PEEK',
  'BINARY',
  'BINARY.PEEK',
  'BINARY.SIZE',
  'RFC822',
  'RFC822.HEADER',
  'RFC822.TEXT',
] as const

const FAST: readonly FetchItem[] = [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }]
export const MACROS: Readonly<Record<string, readonly FetchItem[]>> = {
  FAST,
  ALL: [...FAST, { kind: 'ENVELOPE' }],
  FULL: [...FAST, { kind: 'ENVELOPE' }, { kind: 'BODY' }],
}

const RFC822: Readonly<Record<string, { readonly peek: boolean; readonly section: Section }>> = {
  RFC822: { peek: false, section: { part: [] } },
  'RFC822.HEADER': { peek: true, section: { part: [], text: 'HEADER' } },
  'RFC822.TEXT': { peek: false, section: { part: [], text: 'TEXT' } },
}

const ITEM = 'a data item such as FLAGS, UID, ENVELOPE or BODY[]'

/** "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")". An item that is asked for twice is told once. */
export function fetchItems(s: g.Scanner): readonly FetchItem[] {
  if (g.peek(s) === '(') return distinct(g.parenthesized(s, fetchAtt))
  const start = s.at
  const name = g.keyword(s, ITEM)
  const macro = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined
  if (macro) return macro
  s.at = start
  return [fetchAtt(s)]
}

/** fetch-att of RFC 9051 section 9, with the RFC822 forms of RFC 3501 and MODSEQ of RFC 7162. */
function fetchAtt(s: g.Scanner): FetchItem {
  const start = s.at
  const name = g.keyword(s, ITEM)
  switch (name) {
    case 'FLAGS':
    case 'UID':
    case 'MODSEQ':
    case 'INTERNALDATE':
    case 'RFC822.SIZE':
    case 'ENVELOPE':
    case 'BODYSTRUCTURE':
      return { kind: name }
    case 'RFC822':
    case 'RFC822.HEADER':
    case 'RFC822.TEXT':
      return { kind: 'section', label: name, decoded: false, ...(RFC822[name] as { peek: boolean; section: Section }) }
    case 'BODY':
      return g.peek(s) === '[' ? bodySection(s, false) : { kind: 'BODY' }
    case 'BODY.PEEK':
      return bodySection(s, true)
    case 'BINARY':
    case 'BINARY.PEEK': {
      const section = binarySection(s)
      const label = `BINARY[${section.part.join('.')}]`
      return withPartial(s, { kind: 'section', label, peek: name !== 'BINARY', decoded: true, section })
    }
    case 'BINARY.SIZE': {
      const section = binarySection(s)
      return { kind: 'BINARY.SIZE', label: `BINARY.SIZE[${section.part.join('.')}]`, section }
    }
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
  return withPartial(s, { kind: 'section', label: `BODY[${sectionText(section)}]`, peek, decoded: false, section })
}

/** section-binary = "[" [section-part] "]" */
function binarySection(s: g.Scanner): Section {
  g.expect(s, '[', 'a part number in brackets')
  const part: number[] = []
  if (g.peek(s) !== ']') {
    do part.push(g.nzNumber(s, 'the number of a body part'))
    while (g.accept(s, '.'))
  }
  g.expect(s, ']', 'the closing bracket of the section')
  return { part }
}

/** partial = "<" number64 "." nz-number64 ">" */
function withPartial(s: g.Scanner, item: Extract<FetchItem, { kind: 'section' }>): FetchItem {
  if (!g.accept(s, '<')) return item
  const from = g.number(s, 'the first octet wanted')
  g.expect(s, '.', 'a dot and the number of octets')
  const length = g.nzNumber(s, 'the number of octets wanted')
  g.expect(s, '>')
  return { ...item, label: `${item.label}<${from}>`, partial: { from, length } }
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

/** True if fetching the item means that the message has been read (RFC 9051 section 6.4.5). */
export const setsSeen = (item: FetchItem): boolean => item.kind === 'section' && !item.peek
