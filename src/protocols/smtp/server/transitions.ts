import { isPlaintext, type SaslMechanism } from '../../../sasl'
import { type Asked, replyGloss } from '../gloss'
import { closing, replies, shuttingDown, tooManyErrors } from '../grammar/replies'
import type { Reply } from '../grammar/reply'
import { helpLines } from './help'
import type { SmtpServerContext, SmtpServerEvent, SmtpServerQuestion, SpokenReply } from './types'

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

/** Says the reply that came with the host's answer. */
export const tells = (asked: Asked) =>
  ({
    type: 'reply',
    params: ({ context, event }: On<'messageRefused' | 'malformed'>): SpokenReply => ({
      reply: event.reply,
      enhanced: context.enhanced,
      gloss: replyGloss(asked, event.reply),
    }),
  }) as const

/** The mechanisms that may be used now: a password goes over an encrypted wire, or where the host says that it may not. */
export const mechanismsNow = ({ mechanisms, secure, plaintextAuth }: SmtpServerContext): readonly SaslMechanism[] =>
  secure || plaintextAuth ? mechanisms : mechanisms.filter((mechanism) => !isPlaintext(mechanism))

export const offersAuth = (context: SmtpServerContext): boolean => mechanismsNow(context).length > 0

export const offersTls = ({ tls, secure }: SmtpServerContext): boolean =>
  !secure && (tls === 'offered' || tls === 'required')

/** The lines of the reply to EHLO, after the first (RFC 5321 section 4.1.1.1). */
export function ehloKeywords(context: SmtpServerContext): readonly string[] {
  return [
    `SIZE ${context.maxSize}`,
    '8BITMIME',
    'SMTPUTF8',
    'DSN',
    'CHUNKING',
    `LIMITS RCPTMAX=${context.maxRecipients}`,
    'PIPELINING',
    ...(offersTls(context) ? ['STARTTLS'] : []),
    ...(offersAuth(context) ? [`AUTH ${mechanismsNow(context).join(' ')}`] : []),
    'ENHANCEDSTATUSCODES',
  ]
}

function hello({ context, event }: On<'EHLO' | 'HELO'>): SpokenReply {
  const enhanced = false // RFC 2034 section 4: no enhanced code in replies to EHLO and HELO
  const reply =
    event.type === 'HELO'
      ? { code: 250, text: context.hostName }
      : { code: 250, text: [`${context.hostName} greets ${event.helloName}`, ...ehloKeywords(context)] }
  return { reply, enhanced, gloss: replyGloss(event.type, reply) }
}

function help({ context, event }: On<'HELP'>): SpokenReply {
  const text = helpLines(event.topic, { auth: offersAuth(context), tls: offersTls(context) })
  const reply = text ? { code: 214, enhanced: '2.0.0', text } : replies.noHelpOnThat
  return { reply, enhanced: context.enhanced, gloss: replyGloss('HELP', reply) }
}

const greetingOf = ({ event }: On<'EHLO' | 'HELO'>) => ({ helloName: event.helloName, extended: event.type === 'EHLO' })

const greets = {
  target: '#greeted',
  reenter: true,
  actions: [
    { type: 'greet', params: greetingOf },
    { type: 'reply', params: hello },
  ],
} as const

/** Says why the connection ends, with the server's name, and ends it. */
const hangsUp = (replyOf: (hostName: string) => Reply, gloss: string) =>
  [
    {
      type: 'reply',
      params: ({ context }: Scope): SpokenReply => ({
        reply: replyOf(context.hostName),
        enhanced: context.enhanced,
        gloss,
      }),
    },
    'close',
  ] as const

/** After so many lines that are no commands, and passwords that are wrong, this is no mail program at the other end. */
export const losesPatience = {
  guard: 'erredTooOften',
  target: '#closed',
  actions: hangsUp(tooManyErrors, 'That is one mistake too many. I have to close now.'),
} as const

/** Before STARTTLS, where it is required, everything but EHLO, STARTTLS, NOOP and QUIT gets 530 (RFC 3207 section 4). */
export const needsTls = (state: string) =>
  ({ guard: 'mustSecure', ...stay(state, replies.tlsRequired, 'First let us make this private.') }) as const

/** STARTTLS where there is none to be had, or no more. */
export const hasNoTlsToStart = (state: string) =>
  [
    { guard: 'isSecure', ...stay(state, replies.alreadySecure, 'We are private already.') },
    { guard: 'hasNoTls', ...stay(state, replies.notOffered, 'I cannot do that here.') },
  ] as const

/** What every state that reads commands answers alike (RFC 5321 section 4.1.4). */
export const common = (state: string) =>
  ({
    EHLO: greets,
    HELO: [needsTls(state), greets],
    NOOP: stay(state, replies.ok, replyGloss('NOOP', replies.ok)),
    HELP: [needsTls(state), { target: state, reenter: true, actions: { type: 'reply', params: help } }],
    VRFY: [
      needsTls(state),
      {
        target: '#lookingUpName',
        actions: [
          { type: 'noteUtf8Wish', params: ({ event }: On<'VRFY'>) => event.smtpUtf8 ?? false },
          { type: 'ask', params: ({ event }: On<'VRFY'>): SmtpServerQuestion => ({ ...event, type: 'verifyUser' }) },
        ],
      },
    ],
    QUIT: { target: '#closed', actions: [say(replies.bye, replyGloss('QUIT', replies.bye)), 'close'] },
    notOffered: stay(state, replies.notOffered, replyGloss('NOOP', replies.notOffered)),
    malformed: [losesPatience, { target: state, reenter: true, actions: ['countMistake', tells('NOOP')] }],
    lineRunsOn: { actions: 'swallowLine' },
    lineTooLong: [
      losesPatience,
      {
        target: state,
        reenter: true,
        actions: ['countMistake', 'endLine', say(replies.lineTooLong, 'That line is longer than I can read.')],
      },
    ],
  }) as const

export const resets = {
  target: '#greeted',
  reenter: true,
  actions: ['clear', say(replies.ok, replyGloss('RSET', replies.ok))],
} as const

export const timesOut = {
  commandTimeout: {
    target: '#closed',
    actions: hangsUp(closing, 'You have been silent too long. I have to close now.'),
  },
} as const

/** The host is about to be shut down: nobody is left without a word (RFC 5321 section 3.8). What is not accepted by now is not. */
export const takesLeave = {
  target: '#closed',
  actions: hangsUp(shuttingDown, 'I am being shut down. Please come again later.'),
} as const

/** What a letter under way stands in the way of. */
export const whileUnderWay = (state: string) =>
  ({
    MAIL: stay(state, replies.nestedMail, 'A sender is already known.'),
    RSET: resets,
    AUTH: stay(state, replies.authInTransaction, letterUnderWay),
    STARTTLS: [...hasNoTlsToStart(state), stay(state, replies.tlsInTransaction, letterUnderWay)],
  }) as const

const letterUnderWay = 'Not while a letter is under way.'

/** Passes on to the state that the session was in, as its context tells: the letter under way, the greeting, or nothing yet. */
export const returning = {
  id: 'returning',
  meta: { title: 'going on where it was' },
  always: [
    { guard: 'isSpoilt', target: '#chunksRefused' },
    { guard: 'hasChunks', target: '#chunksUnderWay' },
    { guard: 'hasRecipients', target: '#recipientsKnown' },
    { guard: 'hasSender', target: '#senderKnown' },
    { guard: 'isGreeted', target: '#greeted' },
    { target: '#waiting' },
  ],
} as const
