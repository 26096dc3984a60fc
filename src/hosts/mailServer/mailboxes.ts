import type { Octets } from '../../base/octets'
import { deliver, INBOX, storedMailbox } from '../../mail/store'
import { type ImapServerAnswer, type MailboxChange, newsFor, type Watcher } from '../../protocols/imap'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { isPostmaster } from './localAddresses'
import type { MailServerState } from './state'
import { stampReturnPath } from './traceFields'

/** The mailbox store of a server: final delivery, and the news for sessions. `imapSide.ts` and `pop3Side.ts` answer theirs. */

type ServerTurn = Turn<MailServerState>

/** Final delivery: the envelope ends here, so a header field keeps the reverse-path (RFC 5321 section 4.4). */
export function deliverHere(
  turn: ServerTurn,
  user: string,
  { letter: id, queueId, forwardPaths }: { letter: string; queueId: string; forwardPaths: readonly string[] },
  reversePath: string,
  message: Octets,
): void {
  const [store, uid] = deliver(turn.state.store, user, INBOX, stampReturnPath(message, reversePath), turn.civil)
  turn.change({ store })
  turn.note({
    type: 'messageDelivered',
    host: turn.host.name,
    letter: id,
    queueId,
    forwardPaths,
    user,
    grounds: forwardPaths.every(isPostmaster) ? 'postmaster' : 'ownAddress',
    mailbox: INBOX,
    uid,
  })
  const { uidValidity = 1, highestModSeq: modSeq = 1 } = storedMailbox(store, user, INBOX) ?? {}
  tellSessions(turn, [{ user, mailbox: INBOX, uidValidity, kind: 'exists', uid, modSeq }], undefined)
}

/** The size of a message after its delivery here, in octets. */
export const deliveredSize = (message: Octets, { reversePath }: { readonly reversePath: string }): number =>
  stampReturnPath(message, reversePath).length

/** Tells the other sessions with this mailbox of its changes. */
export function tellSessions(turn: ServerTurn, changes: readonly MailboxChange[], except: SessionId | undefined): void {
  if (changes.length === 0) return
  // Only a session with a login can have a mailbox.
  const watchers = Object.keys(turn.state.users).flatMap((id): Watcher<SessionId>[] => {
    const session = turn.host.sessions[id]?.session
    return session?.protocol === 'imap.server' ? [{ id, session }] : []
  })
  const [store, news] = newsFor(turn.state.store, changes, watchers, except)
  if (store !== turn.state.store) turn.change({ store })
  for (const [id, told] of news) turn.answer<ImapServerAnswer>(id, { type: 'mailboxChanged', changes: told })
}

export function noteChanges(turn: ServerTurn, changes: readonly MailboxChange[], by: 'POP3' | 'IMAP'): void {
  for (const { user, mailbox, kind, uid, flags } of changes) {
    const host = turn.host.name
    if (kind === 'exists') turn.note({ type: 'messageAdded', host, user, mailbox, uid })
    else if (kind === 'expunged') turn.note({ type: 'messageRemoved', host, user, mailbox, uid, by })
    else if (kind === 'flags') turn.note({ type: 'flagsChanged', host, user, mailbox, uid, flags: flags ?? [] })
  }
}

/** A session has ended: its lock and its login are gone. */
export function mailboxSessionEnded(turn: ServerTurn, session: SessionId): void {
  const { [session]: user, ...users } = turn.state.users
  if (user === undefined) return
  const locks = Object.fromEntries(Object.entries(turn.state.locks).filter(([, holder]) => holder !== session))
  turn.change({ users, locks })
}
