import { EMPTY, type Octets, toBase64 } from '../../../base/octets'
import { isInternational } from '../grammar/envelope'
import { challengeReply, chunkTaken, closings, greeting, malformedProof, queued, replies } from '../grammar/replies'
import type { Reply } from '../grammar/reply'
import type { SmtpAnswered } from '../meaning'
import { helpLines } from './help'
import { ehloKeywords, offersAuth, offersTls } from './offers'
import type { SmtpServerContext, SmtpServerEvent, SmtpServerQuestion, SmtpTransport, SpokenReply } from './types'

/** The server's replies and its questions to the host: parameters of the machine's actions, and no targets. */

export interface Scope {
  readonly context: SmtpServerContext
  readonly event: SmtpServerEvent
}
export type On<T extends SmtpServerEvent['type']> = {
  readonly context: SmtpServerContext
  readonly event: Extract<SmtpServerEvent, { type: T }>
}

/**
 * The command or moment that a reply at this event answers. A command answers for itself; malformed lines and silence have
 * none.
 */
const answered: Readonly<Partial<Record<SmtpServerEvent['type'], SmtpAnswered>>> = {
  opened: 'greeting',
  EHLO: 'EHLO',
  HELO: 'HELO',
  MAIL: 'MAIL',
  RCPT: 'RCPT',
  recipientAccepted: 'RCPT',
  recipientRefused: 'RCPT',
  DATA: 'DATA',
  mailDataPart: 'mailData',
  endOfMailData: 'mailData',
  messageTaken: 'mailData',
  messageRefused: 'mailData',
  BDAT: 'BDAT',
  chunkPart: 'BDAT',
  RSET: 'RSET',
  NOOP: 'NOOP',
  QUIT: 'QUIT',
  VRFY: 'VRFY',
  userVerified: 'VRFY',
  HELP: 'HELP',
  STARTTLS: 'STARTTLS',
  AUTH: 'AUTH',
  saslResponse: 'AUTH',
  saslCancelled: 'AUTH',
  notBase64: 'AUTH',
  saslChallenge: 'AUTH',
  authenticated: 'AUTH',
  authenticationFailed: 'AUTH',
}

function spoken({ context, event }: Scope, reply: Reply, address?: string, relays?: true): SpokenReply {
  return { reply, enhanced: context.enhanced, answers: answered[event.type], address, relays }
}

/** Keeps the reply until after the pause. */
export const putsOff = (reply: Reply) =>
  ({ type: 'putOff', params: (scope: Scope): SpokenReply => spoken(scope, reply) }) as const

/** The same for the reply to a malformed line. */
export const putsOffItsReply = {
  type: 'putOff',
  params: (scope: On<'malformed'>): SpokenReply => spoken(scope, scope.event.reply),
} as const

/** The same for what is wrong with the argument of a command. */
export const putsOffItsMistake = {
  type: 'putOff',
  params: ({ context, event }: Scope): SpokenReply => ({
    reply: ('mistake' in event && event.mistake) || replies.unknownCommand,
    enhanced: context.enhanced,
  }),
} as const

/** The same for a failed login. */
export const putsOffRefusal = {
  type: 'putOff',
  params: (scope: On<'authenticationFailed'>): SpokenReply => {
    const { malformed } = scope.event
    return spoken(scope, malformed === undefined ? replies.authenticationFailed : malformedProof(malformed))
  },
} as const

export const saysLate = {
  type: 'reply',
  params: ({ context }: Scope): SpokenReply =>
    context.late ?? { reply: replies.unknownCommand, enhanced: context.enhanced },
} as const

/** The action that sends this reply. */
export const says = (reply: Reply) =>
  ({ type: 'reply', params: (scope: Scope): SpokenReply => spoken(scope, reply) }) as const

/** Sends the reply that came with the host's answer. */
export const saysItsReply = {
  type: 'reply',
  params: (scope: On<'messageRefused'>): SpokenReply => spoken(scope, scope.event.reply),
} as const

export const greets = {
  type: 'reply',
  params: (scope: Scope): SpokenReply => spoken(scope, greeting(scope.context.hostName)),
} as const

/** The replies to EHLO and HELO have no enhanced codes (RFC 2034 section 4). */
export const saysHello = {
  type: 'reply',
  params: ({ context, event }: On<'EHLO' | 'HELO'>): SpokenReply => {
    const text =
      event.type === 'HELO'
        ? context.hostName
        : [`${context.hostName} greets ${event.helloName}`, ...ehloKeywords(context)]
    return { reply: { code: 250, text }, enhanced: false, answers: event.type }
  },
} as const

export const helps = {
  type: 'reply',
  params: (scope: On<'HELP'>): SpokenReply => {
    const { context, event } = scope
    const text = helpLines(event.topic, { auth: offersAuth(context), tls: offersTls(context) })
    return spoken(scope, text ? { code: 214, enhanced: '2.0.0', text } : replies.noHelpOnThat)
  },
} as const

/** Sends the reason why the connection ends, with the server's name. */
export const closesFor = (reason: keyof typeof closings) =>
  ({ type: 'reply', params: ({ context }: Scope): SpokenReply => closing(context, reason) }) as const

