import { assign, setup } from 'xstate'
import type { Octets } from '../../../base/octets'
import { minutes } from '../../../base/time'
import { clientTrusts } from '../../../sasl'
import { hasEightBit, type Reply } from '../grammar/reply'
import { chunkCount, sendsFirstChunk, sendsNextChunk } from './chunks'
import {
  closedReport,
  endedByUs,
  isTooMany,
  NO_EIGHT_BIT,
  NO_TLS,
  NO_UTF8,
  NOT_TRUSTED,
  nobodyReport,
  type OwnReply,
  reasonOf,
  replyReport,
  transferEnded,
} from './reports'
import {
  type Answered,
  beginLogin,
  canLogIn,
  extensionsOf,
  NO_LIMIT,
  needsUtf8,
  pipelines,
  rcptMaxOf,
  respond,
  type Scope,
  say,
  saysAuth,
  saysGroup,
  saysHello,
  saysMail,
  saysRecipient,
  saysResponse,
  sendsChunks,
  toBeNamed,
} from './speech'
import type {
  SmtpClientContext,
  SmtpClientEvent,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpMessage,
  SmtpTransferReport,
  SpokenCommand,
  SpokenData,
} from './types'

/**
 * The client's half of SMTP (RFC 5321): all its states and transitions. It sends one command, waits for its reply, and acts on
 * the reply's first digit. If it pipelines, it sends a group of commands and reads their replies in the same order. One
 * connection carries message after message for as long as the host has any. `speech.ts` and `chunks.ts` hold its commands,
 * `reports.ts` its reports.
 */

const takesMessage = { type: 'takeMessage', params: ({ event }: { event: SmtpMessage }) => event } as const
const itself = ({ event }: { event: SmtpMessage }) => event

const wantsTls = ({ tls, secure }: SmtpClientContext): boolean =>
  !secure && (tls === 'opportunistic' || tls === 'required')

const noMessage = { letter: null, said: 0, chunk: 0, accepted: [], refused: [], report: null }

type Failure = 'refused' | 'deferred'

const asksForMessage = { type: 'ask', params: { type: 'nextMessage' } } as const

/** Keeps the report of this reply until the host can be told. */
const keepsReport = (outcome: Failure) =>
  ({
    type: 'keepReport',
    params: ({ context, event }: Answered) => replyReport(context, event.reply, outcome),
  }) as const
const keepsReason = (outcome: Failure) =>
  ({ type: 'keepReport', params: ({ context, event }: Answered) => reasonOf(context, event.reply, outcome) }) as const

/** Sends the kept report to the host. */
const tellsReport = (open: boolean) =>
  ({
    type: 'ask',
    params: ({ context }: Scope): SmtpClientQuestion => ({
      type: 'transferEnded',
      report: context.report as SmtpTransferReport,
      open,
    }),
  }) as const

/** No reply in time: the client closes the connection. */
const givesUp = {
  target: '#closed',
  actions: [
    { type: 'ask', params: ({ context }: Scope) => closedReport('lost')({ context, event: { why: 'timedOut' } }) },
    'close',
  ],
} as const

/** The server closes now (RFC 5321 section 3.8), or its replies are malformed. */
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

const unreachable = { target: '#closed', actions: { type: 'ask', params: closedReport('unreachable') } } as const

/** The greeting refuses service (RFC 5321 section 3.1). */
const isTurnedAway = (outcome: Failure) =>
  ({
    target: '#sayingGoodbye',
    actions: [
      {
        type: 'ask',
        params: ({ context, event }: Answered): SmtpClientQuestion => ({
          type: 'transferEnded',
          report: { ...replyReport(context, event.reply, outcome), atGreeting: true },
          open: false,
        }),
      },
      say.quit,
    ],
  }) as const

/** The server accepts no messages from us at all. */
const quits = (outcome: Failure) =>
  ({ target: '#sayingGoodbye', actions: [{ type: 'ask', params: transferEnded(outcome, false) }, say.quit] }) as const

/** The same with a reply of our own: the client refuses to use this server. */
const declines = (reply: OwnReply) =>
  ({
    target: '#sayingGoodbye',
    actions: [{ type: 'ask', params: endedByUs('deferred', reply, false) }, say.quit],
  }) as const

