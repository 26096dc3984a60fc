import { seconds } from '../../base/time'
import { messageId } from '../../mail/message'
import { type ImapClientAnswer, type ImapClientQuestion, imapClient } from '../../protocols/imap'
import type {
  ClientAnswer as Pop3ClientAnswer,
  ClientInput as Pop3ClientInput,
  ClientQuestion as Pop3ClientQuestion,
} from '../../protocols/pop3'
import { nonceOf } from '../../sasl'
import { isImplicitTls } from '../../session/service'
import type { SessionId } from '../../world/world'
import { sessionWith } from '../purpose'
import { connect } from './connect'
import { again, imapInput, isLeaving, leave, left, noteImap } from './imapAccount'
import { purposeOf, type RetrievalPurpose } from './purpose'
import { accountOf, type Kept, type MailAccount, type ProgramTurn, type Retrieval } from './state'

/** Collecting mail by POP3 or IMAP: the times of the checks, and the data that the device keeps. */

/** The session under way that collects for this account. */
export const retrievalOf = ({ host }: ProgramTurn, account: string): SessionId | undefined =>
  sessionWith(host, purposeOf, (purpose) => purpose.kind === 'retrieval' && purpose.account === account)

/** The timer until the next check of an account. */
export const timerOf = (account: string): string => `look ${account}`

/** Sets the timer of the check that follows the sending of a message. A device that rests makes none. */
export function lookAfterSending(turn: ProgramTurn, address: string): void {
  const after = accountOf(turn.state, address)?.retrieval?.afterSending
  if (after !== undefined && !turn.state.config.rests)
    turn.do({ type: 'setTimer', timer: timerOf(address), after: seconds(after) })
}

/** True if a message of this account was sent, so that the program checks for answers. */
const hasSent = ({ state }: ProgramTurn, address: string): boolean =>
  state.outbox.some(({ account }) => account === address)

/** Checks one account for mail: by a new session, or through the existing one. A device that rests makes no further check. */
export function look(turn: ProgramTurn, address: string): void {
  const account = accountOf(turn.state, address)
  if (!account?.retrieval) return
  const running = retrievalOf(turn, address)
  const { retrieval } = account
  if (retrieval.every !== undefined && !turn.state.config.rests) {
    turn.do({ type: 'setTimer', timer: timerOf(address), after: seconds(retrieval.every) })
  }
  if (running !== undefined) {
    if (retrieval.protocol !== 'IMAP') return
    // The settings may have changed from POP3 to IMAP during the session.
    const byImap = turn.host.sessions[running]?.session.protocol === imapClient.key
    if (!byImap || isLeaving(turn, address)) again(turn, address)
    else turn.do({ type: 'want', session: running, intent: { type: 'check' } })
    return
  }
  const { host, port, tls = isImplicitTls(port) ? 'implicit' : 'opportunistic' } = retrieval
  const input =
    retrieval.protocol === 'POP3' ? pop3Input(turn, account, retrieval, tls) : imapInput(turn, account, retrieval, tls)
  const purpose: RetrievalPurpose = { kind: 'retrieval', account: address }
  const protocol = retrieval.protocol === 'POP3' ? 'pop3.client' : 'imap.client'
  connect(turn, { name: host, port, protocol, input, purpose, ...(tls === 'implicit' ? { implicitTls: true } : {}) })
}

const pop3Input = (
  { state, host, env }: ProgramTurn,
  { address, user, password }: MailAccount,
  { leaveOnServer = false, mechanisms }: Retrieval,
  tls: NonNullable<Retrieval['tls']>,
): Pop3ClientInput => ({
  user,
  password,
  leaveOnServer,
  known: [
    ...state.kept.flatMap((kept) => (kept.account === address && kept.by === 'POP3' ? [kept.uid] : [])),
    ...(state.deleted?.[address] ?? []),
  ],
  unwanted: state.deleted?.[address] ?? [],
  tls,
  ...(mechanisms && { mechanisms }),
  nonce: nonceOf(`${host.name} ${address} ${env.now} ${env.chance}`),
})

/** The checks that a device makes by itself, from its start. */
export function startChecks(turn: ProgramTurn): void {
  if (turn.state.config.rests) return
  for (const { address, retrieval } of turn.state.config.accounts) {
    if (retrieval?.first !== undefined)
      turn.do({ type: 'setTimer', timer: timerOf(address), after: seconds(retrieval.first) })
    else if (hasSent(turn, address)) lookAfterSending(turn, address)
  }
}

/** A timer of the host has run out. It may be none of a check. */
export function checkExpired(turn: ProgramTurn, timer: string): void {
  if (turn.state.config.rests) return
  for (const { address } of turn.state.config.accounts) if (timer === timerOf(address)) look(turn, address)
}

/**
 * Lets the device rest, or wakes it. At rest it makes no check by itself and waits on no open connection, so that nothing is
 * fetched on arrival; its user can still make it check. When it wakes it checks at once.
 */
