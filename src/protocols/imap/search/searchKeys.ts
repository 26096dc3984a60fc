import { isUtf8, type Octets, toText } from '../../../base/octets'
import { date } from '../grammar/dates'
import * as g from '../grammar/grammar'
import { type SequenceSet, sequenceSet } from '../grammar/sequenceSet'

/** search-key of RFC 9051 section 9, as a tree. */
export type SearchKey =
  | { readonly kind: 'all' }
  | { readonly kind: 'recent'; readonly set: boolean }
  | { readonly kind: 'flag'; readonly flag: string; readonly set: boolean }
  /** FROM, TO, CC and BCC search the addresses of the envelope structure. */
  | { readonly kind: 'address' | 'header'; readonly fieldName: string; readonly text: string }
  | { readonly kind: 'body' | 'text'; readonly text: string }
  /** Days as Unix milliseconds; `to` is excluded. */
  | { readonly kind: 'date'; readonly of: 'internal' | 'sent'; readonly from: number; readonly to: number }
  | { readonly kind: 'larger' | 'smaller'; readonly size: number }
  | { readonly kind: 'modSeq'; readonly atLeast: number }
  | { readonly kind: 'numbers' | 'uids'; readonly set: SequenceSet }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'and' | 'or'; readonly keys: readonly SearchKey[] }

/** The keys by name; the catalogue explains each. */
export const SEARCH_KEYS = [
  'ALL',
  'ANSWERED',
  'BCC',
  'BEFORE',
  'BODY',
  'CC',
  'DELETED',
  'DRAFT',
  'FLAGGED',
  'FROM',
  'HEADER',
  'KEYWORD',
  'LARGER',
  'MODSEQ',
  'NEW',
  'NOT',
  'OLD',
  'ON',
  'OR',
  'RECENT',
  'SEEN',
  'SENTBEFORE',
  'SENTON',
  'SENTSINCE',
  'SINCE',
  'SMALLER',
  'SUBJECT',
  'TEXT',
  'TO',
  'UID',
  'UNANSWERED',
  'UNDELETED',
  'UNDRAFT',
  'UNFLAGGED',
  'UNKEYWORD',
  'UNSEEN',
] as const

const FLAGS = ['ANSWERED', 'DELETED', 'DRAFT', 'FLAGGED', 'SEEN']
const ADDRESSES = ['BCC', 'CC', 'FROM', 'TO']
const DAY = 86_400_000
const FOREVER = 8_640_000_000_000_000
/** The greatest depth of nested keys. */
const MAX_DEPTH = 100

/** A search in the character set that it names. */
export interface SearchProgram {
  readonly key: SearchKey
  /** In upper case; undefined if none is named. */
  readonly charset?: string
}

/** search-program = ["CHARSET" SP charset SP] search-key *(SP search-key) */
export function searchProgram(s: g.Scanner): SearchProgram {
  if (!g.accept(s, 'CHARSET ')) return { key: searchKeys(s) }
  const charset = charsetName(s)
  g.sp(s)
  return { key: searchKeys(s, charset), charset }
}

export const charsetName = (s: g.Scanner): string => g.astring(s, 'a character set').toUpperCase()

/** search-key *(SP search-key): all of them must match. Their strings are in that character set (RFC 9051 section 6.4.4). */
export function searchKeys(s: g.Scanner, charset = 'UTF-8'): SearchKey {
  const keys = [searchKey(s, charset, 0)]
  while (g.accept(s, ' ')) keys.push(searchKey(s, charset, 0))
  return keys.length === 1 ? (keys[0] as SearchKey) : { kind: 'and', keys }
}

/** True if a string is valid in that character set. An unknown one is refused by its name, later. */
function isIn(charset: string, text: Octets): boolean {
  if (charset === 'US-ASCII') return !/[^\0-\x7f]/.test(text)
  return charset !== 'UTF-8' || isUtf8(text)
}

