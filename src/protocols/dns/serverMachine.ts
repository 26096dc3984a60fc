import { assign, setup } from 'xstate'
import type { Octets } from '../../base/octets'
import type { Input, Meaning } from '../../session/session'
import type { MessageRead } from './stream'

/**
 * A server's end of a TCP connection (RFC 7766): any number of queries, pipelined or not; each is answered when its answer is
 * ready, in any order (section 6.2.1.1); silence ends the connection (section 6.2.3).
 */

/** The host's answer to the query of this number. Without octets: the query gets no answer. */
export interface QueryAnswer {
  readonly type: 'queryAnswered'
  readonly octets?: Octets
  readonly means?: Meaning
}

interface ServerContext {
  /** Queries that have not been answered. */
  readonly waiting: number
}

/** The server stops reading at this many unanswered queries: further ones wait in the connection. */
export const QUERY_LIMIT = 64

export const serverMachine = setup({
  types: {
    input: {} as object,
    context: {} as ServerContext,
    events: {} as MessageRead | QueryAnswer | Extract<Input, { type: 'opened' | 'closed' }>,
  },
  actions: {
    answerQuery: (_, _params: { readonly octets: Octets }) => {},
    send: (_, _params: QueryAnswer) => {},
    close: () => {},
    countQuery: assign({ waiting: ({ context }) => context.waiting + 1 }),
    countAnswer: assign({ waiting: ({ context }) => Math.max(0, context.waiting - 1) }),
  },
  guards: {
    isLastRoom: ({ context }) => context.waiting + 1 >= QUERY_LIMIT,
    isLastAnswer: ({ context }) => context.waiting <= 1,
  },
  delays: { idleTimeout: 10_000 },
}).createMachine({
  id: 'dnsServer',
  context: { waiting: 0 },
  initial: 'waiting',
  on: { closed: { target: '.closed' } },
  states: {
    waiting: {
      tags: ['reads:message'],
      on: {
        message: {
          target: 'answering',
          actions: ['countQuery', { type: 'answerQuery', params: ({ event }) => ({ octets: event.octets }) }],
        },
      },
      after: { idleTimeout: { target: 'closed', actions: 'close' } },
    },
    answering: {
      tags: ['reads:message'],
      on: {
        message: [
          {
            guard: 'isLastRoom',
            target: 'full',
            actions: ['countQuery', { type: 'answerQuery', params: ({ event }) => ({ octets: event.octets }) }],
          },
          { actions: ['countQuery', { type: 'answerQuery', params: ({ event }) => ({ octets: event.octets }) }] },
        ],
        queryAnswered: [
          {
            guard: 'isLastAnswer',
            target: 'waiting',
            actions: ['countAnswer', { type: 'send', params: ({ event }) => event }],
          },
          { actions: ['countAnswer', { type: 'send', params: ({ event }) => event }] },
        ],
      },
    },
    full: {
      on: {
        queryAnswered: {
          target: 'answering',
          actions: ['countAnswer', { type: 'send', params: ({ event }) => event }],
        },
      },
    },
    closed: { type: 'final' },
  },
})
