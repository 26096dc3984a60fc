import { assign, setup } from 'xstate'
import type { Octets } from '../../../base/octets'
import { minutes } from '../../../base/time'
import { clientTrusts } from '../../../sasl'
import { hasEightBit, type Reply } from '../grammar/reply'
import { chunkCount, chunkStates } from './chunks'
import {
  afterRecipient,
  asksForLetter,
  cannotBeCarried,
  choosesNext,
  closesDown,
  endsLetter,
  givesUp,
  goesOnUnencrypted,
  isNotTrusted,
  isTurnedAway,
  leavesWithReport,
  lost,
  negative,
  reports,
  startsOver,
  takesLeave,
  unreachable,
} from './endings'
import { groupStates } from './group'
import {
  beginLogin,
  canLogIn,
  extensionsOf,
  isTooMany,
  NO_LIMIT,
  needsUtf8,
  pipelines,
  rcptMaxOf,
  respond,
  say,
  saysGroup,
  saysHello,
  saysMail,
  saysRecipient,
  saysResponse,
  sendsChunks,
  toBeNamed,
} from './transitions'
import type {
  SmtpClientContext,
  SmtpClientEvent,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpLetter,
  SmtpTransferReport,
  SpokenCommand,
  SpokenData,
} from './types'

/**
 * The client's half of SMTP (RFC 5321): says one command, waits for its reply, and goes by the reply's first digit.
 * Where it pipelines, it says a group of them and hears their replies in the same order (`clientGroup.ts`).
 * One connection carries letter after letter for as long as the host has any. All its states and transitions, nothing else.
 */

const takesLetter = { type: 'takeLetter', params: ({ event }: { event: SmtpLetter }) => event } as const

const wantsTls = ({ tls, secure }: SmtpClientContext): boolean =>
  !secure && (tls === 'opportunistic' || tls === 'required')

const nothing = { letter: null, said: 0, chunk: 0, accepted: [], refused: [], report: null }

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
    sayAll: (_, _params: readonly SpokenCommand[]) => {},
    sendLetter: (_, _params: SmtpLetter) => {},
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
    beginAnew: assign({ secure: true, extensions: {}, rcptMax: NO_LIMIT }),
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
    countChunk: assign(({ context }) => ({ chunk: context.chunk + 1 })),
  },
  guards: {
    always: () => true,
    isUnknownCommand: (_, code: number) => code === 500 || code === 502,
    startsTls: ({ context }) => wantsTls(context) && context.extensions.STARTTLS !== undefined,
    insistsOnTls: ({ context }) => wantsTls(context) && context.tls === 'required',
    canLogIn: ({ context }) => canLogIn(context, context.extensions),
    isTrusted: ({ context }) => context.exchange === null || clientTrusts(context.exchange),
    hasMoreRecipients: ({ context, event }) =>
      context.said + 1 < toBeNamed(context) &&
      // The server has its fill: there is no use in naming more.
      !(context.accepted.length > 0 && 'reply' in event && isTooMany(event.reply)),
    awaitsMoreRecipients: ({ context }) => context.said + 1 < toBeNamed(context),
    hasAccepted: ({ context }) => context.accepted.length > 0,
    hasNobody: ({ context }) => context.report !== null || context.accepted.length === 0,
    senderIsRefused: ({ context }) => context.report !== null,
    pipelines: ({ context }) => pipelines(context),
    sendsChunks: ({ context }) => sendsChunks(context),
    sendsChunksToSome: ({ context }) => context.accepted.length > 0 && sendsChunks(context),
    isOneChunk: ({ context }) => chunkCount(context) === 1,
    awaitsMoreChunks: ({ context }) => context.chunk + 1 < chunkCount(context),
    nextIsNotLast: ({ context }) => context.chunk + 2 < chunkCount(context),
    hasChunksOut: ({ context }) => pipelines(context),
    hasDataOut: ({ context }) => !sendsChunks(context),
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
    rcptMax: NO_LIMIT,
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
        positiveIntermediate: isTurnedAway('deferred'),
        ...negative(isTurnedAway),
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
      always: choosesNext,
    },
    askingForTls: {
      id: 'askingForTls',
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
          isNotTrusted,
        ],
        ...negative(takesLeave),
      },
    },
    ready: {
      id: 'ready',
      meta: { title: 'between letters' },
      on: {
        letter: [
          ...cannotBeCarried,
          { guard: 'pipelines', target: 'group', actions: [takesLetter, saysGroup] },
          { target: 'transaction', actions: [takesLetter, saysMail] },
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
          id: 'sendingTheLetter',
          meta: { title: 'sending the letter' },
          tags: 'reads:replyToLetter',
          after: { endOfMailDataTimeout: givesUp },
          on: {
            positiveCompletion: endsLetter('accepted'),
            positiveIntermediate: endsLetter('deferred'),
            ...negative(endsLetter),
          },
        },
        ...chunkStates,
      },
    },
    group: {
      meta: { title: 'a group of commands under way' },
      initial: 'hearingOfSender',
      states: groupStates,
    },
    startingOver: {
      id: 'startingOver',
      meta: { title: 'starting over' },
      tags: 'reads:replyToRset',
      after: { resetTimeout: givesUp },
      on: {
        positiveCompletion: { target: 'ready', actions: reports },
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
