import { assign, setup } from 'xstate'
import { concat, EMPTY, type Octets } from '../../base/octets'
import { seconds } from '../../base/time'
import type { Input } from '../../session/session'
import { noteAnswer, noteTyped, noWish, type TlsWish } from './startTls'

/**
 * A person at a terminal, or a program outside the world: typed octets go out unchanged, and arriving octets are shown
 * unchanged.
 */

export interface TextInput {
  /** The unit of reading: a line for a person; all arrived octets for a program that has its own readers. */
  readonly units?: 'lines' | 'octets'
  /** Begins TLS once the server has agreed to STARTTLS or STLS. Without it only the intent `secure` begins TLS. */
  readonly startsTls?: boolean
}

/** The person's intents, from the host. `hangUp` ends our direction; the session still reads. */
export type TextIntent =
  | { readonly type: 'type'; readonly octets: Octets }
  | { readonly type: 'hangUp' }
  | { readonly type: 'secure' }

export type TextEvent =
  | TextIntent
  | { readonly type: 'line'; readonly octets: Octets }
  | { readonly type: 'arrival' }
  | Extract<Input, { type: 'opened' | 'secured' | 'closed' }>

export interface TextContext {
  readonly units: 'lines' | 'octets'
  readonly startsTls: boolean
  /** Typed before the connection was open, or while TLS begins. */
  readonly typedAhead: Octets
  readonly wish: TlsWish
}

const sendsWhatWasTyped = [
  { type: 'send', params: ({ context }: { context: TextContext }) => ({ octets: context.typedAhead }) },
  'letGo',
] as const

export const textClientMachine = setup({
  types: { context: {} as TextContext, events: {} as TextEvent, input: {} as TextInput },
  guards: {
    typedAhead: ({ context }) => context.typedAhead !== '',
    agreesToTls: ({ context }, params: { readonly octets: Octets }) =>
      context.startsTls && noteAnswer(context.wish, params.octets).agreed,
  },
  actions: {
    send: (_, _params: { readonly octets: Octets }) => {},
    startTls: () => {},
    close: () => {},
    holdBack: assign(({ context }, params: { readonly octets: Octets }) => ({
      typedAhead: concat(context.typedAhead, params.octets),
    })),
    letGo: assign(({ context }) => ({ typedAhead: EMPTY, wish: noteTyped(context.wish, context.typedAhead) })),
    noteTyped: assign(({ context }, params: { readonly octets: Octets }) => ({
      wish: noteTyped(context.wish, params.octets),
    })),
    noteAnswer: assign(({ context }, params: { readonly octets: Octets }) => ({
      wish: noteAnswer(context.wish, params.octets).wish,
    })),
  },
  delays: {
    /** The time that a system gives the far end after this end has closed its own direction. */
    lastWords: seconds(60),
  },
}).createMachine({
  id: 'textClient',
  context: ({ input }) => ({
    units: input.units ?? 'lines',
    startsTls: input.startsTls ?? false,
    typedAhead: EMPTY,
    wish: noWish,
  }),
  initial: 'connecting',
  on: { closed: { target: '.closed' } },
  states: {
    connecting: {
      on: {
        type: { actions: { type: 'holdBack', params: ({ event }) => event } },
        hangUp: { target: 'over', actions: 'close' },
        opened: [{ guard: 'typedAhead', target: 'open', actions: sendsWhatWasTyped }, { target: 'open' }],
      },
    },
    open: {
      tags: ['reads:text'],
      on: {
        type: {
          actions: [
            { type: 'send', params: ({ event }) => event },
            { type: 'noteTyped', params: ({ event }) => event },
          ],
        },
        line: [
          {
            guard: { type: 'agreesToTls', params: ({ event }) => event },
            target: 'securing',
            actions: [{ type: 'noteAnswer', params: ({ event }) => event }, 'startTls'],
          },
          { actions: { type: 'noteAnswer', params: ({ event }) => event } },
        ],
        secure: { target: 'securing', actions: 'startTls' },
        hangUp: { target: 'hungUp', actions: 'close' },
      },
    },
    securing: {
      on: {
        type: { actions: { type: 'holdBack', params: ({ event }) => event } },
        hangUp: { target: 'hungUp', actions: 'close' },
        secured: [{ guard: 'typedAhead', target: 'open', actions: sendsWhatWasTyped }, { target: 'open' }],
      },
    },
    hungUp: {
      tags: ['reads:text'],
      after: { lastWords: { target: 'over' } },
    },
    /** The far end's stream is over: an unfinished line is shown. Nothing more comes. */
    closed: { tags: ['reads:rest'] },
    over: { type: 'final' },
  },
})
