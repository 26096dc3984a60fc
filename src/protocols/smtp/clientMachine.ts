import { assign, setup } from 'xstate'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import { clientTrusts } from '../../sasl'
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
  leavesWithReport,
  lost,
  negative,
  startsOver,
  takesLeave,
  unreachable,
} from './clientEndings'
import {
  beginLogin,
  canLogIn,
  extensionsOf,
  needsUtf8,
  respond,
  say,
  saysHello,
  saysMail,
  saysRecipient,
  saysResponse,
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

const wantsTls = ({ tls, secure }: SmtpClientContext): boolean =>
  !secure && (tls === 'opportunistic' || tls === 'required')

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
