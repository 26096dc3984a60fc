import { assign, setup } from 'xstate'
import { minutes } from '../../base/time'
import {
  closedReport,
  extensionsOf,
  replyReport,
  say,
  saysAuth,
  saysHello,
  saysMail,
  saysRecipient,
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
      params: ({ context }: { context: SmtpClientContext }) =>
        closedReport('lost')({ context, event: { why: 'timedOut' } }),
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
        params: ({ context, event }: { context: SmtpClientContext; event: { reply: Reply } }) =>
          replyReport(context, event.reply, outcome, []),
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
          params: ({ context, event }: { context: SmtpClientContext; event: { reply: Reply } }) =>
            replyReport(
              context,
              event.reply,
              context.refused.some(({ reply }) => reply.code < 500) ? 'deferred' : 'refused',
              [],
            ),
        },
        say.rset,
      ],
    },
  ] as const

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
    close: () => {},
    noteServer: assign((_, port: number) => ({ submits: port === 587 || port === 465 })),
    noteExtensions: assign((_, reply: Reply) => ({ extensions: extensionsOf(reply) })),
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
    logsIn: ({ context }, reply: Reply) =>
      context.credentials !== undefined && / PLAIN\b/.test(` ${extensionsOf(reply).AUTH ?? ''}`),
    hasMoreRecipients: ({ context }) =>
      context.letter !== null && context.said + 1 < context.letter.envelope.forwardPaths.length,
    hasAccepted: ({ context }) => context.accepted.length > 0,
    cannotBeCarried: ({ context }, letter: SmtpLetter) =>
      context.extensions['8BITMIME'] === undefined && hasEightBit(letter.message),
  },
  delays: {
    /** RFC 5321 sections 4.5.3.2.1 to 4.5.3.2.6; EHLO and QUIT have none of their own there. */
    greetingTimeout: minutes(5),
    helloTimeout: minutes(5),
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
  context: ({ input }) => ({ ...nothing, submits: false, extensions: {}, ...input }),
  initial: 'connecting',
  on: { closed: lost },
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
        positiveCompletion: [
          {
            guard: { type: 'logsIn', params: ({ event }) => event.reply },
            target: 'loggingIn',
            actions: [{ type: 'noteExtensions', params: ({ event }) => event.reply }, saysAuth],
          },
          {
            target: 'ready',
            actions: [
              { type: 'noteExtensions', params: ({ event }) => event.reply },
              { type: 'ask', params: { type: 'nextLetter' } },
            ],
          },
        ],
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
        positiveCompletion: { target: 'ready', actions: { type: 'ask', params: { type: 'nextLetter' } } },
        positiveIntermediate: takesLeave('deferred'),
        ...negative(takesLeave),
      },
    },
    loggingIn: {
      meta: { title: 'logging in' },
      tags: 'reads:replyToAuth',
      after: { loginTimeout: givesUp },
      on: {
        positiveCompletion: { target: 'ready', actions: { type: 'ask', params: { type: 'nextLetter' } } },
        positiveIntermediate: takesLeave('deferred'),
        ...negative(takesLeave),
      },
    },
    ready: {
      id: 'ready',
      meta: { title: 'between letters' },
      on: {
        letter: [
          {
            guard: { type: 'cannotBeCarried', params: ({ event }) => event },
            target: 'ready',
            actions: {
              type: 'ask',
              params: {
                type: 'transferEnded',
                open: true,
                report: {
                  accepted: [],
                  refused: [],
                  outcome: 'refused',
                  reply: { code: 554, enhanced: '5.6.3', text: 'The server takes no 8-bit messages' },
                },
              },
            },
          },
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
        closed: { target: 'closed' },
      },
    },
    closed: { id: 'closed', type: 'final', meta: { title: 'closed' } },
  },
})

/** Not even RSET was taken: the report goes as it is, and the connection ends. */
function leavesWithReport() {
  return {
    target: '#sayingGoodbye',
    actions: [
      {
        type: 'ask',
        params: ({ context }: { context: SmtpClientContext }): SmtpClientQuestion => ({
          type: 'transferEnded',
          report: context.report as SmtpTransferReport,
          open: false,
        }),
      },
      say.quit,
    ],
  } as const
}
