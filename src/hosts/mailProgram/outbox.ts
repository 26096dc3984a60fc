import type { Octets } from '../../base/octets'
import { dateTime, later, seconds } from '../../base/time'
import { domainOf } from '../../mail/address'
import { fieldBody, prependFields, withoutFields } from '../../mail/headerFields'
import { messageId } from '../../mail/message'
import type { Reply, SmtpClientAnswer, SmtpClientInput, SmtpClientQuestion } from '../../protocols/smtp'
import { nonceOf } from '../../sasl'
import { isImplicitTls } from '../../session/service'
import type { TransferReason } from '../../world/reason'
import type { SessionId } from '../../world/world'
import { said, silence } from '../transferReason'
import type { Turn } from '../turn'
import type { SubmissionPurpose } from './purpose'

/**
 * A mail program's outbox: a sent message stays there until a submission server has accepted it, or has refused it for ever. It
 * is on disk, so it survives a broken connection and a loss of power.
 */

export interface SubmissionAccount {
  readonly address: string
  readonly user: string
  readonly password: string
  readonly submission?: SubmissionServer
}

export interface SubmissionServer {
  readonly host: string
  readonly port: number
  /** Default: implicit TLS on port 465, elsewhere STARTTLS if offered. */
  readonly tls?: NonNullable<SmtpClientInput['tls']>
}

export interface Outgoing {
  /** Its place in the outbox, from 1: the same message may be sent twice. */
  readonly number: number
  readonly letter: string
  readonly account: string
  /** The recipients that are still to be submitted. */
  readonly forwardPaths: readonly string[]
  readonly message: Octets
  readonly state: 'sending' | 'waiting' | 'sent' | 'failed'
  readonly tries: number
  /** Unix milliseconds of sending. */
  readonly since: number
  readonly reason?: TransferReason
}

/** The part of a mail program's state that the outbox uses. */
export interface OutboxState {
  readonly config: { readonly accounts: readonly SubmissionAccount[] }
  readonly outbox: readonly Outgoing[]
}

/** A connection that the outbox wants, to a submission server by name. */
export interface SubmissionWish {
  readonly name: string
  readonly port: number
  readonly protocol: 'smtp.client'
  readonly input: SmtpClientInput
  readonly implicitTls?: true
  readonly purpose: SubmissionPurpose
}

/** Seconds before the second, third … try; the last one repeats. */
const RETRY_AFTER = [60, 120, 300, 600, 1800]
/** Milliseconds after which it stops retrying. */
const GIVE_UP_AFTER = 432_000_000

const TIMER = 'submit '

/** Completes a message (RFC 5322 sections 3.6.1 and 3.6.4) and submits it. */
export function submit(
  turn: Turn<OutboxState>,
  address: string,
  forwardPaths: readonly string[],
  given: Octets,
): readonly SubmissionWish[] {
  const account = accountOf(turn, address)
  if (!account?.submission) return []
  const number = turn.state.outbox.length + 1
  const named = messageId(given)
  const id = named ?? `${Math.floor(turn.civil / 1000)}.${number}@${domainOf(address)}`
  // A Message-ID field without an identifier is replaced: there is at most one (RFC 5322 section 3.6).
  const message = prependFields(named === undefined ? withoutFields(given, ['Message-ID']) : given, [
    ...(named === undefined ? [{ fieldName: 'Message-ID', fieldBody: `<${id}>` }] : []),
    ...(fieldBody(given, 'Date') === undefined ? [{ fieldName: 'Date', fieldBody: dateTime(turn.civil) }] : []),
  ])
  const outgoing: Outgoing = {
    number,
    letter: id,
    account: address,
    forwardPaths,
    message,
    state: 'waiting',
    tries: 0,
    since: turn.civil,
  }
  turn.change({ outbox: [...turn.state.outbox, outgoing] })
  turn.note({ type: 'messageWritten', host: turn.host.name, letter: id, reversePath: address, forwardPaths })
  return tryNow(turn, number)
}

/** Retries unfinished messages after the mail program has started. */
export function resumeOutbox(turn: Turn<OutboxState>): readonly SubmissionWish[] {
  return turn.state.outbox.flatMap(({ number, state }) =>
    state === 'sending' || state === 'waiting' ? tryNow(turn, number) : [],
  )
}

/** Tries the messages of an account that wait for their next try. */
export function tryWaiting(turn: Turn<OutboxState>, address: string): readonly SubmissionWish[] {
  return turn.state.outbox.flatMap(({ number, account, state }) =>
    state === 'waiting' && account === address ? tryNow(turn, number) : [],
  )
}

/** A timer of the host has run out. It may be none of the outbox. */
export function outboxExpired(turn: Turn<OutboxState>, timer: string): readonly SubmissionWish[] {
  if (!timer.startsWith(TIMER)) return []
  const number = Number(timer.slice(TIMER.length))
  return find(turn, number)?.state === 'waiting' ? tryNow(turn, number) : []
}

