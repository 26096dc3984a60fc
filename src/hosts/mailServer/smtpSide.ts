import type { Octets } from '../../base/octets'
import { messageId } from '../../mail/message'
import {
  type RefusalGrounds,
  type Reply,
  replies,
  type SmtpEnvelope,
  type SmtpServerAnswer,
  type SmtpServerQuestion,
} from '../../protocols/smtp'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { completed, withHeaderSection, withWholeLineEnds } from './arrivedMessage'
import { answerSasl } from './authentication'
import { complete } from './config'
import { tryTriple } from './greylist'
import { isPostmaster, localDomainOf, localMailbox, localUser } from './localAddresses'
import { deliveredSize } from './mailboxes'
import { accept } from './queue'
import { lackOfRoom } from './room'
import { type MailServerState, queueIdOf } from './state'
import { hopsOf, stampReceived } from './traceFields'

/** A mail server's answers to its SMTP sessions: on recipients and on messages. */

type ServerTurn = Turn<MailServerState>

type Asked<Type extends SmtpServerQuestion['type']> = Extract<SmtpServerQuestion, { readonly type: Type }>

function verifyRecipient(
  state: MailServerState,
  { forwardPath, size = 0, user }: Asked<'verifyRecipient'>,
): SmtpServerAnswer {
  const domain = localDomainOf(state, forwardPath)
  if (domain === undefined) {
    if (user !== undefined) return { type: 'recipientAccepted', grounds: 'loggedIn' }
    if (complete(state.config).relayForStrangers) return { type: 'recipientAccepted', grounds: 'openRelay' }
    const reply: Reply = { code: 550, enhanced: '5.7.1', text: `<${forwardPath}>: Relay access denied` }
    return { type: 'recipientRefused', reply, grounds: 'relayDenied' }
  }
  const recipient = localUser(state, forwardPath)
  if (recipient === undefined) {
    const text = `<${forwardPath}>: Recipient address rejected: User unknown`
    return { type: 'recipientRefused', reply: { code: 550, enhanced: '5.1.1', text }, grounds: 'noSuchUser' }
  }
  const lack = lackOfRoom(state, forwardPath, recipient, size)
  if (lack) {
    // Senders treat 552 to RCPT as "too many recipients", and retry (RFC 5321 section 4.5.3.1.10).
    const reply = lack.code === 552 ? { ...lack, code: 550 } : lack
    return { type: 'recipientRefused', reply, grounds: groundsOf(lack) }
  }
  const grounds = isPostmaster(forwardPath) ? 'postmaster' : domain.deliverTo === undefined ? 'mailbox' : 'relayDomain'
  return { type: 'recipientAccepted', grounds }
}

/** True if a stranger has to come again: another server, which has not shown yet that it tries again. */
function isPutOff(turn: ServerTurn, { port, peerAddress, user, ...paths }: Asked<'verifyRecipient'>): boolean {
  const { config, greylist, address } = turn.state
  const delay = complete(config).greylisting * 1000
  if (delay === 0 || port !== 'relay' || user !== undefined || peerAddress === address) return false
  const { list, passes } = tryTriple(greylist, { clientAddress: peerAddress, ...paths }, delay, turn.civil)
  turn.change({ greylist: list })
  return !passes
}

const groundsOf = ({ code }: Reply): RefusalGrounds => (code === 552 ? 'mailboxTooSmall' : 'mailboxFull')

/** VRFY: yes, no, or that only delivery will tell (RFC 5321 section 3.5.3). A bare name belongs to the first domain. */
function verifyUser(state: MailServerState, text: string): Reply {
  const given = text.replace(/^<(.*)>$/, '$1')
  const path = given.includes('@') ? given : `${given}@${state.config.domains[0]?.domain ?? ''}`
  const user = localUser(state, path)
  if (user !== undefined) return { code: 250, enhanced: '2.1.5', text: `<${user}>` }
  return localDomainOf(state, path) === undefined
    ? { code: 252, enhanced: '2.5.0', text: 'Cannot verify, but will take a message and try to deliver it' }
    : { code: 550, enhanced: '5.1.1', text: `<${given}>: User unknown` }
}