function searchKey(s: g.Scanner, charset: string, depth: number): SearchKey {
  if (depth > MAX_DEPTH) g.expected(s, `at most ${MAX_DEPTH} keys inside one another`)
  if (g.peek(s) === '(')
    return { kind: 'and', keys: g.parenthesized(s, (inner) => searchKey(inner, charset, depth + 1)) }
  if (/[0-9*$]/.test(g.peek(s))) return { kind: 'numbers', set: sequenceSet(s) }
  const start = s.at
  const name = g.keyword(s, 'a search key such as UNSEEN, FROM or SINCE')
  const text = (what: string): string => {
    g.sp(s)
    const before = s.at
    const found = g.astring(s, what)
    if (isIn(charset, found)) return toText(found).toLowerCase()
    s.at = before
    return g.expected(s, `${what}, in ${charset}`)
  }
  const day = (): number => {
    g.sp(s)
    return date(s)
  }
  if (FLAGS.includes(name)) return { kind: 'flag', flag: `\\${name}`, set: true }
  if (name.startsWith('UN') && FLAGS.includes(name.slice(2)))
    return { kind: 'flag', flag: `\\${name.slice(2)}`, set: false }
  if (ADDRESSES.includes(name)) return { kind: 'address', fieldName: name, text: text('the text to look for') }
  const dated = /^(SENT)?(BEFORE|ON|SINCE)$/.exec(name)
  if (dated) {
    const from = day()
    const of = dated[1] ? 'sent' : 'internal'
    if (dated[2] === 'BEFORE') return { kind: 'date', of, from: -FOREVER, to: from }
    return { kind: 'date', of, from, to: dated[2] === 'ON' ? from + DAY : FOREVER }
  }
  switch (name) {
    case 'ALL':
      return { kind: 'all' }
    case 'OLD':
    case 'RECENT':
      return { kind: 'recent', set: name === 'RECENT' }
    case 'NEW': {
      const unseen = { kind: 'flag', flag: '\\Seen', set: false } as const
      return { kind: 'and', keys: [{ kind: 'recent', set: true }, unseen] }
    }
    case 'BODY':
      return { kind: 'body', text: text('the text to look for') }
    case 'SUBJECT':
      return { kind: 'header', fieldName: name, text: text('the text to look for') }
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
      return { kind: name === 'LARGER' ? 'larger' : 'smaller', size: g.number(s, 'a size in octets', MAX_NUMBER) }
    case 'MODSEQ':
      g.sp(s)
      return { kind: 'modSeq', atLeast: modSeqKey(s) }
    case 'UID':
      g.sp(s)
      return { kind: 'uids', set: sequenceSet(s) }
    case 'NOT':
      g.sp(s)
      return { kind: 'not', key: searchKey(s, charset, depth + 1) }
    case 'OR': {
      g.sp(s)
      const one = searchKey(s, charset, depth + 1)
      g.sp(s)
      return { kind: 'or', keys: [one, searchKey(s, charset, depth + 1)] }
    }
    default:
      s.at = start
      return g.expected(s, 'a search key such as UNSEEN, FROM or SINCE')
  }
}

const MAX_NUMBER = Number.MAX_SAFE_INTEGER

/** [entry-name SP entry-type-req SP] mod-sequence-valzer: here all flags of a message share one mod-sequence (RFC 7162 section 3.1.5). */
function modSeqKey(s: g.Scanner): number {
  if (g.peek(s) === '"') {
    g.string(s)
    g.sp(s)
    const start = s.at
    const type = g.keyword(s, 'priv, shared or all')
    if (!['PRIV', 'SHARED', 'ALL'].includes(type)) {
      s.at = start
      g.expected(s, 'priv, shared or all')
    }
    g.sp(s)
  }
  return g.modSequence(s)
}

/** True if the search uses mod-sequences, which enables them for the session. */
export function usesModSeq(key: SearchKey): boolean {
  switch (key.kind) {
    case 'modSeq':
      return true
    case 'not':
      return usesModSeq(key.key)
    case 'and':
    case 'or':
      return key.keys.some(usesModSeq)
    default:
      return false
  }
}
