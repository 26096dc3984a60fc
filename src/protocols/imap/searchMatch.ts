import { bodyOf, headerFields } from '../../mail/message'
import { hasFlag, type StoredMessage } from '../../mail/store'
import { date, GrammarError, scan } from './grammar'
import type { SearchKey } from './searchKeys'
import { resolveNumbers, resolveUids } from './view'

type Matcher = (message: StoredMessage) => boolean

/**
 * A search key as a predicate (RFC 9051 section 6.4.4). Text is compared without regard to ASCII case, as octets.
 * Undefined where the key names a message sequence number that is not there.
 */
export function matcherOf(key: SearchKey, uids: readonly number[]): Matcher | undefined {
  switch (key.kind) {
    case 'all':
      return () => true
    case 'none':
      return () => false
    case 'flag':
      return (message) => hasFlag(message, key.flag) === key.set
    case 'larger':
      return ({ octets }) => octets.length > key.size
    case 'smaller':
      return ({ octets }) => octets.length < key.size
    case 'text':
      return ({ octets }) => octets.toLowerCase().includes(key.text)
    case 'body':
      return ({ octets }) => bodyOf(octets).toLowerCase().includes(key.text)
    case 'header': {
      const name = key.fieldName.toLowerCase()
      return ({ octets }) =>
        headerFields(octets).some(
          (field) => field.fieldName.toLowerCase() === name && field.fieldBody.toLowerCase().includes(key.text),
        )
    }
    case 'date':
      return (message) => {
        const at = key.of === 'internal' ? message.internalDate : sentDay(message)
        return at !== undefined && at >= key.from && at < key.to
      }
    case 'uids': {
      const named = new Set(resolveUids(key.set, uids))
      return ({ uid }) => named.has(uid)
    }
    case 'numbers': {
      const numbers = resolveNumbers(key.set, uids)
      if (!numbers) return undefined
      const named = new Set(numbers)
      return ({ uid }) => named.has(uid)
    }
    case 'not': {
      const inner = matcherOf(key.key, uids)
      return inner && ((message) => !inner(message))
    }
    case 'and':
    case 'or': {
      const inner: Matcher[] = []
      for (const each of key.keys) {
        const matcher = matcherOf(each, uids)
        if (!matcher) return undefined
        inner.push(matcher)
      }
      return key.kind === 'and'
        ? (message) => inner.every((one) => one(message))
        : (message) => inner.some((one) => one(message))
    }
  }
}

/** The day of the Date field as it is written there, without its zone (RFC 9051 section 6.4.4, SENTON). */
function sentDay({ octets }: StoredMessage): number | undefined {
  const field = headerFields(octets).find(({ fieldName }) => fieldName.toLowerCase() === 'date')
  const found = /(\d{1,2})\s+([A-Za-z]{3})\s+(\d{4})/.exec(field?.fieldBody ?? '')
  if (!found) return undefined
  try {
    return date(scan(`${found[1]}-${found[2]}-${found[3]}` as StoredMessage['octets']))
  } catch (error) {
    if (error instanceof GrammarError) return undefined
    throw error
  }
}
