import { expected, keyword, parenthesized, type Scanner } from '../grammar/grammar'
import { type Response, untagged, untaggedStatus } from '../grammar/responses'
import type { MailboxStatus } from '../store/storeQuestions'
import { mailboxText } from './mailboxNames'
import { recentOf, type ServerContext } from './serverContext'

/** STATUS data, shared by STATUS and LIST RETURN (STATUS ...) (RFC 9051 section 7.3.4, RFC 5819). */

export const STATUS_ITEMS = [
  'MESSAGES',
  'RECENT',
  'UIDNEXT',
  'UIDVALIDITY',
  'UNSEEN',
  'DELETED',
  'SIZE',
  'HIGHESTMODSEQ',
  'DELETED-STORAGE',
] as const
export type StatusItem = (typeof STATUS_ITEMS)[number]

/** "(" status-att *(SP status-att) ")" of RFC 9051, with RECENT of RFC 3501, HIGHESTMODSEQ of RFC 7162, DELETED-STORAGE of RFC 9208. */
export const statusItems = (s: Scanner): readonly StatusItem[] => parenthesized(s, statusAtt)

function statusAtt(s: Scanner): StatusItem {
  const start = s.at
  const found = keyword(s, `one of ${STATUS_ITEMS.join(' ')}`)
  const item = STATUS_ITEMS.find((each) => each === found)
  if (item) return item
  s.at = start
  return expected(s, `one of ${STATUS_ITEMS.join(' ')}`)
}

export function statusResponse(
  name: string,
  status: MailboxStatus,
  items: readonly StatusItem[],
  context: ServerContext,
): Response {
  const values: Readonly<Record<StatusItem, number>> = {
    MESSAGES: status.messages,
    // For the open mailbox the session's own number is right: it may have been the first to learn of them.
    RECENT: context.selected?.uidValidity === status.uidValidity ? recentOf(context).length : status.recent,
    UIDNEXT: status.uidNext,
    UIDVALIDITY: status.uidValidity,
    UNSEEN: status.unseen,
    DELETED: status.deleted,
    SIZE: status.size,
    HIGHESTMODSEQ: status.highestModSeq,
    'DELETED-STORAGE': status.deletedSize,
  }
  const body = items.map((item) => `${item} ${values[item]}`).join(' ')
  const { messages, unseen } = status
  return untagged({ type: 'STATUS', mailbox: name, messages, unseen }, `STATUS ${mailboxText(name, context)} (${body})`)
}

/** The mod-sequence up to which every change is reported (RFC 7162 section 3.1.2.1). */
export const highestModSeq = (modSeq: number): Response =>
  untaggedStatus('OK', 'Latest change', `HIGHESTMODSEQ ${modSeq}`)
