import { assign, setup } from 'xstate'
import type { Octets } from '../../base/octets'
import { minutes } from '../../base/time'
import type { Input } from '../../session/session'
import type { Command } from './grammar'

/**
 * The client's whole machine: what a mail program does when it looks for mail over POP3. It fetches each letter
 * that it has not had before, hands it to the host, and marks it as deleted unless it is to stay on the server.
 */

export interface ClientInput {
  readonly user: string
  readonly password: string
  readonly leaveOnServer: boolean
  /** Unique-ids of letters fetched in earlier sessions. */
  readonly known: readonly string[]
}

type Closed = Extract<Input, { type: 'closed' }>

/** `messageCollected` is answered with `kept`; the others report how the session went and want no answer. */
export type ClientQuestion =
  | { readonly type: 'messageCollected'; readonly uid: string; readonly octets: Octets }
  | { readonly type: 'collected'; readonly count: number; readonly removed: number }
  | { readonly type: 'collectFailed'; readonly text: string }
  | { readonly type: 'sessionLost'; readonly why: Closed['why'] }
export interface ClientAnswer {
  readonly type: 'kept'
}

/** A line that is no response of POP3 comes as `refused` too: a client can do nothing else with it. */
export type ClientEvent =
  | { readonly type: 'accepted'; readonly text: string }
  | { readonly type: 'refused'; readonly text: string }
  | { readonly type: 'listed'; readonly messages: readonly Listed[] }
  | { readonly type: 'message'; readonly octets: Octets }
  | { readonly type: 'tooLarge' }
  | ClientAnswer
  | Closed
  | Extract<Input, { type: 'opened' }>

export interface Listed {
  readonly messageNumber: number
  readonly uid: string
}

export interface ClientContext extends ClientInput {
  /** What is still to be looked at; the first is in hand. */
  readonly ahead: readonly Listed[]
  readonly count: number
  readonly removed: number
}

const lost = (why: Closed['why']) => ({ type: 'ask', params: { type: 'sessionLost', why } }) as const
const failed = {
  type: 'ask',
  params: ({ event }: { event: { readonly text: string } }) => failure(event.text),
} as const
const failure = (text: string): ClientQuestion => ({ type: 'collectFailed', text })
const quit = { type: 'say', params: { type: 'QUIT' } } as const
/** The server is given up, politely. */
const giveUp = { target: '#pop3Client.leaving', actions: [failed, quit] } as const
const noAnswer = {
  responseTimeout: { target: '#pop3Client.closed', actions: [lost('timedOut'), 'close'] },
} as const

const current = (context: ClientContext): Listed => context.ahead[0] ?? { messageNumber: 0, uid: '' }

