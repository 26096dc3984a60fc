import { wouldExceedQuota } from '../../mail/counts'
import { userOf } from '../../mail/store'
import type { Reply } from '../../protocols/smtp'
import { isPostmaster } from './localAddresses'
import type { MailServerState } from './state'

/** Checks the quota of a message's recipients at delivery. */

/**
 * The reply for a message of this size if a mailbox cannot take it, or undefined. A full mailbox gives 452 4.2.2: its owner can
 * delete messages, so RFC 3463 section 3.3 treats X.2.2 as a persistent transient failure, and RFC 5321 section 4.2.3 has 452
 * for a temporary lack of storage. A message above the user's whole quota gives 552 5.2.2: waiting does not help. A message to
 * a postmaster is always accepted: RFC 5321 section 4.5.1 requires it.
 */
export function lackOfRoom(
  state: MailServerState,
  forwardPath: string,
  user: string,
  size: number,
): (Reply & { readonly text: string }) | undefined {
  if (isPostmaster(forwardPath)) return undefined
  if (!wouldExceedQuota(state.store, user, { storage: size, messages: 1 })) return undefined
  const { storage = Infinity, messages = Infinity } = userOf(state.store, user)?.quota ?? {}
  return size > storage || messages < 1
    ? { code: 552, enhanced: '5.2.2', text: `<${forwardPath}>: The letter is larger than the whole mailbox may be` }
    : { code: 452, enhanced: '4.2.2', text: `<${forwardPath}>: The mailbox is full` }
}
