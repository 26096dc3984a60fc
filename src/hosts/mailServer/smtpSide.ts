import type { Octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import { fieldBody, type HeaderField, headerSection, messageId, prependFields } from '../../mail/message'
import type { Reply, SmtpServerQuestion } from '../../protocols/smtp'
import type { SessionId } from '../../world/world'
import type { Turn } from '../turn'
import { answerSasl } from './authentication'
import { domainOf, localDomain, localUser } from './localAddresses'
import { accept } from './outgoing'
import { type MailServerState, queueIdOf } from './state'

/** What a mail server answers to its SMTP sessions. */

/** More trace fields than this and the message goes in circles (RFC 5321 section 6.3). */
const MAX_HOPS = 50

function verifyRecipient(state: MailServerState, forwardPath: string, user: string | undefined): Reply | undefined {
  const ours = !forwardPath.includes('@') || localDomain(state, domainOf(forwardPath)) !== undefined
  if (!ours) {
    return user === undefined
      ? { code: 550, enhanced: '5.7.1', text: `<${forwardPath}>: Relay access denied` }
      : undefined
  }
  return localUser(state, forwardPath) === undefined
    ? { code: 550, enhanced: '5.1.1', text: `<${forwardPath}>: Recipient address rejected: User unknown` }
    : undefined
}

export function answerSmtp(turn: Turn<MailServerState>, session: SessionId, question: SmtpServerQuestion): void {
  const { state } = turn
  switch (question.type) {
    case 'verifyRecipient': {
      const reply = verifyRecipient(state, question.forwardPath, question.user)
      turn.answer(session, reply ? { type: 'recipientRefused', reply } : { type: 'recipientAccepted' })
      return
    }
    case 'authenticate':
    case 'saslResponse':
    case 'saslCancelled':
      answerSasl(turn, session, question)
      return
    case 'verifyUser': {
      const path = question.text.replace(/^<(.*)>$/, '$1')
      const user = localUser(state, path)
      const reply: Reply =
        user !== undefined
          ? { code: 250, enhanced: '2.1.5', text: `<${user}>` }
          : path.includes('@') && localDomain(state, domainOf(path)) === undefined
            ? { code: 252, enhanced: '2.0.0', text: 'Cannot verify, but will take a message and try to deliver it' }
            : { code: 550, enhanced: '5.1.1', text: `<${path}>: User unknown` }
      turn.answer(session, { type: 'userVerified', reply })
      return
    }
    case 'takeMessage':
      takeMessage(turn, session, question)
      return
  }
}

function takeMessage(
  turn: Turn<MailServerState>,
  session: SessionId,
  question: Extract<SmtpServerQuestion, { type: 'takeMessage' }>,
): void {
  const { config } = turn.state
  const { envelope, message } = question
  const hops = headerSection(message).match(/^Received:/gim)?.length ?? 0
  if (hops > MAX_HOPS) {
    const reply: Reply = { code: 554, enhanced: '5.4.6', text: 'Too many hops: this message goes in circles' }
    turn.answer(session, { type: 'messageRefused', reply })
    return
  }
  const queueId = queueIdOf(turn.state.nextQueueNumber)
  turn.change({ nextQueueNumber: turn.state.nextQueueNumber + 1 })
  const fixed = question.user === undefined ? message : fixUp(message, queueId, config.hostName, turn.civil)
  const only = envelope.forwardPaths.length === 1 ? `\r\n\tfor <${envelope.forwardPaths[0]}>` : ''
  const received: HeaderField = {
    fieldName: 'Received',
    fieldBody:
      `from ${question.helloName} (${question.peerName} [${question.peerAddress}])\r\n` +
      `\tby ${config.hostName} with ${question.protocol} id ${queueId}${only};\r\n` +
      `\t${dateTime(turn.civil)}`,
  }
  const complete = prependFields(fixed, [received])
  turn.answer(session, { type: 'messageTaken', queueId })
  accept(turn, {
    queueId,
    letter: messageId(complete) ?? `${queueId}@${config.hostName}`,
    reversePath: envelope.reversePath,
    forwardPaths: envelope.forwardPaths,
    message: complete,
  })
}

/** A submission server completes what a mail program left out (RFC 6409 sections 8.1 and 8.2). */
function fixUp(message: Octets, queueId: string, hostName: string, unixMs: number): Octets {
  const missing: HeaderField[] = []
  if (fieldBody(message, 'Date') === undefined) missing.push({ fieldName: 'Date', fieldBody: dateTime(unixMs) })
  if (messageId(message) === undefined) {
    missing.push({ fieldName: 'Message-ID', fieldBody: `<${queueId}.${Math.floor(unixMs / 1000)}@${hostName}>` })
  }
  return missing.length === 0 ? message : prependFields(message, missing)
}
