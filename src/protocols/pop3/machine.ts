import { assign, setup } from 'xstate'
import { assert } from '../../base/assert'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Input } from '../../session/session'
import type { CommandName } from './catalogue'
import type { Command, Unreadable } from './grammar'
import {
  capabilities,
  dropListing,
  listing,
  type Maildrop,
  message,
  messageAt,
  noSuchMessage,
  ok,
  type Response,
  refuse,
  updated,
  type Wanted,
} from './responses'

/**
 * The server's whole machine (RFC 1939 sections 3 to 6): AUTHORIZATION, TRANSACTION, UPDATE. Nothing but QUIT in
 * TRANSACTION leads to UPDATE, and nothing is removed elsewhere. While a question to the host is out no state reads,
 * so that commands sent ahead wait their turn.
 */

export interface ServerInput {
  readonly hostName: string
  /** False where a password may not be sent over a connection without TLS. */
  readonly plaintextAuth: boolean
}

/** What the server asks of its host, and what it may get for an answer. */
export type ServerQuestion =
  | { readonly type: 'openMaildrop'; readonly user: string; readonly password: string }
  | { readonly type: 'retrieve'; readonly uid: string }
  | { readonly type: 'update'; readonly remove: readonly string[] }
export type ServerAnswer =
  | { readonly type: 'maildropOpened'; readonly messages: readonly { readonly uid: string; readonly size: number }[] }
  | { readonly type: 'maildropRefused'; readonly reason: 'auth' | 'inUse' }
  | { readonly type: 'retrieved'; readonly octets: Octets }
  | { readonly type: 'notRetrieved' }
  | { readonly type: 'updated'; readonly ok: boolean }

/** A line longer than the limit comes in pieces: `overlong` for each full piece, `lineTooLong` for the last. */
type Overlong = { readonly type: 'overlong' } | { readonly type: 'lineTooLong' }
export type ServerEvent = Command | Unreadable | Overlong | ServerAnswer | Extract<Input, { type: 'opened' | 'closed' }>

export interface ServerContext extends ServerInput {
  /** The name given by USER. */
  readonly user: string
  readonly maildrop: Maildrop
  /** What the message that was asked of the host is for. */
  readonly wanted: Wanted
  /** True while the rest of a line that is too long goes by. */
  readonly overlong: boolean
}

interface Happened<E extends ServerEvent = ServerEvent> {
  readonly context: ServerContext
  readonly event: E
}
type Of<T extends ServerEvent['type']> = Happened<Extract<ServerEvent, { type: T }>>

/**
 * Answers and enters `target` anew, even where that is the state we are in: "the receipt of any command from the
 * client should suffice to reset the autologout timer" (RFC 1939 section 3).
 */
const answer = <E extends ServerEvent>(target: string, params: Response | ((happened: Happened<E>) => Response)) =>
  ({ target, reenter: true, actions: { type: 'respond', params } }) as const

const capa = ({ context }: Of<'CAPA'>): Response => capabilities(context.plaintextAuth)
const unreadable = ({ event }: Of<'unreadable'>): Response => refuse('unreadable', event.cause)
const goodbye = ok('QUIT', 'goodbye')

/** Lines that are too long are read past wherever commands are read, and refused once when they end. */
const tooLong = (target: string) =>
  ({
    overlong: { actions: 'skipLine' },
    lineTooLong: {
      target,
      reenter: true,
      actions: ['endLine', { type: 'respond', params: refuse('unreadable', 'the line is longer than 255 octets') }],
    },
  }) as const

const needsLogin = (target: string) => {
  const refused = answer(target, ({ event }: Happened) =>
    refuse(event.type as CommandName, `${event.type} comes after the login: USER, then PASS`),
  )
  return {
    STAT: refused,
    LIST: refused,
    UIDL: refused,
    RETR: refused,
    TOP: refused,
    DELE: refused,
    RSET: refused,
    NOOP: refused,
  }
}

const takesUser = (target: string) => [
  {
    guard: 'plaintextAuth' as const,
    target: 'userGiven',
    reenter: true,
    actions: [
      { type: 'nameUser' as const, params: ({ event }: Of<'USER'>) => event },
      { type: 'respond' as const, params: ok('USER', 'now the password') },
    ],
  },
  answer(target, refuse('USER', 'a password may not be sent over a connection that is not encrypted', 'AUTH')),
]

const alreadyIn = ({ event }: Happened): Response =>
  refuse(event.type as CommandName, `${event.type} is for the login, and you are logged in`)

const missing = ({ context, event }: Of<'RETR' | 'TOP' | 'DELE'>): Response =>
  noSuchMessage(event.type, context.maildrop, event.messageNumber)

const removed = (maildrop: Maildrop): readonly string[] =>
  maildrop.filter((message) => message.deleted).map((message) => message.uid)

