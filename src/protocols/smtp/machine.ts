import { assign, setup } from 'xstate'
import { EMPTY, type Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Peer } from '../../session/session'
import { replyGloss } from './gloss'
import { greeting, queued, replies } from './replies'
import {
  asksAboutRecipient,
  asksToLogIn,
  asksToTake,
  common,
  offersAuth,
  refusesRecipient,
  resets,
  say,
  stay,
  tellsOfUser,
  timesOut,
} from './serverTransitions'
import type {
  SmtpServerContext,
  SmtpServerEvent,
  SmtpServerInput,
  SmtpServerQuestion,
  SpokenReply,
} from './serverTypes'

/**
 * The server's half of SMTP (RFC 5321): all its states and every transition there is, nothing else.
 *
 * A state that reads commands answers each of them, those that the RFC refuses there with 503 and the cause.
 * A state that waits for the host's answer reads nothing, so what a client pipelines waits its turn (RFC 2920).
 */

const notIntroduced = 'We have not been introduced: EHLO comes first.'
const noSender = 'No sender yet, MAIL comes first.'
const noReader = 'No reader yet, RCPT comes first.'
const senderGiven = 'A sender is already known.'
const letterUnderWay = 'Not while a letter is under way.'

const initial = {
  peerName: '',
  peerAddress: '',
  helloName: '',
  extended: false,
  enhanced: false,
  user: '',
  reversePath: null,
  forwardPaths: [],
  candidate: '',
  mailData: EMPTY,
  midLine: false,
  tooLarge: false,
  lineRunsOn: false,
} as const

const noLetter = {
  reversePath: null,
  forwardPaths: [],
  candidate: '',
  mailData: EMPTY,
  midLine: false,
  tooLarge: false,
}