/** This message is finished and nothing has to be reset: on to the next. */
const endsMessage = (outcome: 'accepted' | Failure) =>
  ({ target: '#ready', actions: [{ type: 'ask', params: transferEnded(outcome, true) }, 'dropMessage'] }) as const

/** The transaction has failed: RSET first, then the report. */
const startsOver = (outcome: Failure) =>
  ({ target: '#startingOver', actions: [keepsReport(outcome), say.rset] }) as const

/** No named recipient accepts the message. */
const nobodyTakesIt = {
  target: '#startingOver',
  actions: [{ type: 'keepReport', params: ({ context }: Scope) => nobodyReport(context) }, say.rset],
} as const

/** Sends the kept report to the host; the next message may follow. */
const reportsAndGoesOn = { target: '#ready', actions: [tellsReport(true), 'dropMessage'] } as const
/** Even RSET was refused: the client reports and ends the connection. */
const reportsAndLeaves = { target: '#sayingGoodbye', actions: [tellsReport(false), say.quit] } as const

/** Every reply but 2yz, with what becomes of the message (RFC 5321 section 4.2.1). */
const unlessAccepted = <Transition>(endsWith: (outcome: Failure) => Transition) => {
  const [deferred, refused] = [endsWith('deferred'), endsWith('refused')]
  return {
    positiveIntermediate: deferred,
    transientNegative: deferred,
    permanentNegative: refused,
    noReply: deferred,
  } as const
}

/** Every reply, and what is no reply. */
const whateverComes = <Transition>(transition: Transition) =>
  ({ positiveCompletion: transition, ...unlessAccepted(() => transition) }) as const

/** The reply to RCPT. */
const notesRecipient = {
  positiveCompletion: { target: 'recipientAnswered', actions: 'noteAccepted' },
  transientNegative: { target: 'recipientAnswered', actions: 'noteRefused' },
  permanentNegative: { target: 'recipientAnswered', actions: 'noteRefused' },
} as const

/** The server has refused STARTTLS. */
const withoutTls = { target: 'choosing', actions: 'forgetStartTls' } as const

/** A chunk is refused while others are on their way. */
const spoilsChunks = (outcome: Failure) =>
  ({ guard: 'hasChunksOut', target: 'hearingOfSpoiltChunks', actions: [keepsReport(outcome), 'countChunk'] }) as const

/** One reply less is outstanding. */
const countsChunk = { target: 'hearingOfSpoiltChunks', reenter: true, actions: 'countChunk' } as const

const hangsUp = { target: '#closed', actions: 'close' } as const

