import { assign, setup } from 'xstate'
import { concat, EMPTY, type Octets } from '../../base/octets'
import type { Input } from '../../session/session'

/** A person at a terminal: what is typed goes out as it is, what comes is shown line by line. */

/** What the person wants: intents, as the host hands them over. */
export type TextIntent = { readonly type: 'type'; readonly octets: Octets } | { readonly type: 'hangUp' }

export type TextEvent = TextIntent | { readonly type: 'line' } | Extract<Input, { type: 'opened' | 'closed' }>

interface TextContext {
  /** Typed before the connection was there. */
  readonly typedAhead: Octets
}

export const textClientMachine = setup({
  types: { context: {} as TextContext, events: {} as TextEvent, input: {} as object },
  guards: { typedAhead: ({ context }) => context.typedAhead !== '' },
  actions: {
    send: (_, _params: { readonly octets: Octets }) => {},
    close: () => {},
    holdBack: assign(({ context }, params: { readonly octets: Octets }) => ({
      typedAhead: concat(context.typedAhead, params.octets),
    })),
    letGo: assign({ typedAhead: EMPTY }),
  },
}).createMachine({
  id: 'textClient',
  context: { typedAhead: EMPTY },
  initial: 'connecting',
  on: { closed: { target: '.closed' }, hangUp: { target: '.closed', actions: 'close' } },
  states: {
    connecting: {
      meta: { title: 'connecting' },
      on: {
        type: { actions: { type: 'holdBack', params: ({ event }) => event } },
        opened: [
          {
            guard: 'typedAhead',
            target: 'open',
            actions: [{ type: 'send', params: ({ context }) => ({ octets: context.typedAhead }) }, 'letGo'],
          },
          { target: 'open' },
        ],
      },
    },
    open: {
      meta: { title: 'open' },
      tags: ['reads:line'],
      on: { type: { actions: { type: 'send', params: ({ event }) => event } } },
    },
    closed: { type: 'final', meta: { title: 'closed' } },
  },
})
