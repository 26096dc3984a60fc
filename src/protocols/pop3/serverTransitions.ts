import { type CommandName, LOGIN_COMMANDS, TRANSACTION_COMMANDS } from './catalogue'
import type { Command } from './grammar'
import { messageAt, type Response } from './maildrop'
import {
  capabilities,
  language,
  mayLogIn,
  mayShowPassword,
  mechanismsNow,
  noMechanism,
  noSuchMessage,
  notNow,
  ok,
  refuse,
} from './responses'
import type { ServerContext, ServerEvent, ServerQuestion } from './serverTypes'

/** Transitions that several states of the server share. */

export interface Happened<E extends ServerEvent = ServerEvent> {
  readonly context: ServerContext
  readonly event: E
}
export type Of<T extends ServerEvent['type']> = Happened<Extract<ServerEvent, { type: T }>>

/**
 * Answers and enters `target` anew, even if it is the present state: "the receipt of any command from the client should suffice
 * to reset the autologout timer" (RFC 1939 section 3).
 */
export const answer = <E extends ServerEvent>(
  target: string,
  params: Response | ((happened: Happened<E>) => Response),
) => ({ target, reenter: true, actions: { type: 'respond', params } }) as const

/** The state after a mistake: at once, or after a pause. */
interface After {
  readonly target: string
  readonly pause: string
}

/**
 * Answers a malformed line or a failed login. After some of these the answer waits, longer each time, and at last the
 * connection ends, against clients that guess passwords or speak another protocol.
 */
export const mistake = <E extends ServerEvent>(
  { target, pause }: After,
  params: Response | ((happened: Happened<E>) => Response),
) =>
  [
    {
      guard: 'erredTooOften',
      target: '#pop3Server.closed',
      actions: [{ type: 'respond', params: refuse('unreadable', 'there were too many mistakes: goodbye') }, 'close'],
    },
    { guard: 'isForgiven', target, reenter: true, actions: ['countMistake', { type: 'respond', params }] },
    { target: pause, actions: ['countMistake', { type: 'putOff', params }] },
  ] as const

/** A pause before the answer to a mistake, in which nothing is read. */
export const pausing = (target: string) =>
  ({
    after: {
      mistakePause: {
        target,
        actions: { type: 'respond', params: ({ context }: Happened) => context.putOff ?? nothingToSay },
      },
    },
  }) as const
const nothingToSay = refuse('unreadable', 'please go on')

/** Lines that are too long are skipped, and refused once at their end. */
export const tooLong = (after: After, limit: number) =>
  ({
    overlong: { actions: 'skipLine' },
    lineTooLong: mistake(after, refuse('unreadable', `the line is longer than ${limit} octets`)),
  }) as const

const afterLogin = (name: CommandName): Response => refuse(name, `${name} comes after the login: USER, then PASS`)
const beforeLogin = (name: CommandName): Response =>
  refuse(name, `${name} is for before the login, and you are logged in`)
export const passTooSoon = refuse('PASS', 'PASS comes after USER: first say who you are')
const noTimestamp = refuse('APOP', 'there was no timestamp in the greeting')

/** The commands of TRANSACTION before a login, and those of AUTHORIZATION after it. */
const refused = <N extends CommandName>(names: readonly N[], target: string, why: (name: CommandName) => Response) => {
  const transition = answer(target, ({ event }: Of<Command['type']>) => why(event.type))
  return Object.fromEntries(names.map((name) => [name, transition])) as Record<N, typeof transition>
}
export const needsLogin = (target: string) => refused(TRANSACTION_COMMANDS, target, afterLogin)
export const alreadyIn = (target: string) => refused(LOGIN_COMMANDS, target, beforeLogin)

/** A state that reads commands. */
interface Place {
  readonly loggedIn: boolean
  readonly userGiven: boolean
}

/** The reason why this command is refused, whatever its argument is; undefined if its argument decides. */
function notHere(command: CommandName, context: ServerContext, userGiven: boolean): Response | undefined {
  switch (command) {
    case 'USER':
      return mayShowPassword(context) ? undefined : notNow(command, context)
    case 'PASS':
      return userGiven ? undefined : passTooSoon
    case 'APOP':
      if (context.timestamp === '') return noTimestamp
      return mayLogIn(context) ? undefined : notNow(command, context)
    case 'AUTH':
      return mechanismsNow(context).length > 0 || context.mechanisms.length === 0 ? undefined : notNow(command, context)
    case 'STLS':
      return mayStartTls(context) ? undefined : refuse(command, whyNoStls(context))
    default:
      return undefined
  }
}

