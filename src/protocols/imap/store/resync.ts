import { type StoredMailbox, type StoredMessage, uidsOf } from '../../../mail/store'
import { common, gaps, joined, type Span, spansOf } from '../../../mail/uidSets'
import type { KnownBefore } from './storeQuestions'

/** The changes that a client missed while it was away (RFC 7162 section 3.2.5 and 3.2.6). */

type Known = Pick<KnownBefore, 'modSeq' | 'uids' | 'matches'>

const everything = ({ uidNext }: StoredMailbox): readonly Span[] => (uidNext > 1 ? [[1, uidNext - 1]] : [])

/** The known messages whose flags changed after the mod-sequence. */
export function changedSince(mailbox: StoredMailbox, { modSeq, uids }: Known): readonly StoredMessage[] {
  const known = uids ? joined(uids) : everything(mailbox)
  const found: StoredMessage[] = []
  let at = 0
  for (const message of mailbox.blocks.flat()) {
    while (at < known.length && (known[at] as Span)[1] < message.uid) at++
    if (message.modSeq > modSeq && message.uid >= (known[at]?.[0] ?? Number.POSITIVE_INFINITY)) found.push(message)
  }
  return found
}

/**
 * The known UIDs that were removed after the mod-sequence. If the list of removals does not reach back that far, all missing
 * UIDs, except those that the client's matching numbers show it knows.
 */
export function vanishedSince(mailbox: StoredMailbox, { modSeq, uids, matches = [] }: Known): readonly Span[] {
  const known = uids ? common(joined(uids), everything(mailbox)) : everything(mailbox)
  if (modSeq >= mailbox.vanishedAfter) {
    const gone = mailbox.vanished.filter((each) => each.modSeq > modSeq).flatMap((each) => each.uids)
    return common(joined(gone), known)
  }
  const present = uidsOf(mailbox)
  let heardOf = 0
  for (const [number, uid] of matches) {
    if (present[number - 1] !== uid) break
    heardOf = uid
  }
  const gone = gaps(spansOf(present), mailbox.uidNext - 1)
  return common(common(gone, known), [[heardOf + 1, Number.MAX_SAFE_INTEGER]])
}
