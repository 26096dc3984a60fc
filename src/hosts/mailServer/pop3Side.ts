import { expunge, findMailbox, findMessage, INBOX } from '../../mail/store'
import type { MailboxChange } from '../../protocols/imap'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { noteChanges, tellSessions } from './mailboxes'
import { accountOf, type MailServerState } from './state'

/** What a mail server answers to its POP3 sessions. */

type ServerTurn = Turn<MailServerState>

export type Pop3Question =
  | { readonly type: 'openMaildrop'; readonly user: string; readonly password: string }
  | { readonly type: 'retrieve'; readonly uid: string }
  | { readonly type: 'update'; readonly remove: readonly string[] }

/** A unique-id stays the same over sessions (RFC 1939 section 7): the mailbox's UIDVALIDITY and the message's UID. */
const uniqueId = (uidValidity: number, uid: number): string => `${uidValidity}-${uid}`
const uidOf = (unique: string): number => Number(unique.slice(unique.indexOf('-') + 1))

export function answerPop3Session(turn: ServerTurn, session: SessionId, question: Pop3Question): void {
  if (question.type === 'openMaildrop') {
    openMaildrop(turn, session, question.user, question.password)
    return
  }
  const user = turn.state.users[session] ?? ''
  const inbox = findMailbox(turn.state.store, user, INBOX)
  if (question.type === 'retrieve') {
    const message = inbox && findMessage(inbox, uidOf(question.uid))
    turn.answer(session, message ? { type: 'retrieved', octets: message.octets } : { type: 'notRetrieved' })
    return
  }
  const [store, removed] = expunge(turn.state.store, user, INBOX, question.remove.map(uidOf))
  turn.change({ store })
  turn.answer(session, { type: 'updated', ok: true })
  const changes = removed.map((uid): MailboxChange => ({ user, mailbox: INBOX, kind: 'expunged', uid }))
  noteChanges(turn, changes, 'POP3')
  tellSessions(turn, changes, undefined)
}

function openMaildrop(turn: ServerTurn, session: SessionId, user: string, password: string): void {
  const account = accountOf(turn.state.config, user)
  if (account === undefined || account.password !== password) {
    turn.answer(session, { type: 'maildropRefused', reason: 'auth' })
    return
  }
  if (turn.state.locks[account.address] !== undefined) {
    turn.answer(session, { type: 'maildropRefused', reason: 'inUse' })
    return
  }
  turn.change({
    locks: { ...turn.state.locks, [account.address]: session },
    users: { ...turn.state.users, [session]: account.address },
  })
  const inbox = findMailbox(turn.state.store, account.address, INBOX)
  const messages = (inbox?.messages ?? []).map((message) => ({
    uid: uniqueId(inbox?.uidValidity ?? 1, message.uid),
    size: message.octets.length,
  }))
  turn.answer(session, { type: 'maildropOpened', messages })
}
