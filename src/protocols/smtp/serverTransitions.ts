import type { Octets } from '../../base/octets'
import { helpLines } from './catalogue'
import { replyGloss } from './gloss'
import type { Reply } from './grammar'
import { closing, replies } from './replies'
import type { SmtpServerContext, SmtpServerEvent, SmtpServerQuestion, SpokenReply } from './serverTypes'

/** Pieces of transitions that several states of the server's machine share. */

export interface Scope {
  readonly context: SmtpServerContext
}
export type On<T extends SmtpServerEvent['type']> = Scope & { readonly event: Extract<SmtpServerEvent, { type: T }> }

export const say = (reply: Reply, gloss: string) =>
  ({
    type: 'reply',
    params: ({ context }: Scope): SpokenReply => ({ reply, enhanced: context.enhanced, gloss }),
  }) as const

/** Stays in the state, entered anew so that its timer begins again. */
export const stay = (state: string, reply: Reply, gloss: string) =>
  ({ target: state, reenter: true, actions: say(reply, gloss) }) as const

export const offersAuth = (context: SmtpServerContext): boolean =>
  context.port === 'submission' && context.plaintextAuth

function hello({ context, event }: On<'EHLO' | 'HELO'>): SpokenReply {
  const enhanced = false // RFC 2034 section 4: no enhanced code in replies to EHLO and HELO
  if (event.type === 'HELO') {
    const reply = { code: 250, text: context.hostName }
    return { reply, enhanced, gloss: replyGloss('HELO', reply) }
  }
  const text = [
    `${context.hostName} greets ${event.helloName}`,
    `SIZE ${context.maxSize}`,
    '8BITMIME',
    'PIPELINING',
    'ENHANCEDSTATUSCODES',
  ]
  if (offersAuth(context)) text.push('AUTH PLAIN')
  const reply = { code: 250, text }
  return { reply, enhanced, gloss: replyGloss('EHLO', reply) }
}

function help({ context, event }: On<'HELP'>): SpokenReply {
  const text = helpLines(event.topic, offersAuth(context))
  const reply = text ? { code: 214, enhanced: '2.0.0', text } : replies.noHelpOnThat
  return { reply, enhanced: context.enhanced, gloss: replyGloss('HELP', reply) }
}

/** What every state that reads commands answers alike (RFC 5321 section 4.1.4). */
export const common = (state: string) =>
  ({
    EHLO: {
      target: '#greeted',
      reenter: true,
      actions: [
        { type: 'greet', params: greetingOf },
        { type: 'reply', params: hello },
      ],
    },
    HELO: {
      target: '#greeted',
      reenter: true,
      actions: [
        { type: 'greet', params: greetingOf },
        { type: 'reply', params: hello },
      ],
    },
    NOOP: stay(state, replies.ok, replyGloss('NOOP', replies.ok)),
    HELP: { target: state, reenter: true, actions: { type: 'reply', params: help } },
    VRFY: {
      target: '#lookingUpName',
      actions: {
        type: 'ask',
        params: ({ event }: On<'VRFY'>): SmtpServerQuestion => ({ type: 'verifyUser', text: event.text }),
      },
    },
    QUIT: { target: '#closed', actions: [say(replies.bye, replyGloss('QUIT', replies.bye)), 'close'] },
    notOffered: stay(state, replies.notOffered, replyGloss('NOOP', replies.notOffered)),
    malformed: {
      target: state,
      reenter: true,
      actions: {
        type: 'reply',
        params: ({ context, event }: On<'malformed'>): SpokenReply => ({
          reply: event.reply,
          enhanced: context.enhanced,
          gloss: replyGloss('NOOP', event.reply),
        }),
      },
    },
    lineRunsOn: { actions: 'swallowLine' },
    lineTooLong: {
      ...stay(state, replies.lineTooLong, 'That line is longer than I can read.'),
      actions: ['endLine', say(replies.lineTooLong, 'That line is longer than I can read.')],
    },
  }) as const

const greetingOf = ({ event }: On<'EHLO' | 'HELO'>) => ({ helloName: event.helloName, extended: event.type === 'EHLO' })

export const resets = {
  target: '#greeted',
  reenter: true,
  actions: ['clear', say(replies.ok, replyGloss('RSET', replies.ok))],
} as const

export const timesOut = {
  commandTimeout: {
    target: '#closed',
    actions: [
      {
        type: 'reply',
        params: ({ context }: Scope): SpokenReply => ({
          reply: closing(context.hostName),
          enhanced: context.enhanced,
          gloss: 'You have been silent too long. I have to close now.',
        }),
      },
      'close',
    ],
  },
} as const

export const asksAboutRecipient = [
  {
    guard: 'recipientsAreFull',
    target: '#recipientsKnown',
    reenter: true,
    actions: say(replies.tooManyRecipients, 'That is enough readers for one letter.'),
  },
  {
    target: '#checkingRecipient',
    actions: [
      { type: 'noteCandidate', params: ({ event }: On<'RCPT'>) => event.forwardPath },
      {
        type: 'ask',
        params: ({ context, event }: On<'RCPT'>): SmtpServerQuestion => {
          const question = {
            type: 'verifyRecipient',
            reversePath: context.reversePath ?? '',
            forwardPath: event.forwardPath,
          } as const
          return context.user === '' ? question : { ...question, user: context.user }
        },
      },
    ],
  },
] as const

/** AUTH with its response, or the response alone: the credentials are on the event either way. */
export const asksToLogIn = {
  target: '#checkingPassword',
  actions: {
    type: 'ask',
    params: ({ event }: On<'AUTH' | 'credentials'>): SmtpServerQuestion => {
      const given = event.type === 'AUTH' ? event.credentials : event
      return {
        type: 'authenticate',
        authorizationId: given?.authorizationId ?? '',
        user: given?.user ?? '',
        password: given?.password ?? '',
      }
    },
  },
} as const

export function asksToTake({ context, event }: On<'endOfMailData'>): SmtpServerQuestion {
  const question = {
    type: 'takeMessage',
    envelope: { reversePath: context.reversePath ?? '', forwardPaths: context.forwardPaths },
    message: (context.mailData + event.octets) as Octets,
    helloName: context.helloName,
    peerAddress: context.peerAddress,
    peerName: context.peerName,
    protocol: context.user !== '' ? 'ESMTPA' : context.extended ? 'ESMTP' : 'SMTP',
  } as const
  return context.user === '' ? question : { ...question, user: context.user }
}

export const refusesRecipient = ({ context, event }: On<'recipientRefused'>): SpokenReply => ({
  reply: event.reply,
  enhanced: context.enhanced,
  gloss: replyGloss('RCPT', event.reply, context.candidate),
})

export const tellsOfUser = ({ context, event }: On<'userVerified'>): SpokenReply => ({
  reply: event.reply,
  enhanced: context.enhanced,
  gloss: replyGloss('VRFY', event.reply),
})
