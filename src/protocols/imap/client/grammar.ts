import { type Octets, slice } from '../../../base/octets'
import type { Span } from '../../../mail/uidSets'
import * as g from '../grammar/grammar'
import { knownSet } from '../grammar/sequenceSet'

/** A response in the client machine's form. Data without a use is 'otherData'. */
export type ClientResponse =
  /** `text` is a challenge in base64 during a login. */
  | { readonly type: 'continuation'; readonly text: string }
  | {
      readonly type: 'completed'
      readonly tag: string
      readonly status: string
      readonly code: string
      readonly text: string
    }
  | { readonly type: 'statusTold'; readonly status: string; readonly code: string; readonly text: string }
  | { readonly type: 'capabilitiesTold'; readonly capabilities: readonly string[] }
  | { readonly type: 'existsTold'; readonly count: number }
  | { readonly type: 'expungeTold'; readonly number: number }
  | { readonly type: 'fetchTold'; readonly number: number; readonly message: FetchedData }
  | { readonly type: 'searchTold'; readonly found: readonly number[] }
  | { readonly type: 'enabledTold'; readonly extensions: readonly string[] }
  /** Removals by UID: with `earlier`, those before this session (RFC 7162 section 3.2.10). */
  | { readonly type: 'vanishedTold'; readonly earlier: boolean; readonly uids: readonly Span[] }
  | { readonly type: 'otherData' }
  | { readonly type: 'unreadable'; readonly text: string }

export interface FetchedData {
  readonly uid?: number
  readonly flags?: readonly string[]
  readonly size?: number
  readonly modSeq?: number
  /** BODY[], the whole message. */
  readonly octets?: Octets
}

/** The limit of a response in octets, its literals included. */
export const RESPONSE_LIMIT = 64 * 1024 * 1024

/** The length of the first response with its literals, or the reason why it is not known. */
export function responseLength(inbox: Octets): number | 'needsMore' | 'tooLong' {
  let at = 0
  for (;;) {
    const end = inbox.indexOf('\n', at)
    if (end === -1) return inbox.length > RESPONSE_LIMIT ? 'tooLong' : 'needsMore'
    const size = /\{([0-9]{1,20})\}\r?$/.exec(inbox.slice(Math.max(at, end - 30), end))?.[1]
    if (size === undefined) return end + 1
    at = end + 1 + Number(size)
    if (at > RESPONSE_LIMIT) return 'tooLong'
    if (at > inbox.length) return 'needsMore'
  }
}

/** response = continue-req / response-data / response-done (RFC 9051 section 9). */
export function parseResponse(source: Octets): ClientResponse {
  try {
    return response(g.scan(source.replace(/\r?\n$/, '') as Octets))
  } catch (error) {
    if (error instanceof g.GrammarError) return { type: 'unreadable', text: error.message }
    throw error
  }
}

const STATUSES = ['OK', 'NO', 'BAD', 'BYE', 'PREAUTH']

function response(s: g.Scanner): ClientResponse {
  if (g.accept(s, '+')) return { type: 'continuation', text: rest(s).trim() }
  if (!g.accept(s, '* ')) {
    const tag = g.tag(s)
    g.sp(s)
    return { type: 'completed', tag, ...respCondState(s, g.keyword(s, 'OK, NO or BAD')) }
  }
  if (/[0-9]/.test(g.peek(s))) return messageData(s, g.number(s))
  const name = g.keyword(s, 'the name of a response')
  if (STATUSES.includes(name)) return { type: 'statusTold', ...respCondState(s, name) }
  if (name === 'CAPABILITY') return { type: 'capabilitiesTold', capabilities: words(rest(s)) }
  if (name === 'ENABLED') return { type: 'enabledTold', extensions: words(rest(s)) }
  if (name === 'SEARCH') return { type: 'searchTold', found: numbers(rest(s)) }
  if (name === 'VANISHED') {
    const earlier = g.accept(s, ' (EARLIER)')
    g.sp(s)
    return { type: 'vanishedTold', earlier, uids: knownSet(s) }
  }
  return { type: 'otherData' }
}

