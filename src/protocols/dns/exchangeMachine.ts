import { setup } from 'xstate'
import type { Octets } from '../../base/octets'
import type { Input, Meaning } from '../../session/session'
import type { MessageRead } from './stream'

/** One query and its response on their own TCP connection (RFC 7766 section 6.2.1 allows more). */

export interface ExchangeInput {
  /** The query, without its length prefix. */
  readonly octets: Octets
  readonly means: Meaning
}

export type ExchangeReport =
  | { readonly type: 'responseReceived'; readonly octets: Octets }
  | { readonly type: 'exchangeFailed' }

export const exchangeMachine = setup({
  types: {
    input: {} as ExchangeInput,
    context: {} as ExchangeInput,
    events: {} as MessageRead | Extract<Input, { type: 'opened' | 'closed' }>,
  },
  actions: {
    send: (_, _params: ExchangeInput) => {},
    report: (_, _params: ExchangeReport) => {},
    close: () => {},
  },
  delays: { exchangeTimeout: 5000 },
}).createMachine({
  id: 'dnsClient',
  context: ({ input }) => input,
  initial: 'connecting',
  on: { closed: { target: '.failed' } },
  states: {
    connecting: {
      on: { opened: { target: 'asking' } },
      after: { exchangeTimeout: { target: 'failed', actions: 'close' } },
    },
    asking: {
      tags: ['reads:message'],
      entry: { type: 'send', params: ({ context: { octets, means } }) => ({ octets, means }) },
      on: {
        message: {
          target: 'answered',
          actions: [
            { type: 'report', params: ({ event }) => ({ type: 'responseReceived' as const, octets: event.octets }) },
            'close',
          ],
        },
      },
      after: { exchangeTimeout: { target: 'failed', actions: 'close' } },
    },
    answered: { type: 'final' },
    failed: {
      type: 'final',
      entry: { type: 'report', params: { type: 'exchangeFailed' as const } },
    },
  },
})
