import type { StoredMessage } from '../../../mail/store'
import type { Outcome } from '../grammar/responses'
import type { ParsedData } from '../meaning'
import { type SearchKey, usesModSeq } from '../search/searchKeys'
import { comparedBy, matcherOf } from '../search/searchMatch'
import { type Extension, recentOf, type ServerContext } from '../session/serverContext'
import { sequenceNumberOf } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered } from './command'
import { NOT_OPEN, ofOpen } from './messages'

/** The common part of SEARCH, SORT and THREAD: they search the open mailbox. */

interface Searching {
  readonly key: SearchKey
  readonly charset?: string
}

const CHARSETS = ['UTF-8', 'US-ASCII']

/** `byUid`: the answer reports expunged messages first, so they are not found. By number they are still found. */
export const searchQuestion =
  (byUid: boolean) =>
  ({ charset }: Searching, context: ServerContext) => {
    const { selected } = context
    if (!selected) return NOT_OPEN
    if (charset !== undefined && !CHARSETS.includes(charset))
      return {
        status: 'NO',
        code: 'BADCHARSET (UTF-8 US-ASCII)',
        text: `The character set ${charset === '' ? '""' : charset} is not known here`,
      } as const
    return {
      type: 'fetchMessages',
      ...ofOpen(selected),
      uids: selected.uids,
      ...(byUid ? {} : { kept: selected.news.kept }),
      markSeen: false,
    } as const
  }

/** A search that would compare more than this is refused: it would hold up all other sessions. */
const MAX_COMPARED = 1_073_741_824

/** The refusal of a search that looks for too many texts in too much mail (RFC 5530 section 3). */
export function tooMuch({ key }: Searching, answer: StoreAnswer | undefined): Outcome | undefined {
  if (comparedBy(key, answered(answer, 'messagesFetched').messages) <= MAX_COMPARED) return undefined
  return {
    status: 'NO',
    code: 'LIMIT',
    text: 'That is too much to read at once: look for fewer texts, or in fewer letters',
  }
}

/** The matching messages, in the order of their numbers. */
export function found(
  { key }: Searching,
  context: ServerContext,
  answer: StoreAnswer | undefined,
): readonly StoredMessage[] {
  const known = { ...(context.selected ?? { uids: [], saved: [] }), recent: recentOf(context) }
  return answered(answer, 'messagesFetched').messages.filter(matcherOf(key, known))
}

/** The messages in the answer: by UID, or by this session's number. */
export function numbersOf(
  messages: readonly StoredMessage[],
  context: ServerContext,
  byUid: boolean,
): readonly number[] {
  const known = context.selected?.uids ?? []
  return messages.map(({ uid }) => (byUid ? uid : sequenceNumberOf(known, uid)))
}

/**
 * "(" "MODSEQ" SP mod-sequence-value ")", which the answer to a search with mod-sequences contains (RFC 7162 sections 3.1.5 and
 * 3.1.9).
 */
export const latestChange = ({ key }: Searching, result: readonly StoredMessage[]): readonly string[] =>
  usesModSeq(key) && result.length > 0 ? [`(MODSEQ ${highest(result)})`] : []

/** The highest mod-sequence among these messages. */
export const highest = (messages: readonly StoredMessage[]): number =>
  messages.reduce((max, { modSeq }) => Math.max(max, modSeq), 0)

export const enablesModSeq = ({ key }: Searching): readonly Extension[] => (usesModSeq(key) ? ['CONDSTORE'] : [])

export const foundData = (type: 'SEARCH' | 'ESEARCH' | 'SORT', numbers: readonly number[]): ParsedData => ({
  type,
  count: numbers.length,
  numbers: numbers.slice(0, 10),
})
