import type { Octets } from '../../../base/octets'
import { replyGloss } from '../gloss'
import { queued, replies } from '../grammar/replies'
import { type On, say, tells, timesOut } from './transitions'
import type { SmtpServerContext, SmtpServerQuestion, SmtpTransport, SpokenReply } from './types'

/** The letter itself by DATA (RFC 5321 section 4.1.1.4): only CRLF.CRLF ends it. */

/** The `with` of the trace field (RFC 3848; RFC 6531 section 4.3). */
function transportOf({ envelope, extended, secure, user }: SmtpServerContext): SmtpTransport {
  if (!extended && user === '') return 'SMTP'
  return `${envelope?.smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${secure ? 'S' : ''}${user === '' ? '' : 'A'}`
}

export function asksToTake(context: SmtpServerContext, lastPart: Octets): SmtpServerQuestion {
  const question = {
    type: 'takeMessage',
    envelope: context.envelope ?? { reversePath: '', forwardPaths: [] },
    message: (context.mailData + lastPart) as Octets,
    helloName: context.helloName,
    peerAddress: context.peerAddress,
    peerName: context.peerName,
    protocol: transportOf(context),
  } as const
  return context.user === '' ? question : { ...question, user: context.user }
}

/** The letter is not taken, and the transaction is over. */
export const refusesLetter = (reply: (typeof replies)['messageTooLarge' | 'bareLineEnd']) =>
  ({ target: '#greeted', actions: ['clear', say(reply, replyGloss('letter', reply))] }) as const

export const takingTheLetter = {
  id: 'takingTheLetter',
  meta: { title: 'taking the letter' },
  tags: 'reads:mailData',
  after: timesOut,
  on: {
    mailDataPart: {
      target: '#takingTheLetter',
      reenter: true,
      actions: { type: 'keepPart', params: ({ event }: On<'mailDataPart'>) => event },
    },
    endOfMailData: [
      {
        guard: { type: 'isTooLarge', params: ({ event }: On<'endOfMailData'>) => event.octets.length },
        ...refusesLetter(replies.messageTooLarge),
      },
      {
        guard: { type: 'hasBareLineEnd', params: ({ event }: On<'endOfMailData'>) => event.octets },
        ...refusesLetter(replies.bareLineEnd),
      },
      {
        target: '#storing',
        actions: {
          type: 'ask',
          params: ({ context, event }: On<'endOfMailData'>) => asksToTake(context, event.octets),
        },
      },
    ],
  },
} as const

/** The host's word on a letter as a whole: the transaction is over either way. */
export const storing = {
  id: 'storing',
  meta: { title: 'storing the letter' },
  on: {
    messageTaken: {
      target: '#greeted',
      actions: ['clear', { type: 'reply', params: tellsTaken }],
    },
    messageRefused: { target: '#greeted', actions: ['clear', tells('letter')] },
  },
} as const

function tellsTaken({ context, event }: On<'messageTaken'>): SpokenReply {
  const reply = queued(event.queueId)
  return { reply, enhanced: context.enhanced, gloss: replyGloss('letter', reply) }
}
