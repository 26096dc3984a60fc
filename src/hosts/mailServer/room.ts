import { addressKey, localPartOf } from '../../mail/address'
import { wouldExceedQuota } from '../../mail/counts'
import { userOf } from '../../mail/store'
import type { Reply } from '../../protocols/smtp'
import type { MailServerState } from './state'

/** Whether a letter still fits into the mailboxes of its recipient: the quota at delivery. */

/**
 * What stands in the way of a letter of so many octets, or undefined. A full mailbox is 452 4.2.2: its owner can delete
 * something, so RFC 3463 section 3.3 wants X.2.2 as a persistent transient failure, and RFC 5321 section 4.2.3 has 452 for
 * storage that lacks now. What is larger than all that the user may keep is 552 5.2.2: waiting does not help.
 * Letters to a postmaster always fit: RFC 5321 section 4.5.1 wants them taken, and nobody is left to be told otherwise.
 */
export function lackOfRoom(
  state: MailServerState,
  forwardPath: string,
  user: string,
  size: number,
): (Reply & { readonly text: string }) | undefined {
  if (localPartOf(addressKey(forwardPath)) === 'postmaster') return undefined
  if (!wouldExceedQuota(state.store, user, { storage: size, messages: 1 })) return undefined
  const { storage = Infinity, messages = Infinity } = userOf(state.store, user)?.quota ?? {}
  return size > storage || messages < 1
    ? { code: 552, enhanced: '5.2.2', text: `<${forwardPath}>: The letter is larger than the whole mailbox may be` }
    : { code: 452, enhanced: '4.2.2', text: `<${forwardPath}>: The mailbox is full` }
}