export const clientMachine = setup({
  types: { context: {} as ClientContext, events: {} as ClientEvent, input: {} as ClientInput },
  delays: { responseTimeout: minutes(2) },
  guards: {
    noneAhead: ({ context }) => context.ahead.length === 0,
    isNew: ({ context }) => !context.known.includes(current(context).uid),
    leaveOnServer: ({ context }) => context.leaveOnServer,
  },
  actions: {
    say: (_, _params: Command) => {},
    ask: (_, _params: ClientQuestion) => {},
    close: () => {},
    noteListing: assign((_, params: { readonly messages: readonly Listed[] }) => ({ ahead: params.messages })),
    countCollected: assign(({ context }) => ({ count: context.count + 1 })),
    countRemoved: assign(({ context }) => ({ removed: context.removed + 1 })),
    forgetRemoved: assign({ removed: 0 }),
    goOn: assign(({ context }) => ({ ahead: context.ahead.slice(1) })),
  },
}).createMachine({
  id: 'pop3Client',
  context: ({ input }) => ({ ...input, ahead: [], count: 0, removed: 0 }),
  initial: 'connecting',
  on: {
    closed: {
      target: '.closed',
      actions: { type: 'ask', params: ({ event }) => ({ type: 'sessionLost', why: event.why }) },
    },
  },
  states: {
    connecting: {
      meta: { title: 'connecting' },
      on: { opened: { target: 'greeting' } },
    },
    greeting: {
      meta: { title: 'awaiting the greeting' },
      tags: ['reads:greeting'],
      after: noAnswer,
      on: {
        accepted: {
          target: 'authorization',
          actions: { type: 'say', params: ({ context }) => ({ type: 'USER', user: context.user }) },
        },
        refused: giveUp,
      },
    },

    authorization: {
      meta: { title: 'authorization' },
      initial: 'user',
      states: {
        user: {
          meta: { title: 'user given' },
          tags: ['reads:USER'],
          after: noAnswer,
          on: {
            accepted: {
              target: 'password',
              actions: { type: 'say', params: ({ context }) => ({ type: 'PASS', password: context.password }) },
            },
            refused: giveUp,
          },
        },
        password: {
          meta: { title: 'password given' },
          tags: ['reads:PASS'],
          after: noAnswer,
          on: {
            accepted: { target: '#pop3Client.transaction', actions: { type: 'say', params: { type: 'STAT' } } },
            refused: giveUp,
          },
        },
      },
    },

    transaction: {
      meta: { title: 'transaction' },
      initial: 'counting',
      states: {
        counting: {
          meta: { title: 'counting' },
          tags: ['reads:STAT'],
          after: noAnswer,
          on: {
            accepted: { target: 'naming', actions: { type: 'say', params: { type: 'UIDL' } } },
            refused: giveUp,
          },
        },
        naming: {
          meta: { title: 'asking for names' },
          tags: ['reads:UIDL'],
          after: noAnswer,
          on: { accepted: { target: 'readingNames' }, refused: giveUp },
        },
        readingNames: {
          meta: { title: 'reading names' },
          tags: ['reads:listing'],
          after: noAnswer,
          on: {
            listed: { target: 'choosing', actions: { type: 'noteListing', params: ({ event }) => event } },
            tooLarge: {
              target: '#pop3Client.closed',
              actions: [{ type: 'ask', params: failure('the list has no end') }, 'close'],
            },
          },
        },
        choosing: {
          meta: { title: 'choosing' },
          always: [
            { guard: 'noneAhead', target: '#pop3Client.update', actions: quit },
            {
              guard: 'isNew',
              target: 'retrieving',
              actions: {
                type: 'say',
                params: ({ context }) => ({ type: 'RETR', messageNumber: current(context).messageNumber }),
              },
            },
            { target: 'had' },
          ],
        },
        retrieving: {
          meta: { title: 'asking for a letter' },
          tags: ['reads:RETR'],
          after: noAnswer,
          on: {
            accepted: { target: 'receiving' },
            refused: { target: 'choosing', actions: 'goOn' },
          },
        },
        receiving: {
          meta: { title: 'receiving a letter' },
          tags: ['reads:message'],
          after: noAnswer,
          on: {
            message: {
              target: 'keeping',
              actions: {
                type: 'ask',
                params: ({ context, event }) => ({
                  type: 'messageCollected',
                  uid: current(context).uid,
                  octets: event.octets,
                }),
              },
            },
            tooLarge: {
              target: '#pop3Client.closed',
              actions: [{ type: 'ask', params: failure('a letter has no end') }, 'close'],
            },
          },
        },
        keeping: {
          meta: { title: 'putting it away' },
          on: { kept: { target: 'had', actions: 'countCollected' } },
        },
        had: {
          meta: { title: 'letter is here' },
          always: [
            { guard: 'leaveOnServer', target: 'choosing', actions: 'goOn' },
            {
              target: 'deleting',
              actions: {
                type: 'say',
                params: ({ context }) => ({ type: 'DELE', messageNumber: current(context).messageNumber }),
              },
            },
          ],
        },
        deleting: {
          meta: { title: 'marking as deleted' },
          tags: ['reads:DELE'],
          after: noAnswer,
          on: {
            accepted: { target: 'choosing', actions: ['countRemoved', 'goOn'] },
            refused: { target: 'choosing', actions: 'goOn' },
          },
        },
      },
    },

    update: {
      meta: { title: 'update' },
      tags: ['reads:QUIT'],
      after: noAnswer,
      on: {
        accepted: { target: 'reported' },
        refused: { target: 'reported', actions: 'forgetRemoved' },
      },
    },
    reported: {
      meta: { title: 'reporting' },
      entry: [
        {
          type: 'ask',
          params: ({ context }) => ({ type: 'collected', count: context.count, removed: context.removed }),
        },
        'close',
      ],
      always: { target: 'closed' },
    },

    leaving: {
      meta: { title: 'leaving' },
      tags: ['reads:QUIT'],
      after: { responseTimeout: { target: 'closed', actions: 'close' } },
      on: {
        accepted: { target: 'closed', actions: 'close' },
        refused: { target: 'closed', actions: 'close' },
        // The failure has been reported already.
        closed: { target: 'closed' },
      },
    },

    closed: { type: 'final', meta: { title: 'closed' } },
  },
})
