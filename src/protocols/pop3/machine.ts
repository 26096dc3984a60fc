import { assign, setup } from 'xstate'
import { minutes } from '../../base/time'
import { mechanismNamed } from '../../sasl'
import { endsConnection, isForgiven, type MistakePolicy, pauseAfter } from '../../session/defence'
import { COMMAND_LINE_LIMIT, SASL_LINE_LIMIT } from './grammar'
import { type Maildrop, messageAt, type Response, type Wanted } from './maildrop'
import {
  dropListing,
  listing,
  mayLogIn,
  mayShowPassword,
  mechanismsNow,
  message,
  notOpened,
  notRetrieved,
  ok,
  refuse,
  updated,
} from './responses'
import {
  alreadyIn,
  answer,
  anywhere,
  type Happened,
  logins,
  mayStartTls,
  mistake,
  needsLogin,
  type Of,
  passTooSoon,
  pausing,
  retrieve,
  tooLong,
  withMessage,
} from './serverTransitions'
import type { LoginRefusal, ServerContext, ServerEvent, ServerInput, ServerQuestion } from './serverTypes'

/**
 * The server's whole machine (RFC 1939 sections 3 to 6): AUTHORIZATION, TRANSACTION, UPDATE. Only QUIT in TRANSACTION leads to
 * UPDATE, and only UPDATE removes messages. While a question to the host is out, no state reads, so pipelined commands wait.
 */

/** RFC 1939 section 3 asks for at least ten minutes. The server then closes without a response and removes nothing. */
const autoLogout = { autoLogout: { target: '#pop3Server.closed', actions: 'close' } } as const

const marked = (maildrop: Maildrop): readonly string[] =>
  maildrop.filter((message) => message.deleted).map((message) => message.uid)

const greet = ({ hostName, timestamp }: ServerContext): Response =>
  ok('greeting', `${hostName} POP3 ready${timestamp === '' ? '' : ` ${timestamp}`}`)

/** [AUTH] is for a wrong name or password (RFC 3206 section 4), not for a malformed message. */
const wrong = ({ context, event }: Of<'authenticationFailed'>): Response =>
  event.malformed === undefined
    ? refuse(context.loginBy, 'the name or the password is wrong', 'AUTH')
    : refuse(context.loginBy, event.malformed)

const startContext = (input: ServerInput): ServerContext => ({
  hostName: input.hostName,
  plaintextAuth: input.plaintextAuth,
  tls: input.tls ?? 'none',
  mechanisms: input.mechanisms ?? [],
  apop: input.apop ?? false,
  loginDelay: input.loginDelay ?? 0,
  secure: input.tls === 'implicit',
  utf8: false,
  timestamp: '',
  user: '',
  loginBy: 'PASS',
  maildrop: [],
  wanted: { to: 'RETR' },
  overlong: false,
  mistakePolicy: input.mistakePolicy ?? MISTAKE_POLICY,
  mistakes: 0,
  putOff: undefined,
})

/**
 * Stricter than for SMTP and IMAP: a POP3 client says the same few commands each time, and few clients are people. Pauses
 * double, against programs that guess passwords (RFC 1939 section 13).
 */
export const MISTAKE_POLICY: MistakePolicy = { free: 5, limit: 15, pauses: [1, 2, 4, 8, 15] }

const NO_USER = { target: 'noUser', pause: 'pausing' } as const
const USER_GIVEN = { target: 'userGiven', pause: 'pausingWithUser' } as const
const READY = { target: 'ready', pause: 'pausing' } as const

