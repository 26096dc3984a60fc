import { assert } from '../../base/assert'
import type { Octets } from '../../base/octets'
import { prependFields } from '../../mail/message'
import { deliver, expunge, findMailbox, findMessage, INBOX } from '../../mail/store'
import { answerImap, type ImapQuestion, type MailboxChange } from '../../protocols/imap'
import type { Question } from '../../session/session'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { accountOf, type MailServerState } from './state'

/** The mailbox store of a server: final delivery, and what its POP3 and IMAP sessions ask. */

type ServerTurn = Turn<MailServerState>

/** Final delivery: the envelope ends here, so the reverse-path is kept in a header field (RFC 5321 section 4.4). */
export function deliverHere(
  turn: ServerTurn,
  user: string,
  letter: string,
  reversePath: string,
  message: Octets,
): void {
  const kept = prependFields(message, [{ fieldName: 'Return-Path', fieldBody: `<${reversePath}>` }])
  const [store, uid] = deliver(turn.state.store, user, INBOX, kept, turn.civil)
  assert(uid !== undefined, `the store has a mailbox for ${user}`)
  turn.change({ store })
  turn.note({ type: 'messageDelivered', host: turn.host.name, letter, user, mailbox: INBOX, uid })
  tellSessions(turn, [{ user, mailbox: INBOX, kind: 'exists', uid }], undefined)
}

/** Tells the other sessions that look at a mailbox what has changed in it. */
function tellSessions(turn: ServerTurn, changes: readonly MailboxChange[], except: SessionId | undefined): void {
  if (changes.length === 0) return
  // Only who has logged in can look at a mailbox.
  for (const id of Object.keys(turn.state.users)) {
    if (id === except || turn.host.sessions[id]?.session.protocol !== 'imap.server') continue
    turn.answer(id, { type: 'mailboxChanged', changes })
  }
}

function noteChanges(turn: ServerTurn, changes: readonly MailboxChange[], by: 'POP3' | 'IMAP'): void {
  for (const { user, mailbox, kind, uid, flags } of changes) {
    const host = turn.host.name
    if (kind === 'expunged') turn.note({ type: 'messageRemoved', host, user, mailbox, uid, by })
    else if (kind === 'flags') turn.note({ type: 'flagsChanged', host, user, mailbox, uid, flags: flags ?? [] })
  }
}

export function answerImapSession(turn: ServerTurn, session: SessionId, question: Question): void {
  if (question.type === 'login') {
    const { user, password } = question as Question & { user: string; password: string }
    const account = accountOf(turn.state.config, user)
    if (account === undefined || account.password !== password) {
      turn.answer(session, { type: 'loginFailed' })
      return
    }
    turn.change({ users: { ...turn.state.users, [session]: account.address } })
    turn.answer(session, { type: 'loggedIn', user: account.address })
    return
  }
  const user = turn.state.users[session]
  const who = user === undefined ? {} : { user }
  const { store, answer, changes } = answerImap(turn.state.store, who, question as ImapQuestion, turn.civil)
  if (store !== turn.state.store) turn.change({ store })
  turn.answer(session, answer as never)
  noteChanges(turn, changes, 'IMAP')
  tellSessions(turn, changes, session)
}

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

/** A session has ended: its lock and its login are gone. */
export function mailboxSessionEnded(turn: ServerTurn, session: SessionId): void {
  const { [session]: user, ...users } = turn.state.users
  if (user === undefined) return
  const locks = Object.fromEntries(Object.entries(turn.state.locks).filter(([, holder]) => holder !== session))
  turn.change({ users, locks })
}
