import { isUtf8, type Octets, slice } from '../../../base/octets'
import type { FlagOperation } from '../../../mail/flags'

/**
 * The grammar of RFC 3501 and RFC 9051 section 9. Each function has the name of its rule. A command is scanned when it is
 * complete, its literals included, so nothing here waits for more.
 */

/** The expected text that was not found, with its place. Thrown by the rules, caught by the scanner of a whole command. */
export class GrammarError extends Error {
  constructor(
    readonly expectation: string,
    readonly at: number,
  ) {
    super(`expected ${expectation} at column ${at + 1}`)
  }
}

/** A place in the octets of one command or response. The rules move it forward. */
export interface Scanner {
  readonly source: Octets
  at: number
  /** The session has enabled UTF-8: mailbox names are UTF-8, not modified UTF-7 (RFC 6855 section 3). */
  readonly utf8: boolean
}

export const scan = (source: Octets, utf8 = false): Scanner => ({ source, at: 0, utf8 })

export const atEnd = (s: Scanner): boolean => s.at >= s.source.length
export const peek = (s: Scanner): string => s.source.charAt(s.at)

export function expected(s: Scanner, expectation: string): never {
  throw new GrammarError(expectation, s.at)
}

/** Takes the text if it is next, in any case. */
export function accept(s: Scanner, text: string): boolean {
  const here = s.source.slice(s.at, s.at + text.length)
  if (here.toUpperCase() !== text.toUpperCase()) return false
  s.at += text.length
  return true
}

export function expect(s: Scanner, text: string, expectation = `"${text}"`): void {
  if (!accept(s, text)) expected(s, expectation)
}

export const sp = (s: Scanner): void => expect(s, ' ', 'one space')

export function end(s: Scanner): void {
  if (!atEnd(s)) expected(s, 'the end of the line')
}

/** Takes the match of the sticky expression at this place, or returns undefined. */
export function match(s: Scanner, pattern: RegExp): Octets | undefined {
  pattern.lastIndex = s.at
  const found = pattern.exec(s.source)
  if (!found) return undefined
  s.at += found[0].length
  return found[0] as Octets
}

