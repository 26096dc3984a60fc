import { oncePerContent } from '../../../mail/content'
import { type OriginationDate, originationDate } from '../../../mail/dateField'
import { fieldBody } from '../../../mail/headerFields'
import { containsInField, containsText } from '../../../mail/searchText'
import { hasFlag, type StoredMessage } from '../../../mail/store'
import { distinct } from '../grammar/distinct'
import { type Known, resolvePresent, resolveUids } from '../grammar/sequenceSet'
import { inAddresses } from './searchAddresses'
import type { SearchKey } from './searchKeys'

/** The session's knowledge of the mailbox that is searched. */
interface Searched extends Known {
  /** The UIDs that are \Recent to it. */
  readonly recent: readonly number[]
}

type Matcher = (message: StoredMessage) => boolean

/** The date of the Date field, computed once for each message. */
export const sentDate = oncePerContent(({ octets }: Pick<StoredMessage, 'octets'>): OriginationDate | undefined =>
  originationDate(fieldBody(octets, 'Date') ?? ''),
)

/** A header is read no further than this for the cost of a search. */
const HEADER = 65_536

/** The octets that a search compares at most: each message counts for each text that is looked for in it. */
export function comparedBy(key: SearchKey, messages: readonly Pick<StoredMessage, 'octets'>[]): number {
  const { whole, header } = textsIn(key)
  if (whole + header === 0) return 0
  return messages.reduce((sum, { octets }) => sum + whole * octets.length + header * Math.min(HEADER, octets.length), 0)
}

/** The number of texts that a search looks for in whole messages, and in headers alone. */
function textsIn(key: SearchKey): { readonly whole: number; readonly header: number } {
  switch (key.kind) {
    case 'text':
    case 'body':
      return { whole: 1, header: 0 }
    case 'address':
    case 'header':
      return { whole: 0, header: 1 }
    case 'not':
      return textsIn(key.key)
    case 'and':
    case 'or':
      return distinct(key.keys)
        .map(textsIn)
        .reduce((sum, each) => ({ whole: sum.whole + each.whole, header: sum.header + each.header }))
    default:
      return { whole: 0, header: 0 }
  }
}

/**
 * A search key as a predicate (RFC 9051 section 6.4.4). Text is compared without regard to case. A message sequence number
 * without a message matches nothing, and is no error here.
 */
export function matcherOf(key: SearchKey, known: Searched): Matcher {
  switch (key.kind) {
    case 'all':
      return () => true
    case 'recent': {
      const recent = new Set(known.recent)
      return ({ uid }) => recent.has(uid) === key.set
    }
    case 'flag':
      return (message) => hasFlag(message, key.flag) === key.set
    case 'larger':
      return ({ octets }) => octets.length > key.size
    case 'smaller':
      return ({ octets }) => octets.length < key.size
    case 'modSeq':
      return ({ modSeq }) => modSeq >= key.atLeast
    case 'text':
    case 'body':
      return containsText(key.text, key.kind)
    case 'address':
      return inAddresses(key.fieldName, key.text)
    case 'header':
      return containsInField(key.fieldName, key.text)
    case 'date':
      return (message) => {
        const at = key.of === 'internal' ? message.internalDate : sentDate(message)?.day
        return at !== undefined && at >= key.from && at < key.to
      }
    case 'uids':
    case 'numbers': {
      const uids = key.kind === 'uids' ? resolveUids(key.set, known) : resolvePresent(key.set, known)
      const named = new Set(uids)
      return ({ uid }) => named.has(uid)
    }
    case 'not': {
      const inner = matcherOf(key.key, known)
      return (message) => !inner(message)
    }
    case 'and':
    case 'or': {
      const inner = distinct(key.keys).map((each) => matcherOf(each, known))
      return key.kind === 'and'
        ? (message) => inner.every((one) => one(message))
        : (message) => inner.some((one) => one(message))
    }
  }
}
