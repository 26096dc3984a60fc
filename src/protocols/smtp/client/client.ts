import { CRLF, concat, EMPTY, fromBase64, fromText, type Octets } from '../../../base/octets'
import { plainAction } from '../../../session/plainAction'
import type { Action, Protocol, Reader } from '../../../session/session'
import { parseReply, type Reply, stuffDots } from '../grammar/reply'
import { meaningOfReply, meanings, type SmtpAnswered } from '../meaning'
import { smtpClientMachine } from './machine'
import type {
  SmtpClientContext,
  SmtpClientQuestion,
  SmtpMessage,
  SmtpReplyUnit,
  SpokenCommand,
  SpokenData,
} from './types'

/** A line that is no reply counts as a temporary failure: the client tries the message again later. */
const NO_REPLY: Reply = { code: 451, enhanced: '4.5.0', text: 'The server gave no valid reply' }

const unitTypes = {
  2: 'positiveCompletion',
  3: 'positiveIntermediate',
  4: 'transientNegative',
  5: 'permanentNegative',
} as const

function unitOf(answers: SmtpAnswered, reply: Reply): SmtpReplyUnit {
  if (reply.code === 421) return { type: 'serviceNotAvailable', reply }
  if (answers === 'AUTH' && reply.code === 334) {
    const base64 = typeof reply.text === 'string' ? reply.text : reply.text.join('')
    return { type: 'challenge', challenge: fromBase64(base64.trim() as Octets) }
  }
  // "Too many recipients" was once 552; a client treats that as 452 (RFC 5321 section 4.5.3.1.10).
  if (answers === 'RCPT' && reply.code === 552) return { type: 'transientNegative', reply: { ...reply, code: 452 } }
  return { type: unitTypes[Math.floor(reply.code / 100) as 2 | 3 | 4 | 5], reply }
}

/** The address or user of the question, if there is one and it is not empty. */
function addressIn(answers: SmtpAnswered, { letter, said, credentials }: SmtpClientContext): string | undefined {
  switch (answers) {
    case 'AUTH':
      return credentials?.user || undefined
    case 'MAIL':
      return letter?.envelope.reversePath || undefined
    case 'RCPT':
      return letter?.envelope.forwardPaths[said] || undefined
    default:
      return undefined
  }
}

/** Replies to one command: the meaning of a reply depends on its command. */
const repliesTo =
  (answers: SmtpAnswered): Reader =>
  (inbox, context: SmtpClientContext) => {
    const parsed = parseReply(inbox)
    if (parsed === 'needsMore') return 'needsMore'
    const { reply, length } = parsed
    if (!reply)
      return {
        event: { type: 'noReply', reply: NO_REPLY } as SmtpReplyUnit,
        length,
        means: meanings.noReply,
      }
    const address = addressIn(answers, context)
    const relays = context.submits || undefined
    return { event: unitOf(answers, reply), length, means: meaningOfReply(reply, { answers, address, relays }) }
  }

const spoken = ({ line, means }: SpokenCommand): Action<never> => ({
  type: 'send',
  octets: concat(fromText(line), CRLF),
  means,
})

/** The client's half of SMTP: relaying to an exchanger, or submitting with a password. */
export const smtpClient: Protocol<SmtpClientQuestion> = {
  key: 'smtp.client',
  name: 'SMTP',
  role: 'client',
  machine: smtpClientMachine,
  readers: {
    greeting: repliesTo('greeting'),
    replyToEhlo: repliesTo('EHLO'),
    replyToHelo: repliesTo('HELO'),
    replyToStartTls: repliesTo('STARTTLS'),
    replyToAuth: repliesTo('AUTH'),
    replyToMail: repliesTo('MAIL'),
    replyToRcpt: repliesTo('RCPT'),
    replyToData: repliesTo('DATA'),
    replyToMessage: repliesTo('mailData'),
    replyToBdat: repliesTo('BDAT'),
    replyToRset: repliesTo('RSET'),
    replyToQuit: repliesTo('QUIT'),
  },
  perform(action) {
    switch (action.type) {
      case 'say':
        return [spoken(action.params as SpokenCommand)]
      case 'sayAll':
        return (action.params as readonly SpokenCommand[]).map(spoken)
      case 'sendMessage': {
        const { message } = action.params as SmtpMessage
        return [
          {
            type: 'send',
            octets: stuffDots(message),
            means: meanings.mailData,
          },
        ]
      }
      case 'sendNothing':
        return [
          {
            type: 'send',
            octets: stuffDots(EMPTY),
            means: meanings.noMailData,
          },
        ]
      case 'sendChunks':
        return (action.params as readonly SpokenData[]).map((data) => ({ type: 'send', ...data }))
      default:
        return plainAction(action)
    }
  },
}
