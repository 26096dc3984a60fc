import { assign, setup } from 'xstate'
import type { Exchanger } from './exchangers'

/**
 * One queued message on its way to one domain: find the exchangers, try them in order, try again later, give up
 * (RFC 5321 sections 4.5.4 and 5.1). The server that runs it looks names up, opens connections and writes notices;
 * this machine only decides what comes next.
 */

export interface DeliveryInput {
  readonly queueId: string
  readonly domain: string
  readonly forwardPaths: readonly string[]
  /** A host that the administrator named for this domain: no MX is asked for. */
  readonly route?: string
  /** Waiting times in ms before the second, third … try; the last one repeats. */
  readonly retryIntervals: readonly number[]
  /** Waiting in all, in ms, after which the sender gets the message back. */
  readonly giveUpTime: number
  /** How long, in ms, a message lies in the queue before its first try. */
  readonly queueDelay: number
}

interface Context extends DeliveryInput {
  readonly exchangers: readonly Exchanger[]
  readonly addresses: readonly string[]
  readonly tries: number
  readonly waited: number
  /** What went wrong last, in the words of whoever said it. */
  readonly why: string
}

/** What became of one try at one exchanger. */
export interface TransferResult {
  readonly accepted: readonly string[]
  readonly rejected: readonly { readonly forwardPath: string; readonly why: string }[]
  /** Nobody was reached there, so another exchanger may be tried at once. */
  readonly unreached: boolean
  /** Where something is still to be delivered: what stood in the way. */
  readonly why: string
}

type Event =
  | { type: 'exchangersFound'; exchangers: readonly Exchanger[] }
  | { type: 'domainRefused'; why: string }
  | { type: 'addressesFound'; addresses: readonly string[] }
  | { type: 'lookupDeferred'; why: string }
  | { type: 'transferred'; result: TransferResult }
  | { type: 'retryNow' }

const intervalOf = (context: Context): number =>
  context.retryIntervals[Math.min(context.tries - 1, context.retryIntervals.length - 1)] ?? context.giveUpTime

const without = (paths: readonly string[], gone: readonly string[]): readonly string[] =>
  paths.filter((p) => !gone.includes(p))

const remaining = (context: Context, result: TransferResult): readonly string[] =>
  without(context.forwardPaths, [...result.accepted, ...result.rejected.map((refusal) => refusal.forwardPath)])

/** Refusals of a transfer go back to the sender at once, whatever becomes of the other recipients. */
const tellRefusals = {
  type: 'returnToSender',
  params: ({ event }: { event: Event }) => ({ refusals: event.type === 'transferred' ? event.result.rejected : [] }),
} as const

