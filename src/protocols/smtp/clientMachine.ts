import { assign, setup } from 'xstate'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import { clientTrusts } from '../../sasl'
import {
  type Answered,
  beginLogin,
  canLogIn,
  closedReport,
  endedByUs,
  extensionsOf,
  needsUtf8,
  replyReport,
  respond,
  type Scope,
  say,
  saysAuth,
  saysHello,
  saysMail,
  saysRecipient,
  saysResponse,
  transferEnded,
} from './clientTransitions'
import type {
  SmtpClientContext,
  SmtpClientEvent,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpLetter,
  SmtpTransferReport,
  SpokenCommand,
} from './clientTypes'
import { hasEightBit, type Reply } from './grammar'

/**
 * The client's half of SMTP (RFC 5321): says one command, waits for its reply, and goes by the reply's first digit.
 * One connection carries letter after letter for as long as the host has any. All its states and transitions, nothing else.
 */

const lost = { target: '#closed', actions: { type: 'ask', params: closedReport('lost') } } as const
const unreachable = { target: '#closed', actions: { type: 'ask', params: closedReport('unreachable') } } as const

/** No answer in time: the connection is given up. */
const givesUp = {
  target: '#closed',
  actions: [
    {
      type: 'ask',
      params: ({ context }: Scope) => closedReport('lost')({ context, event: { why: 'timedOut' } }),
    },
    'close',
  ],
} as const

/** The server wants no letters from us at all: report, and take leave. */
const takesLeave = (outcome: 'refused' | 'deferred') =>
  ({ target: '#sayingGoodbye', actions: [{ type: 'ask', params: transferEnded(outcome, false) }, say.quit] }) as const

/** This letter was refused as a whole, outside of a transaction: on to the next. */
const endsLetter = (outcome: 'accepted' | 'refused' | 'deferred') =>
  ({ target: '#ready', actions: [{ type: 'ask', params: transferEnded(outcome, true) }, 'dropLetter'] }) as const

/** The transaction has come to nothing: RSET first, then the report. */
const startsOver = (outcome: 'refused' | 'deferred') =>
  ({
    target: '#startingOver',
    actions: [
      {
        type: 'keepReport',
        params: ({ context, event }: Answered) => replyReport(context, event.reply, outcome),
      },
      say.rset,
    ],
  }) as const

const negative = <T extends (outcome: 'refused' | 'deferred') => object>(then: T) => ({
  transientNegative: then('deferred') as ReturnType<T>,
  permanentNegative: then('refused') as ReturnType<T>,
  noReply: then('deferred') as ReturnType<T>,
})

/** After a recipient's reply: the next recipient, or the letter, or nobody will have it. */
const afterRecipient = (note: 'noteAccepted' | 'noteRefused') =>
  [
    { guard: 'hasMoreRecipients', target: '#namingRecipient', reenter: true, actions: [note, saysRecipient] },
    { guard: note === 'noteAccepted' ? 'always' : 'hasAccepted', target: '#askingToSend', actions: [note, say.data] },
    {
      target: '#startingOver',
      actions: [
        note,
        {
          type: 'keepReport',
          params: ({ context, event }: Answered) => {
            const later = context.refused.some(({ reply }) => reply.code < 500)
            return replyReport(context, event.reply, later ? 'deferred' : 'refused')
          },
        },
        say.rset,
      ],
    },
  ] as const

/** Nothing of ours to send unencrypted (RFC 8314 section 5.2), or no way to encrypt: try again another time. */
const NO_TLS: Reply = { code: 454, enhanced: '4.7.4', text: 'The server offers no encryption, and none is no choice' }
const NOT_TRUSTED: Reply = { code: 454, enhanced: '4.7.0', text: 'The server let us in without knowing the password' }
const NO_UTF8: Reply = { code: 553, enhanced: '5.6.7', text: 'The server takes no addresses beyond ASCII' }
const NO_EIGHT_BIT: Reply = { code: 554, enhanced: '5.6.3', text: 'The server takes no 8-bit messages' }

const insists = {
  target: '#sayingGoodbye',
  actions: [{ type: 'ask', params: endedByUs('deferred', NO_TLS, false) }, say.quit],
} as const

