import type { Octets } from '../../base/octets'
import * as g from './grammar'

/** search-key of RFC 9051 section 9, as a tree. */
export type SearchKey =
  | { readonly kind: 'all' | 'none' }
  | { readonly kind: 'flag'; readonly flag: string; readonly set: boolean }
  | { readonly kind: 'header'; readonly fieldName: string; readonly text: string }
  | { readonly kind: 'body' | 'text'; readonly text: string }
  /** Days as Unix milliseconds; `to` is not in the span. */
  | { readonly kind: 'date'; readonly of: 'internal' | 'sent'; readonly from: number; readonly to: number }
  | { readonly kind: 'larger' | 'smaller'; readonly size: number }
  | { readonly kind: 'numbers' | 'uids'; readonly set: g.SequenceSet }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'and' | 'or'; readonly keys: readonly SearchKey[] }

const FLAGS = ['ANSWERED', 'DELETED', 'DRAFT', 'FLAGGED', 'SEEN']
const HEADERS = ['BCC', 'CC', 'FROM', 'SUBJECT', 'TO']
const DAY = 86_400_000
const FOREVER = 8_640_000_000_000_000
/** Keys inside keys are followed this deep. */
const MAX_DEPTH = 100

/** search-program = ["CHARSET" SP charset SP] search-key *(SP search-key) */
export function searchProgram(s: g.Scanner): SearchKey {
  if (g.accept(s, 'CHARSET ')) {
    const start = s.at
    const charset = g.astring(s, 'a character set').toUpperCase()
    if (charset !== 'UTF-8' && charset !== 'US-ASCII') {
      s.at = start
      g.expected(s, 'UTF-8 or US-ASCII')
    }
    g.sp(s)
  }
  const keys = [searchKey(s, 0)]
  while (g.accept(s, ' ')) keys.push(searchKey(s, 0))
  return { kind: 'and', keys }
}

function searchKey(s: g.Scanner, depth: number): SearchKey {
  if (depth > MAX_DEPTH) g.expected(s, `at most ${MAX_DEPTH} keys inside one another`)
  if (g.peek(s) === '(') return { kind: 'and', keys: g.parenthesized(s, (inner) => searchKey(inner, depth + 1)) }
  if (/[0-9*]/.test(g.peek(s))) return { kind: 'numbers', set: g.sequenceSet(s) }
  const start = s.at
  const name = g.keyword(s, 'a search key such as UNSEEN, FROM or SINCE')
  const text = (what: string): string => {
    g.sp(s)
    return (g.astring(s, what) satisfies Octets).toLowerCase()
  }
  const day = (): number => {
    g.sp(s)
    return g.date(s)
  }
  if (FLAGS.includes(name)) return { kind: 'flag', flag: `\\${name}`, set: true }
  if (name.startsWith('UN') && FLAGS.includes(name.slice(2)))
    return { kind: 'flag', flag: `\\${name.slice(2)}`, set: false }
  if (HEADERS.includes(name)) return { kind: 'header', fieldName: name, text: text('the text to look for') }
  const dated = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(name)
  if (dated) {
    const from = day()
    const of = dated[1] ? 'sent' : 'internal'
    if (dated[2] === 'BEFORE') return { kind: 'date', of, from: -FOREVER, to: from }
    return { kind: 'date', of, from, to: dated[2] === 'ON' ? from + DAY : FOREVER }
  }
  switch (name) {
    case 'ALL':
    case 'OLD':
      return { kind: 'all' }
    case 'NEW':
    case 'RECENT':
      return { kind: 'none' }
    case 'BODY':
      return { kind: 'body', text: text('the text to look for') }
    case 'TEXT':
      return { kind: 'text', text: text('the text to look for') }
    case 'HEADER': {
      const fieldName = text('the name of a header field')
      return { kind: 'header', fieldName, text: text('the text to look for') }
    }
    case 'KEYWORD':
    case 'UNKEYWORD':
      g.sp(s)
      return { kind: 'flag', flag: g.atom(s, 'a keyword'), set: name === 'KEYWORD' }
    case 'LARGER':
    case 'SMALLER':
      g.sp(s)
      return { kind: name === 'LARGER' ? 'larger' : 'smaller', size: g.number(s, 'a size in octets') }
    case 'UID':
      g.sp(s)
      return { kind: 'uids', set: g.sequenceSet(s) }
    case 'NOT':
      g.sp(s)
      return { kind: 'not', key: searchKey(s, depth + 1) }
    case 'OR': {
      g.sp(s)
      const one = searchKey(s, depth + 1)
      g.sp(s)
      return { kind: 'or', keys: [one, searchKey(s, depth + 1)] }
    }
    default:
      s.at = start
      return g.expected(s, 'a search key such as UNSEEN, FROM or SINCE')
  }
}

/** True where the key can be judged only by the message itself. */
export function needsText(key: SearchKey): boolean {
  switch (key.kind) {
    case 'header':
    case 'body':
    case 'text':
    case 'larger':
    case 'smaller':
      return true
    case 'date':
      return key.of === 'sent'
    case 'not':
      return needsText(key.key)
    case 'and':
    case 'or':
      return key.keys.some(needsText)
    default:
      return false
  }
}