export const smtpServerMachine = setup({
  types: {
    context: {} as SmtpServerContext,
    events: {} as SmtpServerEvent,
    input: {} as SmtpServerInput,
    tags: {} as 'reads:command' | 'reads:saslResponse' | 'reads:mailData',
    meta: {} as { title: string },
  },
  actions: {
    reply: (_, _params: SpokenReply) => {},
    ask: (_, _params: SmtpServerQuestion) => {},
    close: () => {},
    meet: assign((_, params: Peer) => ({ peerName: params.name, peerAddress: params.address })),
    greet: assign(({ context }, params: { helloName: string; extended: boolean }) => ({
      ...noLetter,
      ...params,
      enhanced: context.enhanced || params.extended,
    })),
    letIn: assign((_, user: string) => ({ user })),
    nameSender: assign((_, reversePath: string) => ({ reversePath })),
    noteCandidate: assign((_, candidate: string) => ({ candidate })),
    addRecipient: assign(({ context }) => ({
      forwardPaths: context.forwardPaths.includes(context.candidate)
        ? context.forwardPaths
        : [...context.forwardPaths, context.candidate],
    })),
    keepPart: assign(({ context }, part: { octets: Octets; midLine: boolean }) =>
      context.tooLarge || context.mailData.length + part.octets.length > context.maxSize
        ? { mailData: EMPTY, midLine: part.midLine, tooLarge: true }
        : { mailData: (context.mailData + part.octets) as Octets, midLine: part.midLine },
    ),
    clear: assign(noLetter),
    swallowLine: assign({ lineRunsOn: true }),
    endLine: assign({ lineRunsOn: false }),
  },
  guards: {
    mustLogIn: ({ context }) => context.port === 'submission' && context.user === '',
    isLoggedIn: ({ context }) => context.user !== '',
    offersNoAuth: ({ context }) => !offersAuth(context),
    saidHelo: ({ context }) => !context.extended,
    isUnknownMechanism: (_, mechanism: string) => mechanism !== 'PLAIN',
    isGivenCredentials: (_, given: boolean) => given,
    declaresTooMuch: ({ context }, size: number) => size > context.maxSize,
    recipientsAreFull: ({ context }) => context.forwardPaths.length >= context.maxRecipients,
    isTooLarge: ({ context }, lastPart: number) =>
      context.tooLarge || context.mailData.length + lastPart > context.maxSize,
    hasRecipients: ({ context }) => context.forwardPaths.length > 0,
    hasSender: ({ context }) => context.reversePath !== null,
    isGreeted: ({ context }) => context.helloName !== '',
  },
  delays: {
    /** RFC 5321 section 4.5.3.2.7. */
    commandTimeout: minutes(5),
  },
}).createMachine({
  id: 'smtp.server',
  context: ({ input }) => ({ ...initial, ...input }),
  initial: 'listening',
  on: { closed: { target: '#closed' } },
  states: {
    listening: {
      meta: { title: 'listening' },
      on: {
        opened: {
          target: 'waiting',
          actions: [
            { type: 'meet', params: ({ event }) => event.peer },
            {
              type: 'reply',
              params: ({ context }) => {
                const reply = greeting(context.hostName)
                return { reply, enhanced: false, gloss: replyGloss('greeting', reply), kind: 'greeting' as const }
              },
            },
          ],
        },
      },
    },
    waiting: {
      id: 'waiting',
      meta: { title: 'waiting' },
      tags: 'reads:command',
      after: timesOut,
      on: {
        ...common('#waiting'),
        MAIL: stay('#waiting', replies.needHello, notIntroduced),
        RCPT: stay('#waiting', replies.needHello, notIntroduced),
        DATA: stay('#waiting', replies.needHello, notIntroduced),
        AUTH: stay('#waiting', replies.needHello, notIntroduced),
        RSET: stay('#waiting', replies.ok, replyGloss('RSET', replies.ok)),
      },
    },
    session: {
      initial: 'greeted',
      meta: { title: 'session' },
      states: {
        greeted: {
          id: 'greeted',
          meta: { title: 'greeted' },
          tags: 'reads:command',
          after: timesOut,
          on: {
            ...common('#greeted'),
            MAIL: [
              {
                guard: 'mustLogIn',
                ...stay('#greeted', replies.authenticationRequired, replyGloss('MAIL', replies.authenticationRequired)),
              },
              {
                guard: { type: 'declaresTooMuch', params: ({ event }) => event.size ?? 0 },
                ...stay('#greeted', replies.messageTooLarge, replyGloss('MAIL', replies.messageTooLarge)),
              },
              {
                target: 'senderKnown',
                actions: [
                  { type: 'nameSender', params: ({ event }) => event.reversePath },
                  {
                    type: 'reply',
                    params: ({ context, event }) => ({
                      reply: replies.senderOk,
                      enhanced: context.enhanced,
                      gloss: replyGloss('MAIL', replies.senderOk, event.reversePath),
                    }),
                  },
                ],
              },
            ],
            RCPT: stay('#greeted', replies.needMail, noSender),
            DATA: stay('#greeted', replies.needMail, noSender),
            RSET: resets,
            AUTH: [
              { guard: 'offersNoAuth', ...stay('#greeted', replies.notOffered, 'Nobody needs a password here.') },
              { guard: 'isLoggedIn', ...stay('#greeted', replies.alreadyAuthenticated, 'I know already who you are.') },
              { guard: 'saidHelo', ...stay('#greeted', replies.authNeedsEhlo, 'That takes EHLO, not HELO.') },
              {
                guard: { type: 'isUnknownMechanism', params: ({ event }) => event.mechanism },
                ...stay('#greeted', replies.unknownMechanism, 'I do not know that way to prove who you are.'),
              },
              {
                guard: { type: 'isGivenCredentials', params: ({ event }) => event.credentials !== undefined },
                ...asksToLogIn,
              },
              {
                target: 'awaitingPassword',
                actions: say(replies.emptyChallenge, replyGloss('AUTH', replies.emptyChallenge)),
              },
            ],
          },
        },
        senderKnown: {
          id: 'senderKnown',
          meta: { title: 'sender known' },
          tags: 'reads:command',
          after: timesOut,
          on: {
            ...common('#senderKnown'),
            MAIL: stay('#senderKnown', replies.nestedMail, senderGiven),
            RCPT: asksAboutRecipient,
            DATA: stay('#senderKnown', replies.needRecipient, noReader),
            RSET: resets,
            AUTH: stay('#senderKnown', replies.authInTransaction, letterUnderWay),
          },
        },
        recipientsKnown: {
          id: 'recipientsKnown',
          meta: { title: 'recipients known' },
          tags: 'reads:command',
          after: timesOut,
          on: {
            ...common('#recipientsKnown'),
            MAIL: stay('#recipientsKnown', replies.nestedMail, senderGiven),
            RCPT: asksAboutRecipient,
            DATA: {
              target: 'takingTheLetter',
              actions: say(replies.startMailInput, replyGloss('DATA', replies.startMailInput)),
            },
            RSET: resets,
            AUTH: stay('#recipientsKnown', replies.authInTransaction, letterUnderWay),
          },
        },
        checkingRecipient: {
          id: 'checkingRecipient',
          meta: { title: 'checking the recipient' },
          on: {
            recipientAccepted: {
              target: 'recipientsKnown',
              actions: [
                'addRecipient',
                {
                  type: 'reply',
                  params: ({ context }) => ({
                    reply: replies.recipientOk,
                    enhanced: context.enhanced,
                    gloss: replyGloss('RCPT', replies.recipientOk, context.candidate, context.port === 'submission'),
                  }),
                },
              ],
            },
            recipientRefused: [
              {
                guard: 'hasRecipients',
                target: 'recipientsKnown',
                actions: { type: 'reply', params: refusesRecipient },
              },
              { target: 'senderKnown', actions: { type: 'reply', params: refusesRecipient } },
            ],
          },
        },
        takingTheLetter: {
          meta: { title: 'taking the letter' },
          tags: 'reads:mailData',
          after: timesOut,
          on: {
            mailDataPart: {
              target: 'takingTheLetter',
              reenter: true,
              actions: { type: 'keepPart', params: ({ event }) => event },
            },
            endOfMailData: [
              {
                guard: { type: 'isTooLarge', params: ({ event }) => event.octets.length },
                target: 'greeted',
                actions: ['clear', say(replies.messageTooLarge, replyGloss('letter', replies.messageTooLarge))],
              },
              { target: 'storing', actions: { type: 'ask', params: asksToTake } },
            ],
          },
        },
        storing: {
          meta: { title: 'storing the letter' },
          on: {
            messageTaken: {
              target: 'greeted',
              actions: [
                'clear',
                {
                  type: 'reply',
                  params: ({ context, event }) => {
                    const reply = queued(event.queueId)
                    return { reply, enhanced: context.enhanced, gloss: replyGloss('letter', reply) }
                  },
                },
              ],
            },
            messageRefused: {
              target: 'greeted',
              actions: [
                'clear',
                {
                  type: 'reply',
                  params: ({ context, event }) => ({
                    reply: event.reply,
                    enhanced: context.enhanced,
                    gloss: replyGloss('letter', event.reply),
                  }),
                },
              ],
            },
          },
        },
        awaitingPassword: {
          id: 'awaitingPassword',
          meta: { title: 'awaiting the password' },
          tags: 'reads:saslResponse',
          after: timesOut,
          on: {
            credentials: asksToLogIn,
            cancelled: { target: 'greeted', actions: say(replies.cancelled, 'As you like.') },
            notCredentials: { target: 'greeted', actions: say(replies.notBase64, 'I cannot read that.') },
            lineRunsOn: { actions: 'swallowLine' },
            lineTooLong: {
              target: 'greeted',
              actions: ['endLine', say(replies.responseTooLong, 'That is longer than I can read.')],
            },
          },
        },
        checkingPassword: {
          id: 'checkingPassword',
          meta: { title: 'checking the password' },
          on: {
            authenticated: {
              target: 'greeted',
              actions: [
                { type: 'letIn', params: ({ event }) => event.user },
                {
                  type: 'reply',
                  params: ({ context, event }) => ({
                    reply: replies.authenticated,
                    enhanced: context.enhanced,
                    gloss: replyGloss('AUTH', replies.authenticated, event.user),
                  }),
                },
              ],
            },
            authenticationFailed: {
              target: 'greeted',
              actions: say(replies.authenticationFailed, replyGloss('AUTH', replies.authenticationFailed)),
            },
          },
        },
        lookingUpName: {
          id: 'lookingUpName',
          meta: { title: 'looking up a name' },
          on: {
            userVerified: [
              { guard: 'hasRecipients', target: 'recipientsKnown', actions: { type: 'reply', params: tellsOfUser } },
              { guard: 'hasSender', target: 'senderKnown', actions: { type: 'reply', params: tellsOfUser } },
              { guard: 'isGreeted', target: 'greeted', actions: { type: 'reply', params: tellsOfUser } },
              { target: '#waiting', actions: { type: 'reply', params: tellsOfUser } },
            ],
          },
        },
      },
    },
    closed: { id: 'closed', type: 'final', meta: { title: 'closed' } },
  },
})
