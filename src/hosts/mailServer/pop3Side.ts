import { oncePerContent } from '../../mail/content'
import {
  expunge,
  findMailbox,
  findMessage,
  INBOX,
  messagesAt,
  type StoredMailbox,
  type StoredMessage,
  storedMailbox,
} from '../../mail/store'
import type { MailboxChange } from '../../protocols/imap'
import { apopDigest, handedOut, type ServerAnswer, type ServerQuestion, sizeOf } from '../../protocols/pop3'
import { plainMessage } from '../../sasl/plain'
import { prepare } from '../../sasl/prepare'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { answerSasl } from './authentication'
import { noteChanges, tellSessions } from './mailboxes'
import { accountOf, type MailServerState } from './state'

/** A mail server's answers to its POP3 sessions: the maildrop is the INBOX of the store that IMAP reads, too. */

type ServerTurn = Turn<MailServerState>

export type Pop3Question = ServerQuestion

export function answerPop3Session(turn: ServerTurn, session: SessionId, question: Pop3Question): void {
  switch (question.type) {
    case 'authenticate':
    case 'saslResponse':
    case 'saslCancelled':
      answerSasl(turn, session, question)
      return
    case 'timestamp':
      turn.answer<ServerAnswer>(session, { type: 'timestamped', timestamp: timestampOf(turn) })
      return
    case 'verifyPassword':
      // USER and PASS carry the same data as PLAIN, so they are judged alike.
      answerSasl(turn, session, {
        type: 'authenticate',
        mechanism: 'PLAIN',
        response: plainMessage(question.user, question.password),
      })
      return
    case 'verifyDigest':
      verifyDigest(turn, session, question)
      return
    case 'openMaildrop':
      openMaildrop(turn, session, question.utf8)
      return
    case 'retrieve':
      retrieve(turn, session, question)
      return
    case 'update':
      update(turn, session, question.remove)
  }
}

/** A msg-id that is new for each session, from a random number and the clock (RFC 1939 section 7). */
const timestampOf = ({ env, civil, state }: ServerTurn): string =>
  `<${Math.floor(env.chance * 1_000_000_000)}.${civil}@${state.config.hostName}>`

function verifyDigest(
  turn: ServerTurn,
  session: SessionId,
  { user, timestamp, digest }: Extract<Pop3Question, { type: 'verifyDigest' }>,
): void {
  const name = prepare(user)
  const account = name === undefined ? undefined : accountOf(turn.state.config, name)
  const password = account && prepare(account.password)
  if (!account || password === undefined || apopDigest(timestamp, password) !== digest) {
    turn.answer<ServerAnswer>(session, { type: 'authenticationFailed' })
    return
  }
  turn.change({ users: { ...turn.state.users, [session]: account.address } })
  turn.answer<ServerAnswer>(session, { type: 'authenticated', user: account.address })
}

/** The size of a message in the form for a client, computed once for each message. */
const sizeInUtf8 = oncePerContent(({ octets }: StoredMessage) => sizeOf(handedOut(octets, true)))
const sizeInAscii = oncePerContent(({ octets }: StoredMessage) => sizeOf(handedOut(octets, false)))

/** The lock belongs to this session until it ends, however it ends (RFC 1939 section 4). */
function openMaildrop(turn: ServerTurn, session: SessionId, utf8: boolean): void {
  const user = turn.state.users[session] ?? ''
  const inbox = findMailbox(turn.state.store, user, INBOX)
  const refusal = whyNotOpened(turn, user)
  if (!inbox || refusal) {
    // A refused login clears the user: the next login on this session may be another user's.
    const { [session]: _, ...users } = turn.state.users
    turn.change({ users })
    turn.answer<ServerAnswer>(session, { type: 'maildropRefused', reason: refusal ?? 'temporary' })
    return
  }
  turn.change({
    locks: { ...turn.state.locks, [user]: session },
    lastLogins: { ...turn.state.lastLogins, [user]: turn.civil },
  })
  const messages = inbox.messages.map((message) => ({
    uid: uniqueId(inbox.uidValidity, message.uid),
    size: utf8 ? sizeInUtf8(message) : sizeInAscii(message),
  }))
  turn.answer<ServerAnswer>(session, { type: 'maildropOpened', messages })
}

function whyNotOpened({ state, civil }: ServerTurn, user: string): 'inUse' | 'loginDelay' | undefined {
  if (state.locks[user] !== undefined) return 'inUse'
  const { loginDelay = 0 } = state.config
  const last = state.lastLogins?.[user]
  return last !== undefined && civil - last < loginDelay * 1000 ? 'loginDelay' : undefined
}

/** A unique-id stays the same over sessions (RFC 1939 section 7): the mailbox's UIDVALIDITY and the message's UID. */
const uniqueId = (uidValidity: number, uid: number): string => `${uidValidity}-${uid}`
/** The UID of a unique-id, if the mailbox still has the same UIDVALIDITY. */
function uidIn(inbox: StoredMailbox, unique: string): number | undefined {
  const [uidValidity, uid] = unique.split('-').map(Number)
  return uidValidity === inbox.uidValidity ? uid : undefined
}

const inboxOf = (turn: ServerTurn, session: SessionId): StoredMailbox | undefined =>
  storedMailbox(turn.state.store, turn.state.users[session] ?? '', INBOX)

/** Another program may have removed the message by IMAP: the session keeps its number, and RETR answers that it is gone. */
function retrieve(turn: ServerTurn, session: SessionId, asked: Extract<Pop3Question, { type: 'retrieve' }>): void {
  const inbox = inboxOf(turn, session)
  const uid = inbox && uidIn(inbox, asked.uid)
  const message = inbox && uid !== undefined ? findMessage(inbox, uid) : undefined
  turn.answer<ServerAnswer>(
    session,
    message
      ? { type: 'retrieved', octets: handedOut(message.octets, asked.utf8) }
      : { type: 'notRetrieved', reason: inbox ? 'gone' : 'temporary' },
  )
}

/** Removes the messages that the session has deleted. Messages already removed count as removed. */
function update(turn: ServerTurn, session: SessionId, remove: readonly string[]): void {
  const inbox = inboxOf(turn, session)
  if (!inbox) {
    turn.answer<ServerAnswer>(session, { type: 'updated', ok: remove.length === 0, removed: 0 })
    return
  }
  const user = turn.state.users[session] ?? ''
  const uids = remove.flatMap((unique) => uidIn(inbox, unique) ?? [])
  const [store, removed] = expunge(turn.state.store, user, INBOX, uids)
  turn.change({ store })
  turn.answer<ServerAnswer>(session, { type: 'updated', ok: true, removed: removed.length })
  const { uidValidity, highestModSeq: modSeq } = inboxOf(turn, session) ?? inbox
  const changes = messagesAt(inbox, removed).map(
    (message): MailboxChange => ({
      user,
      mailbox: INBOX,
      uidValidity,
      kind: 'expunged',
      uid: message.uid,
      modSeq,
      message,
    }),
  )
  noteChanges(turn, changes, 'POP3')
  tellSessions(turn, changes, undefined)
}