/** The server cannot take this letter, so it is not even shown to it. */
const cannotBeCarried = (guard: 'needsSmtpUtf8' | 'needsEightBit', reply: Reply) =>
  ({
    guard: { type: guard, params: ({ event }: { event: SmtpLetter }) => event },
    target: '#ready',
    actions: { type: 'ask', params: endedByUs('refused', reply, true) },
  }) as const

const asksForLetter = { type: 'ask', params: { type: 'nextLetter' } } as const
const logsInOrGoesOn = [
  { guard: 'canLogIn', target: '#loggingIn', actions: [saysAuth, 'beginLogin'] },
  { target: '#ready', actions: asksForLetter },
] as const

/** STARTTLS was offered and is not to be had: on in the clear, or not at all. */
const goesOnUnencrypted = [{ guard: 'insistsOnTls', ...insists }, ...logsInOrGoesOn] as const

/** 421 may come at any time: the server closes now (RFC 5321 section 3.8). */
const closesDown = {
  target: '#closed',
  actions: [
    {
      type: 'ask',
      params: ({ context, event }: Answered): SmtpClientQuestion => ({
        type: 'transferEnded',
        report: context.report ?? replyReport(context, event.reply, 'deferred'),
        open: false,
      }),
    },
    'close',
  ],
} as const

const nothing = { letter: null, said: 0, accepted: [], refused: [], report: null }