const numbers = (text: string): readonly number[] =>
  text
    .replace(/\(.*/, '')
    .split(' ')
    .filter((word) => /^[0-9]{1,10}$/.test(word))
    .map(Number)

/** resp-cond-state = ("OK" / "NO" / "BAD") SP ["[" resp-text-code "]" SP] text */
function respCondState(
  s: g.Scanner,
  status: string,
): { readonly status: string; readonly code: string; readonly text: string } {
  g.accept(s, ' ')
  const all = rest(s)
  const found = /^\[([^\]]*)\] ?(.*)$/s.exec(all)
  return { status, code: found?.[1] ?? '', text: found?.[2] ?? all }
}

const rest = (s: g.Scanner): string => s.source.slice(s.at)
export const words = (text: string): readonly string[] =>
  text
    .toUpperCase()
    .split(' ')
    .filter((word) => word !== '')

function messageData(s: g.Scanner, count: number): ClientResponse {
  g.sp(s)
  switch (g.keyword(s, 'EXISTS, EXPUNGE or FETCH')) {
    case 'EXISTS':
      return { type: 'existsTold', count }
    case 'EXPUNGE':
      return { type: 'expungeTold', number: count }
    case 'FETCH':
      g.sp(s)
      return { type: 'fetchTold', number: count, message: msgAtt(s) }
    default:
      return { type: 'otherData' }
  }
}

/** msg-att = "(" (msg-att-dynamic / msg-att-static) *(SP ...) ")"; other items are skipped. */
function msgAtt(s: g.Scanner): FetchedData {
  const found: { uid?: number; flags?: readonly string[]; size?: number; modSeq?: number; octets?: Octets } = {}
  g.parenthesized(s, () => {
    const name = itemName(s)
    g.sp(s)
    if (name === 'UID') found.uid = g.nzNumber(s)
    else if (name === 'RFC822.SIZE') found.size = g.number(s)
    else if (name === 'MODSEQ') found.modSeq = g.parenthesized(s, g.modSequence)[0] ?? 0
    else if (name === 'FLAGS')
      // `\Recent` is not stored: it belongs to the session (RFC 3501 section 2.3.2).
      found.flags = g.parenthesized(s, receivedFlag, true).filter((flag) => flag.toLowerCase() !== '\\recent')
    else if (name === 'BODY[]' && (g.peek(s) === '{' || g.peek(s) === '"')) found.octets = g.string(s)
    else skipValue(s, 0)
  })
  return found
}

/** The name of an item with its section: `BODY[HEADER.FIELDS (DATE)]<0>`. */
function itemName(s: g.Scanner): string {
  const found = /^[A-Z0-9.]+(?:\[[^\]]*\](?:<[0-9]+>)?)?/i.exec(slice(s.source, s.at, s.at + 2000))
  if (!found) g.expected(s, 'the name of a data item')
  s.at += found[0].length
  return found[0].toUpperCase()
}

/** A server may have its own flags with a backslash. */
function receivedFlag(s: g.Scanner): string {
  const backslash = g.accept(s, '\\') ? '\\' : ''
  return backslash + (g.accept(s, '*') ? '*' : g.atom(s, 'a flag'))
}

const MAX_DEPTH = 200

function skipValue(s: g.Scanner, depth: number): void {
  if (depth > MAX_DEPTH) g.expected(s, `at most ${MAX_DEPTH} lists inside one another`)
  if (g.peek(s) === '"' || g.peek(s) === '{') {
    g.string(s)
  } else if (g.accept(s, '(')) {
    // The lists of an envelope follow one another without spaces.
    while (!g.accept(s, ')')) if (!g.accept(s, ' ')) skipValue(s, depth + 1)
  } else if (!g.accept(s, '\\')) g.atom(s, 'a value')
}