export function answerSmtp(turn: ServerTurn, session: SessionId, question: SmtpServerQuestion): void {
  const { state } = turn
  switch (question.type) {
    case 'verifyRecipient': {
      const answer = verifyRecipient(state, question)
      const putOff = answer.type === 'recipientAccepted' && isPutOff(turn, question)
      turn.answer<SmtpServerAnswer>(
        session,
        putOff ? { type: 'recipientRefused', reply: replies.greylisted, grounds: 'greylisted' } : answer,
      )
      return
    }
    case 'authenticate':
    case 'saslResponse':
    case 'saslCancelled':
      answerSasl(turn, session, question)
      return
    case 'verifyUser':
      turn.answer<SmtpServerAnswer>(session, { type: 'userVerified', reply: verifyUser(state, question.text) })
      return
    case 'takeMessage':
      takeMessage(turn, session, question)
      return
  }
}

function takeMessage(turn: ServerTurn, session: SessionId, question: Asked<'takeMessage'>): void {
  const config = complete(turn.state.config)
  if (hopsOf(question.message) > config.maxHops) {
    const reply: Reply = { code: 554, enhanced: '5.4.6', text: 'Too many hops: this message goes in circles' }
    turn.answer<SmtpServerAnswer>(session, { type: 'messageRefused', reply, grounds: 'loop' })
    return
  }
  const queueId = nextQueueId(turn)
  const stamped = stampedMessage(turn, queueId, question)
  const full = roomForNobody(turn.state, question.envelope, stamped)
  if (full) {
    turn.answer<SmtpServerAnswer>(session, { type: 'messageRefused', reply: full, grounds: groundsOf(full) })
    return
  }
  take(turn, session, question, queueId, stamped)
}

/** A person in this server's chair has said yes already: the message is ours, and what hinders it now is for us to report. */
export function takeByHand(turn: ServerTurn, session: SessionId, question: Asked<'takeMessage'>): void {
  const queueId = nextQueueId(turn)
  take(turn, session, question, queueId, stampedMessage(turn, queueId, question))
}

function nextQueueId(turn: ServerTurn): string {
  const queueId = queueIdOf(turn.state.nextQueueNumber)
  turn.change({ nextQueueNumber: turn.state.nextQueueNumber + 1 })
  return queueId
}

function stampedMessage(turn: ServerTurn, queueId: string, question: Asked<'takeMessage'>): Octets {
  const { port, envelope, message, helloName, peerName, peerAddress, protocol } = question
  const { hostName, completeHeaders } = complete(turn.state.config)
  const whole = withHeaderSection(withWholeLineEnds(message))
  const submitted = completeHeaders && port === 'submission'
  return stampReceived(submitted ? completed(whole, queueId, hostName, turn.civil) : whole, {
    helloName,
    peerName,
    peerAddress,
    hostName,
    protocol,
    queueId,
    forwardPaths: envelope.forwardPaths,
    unixMs: turn.civil,
  })
}

function take(
  turn: ServerTurn,
  session: SessionId,
  { envelope }: Asked<'takeMessage'>,
  queueId: string,
  message: Octets,
): void {
  const { hostName } = complete(turn.state.config)
  // The reply and the queue entry of `accept` are one reaction: when 250 is on the wire, the message is on disk.
  turn.answer<SmtpServerAnswer>(session, { type: 'messageTaken', queueId })
  accept(turn, { queueId, letter: messageId(message) ?? `${queueId}@${hostName}`, envelope, message })
}

/** A message that exceeds the quota of every recipient is better refused here than returned later. */
function roomForNobody(state: MailServerState, envelope: SmtpEnvelope, message: Octets): Reply | undefined {
  const lacks = envelope.forwardPaths.map((forwardPath) => {
    const user = localMailbox(state, forwardPath)
    return user === undefined ? undefined : lackOfRoom(state, forwardPath, user, deliveredSize(message, envelope))
  })
  return lacks.every((lack) => lack !== undefined) ? (lacks.find((lack) => lack?.code === 452) ?? lacks[0]) : undefined
}