export const serverMachine = setup({
  types: { context: {} as ServerContext, events: {} as ServerEvent, input: {} as ServerInput },
  delays: { autoLogout: minutes(10) },
  guards: {
    plaintextAuth: ({ context }) => context.plaintextAuth,
    messageExists: ({ context }, params: { readonly messageNumber: number }) =>
      messageAt(context.maildrop, params.messageNumber) !== undefined,
    inUse: (_, params: { readonly reason: 'auth' | 'inUse' }) => params.reason === 'inUse',
  },
  actions: {
    respond: (_, _params: Response) => {},
    ask: (_, _params: ServerQuestion) => {},
    close: () => {},
    nameUser: assign((_, params: { readonly user: string }) => ({ user: params.user })),
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
  },
}).createMachine({
  id: 'pop3Server',
  context: ({ input }) => ({ ...input, user: '', maildrop: [], wanted: { to: 'RETR' }, overlong: false }),
  initial: 'connecting',
  on: { closed: { target: '.closed' } },
  states: {
    connecting: {
      meta: { title: 'waiting' },
      on: {
        opened: answer('authorization', ({ context }: Happened) => ok('greeting', `${context.hostName} POP3 ready`)),
      },
    },

    authorization: {
      meta: { title: 'authorization' },
      initial: 'noUser',
      on: { QUIT: { target: 'closed', actions: [{ type: 'respond', params: goodbye }, 'close'] } },
      states: {
        noUser: {
          meta: { title: 'no user yet' },
          tags: ['reads:command'],
          after: { autoLogout: { target: '#pop3Server.closed', actions: 'close' } },
          on: {
            USER: takesUser('noUser'),
            PASS: answer('noUser', refuse('PASS', 'PASS comes after USER: first say who you are')),
            CAPA: answer('noUser', capa),
            unreadable: answer('noUser', unreadable),
            ...needsLogin('noUser'),
            ...tooLong('noUser'),
          },
        },
        userGiven: {
          meta: { title: 'user given' },
          tags: ['reads:command'],
          after: { autoLogout: { target: '#pop3Server.closed', actions: 'close' } },
          on: {
            USER: takesUser('userGiven'),
            PASS: {
              target: 'opening',
              actions: {
                type: 'ask',
                params: ({ context, event }) => ({
                  type: 'openMaildrop',
                  user: context.user,
                  password: event.password,
                }),
              },
            },
            CAPA: answer('userGiven', capa),
            unreadable: answer('userGiven', unreadable),
            ...needsLogin('userGiven'),
            ...tooLong('userGiven'),
          },
        },
        opening: {
          meta: { title: 'checking' },
          on: {
            maildropOpened: {
              target: '#pop3Server.transaction',
              actions: [
                { type: 'fixMaildrop', params: ({ event }) => event },
                { type: 'respond', params: ok('PASS', 'the maildrop is open and locked for you') },
              ],
            },
            maildropRefused: [
              {
                guard: { type: 'inUse', params: ({ event }) => event },
                ...answer('noUser', refuse('PASS', 'another session has this maildrop open', 'IN-USE')),
              },
              answer('noUser', refuse('PASS', 'the name or the password is wrong', 'AUTH')),
            ],
          },
        },
      },
    },

    transaction: {
      meta: { title: 'transaction' },
      initial: 'ready',
      states: {
        ready: {
          meta: { title: 'ready' },
          tags: ['reads:command'],
          after: { autoLogout: { target: '#pop3Server.closed', actions: 'close' } },
          on: {
            STAT: answer('ready', ({ context }: Happened) => dropListing(context.maildrop)),
            LIST: answer('ready', ({ context, event }: Of<'LIST'>) =>
              listing('LIST', context.maildrop, event.messageNumber),
            ),
            UIDL: answer('ready', ({ context, event }: Of<'UIDL'>) =>
              listing('UIDL', context.maildrop, event.messageNumber),
            ),
            RETR: [
              {
                guard: { type: 'messageExists', params: ({ event }) => event },
                target: 'retrieving',
                actions: [
                  { type: 'want', params: { to: 'RETR' } },
                  { type: 'ask', params: ({ context, event }) => retrieve(context, event.messageNumber) },
                ],
              },
              answer('ready', missing),
            ],
            TOP: [
              {
                guard: { type: 'messageExists', params: ({ event }) => event },
                target: 'retrieving',
                actions: [
                  { type: 'want', params: ({ event }) => ({ to: 'TOP', lines: event.lines }) },
                  { type: 'ask', params: ({ context, event }) => retrieve(context, event.messageNumber) },
                ],
              },
              answer('ready', missing),
            ],
            DELE: [
              {
                guard: { type: 'messageExists', params: ({ event }) => event },
                target: 'ready',
                reenter: true,
                actions: [
                  { type: 'markDeleted', params: ({ event }) => event },
                  {
                    type: 'respond',
                    params: ({ event }) => ok('DELE', `message ${event.messageNumber} is marked as deleted`),
                  },
                ],
              },
              answer('ready', missing),
            ],
            RSET: {
              target: 'ready',
              reenter: true,
              actions: ['unmarkAll', { type: 'respond', params: ok('RSET', 'no message is marked as deleted') }],
            },
            NOOP: answer('ready', ok('NOOP', 'still here')),
            CAPA: answer('ready', capa),
            USER: answer('ready', alreadyIn),
            PASS: answer('ready', alreadyIn),
            QUIT: { target: '#pop3Server.update' },
            unreadable: answer('ready', unreadable),
            ...tooLong('ready'),
          },
        },
        retrieving: {
          meta: { title: 'fetching a letter' },
          on: {
            retrieved: answer('ready', ({ context, event }: Of<'retrieved'>) => message(context.wanted, event.octets)),
            notRetrieved: answer('ready', ({ context }: Happened) =>
              refuse(context.wanted.to, 'the message cannot be read now, try again later'),
            ),
          },
        },
      },
    },

    update: {
      meta: { title: 'update' },
      entry: { type: 'ask', params: ({ context }) => ({ type: 'update', remove: removed(context.maildrop) }) },
      on: {
        updated: {
          target: 'closed',
          actions: [
            { type: 'respond', params: ({ context, event }) => updated(removed(context.maildrop).length, event.ok) },
            'close',
          ],
        },
      },
    },

    closed: { type: 'final', meta: { title: 'closed' } },
  },
})

function retrieve(context: ServerContext, messageNumber: number): ServerQuestion {
  const message = messageAt(context.maildrop, messageNumber)
  assert(message, 'the guard messageExists was asked first')
  return { type: 'retrieve', uid: message.uid }
}