export const deliveryMachine = setup({
  types: {} as { context: Context; events: Event; input: DeliveryInput },
  actions: {
    askForExchangers: (_, _params: { domain: string }) => {},
    askForAddresses: (_, _params: { name: string }) => {},
    transfer: (_, _params: { address: string; exchanger: string; forwardPaths: readonly string[] }) => {},
    returnToSender: (_, _params: { refusals: readonly { forwardPath: string; why: string }[] }) => {},
    defer: (_, _params: { forwardPaths: readonly string[]; why: string; after: number }) => {},
    beginTry: assign({ tries: ({ context }) => context.tries + 1 }),
    keepExchangers: assign({
      exchangers: ({ event, context }) => (event.type === 'exchangersFound' ? event.exchangers : context.exchangers),
    }),
    useRoute: assign({ exchangers: ({ context }) => [{ preference: 0, name: context.route ?? context.domain }] }),
    keepAddresses: assign({
      addresses: ({ event, context }) => (event.type === 'addressesFound' ? event.addresses : context.addresses),
    }),
    nextAddress: assign({ addresses: ({ context }) => context.addresses.slice(1) }),
    nextExchanger: assign({ exchangers: ({ context }) => context.exchangers.slice(1), addresses: [] }),
    keepReason: assign({
      why: ({ event, context }) =>
        event.type === 'lookupDeferred' || event.type === 'domainRefused'
          ? event.why
          : event.type === 'transferred'
            ? event.result.why
            : context.why,
    }),
    sayNoAddress: assign({
      why: ({ context }) => `5.4.4 ${context.exchangers[0]?.name ?? context.domain} has no address`,
    }),
    strikeOut: assign({
      forwardPaths: ({ event, context }) =>
        event.type === 'transferred' ? remaining(context, event.result) : context.forwardPaths,
    }),
    countWaiting: assign({ waited: ({ context }) => context.waited + intervalOf(context) }),
  },
  guards: {
    hasRoute: ({ context }) => context.route !== undefined,
    hasAnotherAddress: ({ context }) => context.addresses.length > 1,
    hasAnotherExchanger: ({ context }) => context.exchangers.length > 1,
    foundNone: ({ event }) => event.type === 'addressesFound' && event.addresses.length === 0,
    foundNoneAndNoOther: ({ event, context }) =>
      event.type === 'addressesFound' && event.addresses.length === 0 && context.exchangers.length <= 1,
    nothingLeft: ({ event, context }) => event.type === 'transferred' && remaining(context, event.result).length === 0,
    unreachedWithAnotherAddress: ({ event, context }) =>
      event.type === 'transferred' && event.result.unreached && context.addresses.length > 1,
    unreachedWithAnotherExchanger: ({ event, context }) =>
      event.type === 'transferred' && event.result.unreached && context.exchangers.length > 1,
    waitedTooLong: ({ context }) => context.waited + intervalOf(context) > context.giveUpTime,
  },
  delays: {
    queueDelay: ({ context }) => context.queueDelay,
    retryInterval: ({ context }) => intervalOf(context),
  },
}).createMachine({
  id: 'delivery',
  context: ({ input }) => ({ ...input, exchangers: [], addresses: [], tries: 0, waited: 0, why: '' }),
  initial: 'queued',
  states: {
    queued: { meta: { title: 'in the queue' }, after: { queueDelay: 'trying' } },
    trying: {
      meta: { title: 'beginning a try' },
      entry: 'beginTry',
      always: [{ guard: 'hasRoute', target: 'findingAddress', actions: 'useRoute' }, { target: 'findingExchangers' }],
    },
    findingExchangers: {
      meta: { title: 'asking for mail exchangers' },
      entry: { type: 'askForExchangers', params: ({ context }) => ({ domain: context.domain }) },
      on: {
        exchangersFound: { target: 'findingAddress', actions: 'keepExchangers' },
        domainRefused: { target: 'returned', actions: 'keepReason' },
        lookupDeferred: { target: 'deferring', actions: 'keepReason' },
      },
    },
    findingAddress: {
      meta: { title: 'asking for its address' },
      entry: {
        type: 'askForAddresses',
        params: ({ context }) => ({ name: context.exchangers[0]?.name ?? context.domain }),
      },
      on: {
        addressesFound: [
          {
            guard: 'foundNoneAndNoOther',
            target: 'returned',
            actions: 'sayNoAddress',
          },
          { guard: 'foundNone', target: 'findingAddress', reenter: true, actions: 'nextExchanger' },
          { target: 'transferring', actions: 'keepAddresses' },
        ],
        lookupDeferred: [
          {
            guard: 'hasAnotherExchanger',
            target: 'findingAddress',
            reenter: true,
            actions: ['keepReason', 'nextExchanger'],
          },
          { target: 'deferring', actions: 'keepReason' },
        ],
      },
    },
    transferring: {
      meta: { title: 'talking to the exchanger' },
      entry: {
        type: 'transfer',
        params: ({ context }) => ({
          address: context.addresses[0] ?? '',
          exchanger: context.exchangers[0]?.name ?? '',
          forwardPaths: context.forwardPaths,
        }),
      },
      on: {
        transferred: [
          { guard: 'nothingLeft', target: 'finished', actions: [tellRefusals, 'strikeOut'] },
          {
            guard: 'unreachedWithAnotherAddress',
            target: 'transferring',
            reenter: true,
            actions: [tellRefusals, 'strikeOut', 'keepReason', 'nextAddress'],
          },
          {
            guard: 'unreachedWithAnotherExchanger',
            target: 'findingAddress',
            actions: [tellRefusals, 'strikeOut', 'keepReason', 'nextExchanger'],
          },
          { target: 'deferring', actions: [tellRefusals, 'strikeOut', 'keepReason'] },
        ],
      },
    },
    deferring: {
      meta: { title: 'putting it off' },
      always: [{ guard: 'waitedTooLong', target: 'returned' }, { target: 'waiting' }],
    },
    waiting: {
      meta: { title: 'waiting for the next try' },
      entry: {
        type: 'defer',
        params: ({ context }) => ({ forwardPaths: context.forwardPaths, why: context.why, after: intervalOf(context) }),
      },
      exit: 'countWaiting',
      after: { retryInterval: 'trying' },
      on: { retryNow: 'trying' },
    },
    returned: {
      meta: { title: 'returned to the sender' },
      type: 'final',
      entry: {
        type: 'returnToSender',
        params: ({ context }) => ({
          refusals: context.forwardPaths.map((forwardPath) => ({ forwardPath, why: context.why })),
        }),
      },
    },
    finished: { meta: { title: 'finished' }, type: 'final' },
  },
})