export const smtpClientMachine = setup({
  types: {
    context: {} as SmtpClientContext,
    events: {} as SmtpClientEvent,
    input: {} as SmtpClientInput,
    tags: {} as `reads:${string}`,
  },
  actions: {
    say: (_, _params: SpokenCommand) => {},
    sayAll: (_, _params: readonly SpokenCommand[]) => {},
    sendMessage: (_, _params: SmtpMessage) => {},
    sendNothing: () => {},
    sendChunks: (_, _params: readonly SpokenData[]) => {},
    ask: (_, _params: SmtpClientQuestion) => {},
    startTls: () => {},
    close: () => {},
    noteServer: assign((_, port: number) => ({ submits: port === 587 || port === 465 })),
    noteExtensions: assign((_, reply: Reply) => {
      const extensions = extensionsOf(reply)
      return { extensions, rcptMax: rcptMaxOf(extensions) }
    }),
    forgetStartTls: assign(({ context: { extensions } }) => {
      const { STARTTLS: _, ...others } = extensions
      return { extensions: others }
    }),
    beginAnew: assign({ secure: true, extensions: {}, rcptMax: NO_LIMIT }),
    beginLogin: assign(({ context }) => ({ exchange: beginLogin(context).exchange })),
    respond: assign(({ context }, challenge: Octets | undefined) => ({ exchange: respond(context, challenge)[0] })),
    endLogin: assign({ exchange: null }),
    takeMessage: assign((_, message: SmtpMessage) => ({ ...noMessage, letter: message })),
    dropMessage: assign(noMessage),
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
    countChunk: assign(({ context }) => ({ chunk: context.chunk + 1 })),
  },
  guards: {
    isUnknownCommand: (_, code: number) => code === 500 || code === 502,
    startsTls: ({ context }) => wantsTls(context) && context.extensions.STARTTLS !== undefined,
    insistsOnTls: ({ context }) => wantsTls(context) && context.tls === 'required',
    canLogIn: ({ context }) => canLogIn(context, context.extensions),
    isTrusted: ({ context }) => context.exchange === null || clientTrusts(context.exchange),
    hasMoreRecipients: ({ context, event }) =>
      context.said < toBeNamed(context) &&
      // The server's limit is reached: it would refuse every further recipient.
      !(context.accepted.length > 0 && 'reply' in event && isTooMany(event.reply)),
    awaitsMoreRecipients: ({ context }) => context.said < toBeNamed(context),
    hasAccepted: ({ context }) => context.accepted.length > 0,
    hasNobody: ({ context }) => context.report !== null || context.accepted.length === 0,
    senderIsRefused: ({ context }) => context.report !== null,
    pipelines: ({ context }) => pipelines(context),
    sendsChunks: ({ context }) => context.accepted.length > 0 && sendsChunks(context),
    isOneChunk: ({ context }) => chunkCount(context) === 1,
    hasHeardOfAllChunks: ({ context }) => context.chunk >= chunkCount(context),
    nextIsNotLast: ({ context }) => context.chunk + 2 < chunkCount(context),
    hasChunksOut: ({ context }) => pipelines(context),
    hasDataOut: ({ context }) => !sendsChunks(context),
    needsSmtpUtf8: ({ context }, message: SmtpMessage) =>
      context.extensions.SMTPUTF8 === undefined && needsUtf8(message),
    needsEightBit: ({ context }, message: SmtpMessage) =>
      context.extensions['8BITMIME'] === undefined && hasEightBit(message.message),
  },
  delays: {
    /** RFC 5321 sections 4.5.3.2.1 to 4.5.3.2.6, which give no time-outs for EHLO, AUTH and QUIT. */
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
    ...noMessage,
    submits: false,
    secure: input.tls === 'implicit',
    exchange: null,
    extensions: {},
    rcptMax: NO_LIMIT,
    ...input,
  }),
  initial: 'connecting',
  on: {
    closed: { target: '#closed', actions: { type: 'ask', params: closedReport('lost') } },
    serviceNotAvailable: closesDown,
  },
  states: {
    connecting: {
      on: {
        opened: { target: 'awaitingGreeting', actions: { type: 'noteServer', params: ({ event }) => event.peer.port } },
        closed: unreachable,
      },
    },
    awaitingGreeting: {
      tags: 'reads:greeting',
      after: { greetingTimeout: givesUp },
      on: {
        positiveCompletion: { target: '#sayingHello', actions: saysHello('EHLO') },
        ...unlessAccepted(isTurnedAway),
        closed: unreachable,
      },
    },

    /** From EHLO to the first message: TLS if wanted and offered, then the login. */
    initiation: {
      on: {
        ...unlessAccepted(quits),
      },
      initial: 'sayingHello',
      states: {
        sayingHello: {
          id: 'sayingHello',
          tags: 'reads:replyToEhlo',
          after: { helloTimeout: givesUp },
          on: {
            positiveCompletion: {
              target: 'choosing',
              actions: { type: 'noteExtensions', params: ({ event }) => event.reply },
            },
            permanentNegative: {
              guard: { type: 'isUnknownCommand', params: ({ event }) => event.reply.code },
              target: 'sayingHelo',
              actions: saysHello('HELO'),
            },
          },
        },
        sayingHelo: {
          tags: 'reads:replyToHelo',
          after: { helloTimeout: givesUp },
          on: { positiveCompletion: 'choosing' },
        },
        choosing: {
          always: [
            { guard: 'startsTls', target: 'askingForTls', actions: say.startTls },
            { guard: 'insistsOnTls', ...declines(NO_TLS) },
            { guard: 'canLogIn', target: 'loggingIn', actions: [saysAuth, 'beginLogin'] },
            { target: '#ready', actions: asksForMessage },
          ],
        },
        /** STARTTLS was offered; if the server refuses it, the client chooses again without it. */
        askingForTls: {
          tags: 'reads:replyToStartTls',
          after: { tlsTimeout: givesUp },
          on: {
            positiveCompletion: { target: 'securing', actions: 'startTls' },
            ...unlessAccepted(() => withoutTls),
          },
        },
        securing: {
          after: { tlsTimeout: givesUp },
          // TLS discards all earlier knowledge of the server, so the client sends EHLO again (RFC 3207 section 4.2).
          on: { secured: { target: 'sayingHello', actions: ['beginAnew', saysHello('EHLO')] } },
        },
        loggingIn: {
          tags: 'reads:replyToAuth',
          after: { loginTimeout: givesUp },
          on: {
            challenge: {
              target: 'loggingIn',
              reenter: true,
              actions: [saysResponse, { type: 'respond', params: ({ event }) => event.challenge }],
            },
            positiveCompletion: [
              { guard: 'isTrusted', target: '#ready', actions: ['endLogin', asksForMessage] },
              declines(NOT_TRUSTED),
            ],
          },
        },
      },
    },

    /** Between messages. */
    ready: {
      id: 'ready',
      on: {
        letter: [
          {
            guard: { type: 'needsSmtpUtf8', params: itself },
            target: 'ready',
            actions: { type: 'ask', params: endedByUs('refused', NO_UTF8, true) },
          },
          {
            guard: { type: 'needsEightBit', params: itself },
            target: 'ready',
            actions: { type: 'ask', params: endedByUs('refused', NO_EIGHT_BIT, true) },
          },
          { guard: 'pipelines', target: 'group', actions: [takesMessage, saysGroup] },
          { target: 'transaction', actions: [takesMessage, saysMail] },
        ],
        noMessage: { target: 'sayingGoodbye', actions: say.quit },
      },
    },

    /** One command at a time, each after the reply to the previous one. */
    transaction: {
      on: {
        ...unlessAccepted(startsOver),
      },
      initial: 'namingSender',
      states: {
        namingSender: {
          tags: 'reads:replyToMail',
          after: { mailTimeout: givesUp },
          on: {
            positiveCompletion: { target: 'namingRecipient', actions: saysRecipient },
            transientNegative: endsMessage('deferred'),
            permanentNegative: endsMessage('refused'),
            noReply: endsMessage('deferred'),
          },
        },
        namingRecipient: {
          tags: 'reads:replyToRcpt',
          after: { recipientTimeout: givesUp },
          on: notesRecipient,
        },
        /** Goes on to the next recipient or the message, or ends because no recipient was accepted. */
        recipientAnswered: {
          always: [
            { guard: 'hasMoreRecipients', target: 'namingRecipient', actions: saysRecipient },
            { guard: 'sendsChunks', target: 'choosingChunks' },
            { guard: 'hasAccepted', target: 'askingToSend', actions: say.data },
            nobodyTakesIt,
          ],
        },
        askingToSend: {
          tags: 'reads:replyToData',
          after: { dataTimeout: givesUp },
          on: {
            positiveIntermediate: {
              target: 'sendingMailData',
              actions: { type: 'sendMessage', params: ({ context }) => context.letter as SmtpMessage },
            },
            positiveCompletion: startsOver('deferred'),
          },
        },
        sendingMailData: {
          id: 'sendingMailData',
          tags: 'reads:replyToMessage',
          after: { endOfMailDataTimeout: givesUp },
          on: {
            positiveCompletion: endsMessage('accepted'),
            ...unlessAccepted(endsMessage),
          },
        },

        /** The message by BDAT (RFC 3030 section 2). */
        choosingChunks: {
          id: 'choosingChunks',
          always: [
            { guard: 'isOneChunk', target: 'sendingLastChunk', actions: sendsFirstChunk },
            { target: 'sendingChunk', actions: sendsFirstChunk },
          ],
        },
        /** A chunk was refused: the client sends no more, reads the outstanding replies, then sends RSET. */
        sendingChunk: {
          tags: 'reads:replyToBdat',
          after: { endOfMailDataTimeout: givesUp },
          on: {
            positiveCompletion: [
              {
                guard: 'nextIsNotLast',
                target: 'sendingChunk',
                reenter: true,
                actions: ['countChunk', sendsNextChunk],
              },
              { target: 'sendingLastChunk', actions: ['countChunk', sendsNextChunk] },
            ],
            ...unlessAccepted(spoilsChunks),
            noReply: closesDown,
          },
        },
        /**
         * The server takes responsibility for the message only now. After a failed chunk the state is not known: RSET clears
         * it.
         */
        sendingLastChunk: {
          tags: 'reads:replyToMessage',
          after: { endOfMailDataTimeout: givesUp },
          on: { positiveCompletion: endsMessage('accepted') },
        },
        hearingOfSpoiltChunks: {
          tags: 'reads:replyToBdat',
          after: { endOfMailDataTimeout: givesUp },
          always: { guard: 'hasHeardOfAllChunks', target: '#startingOver', actions: say.rset },
          on: {
            ...whateverComes(countsChunk),
            noReply: closesDown,
          },
        },
      },
    },

    /**
     * MAIL, RCPT and DATA in one group (RFC 2920 section 3.1). All are sent; the client now reads a reply to each. Only their
     * order tells them apart, so a line that is no reply makes the count useless and ends the connection.
     */
    group: {
      on: { positiveIntermediate: closesDown, noReply: closesDown },
      initial: 'hearingOfSender',
      states: {
        hearingOfSender: {
          tags: 'reads:replyToMail',
          after: { mailTimeout: givesUp },
          on: {
            positiveCompletion: 'hearingOfRecipient',
            transientNegative: { target: 'hearingOfRecipient', actions: keepsReport('deferred') },
            permanentNegative: { target: 'hearingOfRecipient', actions: keepsReport('refused') },
          },
        },
        hearingOfRecipient: {
          tags: 'reads:replyToRcpt',
          after: { recipientTimeout: givesUp },
          on: notesRecipient,
        },
        recipientAnswered: {
          always: [
            { guard: 'awaitsMoreRecipients', target: 'hearingOfRecipient' },
            { guard: 'hasDataOut', target: 'hearingOfData' },
            { guard: 'senderIsRefused', ...reportsAndGoesOn },
            { guard: 'sendsChunks', target: '#choosingChunks' },
            nobodyTakesIt,
          ],
        },
        hearingOfData: {
          tags: 'reads:replyToData',
          after: { dataTimeout: givesUp },
          on: {
            positiveIntermediate: [
              { guard: 'hasNobody', target: 'sendingNoMailData', actions: [keepsReason('deferred'), 'sendNothing'] },
              {
                target: '#sendingMailData',
                actions: { type: 'sendMessage', params: ({ context }) => context.letter as SmtpMessage },
              },
            ],
            positiveCompletion: { target: '#startingOver', actions: [keepsReason('deferred'), say.rset] },
            // Without an accepted MAIL there is no transaction to reset.
            transientNegative: [
              { guard: 'senderIsRefused', ...reportsAndGoesOn },
              { target: '#startingOver', actions: [keepsReason('deferred'), say.rset] },
            ],
            permanentNegative: [
              { guard: 'senderIsRefused', ...reportsAndGoesOn },
              { target: '#startingOver', actions: [keepsReason('refused'), say.rset] },
            ],
          },
        },
        /**
         * The server accepted DATA although it accepted no recipient: the client sends a lone dot and ignores the reply (RFC
         * 2920 section 3.1).
         */
        sendingNoMailData: {
          tags: 'reads:replyToMessage',
          after: { endOfMailDataTimeout: givesUp },
          on: {
            positiveCompletion: reportsAndGoesOn,
            positiveIntermediate: reportsAndLeaves,
            transientNegative: reportsAndGoesOn,
            permanentNegative: reportsAndGoesOn,
            noReply: reportsAndLeaves,
          },
        },
      },
    },

    startingOver: {
      id: 'startingOver',
      tags: 'reads:replyToRset',
      after: { resetTimeout: givesUp },
      on: {
        positiveCompletion: reportsAndGoesOn,
        ...unlessAccepted(() => reportsAndLeaves),
      },
    },
    /** Whatever the reply to QUIT, the connection ends. */
    sayingGoodbye: {
      id: 'sayingGoodbye',
      tags: 'reads:replyToQuit',
      after: { quitTimeout: hangsUp },
      on: {
        ...whateverComes(hangsUp),
        serviceNotAvailable: hangsUp,
        closed: { target: '#closed' },
      },
    },
    closed: { id: 'closed', type: 'final' },
  },
})