function tryNow(turn: Turn<OutboxState>, number: number): readonly SubmissionWish[] {
  const outgoing = find(turn, number)
  const account = outgoing && accountOf(turn, outgoing.account)
  if (!outgoing || !account?.submission) return []
  const { host, port, tls = isImplicitTls(port) ? 'implicit' : 'opportunistic' } = account.submission
  settle(turn, number, { state: 'sending', tries: outgoing.tries + 1 })
  const wish: SubmissionWish = {
    name: host,
    port,
    protocol: 'smtp.client',
    input: {
      // A machine without a DNS name gives its address (RFC 5321 section 4.1.4).
      helloName: `[${turn.host.address}]`,
      tls,
      credentials: { user: account.user, password: account.password },
      nonce: nonceOf(`${turn.host.name} ${number} ${turn.env.now} ${turn.env.chance}`),
    },
    ...(tls === 'implicit' ? { implicitTls: true } : {}),
    purpose: { kind: 'submission', number },
  }
  return [wish]
}

/** Answers the questions of the session that submits. */
export function answerSubmission(
  turn: Turn<OutboxState>,
  session: SessionId,
  number: number,
  question: SmtpClientQuestion,
): void {
  const outgoing = find(turn, number)
  if (question.type === 'nextMessage' && outgoing?.state === 'sending') {
    const { account, forwardPaths, message } = outgoing
    turn.answer<SmtpClientAnswer>(session, {
      type: 'letter',
      envelope: { reversePath: account, forwardPaths },
      message,
    })
    return
  }
  turn.answer<SmtpClientAnswer>(session, { type: 'noMessage' })
  if (question.type !== 'transferEnded' || !outgoing) return
  const { report } = question
  const left = outgoing.forwardPaths.filter((path) => report.outcome !== 'accepted' || !report.accepted.includes(path))
  const replyTo = (path: string): Reply | undefined =>
    report.refused.find((refusal) => refusal.forwardPath === path)?.reply ?? report.reply
  const isFinal = (path: string): boolean => report.outcome !== 'lost' && (replyTo(path)?.code ?? 0) >= 500
  const refused = left.filter(isFinal)
  const later = left.filter((path) => !isFinal(path))
  const server = serverOf(turn, outgoing)
  const reasonFor = (paths: readonly string[]): TransferReason => {
    const reply = paths[0] === undefined ? undefined : replyTo(paths[0])
    return reply ? said(server, reply, report.byUs) : silence(server, report)
  }
  settle(turn, number, { forwardPaths: later })
  if (refused.length > 0) noteFailure(turn, outgoing.letter, reasonFor(refused))
  if (later.length > 0) putOff(turn, number, reasonFor(later))
  else if (refused.length > 0) settle(turn, number, { state: 'failed', reason: reasonFor(refused) })
  else settle(turn, number, { state: 'sent' })
}

/** A try has failed, and a later one may succeed. */
export function putOff(turn: Turn<OutboxState>, number: number, reason: TransferReason): void {
  const outgoing = find(turn, number)
  if (!outgoing) return
  if (turn.civil - outgoing.since > GIVE_UP_AFTER) {
    failed(turn, number, reason)
    return
  }
  const after = seconds(RETRY_AFTER[Math.min(outgoing.tries, RETRY_AFTER.length) - 1] as number)
  settle(turn, number, { state: 'waiting', reason })
  turn.do({ type: 'setTimer', timer: `${TIMER}${number}`, after })
  turn.note({
    type: 'submissionFailed',
    host: turn.host.name,
    letter: outgoing.letter,
    reason,
    nextTry: later(turn.env.now, after),
  })
}

/** A further try is useless: the user has to act. */
export function failed(turn: Turn<OutboxState>, number: number, reason: TransferReason): void {
  settle(turn, number, { state: 'failed', reason })
  noteFailure(turn, find(turn, number)?.letter ?? '', reason)
}

const noteFailure = (turn: Turn<OutboxState>, message: string, reason: TransferReason): void =>
  turn.note({ type: 'submissionFailed', host: turn.host.name, letter: message, reason })

/** The submitting session has ended; if it gave no report, the message is tried again. */
export function submissionEnded(turn: Turn<OutboxState>, number: number): void {
  const outgoing = find(turn, number)
  if (outgoing?.state === 'sending')
    putOff(turn, number, { id: 'brokeOff', server: serverOf(turn, outgoing), status: '4.4.2' })
}

const find = (turn: Turn<OutboxState>, number: number): Outgoing | undefined => turn.state.outbox[number - 1]

/** The name of the server that a message is handed to. */
const serverOf = (turn: Turn<OutboxState>, { account }: Outgoing): string =>
  accountOf(turn, account)?.submission?.host ?? ''

const accountOf = (turn: Turn<OutboxState>, address: string): SubmissionAccount | undefined =>
  turn.state.config.accounts.find((account) => account.address === address)

function settle(turn: Turn<OutboxState>, number: number, change: Partial<Outgoing>): void {
  turn.change({ outbox: turn.state.outbox.map((out) => (out.number === number ? { ...out, ...change } : out)) })
}