/** A malformed command is refused for its state first: correct syntax would not help. */
const cannotRead =
  ({ loggedIn, userGiven }: Place) =>
  ({ context, event: { command, cause } }: Of<'unreadable'>): Response => {
    const outOfPlace: readonly CommandName[] = loggedIn ? LOGIN_COMMANDS : TRANSACTION_COMMANDS
    if (command && outOfPlace.includes(command)) return loggedIn ? beforeLogin(command) : afterLogin(command)
    return (command && notHere(command, context, userGiven)) ?? refuse('unreadable', cause)
  }

const sayCapabilities =
  (loggedIn: boolean) =>
  ({ context }: Happened) =>
    capabilities(context, loggedIn)

/** Commands for every state. */
export const anywhere = (after: After, place: Place) => ({
  CAPA: answer(after.target, sayCapabilities(place.loggedIn)),
  LANG: answer(after.target, ({ event }: Of<'LANG'>) => language(event.range)),
  unreadable: mistake(after, cannotRead(place)),
  httpRequest: {
    target: '#pop3Server.closed',
    actions: [{ type: 'respond', params: refuse('unreadable', 'this is POP3, not HTTP: goodbye') }, 'close'],
  } as const,
})

/** The commands that begin a login, and their conditions. `target`: the state that stays after a refusal. */
export const logins = (target: string) =>
  ({
    USER: [
      {
        guard: 'mayShowPassword',
        target: 'userGiven',
        reenter: true,
        actions: [
          { type: 'nameUser', params: ({ event }: Of<'USER'>) => event },
          { type: 'respond', params: ok('USER', 'now the password') },
        ],
      },
      answer(target, ({ context }: Happened) => notNow('USER', context)),
    ],
    APOP: [
      { guard: 'noTimestamp', ...answer(target, noTimestamp) },
      {
        guard: 'mayLogIn',
        target: 'verifying',
        actions: [
          { type: 'logInBy', params: { by: 'APOP' } },
          {
            type: 'ask',
            params: ({ context, event }: Of<'APOP'>): ServerQuestion => ({
              type: 'verifyDigest',
              user: event.user,
              timestamp: context.timestamp,
              digest: event.digest,
            }),
          },
        ],
      },
      answer(target, ({ context }: Happened) => notNow('APOP', context)),
    ],
    AUTH: [
      {
        guard: { type: 'mechanismIsThere', params: ({ event }: Of<'AUTH'>) => event },
        target: 'verifying',
        actions: [
          { type: 'logInBy', params: { by: 'AUTH' } },
          { type: 'ask', params: authenticate },
        ],
      },
      {
        guard: { type: 'mechanismComesLater', params: ({ event }: Of<'AUTH'>) => event },
        ...answer(target, ({ context }: Happened) => notNow('AUTH', context)),
      },
      answer(target, ({ context, event }: Of<'AUTH'>) => noMechanism(context, event.mechanism)),
    ],
    STLS: [
      {
        guard: 'stlsIsThere',
        target: 'securing',
        actions: [{ type: 'respond', params: ok('STLS', 'begin the TLS negotiation now') }, 'startTls'],
      },
      answer(target, ({ context }: Happened) => refuse('STLS', whyNoStls(context))),
    ],
    UTF8: {
      target,
      reenter: true,
      actions: ['useUtf8', { type: 'respond', params: ok('UTF8', 'letters come with UTF-8 in their headers') }],
    },
  }) as const

function authenticate({ event: { mechanism, response } }: Of<'AUTH'>): ServerQuestion {
  const name = mechanism.toUpperCase() as Extract<ServerQuestion, { type: 'authenticate' }>['mechanism']
  return response === undefined
    ? { type: 'authenticate', mechanism: name }
    : { type: 'authenticate', mechanism: name, response }
}

export const mayStartTls = ({ tls, secure, utf8 }: ServerContext): boolean =>
  !secure && !utf8 && (tls === 'offered' || tls === 'required')

function whyNoStls({ tls, secure }: ServerContext): string {
  if (secure) return 'the connection is encrypted already'
  return tls === 'none' ? 'there is no TLS here' : 'STLS comes before UTF8'
}

/** A command that names a message: `then` if the session has it, else the cause. */
export const withMessage = <T extends object>(then: T) =>
  [
    { guard: { type: 'messageExists', params: ({ event }: Of<'RETR' | 'TOP' | 'DELE'>) => event }, ...then },
    answer('ready', ({ context, event }: Of<'RETR' | 'TOP' | 'DELE'>) =>
      noSuchMessage(event.type, context.maildrop, event.messageNumber),
    ),
  ] as const

/** Asks the host for the event's message, which the session is known to have. */
export const retrieve = ({ context, event }: Of<'RETR' | 'TOP'>): ServerQuestion => ({
  type: 'retrieve',
  uid: messageAt(context.maildrop, event.messageNumber)?.uid ?? '',
  utf8: context.utf8,
})
