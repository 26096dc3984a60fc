import type { StoredMessage } from '../../../mail/store'
import { sentAt, subjectFor } from './sortOrder'

/** A message and its replies. A thread without its own message only holds siblings together. */
export interface Thread {
  readonly uid?: number
  readonly children: readonly Thread[]
}

/** The earlier sent message first; for equal dates, the one that comes first in the mailbox (RFC 5256 section 2.2). */
export const bySentDate = (a: StoredMessage, b: StoredMessage): number => sentAt(a) - sentAt(b) || a.uid - b.uid

/** ORDEREDSUBJECT: messages with one base subject, the first one above all others (RFC 5256 section 3). */
export function byOrderedSubject(messages: readonly StoredMessage[]): readonly Thread[] {
  const subjects = new Map<string, StoredMessage[]>()
  for (const message of [...messages].sort(bySentDate)) {
    const { text } = subjectFor(message)
    const same = subjects.get(text)
    if (same) same.push(message)
    else subjects.set(text, [message])
  }
  // The map keeps the order in which the first message of each subject was sent.
  return [...subjects.values()].map(([first, ...rest]) => ({
    uid: (first as StoredMessage).uid,
    children: rest.map(({ uid }) => ({ uid, children: [] })),
  }))
}

/** thread-list = "(" (thread-members / thread-nested) ")": a single child continues the same list (RFC 5256 section 5). */
export function threadText(thread: Thread, numberOf: (uid: number) => number): string {
  let text = ''
  // Deep threads are long chains of replies: a loop follows them, not a recursion.
  const waiting: (Thread | ')')[] = [thread]
  let inChain = false
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === ')') {
      text += ')'
      inChain = false
      continue
    }
    if (!inChain) {
      text += '('
      waiting.push(')')
    }
    if (next.uid !== undefined) text += `${inChain ? ' ' : ''}${numberOf(next.uid)}`
    const [only, ...more] = next.children
    inChain = next.uid !== undefined && only !== undefined && more.length === 0
    if (inChain && only) waiting.push(only)
    else {
      if (only && next.uid !== undefined) text += ' '
      for (const child of [...next.children].reverse()) waiting.push(child)
    }
  }
  return text
}