export const smtpClientMachine = setup({
  types: {
    context: {} as SmtpClientContext,
    events: {} as SmtpClientEvent,
    input: {} as SmtpClientInput,
    tags: {} as `reads:${string}`,
    meta: {} as { title: string },
  },
  actions: {
    say: (_, _params: SpokenCommand) => {},
    sendLetter: (_, _params: SmtpLetter) => {},
    ask: (_, _params: SmtpClientQuestion) => {},
    startTls: () => {},
    close: () => {},
    noteServer: assign((_, port: number) => ({ submits: port === 587 || port === 465 })),
    noteExtensions: assign((_, reply: Reply) => ({ extensions: extensionsOf(reply) })),
    beginAnew: assign({ secure: true, extensions: {} }),
    beginLogin: assign(({ context }) => ({ exchange: beginLogin(context).exchange })),
    respond: assign(({ context }, challenge: Octets | undefined) => ({ exchange: respond(context, challenge)[0] })),
    endLogin: assign({ exchange: null }),
    takeLetter: assign((_, letter: SmtpLetter) => ({ ...nothing, letter })),
    dropLetter: assign(nothing),
    noteAccepted: assign(({ context }) => ({
      said: context.said + 1,
      accepted: [...context.accepted, context.letter?.envelope.forwardPaths[context.said] ?? ''],
    })),
    noteRefused: assign(({ context, event }) => ({
      said: context.said + 1,
      refused:
        'reply' in event
          ? [
              ...context.refused,
              { forwardPath: context.letter?.envelope.forwardPaths[context.said] ?? '', reply: event.reply },
            ]
          : context.refused,
    })),
    keepReport: assign((_, report: SmtpTransferReport) => ({ report })),
  },
  guards: {
    always: () => true,
    isUnknownCommand: (_, code: number) => code === 500 || code === 502,
    startsTls: ({ context }) => wantsTls(context) && context.extensions.STARTTLS !== undefined,
    insistsOnTls: ({ context }) => wantsTls(context) && context.tls === 'required',
    canLogIn: ({ context }) => canLogIn(context, context.extensions),
    isTrusted: ({ context }) => context.exchange === null || clientTrusts(context.exchange),
    hasMoreRecipients: ({ context }) =>
      context.letter !== null && context.said + 1 < context.letter.envelope.forwardPaths.length,
    hasAccepted: ({ context }) => context.accepted.length > 0,
    needsSmtpUtf8: ({ context }, letter: SmtpLetter) => context.extensions.SMTPUTF8 === undefined && needsUtf8(letter),
    needsEightBit: ({ context }, letter: SmtpLetter) =>
      context.extensions['8BITMIME'] === undefined && hasEightBit(letter.message),
  },
  delays: {
    /** RFC 5321 sections 4.5.3.2.1 to 4.5.3.2.6; EHLO, AUTH and QUIT have none of their own there. */
    greetingTimeout: minutes(5),
    helloTimeout: minutes(5),
    tlsTimeout: minutes(5),
    loginTimeout: minutes(5),
    mailTimeout: minutes(5),
    recipientTimeout: minutes(5),
    dataTimeout: minutes(2),
    endOfMailDataTimeout: minutes(10),
    resetTimeout: minutes(5),
    quitTimeout: minutes(5),
  },
}).createMachine({
  id: 'smtp.client',
  context: ({ input }) => ({
    ...nothing,
    submits: false,
    secure: input.tls === 'implicit',
    exchange: null,
    extensions: {},
    ...input,
  }),
  initial: 'connecting',
  on: { closed: lost, serviceNotAvailable: closesDown },
  states: {
    connecting: {
      meta: { title: 'connecting' },
      on: {
        opened: { target: 'awaitingGreeting', actions: { type: 'noteServer', params: ({ event }) => event.peer.port } },
        closed: unreachable,
      },
    },
    awaitingGreeting: {
      meta: { title: 'awaiting the greeting' },
      tags: 'reads:greeting',
      after: { greetingTimeout: givesUp },
      on: {
        positiveCompletion: { target: 'sayingHello', actions: saysHello('EHLO') },
        positiveIntermediate: takesLeave('deferred'),
        ...negative(takesLeave),
        closed: unreachable,
      },
    },
    sayingHello: {
      meta: { title: 'saying hello' },
      tags: 'reads:replyToEhlo',
      after: { helloTimeout: givesUp },
      on: {
        positiveCompletion: {
          target: 'choosing',
          actions: { type: 'noteExtensions', params: ({ event }) => event.reply },
        },
        positiveIntermediate: takesLeave('deferred'),
        ...negative(takesLeave),
        permanentNegative: [
          {
            guard: { type: 'isUnknownCommand', params: ({ event }) => event.reply.code },
            target: 'sayingHelo',
            actions: saysHello('HELO'),
          },
          takesLeave('refused'),
        ],
      },
    },
    sayingHelo: {
      meta: { title: 'saying hello the old way' },
      tags: 'reads:replyToHelo',
      after: { helloTimeout: givesUp },
      on: {
        positiveCompletion: 'choosing',
        positiveIntermediate: takesLeave('deferred'),
        ...negative(takesLeave),
      },
    },
    choosing: {
      id: 'choosing',
      meta: { title: 'choosing what to use' },
      always: [
        { guard: 'startsTls', target: 'askingForTls', actions: say.startTls },
        { guard: 'insistsOnTls', ...insists },
        ...logsInOrGoesOn,
      ],
    },
    askingForTls: {
      meta: { title: 'asking for encryption' },
      tags: 'reads:replyToStartTls',
      after: { tlsTimeout: givesUp },
      on: {
        positiveCompletion: { target: 'securing', actions: 'startTls' },
        positiveIntermediate: goesOnUnencrypted,
        transientNegative: goesOnUnencrypted,
        permanentNegative: goesOnUnencrypted,
        noReply: goesOnUnencrypted,
      },
    },
    securing: {
      meta: { title: 'making the wire private' },
      after: { tlsTimeout: givesUp },
      // What the server said before is forgotten, so EHLO is said again (RFC 3207 section 4.2).
      on: { secured: { target: 'sayingHello', actions: ['beginAnew', saysHello('EHLO')] } },
    },
    loggingIn: {
      id: 'loggingIn',
      meta: { title: 'logging in' },
      tags: 'reads:replyToAuth',
      after: { loginTimeout: givesUp },
      on: {
        challenge: {
          target: 'loggingIn',
          reenter: true,
          actions: [saysResponse, { type: 'respond', params: ({ event }) => event.challenge }],
        },
        positiveCompletion: [
          { guard: 'isTrusted', target: 'ready', actions: ['endLogin', asksForLetter] },
          {
            target: 'sayingGoodbye',
            actions: [{ type: 'ask', params: endedByUs('deferred', NOT_TRUSTED, false) }, say.quit],
          },
        ],
        ...negative(takesLeave),
      },
    },
    ready: {
      id: 'ready',
      meta: { title: 'between letters' },
      on: {
        letter: [
          cannotBeCarried('needsSmtpUtf8', NO_UTF8),
          cannotBeCarried('needsEightBit', NO_EIGHT_BIT),
          { target: 'transaction', actions: [{ type: 'takeLetter', params: ({ event }) => event }, saysMail] },
        ],
        noLetter: { target: 'sayingGoodbye', actions: say.quit },
      },
    },
    transaction: {
      meta: { title: 'a letter under way' },
      initial: 'namingSender',
      states: {
        namingSender: {
          meta: { title: 'naming the sender' },
          tags: 'reads:replyToMail',
          after: { mailTimeout: givesUp },
          on: {
            positiveCompletion: { target: 'namingRecipient', actions: saysRecipient },
            positiveIntermediate: startsOver('deferred'),
            ...negative(endsLetter),
          },
        },
        namingRecipient: {
          id: 'namingRecipient',
          meta: { title: 'naming a recipient' },
          tags: 'reads:replyToRcpt',
          after: { recipientTimeout: givesUp },
          on: {
            positiveCompletion: afterRecipient('noteAccepted'),
            transientNegative: afterRecipient('noteRefused'),
            permanentNegative: afterRecipient('noteRefused'),
            positiveIntermediate: startsOver('deferred'),
            noReply: startsOver('deferred'),
          },
        },
        askingToSend: {
          id: 'askingToSend',
          meta: { title: 'asking to send' },
          tags: 'reads:replyToData',
          after: { dataTimeout: givesUp },
          on: {
            positiveIntermediate: {
              target: 'sendingTheLetter',
              actions: {
                type: 'sendLetter',
                params: ({ context }) => context.letter as SmtpLetter,
              },
            },
            positiveCompletion: startsOver('deferred'),
            ...negative(startsOver),
          },
        },
        sendingTheLetter: {
          meta: { title: 'sending the letter' },
          tags: 'reads:replyToLetter',
          after: { endOfMailDataTimeout: givesUp },
          on: {
            positiveCompletion: endsLetter('accepted'),
            positiveIntermediate: endsLetter('deferred'),
            ...negative(endsLetter),
          },
        },
      },
    },
    startingOver: {
      id: 'startingOver',
      meta: { title: 'starting over' },
      tags: 'reads:replyToRset',
      after: { resetTimeout: givesUp },
      on: {
        positiveCompletion: {
          target: 'ready',
          actions: [
            {
              type: 'ask',
              params: ({ context }) => ({
                type: 'transferEnded',
                report: context.report as SmtpTransferReport,
                open: true,
              }),
            },
            'dropLetter',
          ],
        },
        positiveIntermediate: leavesWithReport(),
        ...negative(leavesWithReport),
      },
    },
    sayingGoodbye: {
      id: 'sayingGoodbye',
      meta: { title: 'saying goodbye' },
      tags: 'reads:replyToQuit',
      after: { quitTimeout: { target: 'closed', actions: 'close' } },
      on: {
        positiveCompletion: { target: 'closed', actions: 'close' },
        positiveIntermediate: { target: 'closed', actions: 'close' },
        transientNegative: { target: 'closed', actions: 'close' },
        permanentNegative: { target: 'closed', actions: 'close' },
        noReply: { target: 'closed', actions: 'close' },
        serviceNotAvailable: { target: 'closed', actions: 'close' },
        closed: { target: 'closed' },
      },
    },
    closed: { id: 'closed', type: 'final', meta: { title: 'closed' } },
  },
})

const wantsTls = ({ tls, secure }: SmtpClientContext): boolean =>
  !secure && (tls === 'opportunistic' || tls === 'required')

/** Not even RSET was taken: the report goes as it is, and the connection ends. */
function leavesWithReport() {
  return {
    target: '#sayingGoodbye',
    actions: [
      {
        type: 'ask',
        params: ({ context }: Scope): SmtpClientQuestion => ({
          type: 'transferEnded',
          report: context.report as SmtpTransferReport,
          open: false,
        }),
      },
      say.quit,
    ],
  } as const
}