export const serverMachine = setup({
  types: { context: {} as ServerContext, events: {} as ServerEvent, input: {} as ServerInput },
  delays: {
    autoLogout: minutes(10),
    mistakePause: ({ context }) => pauseAfter(context.mistakePolicy, context.mistakes),
  },
  guards: {
    apop: ({ context }) => context.apop,
    isForgiven: ({ context }) => isForgiven(context.mistakePolicy, context.mistakes + 1),
    erredTooOften: ({ context }) => endsConnection(context.mistakePolicy, context.mistakes + 1),
    noTimestamp: ({ context }) => context.timestamp === '',
    mayLogIn: ({ context }) => mayLogIn(context),
    mayShowPassword: ({ context }) => mayShowPassword(context),
    mechanismIsThere: ({ context }, { mechanism }: { readonly mechanism: string }) =>
      mechanismsNow(context).some((name) => name === mechanismNamed(mechanism)),
    mechanismComesLater: ({ context }, { mechanism }: { readonly mechanism: string }) =>
      context.mechanisms.some((name) => name === mechanismNamed(mechanism)),
    stlsIsThere: ({ context }) => mayStartTls(context),
    messageExists: ({ context }, params: { readonly messageNumber: number }) =>
      messageAt(context.maildrop, params.messageNumber) !== undefined,
  },
  actions: {
    respond: (_, _params: Response) => {},
    challenge: (_, _params: Of<'saslChallenge'>['event']) => {},
    ask: (_, _params: ServerQuestion) => {},
    startTls: () => {},
    close: () => {},
    noteTimestamp: assign((_, params: { readonly timestamp: string }) => ({ timestamp: params.timestamp })),
    nameUser: assign((_, params: { readonly user: string }) => ({ user: params.user })),
    logInBy: assign((_, params: { readonly by: ServerContext['loginBy'] }) => ({ loginBy: params.by })),
    useUtf8: assign({ utf8: true }),
    /** TLS discards everything that came in plaintext (RFC 2595 section 4). */
    beginAnew: assign({ secure: true, user: '' }),
    fixMaildrop: assign((_, params: { readonly messages: readonly { uid: string; size: number }[] }) => ({
      maildrop: params.messages.map(({ uid, size }) => ({ uid, size, deleted: false })),
    })),
    markDeleted: assign(({ context }, params: { readonly messageNumber: number }) => ({
      maildrop: context.maildrop.map((message, at) =>
        at === params.messageNumber - 1 ? { ...message, deleted: true } : message,
      ),
    })),
    unmarkAll: assign(({ context }) => ({
      maildrop: context.maildrop.map((message) => (message.deleted ? { ...message, deleted: false } : message)),
    })),
    want: assign((_, params: Wanted) => ({ wanted: params })),
    skipLine: assign({ overlong: true }),
    endLine: assign({ overlong: false }),
    countMistake: assign(({ context }) => ({ mistakes: context.mistakes + 1, overlong: false })),
    putOff: assign((_, params: Response) => ({ putOff: params })),
  },
}).createMachine({
  id: 'pop3Server',
  context: ({ input }) => startContext(input),
  initial: 'connecting',
  on: { closed: { target: '.closed' } },
  states: {
    connecting: {
      on: {
        opened: [
          { guard: 'apop', target: 'greeting', actions: { type: 'ask', params: { type: 'timestamp' } } },
          answer('authorization', ({ context }: Happened) => greet(context)),
        ],
      },
    },
    greeting: {
      on: {
        timestamped: {
          target: 'authorization',
          actions: [
            { type: 'noteTimestamp', params: ({ event }) => event },
            { type: 'respond', params: ({ context }) => greet(context) },
          ],
        },
      },
    },

    authorization: {
      initial: 'noUser',
      on: { QUIT: { target: 'closed', actions: [{ type: 'respond', params: ok('QUIT', 'goodbye') }, 'close'] } },
      states: {
        noUser: {
          tags: ['reads:command'],
          after: autoLogout,
          on: {
            ...logins('noUser'),
            PASS: answer('noUser', passTooSoon),
            ...anywhere(NO_USER, { loggedIn: false, userGiven: false }),
            ...needsLogin('noUser'),
            ...tooLong(NO_USER, COMMAND_LINE_LIMIT),
          },
        },
        userGiven: {
          tags: ['reads:command'],
          after: autoLogout,
          on: {
            ...logins('userGiven'),
            PASS: {
              target: 'verifying',
              actions: [
                { type: 'logInBy', params: { by: 'PASS' } },
                {
                  type: 'ask',
                  params: ({ context, event }) => ({
                    type: 'verifyPassword',
                    user: context.user,
                    password: event.password,
                  }),
                },
              ],
            },
            ...anywhere(USER_GIVEN, { loggedIn: false, userGiven: true }),
            ...needsLogin('userGiven'),
            ...tooLong(USER_GIVEN, COMMAND_LINE_LIMIT),
          },
        },
        pausing: pausing('noUser'),
        pausingWithUser: pausing('userGiven'),
        securing: {
          after: autoLogout,
          on: { secured: { target: 'noUser', actions: 'beginAnew' } },
        },
        verifying: {
          on: {
            authenticated: { target: 'opening' },
            authenticationFailed: mistake(NO_USER, wrong),
            saslChallenge: { target: 'challenged', actions: { type: 'challenge', params: ({ event }) => event } },
          },
        },
        challenged: {
          tags: ['reads:saslLine'],
          after: autoLogout,
          on: {
            saslResponse: { target: 'verifying', actions: { type: 'ask', params: ({ event }) => event } },
            cancelled: {
              target: 'noUser',
              actions: [
                { type: 'ask', params: { type: 'saslCancelled' } },
                { type: 'respond', params: refuse('AUTH', 'you have taken the login back') },
              ],
            },
            notBase64: {
              target: 'noUser',
              actions: [
                { type: 'ask', params: { type: 'saslCancelled' } },
                { type: 'respond', params: refuse('AUTH', 'this is not base64') },
              ],
            },
            overlong: { actions: 'skipLine' },
            lineTooLong: {
              target: 'noUser',
              actions: [
                'endLine',
                { type: 'ask', params: { type: 'saslCancelled' } },
                { type: 'respond', params: refuse('AUTH', `the line is longer than ${SASL_LINE_LIMIT} octets`) },
              ],
            },
          },
        },
        opening: {
          entry: { type: 'ask', params: ({ context }) => ({ type: 'openMaildrop', utf8: context.utf8 }) },
          on: {
            maildropOpened: {
              target: '#pop3Server.transaction',
              actions: [
                { type: 'fixMaildrop', params: ({ event }) => event },
                {
                  type: 'respond',
                  params: ({ context }) => ok(context.loginBy, 'the maildrop is open and locked for you'),
                },
              ],
            },
            maildropRefused: answer('noUser', ({ context, event }: Happened & { event: { reason: LoginRefusal } }) =>
              notOpened(context, event.reason),
            ),
          },
        },
      },
    },

    transaction: {
      initial: 'ready',
      states: {
        ready: {
          tags: ['reads:command'],
          after: autoLogout,
          on: {
            STAT: answer('ready', ({ context }: Happened) => dropListing(context.maildrop)),
            LIST: answer('ready', ({ context, event }: Of<'LIST'>) =>
              listing('LIST', context.maildrop, event.messageNumber),
            ),
            UIDL: answer('ready', ({ context, event }: Of<'UIDL'>) =>
              listing('UIDL', context.maildrop, event.messageNumber),
            ),
            RETR: withMessage({
              target: 'retrieving',
              actions: [
                { type: 'want', params: { to: 'RETR' } },
                { type: 'ask', params: retrieve },
              ],
            } as const),
            TOP: withMessage({
              target: 'retrieving',
              actions: [
                { type: 'want', params: ({ event }: Of<'TOP'>): Wanted => ({ to: 'TOP', lines: event.lines }) },
                { type: 'ask', params: retrieve },
              ],
            } as const),
            DELE: withMessage({
              target: 'ready',
              reenter: true,
              actions: [
                { type: 'markDeleted', params: ({ event }: Of<'DELE'>) => event },
                {
                  type: 'respond',
                  params: ({ event }: Of<'DELE'>) => ok('DELE', `message ${event.messageNumber} is marked as deleted`),
                },
              ],
            } as const),
            RSET: {
              target: 'ready',
              reenter: true,
              actions: ['unmarkAll', { type: 'respond', params: ok('RSET', 'no message is marked as deleted') }],
            },
            NOOP: answer('ready', ok('NOOP', 'still here')),
            QUIT: { target: '#pop3Server.update' },
            ...anywhere(READY, { loggedIn: true, userGiven: true }),
            ...alreadyIn('ready'),
            ...tooLong(READY, COMMAND_LINE_LIMIT),
          },
        },
        pausing: pausing('ready'),
        retrieving: {
          on: {
            retrieved: answer('ready', ({ context, event }: Of<'retrieved'>) => message(context, event.octets)),
            notRetrieved: answer('ready', ({ context, event }: Of<'notRetrieved'>) =>
              notRetrieved(context, event.reason),
            ),
          },
        },
      },
    },

    update: {
      entry: { type: 'ask', params: ({ context }) => ({ type: 'update', remove: marked(context.maildrop) }) },
      on: {
        updated: {
          target: 'closed',
          actions: [{ type: 'respond', params: ({ event }) => updated(event.removed, event.ok) }, 'close'],
        },
      },
    },

    closed: { type: 'final' },
  },
})