export function setRests(turn: ProgramTurn, rests: boolean): void {
  const { config } = turn.state
  if ((config.rests ?? false) === rests) return
  turn.change({ config: { ...config, rests } })
  for (const { address, retrieval } of config.accounts) {
    if (!retrieval) continue
    const running = retrievalOf(turn, address)
    if (!rests) {
      const checks = retrieval.first !== undefined || (retrieval.afterSending !== undefined && hasSent(turn, address))
      if (checks) look(turn, address)
    } else if (retrieval.protocol === 'IMAP' && running !== undefined && !isLeaving(turn, address)) {
      leave(turn, address, running)
    }
  }
}

/** A session that collects has ended; a check that came too late for it follows now. */
export function retrievalEnded(turn: ProgramTurn, address: string): void {
  if (left(turn, address)) look(turn, address)
}

/**
 * Deletes a message of a POP3 account for the user: the device drops its copy, and if the account leaves messages on the server,
 * the server is told now.
 */
export function deleteMessage(turn: ProgramTurn, address: string, uid: string): void {
  const isIt = ({ account, by, uid: own }: Kept): boolean => account === address && by === 'POP3' && own === uid
  if (!turn.state.kept.some(isIt)) return
  const { deleted, kept } = turn.state
  turn.change({
    kept: kept.filter((copy) => !isIt(copy)),
    deleted: { ...deleted, [address]: [...(deleted?.[address] ?? []), uid] },
  })
  turn.note({ type: 'copyDropped', host: turn.host.name, account: address, uid })
  if (accountOf(turn.state, address)?.retrieval?.leaveOnServer) look(turn, address)
}

/** Lets fetched messages stay on the server or not: a setting of the POP3 accounts of a device. */
export function setLeaveOnServer(turn: ProgramTurn, leaveOnServer: boolean): void {
  const { config } = turn.state
  const accounts = config.accounts.map((account) =>
    account.retrieval?.protocol === 'POP3'
      ? { ...account, retrieval: { ...account.retrieval, leaveOnServer } }
      : account,
  )
  turn.change({ config: { ...config, accounts } })
}

/** The session that can take a user's wish for an IMAP account now. Without one, a new session is begun for it. */
export function sessionFor(turn: ProgramTurn, address: string): SessionId | undefined {
  const running = retrievalOf(turn, address)
  return running === undefined || isLeaving(turn, address) ? undefined : running
}

/** Seconds until a device that stays connected reconnects after a broken connection. */
const REDIAL_AFTER = 60

/** Puts a message away that has been retrieved. */
function keep(turn: ProgramTurn, kept: Omit<Kept, 'letter'>): void {
  const { account, by, uid, octets } = kept
  const message = messageId(octets) ?? `${account}/${uid}`
  const others = turn.state.kept.filter((old) => old.account !== account || old.uid !== uid)
  turn.change({ kept: [...others, { ...kept, letter: message }] })
  turn.note({ type: 'messageFetched', host: turn.host.name, by, account, letter: message, uid })
}

/** Answers a POP3 session. Every question but the first is only a report, so a plain answer is enough. */
export function answerCollection(
  turn: ProgramTurn,
  session: SessionId,
  account: string,
  question: Pop3ClientQuestion,
): void {
  if (question.type === 'messageCollected')
    keep(turn, { account, by: 'POP3', uid: question.uid, octets: question.octets, flags: [] })
  turn.answer<Pop3ClientAnswer>(session, { type: 'kept' })
}

/** Answers an IMAP session. */
export function answerRetrieval(
  turn: ProgramTurn,
  session: SessionId,
  account: string,
  question: ImapClientQuestion,
): void {
  noteImap(turn, account, question)
  switch (question.type) {
    case 'messageFetched': {
      const { octets, flags, uidValidity } = question
      keep(turn, { account, by: 'IMAP', uid: String(question.uid), octets, flags, uidValidity })
      turn.answer<ImapClientAnswer>(session, { type: 'kept' })
      return
    }
    case 'mailboxNews': {
      const gone = new Set(question.expunged.map(String))
      const news = new Map(question.flags.map(({ uid, flags }) => [String(uid), flags]))
      const isGone = (old: Kept): boolean => old.account === account && old.by === 'IMAP' && gone.has(old.uid)
      for (const { uid } of turn.state.kept.filter(isGone))
        turn.note({ type: 'copyDropped', host: turn.host.name, account, uid })
      const kept = turn.state.kept
        .filter((old) => !isGone(old))
        .map((old) => (old.account === account && news.has(old.uid) ? { ...old, flags: news.get(old.uid) ?? [] } : old))
      turn.change({ kept })
      turn.answer<ImapClientAnswer>(session, { type: 'kept' })
      return
    }
    case 'sessionLost':
      if (accountOf(turn.state, account)?.retrieval?.idle && !turn.state.config.rests) {
        turn.do({ type: 'setTimer', timer: timerOf(account), after: seconds(REDIAL_AFTER) })
      }
      turn.answer<ImapClientAnswer>(session, { type: 'kept' })
      return
    default:
      // Every other question is only a report, so a plain answer is enough.
      turn.answer<ImapClientAnswer>(session, { type: 'kept' })
  }
}
