import { hasFlag, SYSTEM_FLAGS } from './flags'
import type { MessageStore, Quota, StoredMailbox, StoredMessage } from './store'
import { userOf } from './store'

/** Counts of a mailbox: those of STATUS (RFC 9051 section 6.3.11) and of SELECT. */
export interface MailboxCounts {
  readonly messages: number
  readonly unseen: number
  readonly deleted: number
  /** Octets of all messages together. */
  readonly size: number
  /** Octets of the messages with \Deleted. */
  readonly deletedSize: number
  /** The message sequence number of the first message without \Seen, or 0. */
  readonly firstUnseen: number
  readonly keywords: readonly string[]
}

const NOTHING: MailboxCounts = {
  messages: 0,
  unseen: 0,
  deleted: 0,
  size: 0,
  deletedSize: 0,
  firstUnseen: 0,
  keywords: [],
}

/** Counts of each block; an unchanged block is not counted again. */
const counted = new WeakMap<readonly StoredMessage[], MailboxCounts>()

function countsOfBlock(block: readonly StoredMessage[]): MailboxCounts {
  let counts = counted.get(block)
  if (!counts) {
    const keywords = new Set<string>()
    let { unseen, deleted, size, deletedSize, firstUnseen } = NOTHING
    for (const [at, message] of block.entries()) {
      size += message.octets.length
      if (!hasFlag(message, '\\Seen')) {
        unseen++
        if (firstUnseen === 0) firstUnseen = at + 1
      }
      if (hasFlag(message, '\\Deleted')) {
        deleted++
        deletedSize += message.octets.length
      }
      for (const flag of message.flags) if (!SYSTEM_FLAGS.some((known) => known === flag)) keywords.add(flag)
    }
    counts = { messages: block.length, unseen, deleted, size, deletedSize, firstUnseen, keywords: [...keywords] }
    counted.set(block, counts)
  }
  return counts
}

export function countsOf({ blocks }: StoredMailbox): MailboxCounts {
  let { messages, unseen, deleted, size, deletedSize, firstUnseen } = NOTHING
  const keywords = new Map<string, string>()
  for (const block of blocks) {
    const counts = countsOfBlock(block)
    if (firstUnseen === 0 && counts.firstUnseen > 0) firstUnseen = messages + counts.firstUnseen
    messages += counts.messages
    unseen += counts.unseen
    deleted += counts.deleted
    size += counts.size
    deletedSize += counts.deletedSize
    for (const keyword of counts.keywords) {
      const known = keyword.toLowerCase()
      if (!keywords.has(known)) keywords.set(known, keyword)
    }
  }
  return { messages, unseen, deleted, size, deletedSize, firstUnseen, keywords: [...keywords.values()] }
}

/** A user's usage in all mailboxes: octets and messages. */
export function usageOf(store: MessageStore, user: string): Required<Quota> {
  let storage = 0
  let messages = 0
  for (const mailbox of (userOf(store, user)?.mailboxes ?? []).flat()) {
    const counts = countsOf(mailbox)
    storage += counts.size
    messages += counts.messages
  }
  return { storage, messages }
}

/** True if adding `more` would exceed the user's quota. A user without a quota has no limit. */
export function wouldExceedQuota(store: MessageStore, user: string, more: Required<Quota>): boolean {
  const quota = userOf(store, user)?.quota
  if (!quota) return false
  const used = usageOf(store, user)
  return (
    (quota.storage !== undefined && used.storage + more.storage > quota.storage) ||
    (quota.messages !== undefined && used.messages + more.messages > quota.messages)
  )
}