/** The last reply of a server that is told to stop. */
export const takesLeave = {
  type: 'reply',
  params: ({ context, event }: On<'stopping'>): SpokenReply => closing(context, event.why),
} as const

const closing = ({ hostName, enhanced }: Scope['context'], reason: keyof typeof closings): SpokenReply => ({
  reply: closings[reason](hostName),
  enhanced,
  reason,
})

export const takesSender = {
  type: 'reply',
  params: (scope: On<'MAIL'>): SpokenReply => spoken(scope, replies.senderOk, scope.event.reversePath),
} as const

export const takesRecipient = {
  type: 'reply',
  params: (scope: Scope): SpokenReply =>
    spoken(
      scope,
      replies.recipientOk,
      scope.context.candidate?.forwardPath,
      scope.context.port === 'submission' || undefined,
    ),
} as const

export const refusesRecipient = {
  type: 'reply',
  params: (scope: On<'recipientRefused'>): SpokenReply =>
    spoken(scope, scope.event.reply, scope.context.candidate?.forwardPath),
} as const

export const asksAboutRecipient = {
  type: 'ask',
  params: ({ context, event }: On<'RCPT'>): SmtpServerQuestion => ({
    type: 'verifyRecipient',
    port: context.port,
    peerAddress: context.peerAddress,
    reversePath: context.envelope?.reversePath ?? '',
    forwardPath: event.forwardPath,
    ...(context.declaredSize > 0 && { size: context.declaredSize }),
    ...(context.user !== '' && { user: context.user }),
  }),
} as const

export const asksAboutUser = {
  type: 'ask',
  params: ({ event }: On<'VRFY'>): SmtpServerQuestion => ({ ...event, type: 'verifyUser' }),
} as const

/** The host's answer to VRFY. Text beyond ASCII goes only to a client that asked for it (RFC 6531 section 3.7.4.2). */
export const tellsOfUser = {
  type: 'reply',
  params: (scope: On<'userVerified'>): SpokenReply => {
    const { context, event } = scope
    const lines = typeof event.reply.text === 'string' ? [event.reply.text] : event.reply.text
    const international = lines.some(isInternational)
    if (international && !context.utf8Reply) return spoken(scope, replies.cannotShow)
    return { ...spoken(scope, event.reply), ...(international && { utf8: true }) }
  },
} as const

/** The `with` of the trace field (RFC 3848; RFC 6531 section 4.3). */
function transportOf({ envelope, extended, secure, user }: SmtpServerContext): SmtpTransport {
  if (!extended && user === '') return 'SMTP'
  return `${envelope?.smtpUtf8 ? 'UTF8SMTP' : 'ESMTP'}${secure ? 'S' : ''}${user === '' ? '' : 'A'}`
}

export function takeMessage(
  context: SmtpServerContext,
  lastPart: Octets,
): Extract<SmtpServerQuestion, { type: 'takeMessage' }> {
  return {
    type: 'takeMessage',
    port: context.port,
    envelope: context.envelope ?? { reversePath: '', forwardPaths: [] },
    message: (context.mailData + lastPart) as Octets,
    helloName: context.helloName,
    peerAddress: context.peerAddress,
    peerName: context.peerName,
    protocol: transportOf(context),
    ...(context.user !== '' && { user: context.user }),
  }
}

export const asksToTakeMailData = {
  type: 'ask',
  params: ({ context, event }: On<'endOfMailData'>): SmtpServerQuestion => takeMessage(context, event.octets),
} as const

export const asksToTakeChunks = {
  type: 'ask',
  params: ({ context }: Scope): SmtpServerQuestion => takeMessage(context, EMPTY),
} as const

export const tellsQueueId = {
  type: 'reply',
  params: (scope: On<'messageTaken'>): SpokenReply => spoken(scope, queued(scope.event.queueId)),
} as const

export const takesChunk = {
  type: 'reply',
  params: (scope: Scope): SpokenReply => spoken(scope, chunkTaken(scope.context.chunk?.size ?? 0)),
} as const

export const refusesChunk = {
  type: 'reply',
  params: (scope: Scope): SpokenReply => spoken(scope, scope.context.chunk?.refusal ?? replies.transactionFailed),
} as const

export const asksToAuthenticate = {
  type: 'ask',
  params: ({ event }: On<'AUTH'>): SmtpServerQuestion => {
    const { mechanism, response } = event
    // The guards have checked that the mechanism is known.
    const question = { type: 'authenticate', mechanism: mechanism === '' ? 'PLAIN' : mechanism } as const
    return response === undefined ? question : { ...question, response }
  },
} as const

export const passesResponse = {
  type: 'ask',
  params: ({ event }: On<'saslResponse'>): SmtpServerQuestion => ({ type: 'saslResponse', response: event.response }),
} as const

export const cancelsExchange = { type: 'ask', params: { type: 'saslCancelled' } } as const

export const challenges = {
  type: 'reply',
  params: (scope: On<'saslChallenge'>): SpokenReply => {
    const { challenge } = scope.event
    return spoken(scope, challengeReply(challenge === EMPTY ? EMPTY : toBase64(challenge)))
  },
} as const

export const welcomes = {
  type: 'reply',
  params: (scope: On<'authenticated'>): SpokenReply => spoken(scope, replies.authenticated, scope.event.user),
} as const
