import type { Session } from '../../../session/session'
import { replies } from '../grammar/replies'
import type { Reply } from '../grammar/reply'
import { ehloKeywords } from '../server/offers'
import { nameOf } from './agreed'
import type { ByHandContext } from './types'

/** A reply that a person may choose: `name` tells its cause, and whether its number fits the moment is for the person to say. */
export interface Fitting {
  readonly name: FittingName
  readonly reply: Reply
}

export type FittingName =
  | 'welcome'
  | 'greets'
  | 'bareGreets'
  | 'ok'
  | 'taken'
  | 'bye'
  | 'startMailInput'
  | 'challenge'
  | 'closing'
  | 'busy'
  | 'mailboxFull'
  | 'systemFull'
  | 'tryAgainLater'
  | 'noSuchUser'
  | 'relayDenied'
  | 'messageTooLarge'
  | 'wrongMoment'
  | 'unknownCommand'
  | 'failed'
  | 'readyForTls'
  | 'authenticated'
  | 'authenticationFailed'

const told = (name: FittingName, reply: Reply): Fitting => ({ name, reply })

/**
 * The replies with this first digit that a server of today might give to the line that waits, the usual ones first. The list is the
 * same whatever is right.
 */
export function fittingReplies(session: Session, digit: 2 | 3 | 4 | 5): readonly Fitting[] {
  const context = session.machine.context as ByHandContext
  const { heard } = context
  if (!heard) return []
  const of = { 2: yes, 3: more, 4: later, 5: no }[digit]
  return of(context, heard)
}

type Offer = (context: ByHandContext, heard: NonNullable<ByHandContext['heard']>) => readonly Fitting[]

const yes: Offer = (context, heard) => {
  const { hostName } = context
  const ok = told('ok', replies.ok)
  const bye = told('bye', replies.bye)
  switch (nameOf(heard)) {
    case 'greeting':
      return [told('welcome', { code: 220, text: `${hostName} ESMTP` }), ok, bye]
    case 'EHLO': {
      const text = [hostName, ...ehloKeywords(context)]
      return [told('bareGreets', { code: 250, text: hostName }), told('greets', { code: 250, text }), bye]
    }
    case 'HELO':
      return [told('bareGreets', { code: 250, text: hostName }), bye]
    case 'MAIL':
      return [told('ok', replies.senderOk), bye]
    case 'RCPT':
      return [told('ok', replies.recipientOk), bye]
    case 'mailData':
    case 'BDAT':
      return [told('taken', { code: 250, enhanced: '2.0.0', text: 'Ok: it is mine now' }), bye]
    case 'QUIT':
      return [bye, ok]
    case 'STARTTLS':
      return [told('readyForTls', replies.readyForTls), ok, bye]
    case 'AUTH':
    case 'saslResponse':
      return [told('authenticated', replies.authenticated), ok, bye]
    default:
      return [ok, bye]
  }
}

const more: Offer = (_, heard) => {
  const start = told('startMailInput', replies.startMailInput)
  const challenge = told('challenge', { code: 334, text: '' })
  const name = nameOf(heard)
  return name === 'AUTH' || name === 'saslResponse' ? [challenge, start] : [start, challenge]
}

const later: Offer = ({ hostName }, heard) => {
  const closing = told('closing', {
    code: 421,
    enhanced: '4.3.2',
    text: `${hostName} Service not available, closing transmission channel`,
  })
  const again = told('tryAgainLater', replies.tryAgainLater)
  const full = told('systemFull', { code: 452, enhanced: '4.3.1', text: 'Insufficient system storage' })
  if (nameOf(heard) === 'RCPT') {
    const busy = told('busy', { code: 450, enhanced: '4.2.1', text: 'Mailbox busy, try again later' })
    return [busy, told('mailboxFull', replies.mailboxFull), again, closing]
  }
  return nameOf(heard) === 'greeting' ? [closing, again, full] : [again, full, closing]
}

const no: Offer = (_, heard) => {
  const moment = told('wrongMoment', { code: 503, enhanced: '5.5.1', text: 'Bad sequence of commands' })
  const unknown = told('unknownCommand', replies.unknownCommand)
  const large = told('messageTooLarge', replies.messageTooLarge)
  const failed = told('failed', replies.transactionFailed)
  switch (nameOf(heard)) {
    case 'greeting':
      return [told('failed', { code: 554, enhanced: '5.3.2', text: 'No mail service here' }), unknown]
    case 'MAIL':
      return [told('relayDenied', { code: 550, enhanced: '5.7.1', text: 'Not from you' }), large, moment, unknown]
    case 'RCPT': {
      const path = heard.type === 'RCPT' ? `<${heard.forwardPath}>: ` : ''
      const nobody = { code: 550, enhanced: '5.1.1', text: `${path}No such user here` }
      const relay = { code: 550, enhanced: '5.7.1', text: `${path}Relay access denied` }
      return [told('noSuchUser', nobody), told('relayDenied', relay), large, moment]
    }
    case 'mailData':
    case 'BDAT':
      return [failed, large, told('relayDenied', replies.relayDenied), moment]
    case 'AUTH':
    case 'saslResponse':
      return [told('authenticationFailed', replies.authenticationFailed), moment, unknown]
    default:
      return [moment, unknown, failed]
  }
}