/** ATOM-CHAR: any CHAR but `(` `)` `{` SP CTL list-wildcards quoted-specials resp-specials. */
const ATOM = /[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+/y
const ASTRING_ATOM = /[!#$&'+,\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]+/y
const LIST_ATOM = /[!#$%&'*+,\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]+/y
/** tag = 1*<any ASTRING-CHAR except "+"> */
const TAG = /[!#$&',\-./0-9:;<=>?@A-Z[\]^_`a-z|}~]+/y
const KEYWORD = /[A-Za-z0-9.=+-]+/y
const DIGITS = /[0-9]{1,20}/y
/** QUOTED-CHAR; octets above ASCII are accepted as RFC 9051 allows (UTF8-2 to UTF8-4). */
const QUOTED = /"((?:[^"\\\r\n\0]|\\["\\])*)"/y
const LITERAL = /~?\{([0-9]{1,20})\+?\}\r?\n/y

export const tag = (s: Scanner): Octets => match(s, TAG) ?? expected(s, 'a tag (letters and digits, no "+")')
export const atom = (s: Scanner, what = 'an atom'): Octets => match(s, ATOM) ?? expected(s, what)
/** A word of the protocol itself, in upper case: `FLAGS`, `HEADER.FIELDS`. */
export const keyword = (s: Scanner, what: string): string => (match(s, KEYWORD) ?? expected(s, what)).toUpperCase()

/** number: 0 <= n < 4,294,967,296. `number64` gives the upper bound of RFC 9051. */
export function number(s: Scanner, what = 'a number', below = 4_294_967_296): number {
  const start = s.at
  const n = Number(match(s, DIGITS) ?? expected(s, what))
  if (n >= below) {
    s.at = start
    expected(s, `${what} below ${below}`)
  }
  return n
}

const MAX_MOD_SEQUENCE = '9223372036854775807'

/**
 * mod-sequence-valzer: 63 bits (RFC 7162 section 7). No value here comes near 2 to the 53rd, so larger ones become that number.
 */
export function modSequence(s: Scanner): number {
  const start = s.at
  const digits = (match(s, DIGITS) ?? expected(s, 'a mod-sequence')).replace(/^0+(?=.)/, '')
  if (digits.length > 19 || (digits.length === 19 && digits > MAX_MOD_SEQUENCE)) {
    s.at = start
    expected(s, `a mod-sequence up to ${MAX_MOD_SEQUENCE}`)
  }
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER)
}

/** nz-number: no message has number 0. */
export function nzNumber(s: Scanner, what = 'a number from 1'): number {
  const start = s.at
  const n = number(s, what)
  if (n === 0) {
    s.at = start
    expected(s, what)
  }
  return n
}

/** quoted = DQUOTE *QUOTED-CHAR DQUOTE. Octets beyond ASCII are UTF-8 (RFC 6855 section 3). */
function quoted(s: Scanner): Octets {
  const start = s.at
  const found = match(s, QUOTED) ?? expected(s, 'a closing quotation mark, with \\" and \\\\ for " and \\ inside')
  if (!isUtf8(found)) {
    s.at = start
    expected(s, 'UTF-8 between quotation marks')
  }
  return found.slice(1, -1).replace(/\\(["\\])/g, '$1') as Octets
}

/** literal = "{" number ["+"] "}" CRLF *CHAR8. The reader has collected the octets already. */
function literal(s: Scanner): Octets {
  const head = match(s, LITERAL) ?? expected(s, 'a literal')
  const size = Number(/[0-9]+/.exec(head)?.[0])
  if (s.at + size > s.source.length) expected(s, `${size} octets of a literal`)
  s.at += size
  return slice(s.source, s.at - size, s.at)
}

/** string = quoted / literal. A plain literal contains no NUL (CHAR8). */
export function string(s: Scanner, what = 'a string'): Octets {
  if (peek(s) === '"') return quoted(s)
  if (peek(s) !== '{') return expected(s, what)
  const found = literal(s)
  return found.includes('\0') ? expected(s, `${what} without NUL octets`) : found
}

/** literal / literal8: `~{size}` may contain any octet (RFC 3516 section 4.4). */
export function literal8(s: Scanner, what: string): Octets {
  return peek(s) === '{' || s.source.startsWith('~{', s.at) ? literal(s) : expected(s, what)
}

/** astring = 1*ASTRING-CHAR / string */
export function astring(s: Scanner, what = 'an atom or a string'): Octets {
  if (peek(s) === '"' || peek(s) === '{') return string(s)
  return match(s, ASTRING_ATOM) ?? expected(s, what)
}

/** mailbox = "INBOX" / astring; names stay as written. */
export const mailbox = (s: Scanner): Octets => astring(s, 'the name of a mailbox')

/** list-mailbox = 1*list-char / string */
export function listMailbox(s: Scanner): Octets {
  if (peek(s) === '"' || peek(s) === '{') return string(s)
  return match(s, LIST_ATOM) ?? expected(s, 'a mailbox pattern such as "*" or "%"')
}

/** One or more of a rule in parentheses with single spaces, or none if allowed. */
export function parenthesized<T>(s: Scanner, rule: (s: Scanner) => T, allowEmpty = false): readonly T[] {
  expect(s, '(', 'an opening parenthesis')
  const items: T[] = []
  if (allowEmpty && accept(s, ')')) return items
  for (;;) {
    items.push(rule(s))
    if (accept(s, ')')) return items
    expect(s, ' ', 'a space or a closing parenthesis')
  }
}

/** flag = "\" system flag / flag-keyword */
export function flag(s: Scanner): string {
  const backslash = accept(s, '\\') ? '\\' : ''
  const start = s.at
  const name = atom(s, 'a flag such as \\Seen')
  const known = ['ANSWERED', 'FLAGGED', 'DELETED', 'SEEN', 'DRAFT'].includes(name.toUpperCase())
  if (backslash && !known) {
    s.at = start - 1
    expected(s, 'one of \\Answered \\Flagged \\Deleted \\Seen \\Draft')
  }
  return backslash + name
}

/** flag-list = "(" [flag *(SP flag)] ")" */
export const flagList = (s: Scanner): readonly string[] => parenthesized(s, flag, true)

/** store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag))) */
export interface StoreAttFlags {
  readonly operation: FlagOperation
  readonly silent: boolean
  readonly flags: readonly string[]
}

export function storeAttFlags(s: Scanner): StoreAttFlags {
  const operation = accept(s, '+') ? 'add' : accept(s, '-') ? 'remove' : 'replace'
  expect(s, 'FLAGS', 'FLAGS, +FLAGS or -FLAGS')
  const silent = accept(s, '.SILENT')
  sp(s)
  if (peek(s) === '(') return { operation, silent, flags: flagList(s) }
  const flags = [flag(s)]
  while (accept(s, ' ')) flags.push(flag(s))
  return { operation, silent, flags }
}

/** nstring of a response: NIL, or quoted if possible, else a literal (RFC 9051 section 4.3). */
export function nstring(value: Octets | undefined): string {
  return value === undefined ? 'NIL' : stringOf(value)
}

/** Characters that a quoted string may not contain. */
const UNQUOTABLE = /[^\x20-\x7e\t]/

export function stringOf(value: string): string {
  if (value.length <= 1000 && !UNQUOTABLE.test(value)) return `"${value.replace(/["\\]/g, '\\$&')}"`
  return literalOf(value as Octets)
}

/**
 * A literal contains every octet except NUL (CHAR8, RFC 9051 section 9), which becomes 0x80, so that the size stays the same.
 */
export const literalOf = (value: Octets): string => `{${value.length}}\r\n${value.replaceAll('\0', '\x80')}`
/** A literal8 contains every octet. */
export const literal8Of = (value: Octets): string => `~{${value.length}}\r\n${value}`

/** astring of a command or response: an atom if possible. */
export function astringOf(value: string): string {
  return /^[!#$&'+,\-./0-9:;<=>?@A-Z^_`a-z|}~]+$/.test(value) && value.toUpperCase() !== 'NIL' ? value : stringOf(value)
}
