import { assign, setup } from 'xstate'
import type { TransferReason } from '../../world/reason'
import type { Exchanger, ExchangerSource } from './exchangers'

/**
 * One queued message on its way to one domain: find the exchangers, try them in order, retry later, give up (RFC 5321 sections
 * 4.5.4 and 5.1). Its server looks names up, opens connections and writes notices; this machine only decides the next step.
 */

export interface DeliveryInput {
  readonly queueId: string
  readonly domain: string
  readonly forwardPaths: readonly string[]
  /** The administrator's host for this domain, which replaces the MX lookup. */
  readonly route?: string
  /** Delays in ms before the second, third … try; the last one repeats. */
  readonly retryIntervals: readonly number[]
  /** The age in ms at which the sender gets the message back. */
  readonly giveUpTime: number
  /** The age in ms at which the sender is told once of the delay. */
  readonly delayNoticeAfter: number
  /** The time in the queue before the first try, in ms. */
  readonly queueDelay: number
  /** Tries before the server was restarted. */
  readonly tries: number
  readonly delayTold: boolean
}

/** The reason why one recipient has not got the message. */
export interface Obstacle {
  readonly forwardPath: string
  readonly reason: TransferReason
  /** The server that replied, and its reply in its own words. */
  readonly remote?: { readonly name: string; readonly reply?: string }
}

/** The result of one try at one address of an exchanger. */
export interface TransferResult {
  readonly accepted: readonly string[]
  readonly rejected: readonly Obstacle[]
  /** Recipients to try again: elsewhere at once, or later. */
  readonly deferred: readonly Obstacle[]
  /**
   * The server accepts no more recipients at once: the others may come in another transaction (RFC 5321 section 4.5.3.1.10).
   */
  readonly recipientLimitMet: boolean
  /** The session that waits for that transaction, if its connection is still open. */
  readonly session?: string
}

/** The rule by which a delivery has chosen an address, for readers of the trace. */
export interface TransferChoice {
  readonly source: ExchangerSource
  /** That of the exchanger, if MX records gave it. */
  readonly preference?: number
  /**
   * `first`: of this try. Else the one before did not take all: now the next exchanger, the next address of the same one, its
   * first IPv6 address, or the same one again with the recipients that exceeded its limit.
   */
  readonly turn: 'first' | 'nextExchanger' | 'nextAddress' | 'ipv6' | 'rest'
  /** Why the one before did not take all. */
  readonly after?: TransferReason
}

interface Context extends DeliveryInput {
  readonly exchangers: readonly Exchanger[]
  readonly source: ExchangerSource
  readonly turn: TransferChoice['turn']
  readonly addresses: readonly string[]
  /** The session that can carry the rest at once. */
  readonly session: string | null
  /** The AAAA records were looked up, too. */
  readonly askedIpv6: boolean
  /** The message's age in ms at the last event. */
  readonly age: number
  /** A failure of this try may be temporary. */
  readonly mayWorkLater: boolean
  /** The reason of the last failure. */
  readonly reason: TransferReason
  /** By recipient, if known. */
  readonly obstacles: readonly Obstacle[]
}

/** The server's news for a delivery. */
export type DeliveryNews =
  /**
   * The exchangers in the order of trying. `passedOver`: this server itself, and those that are no better, to which it may not
   * relay (RFC 5321 section 5.1).
   */
  | {
      type: 'exchangersFound'
      exchangers: readonly Exchanger[]
      source: Exclude<ExchangerSource, 'route'>
      passedOver?: readonly Exchanger[]
    }
  | { type: 'domainRefused'; reason: TransferReason }
  | { type: 'addressesFound'; addresses: readonly string[] }
  /**
   * The address is our own: neither this exchanger nor one of equal or higher preference value may be used (RFC 5321 section
   * 5.1).
   */
  | { type: 'ownAddressFound'; reason: TransferReason }
  | { type: 'lookupDeferred'; reason: TransferReason }
  | { type: 'transferred'; result: TransferResult }
  | { type: 'retryNow' }
  /** The administrator has changed the domain: from the next try on it goes by this host, or again by its exchangers. */
  | { type: 'routeChanged'; route?: string }

/** `age`: the message's age in ms; the machine has no clock. */
export type DeliveryEvent = DeliveryNews & { readonly age: number }

/** Questions to its server. The first three get one of the events above as an answer, the others get none. */
export type DeliveryQuestion =
  | { readonly type: 'askForExchangers'; readonly domain: string }
  | { readonly type: 'askForAddresses'; readonly name: string; readonly family: 'A' | 'AAAA' }
  | {
      readonly type: 'transfer'
      readonly address: string
      readonly exchanger: string
      readonly forwardPaths: readonly string[]
      /** On this session's connection. Default: a new one. */
      readonly session?: string
      readonly choice: TransferChoice
    }
  | { readonly type: 'returnToSender'; readonly refusals: readonly Obstacle[] }
  | { readonly type: 'tellDelay'; readonly obstacles: readonly Obstacle[] }
  | {
      readonly type: 'defer'
      readonly obstacles: readonly Obstacle[]
      readonly reason: TransferReason
      readonly after: number
    }

type Params<T extends DeliveryQuestion['type']> = Omit<Extract<DeliveryQuestion, { type: T }>, 'type'>

const intervalOf = (context: Context): number =>
  context.retryIntervals[Math.min(context.tries - 1, context.retryIntervals.length - 1)] ?? context.giveUpTime

const without = (paths: readonly string[], gone: readonly string[]): readonly string[] =>
  paths.filter((p) => !gone.includes(p))

const remaining = (context: Context, result: TransferResult): readonly string[] =>
  without(context.forwardPaths, [...result.accepted, ...result.rejected.map((refusal) => refusal.forwardPath)])

/** The reason for each remaining recipient. */
const obstaclesOf = ({ forwardPaths, obstacles, reason }: Context): readonly Obstacle[] =>
  forwardPaths.map(
    (forwardPath) => obstacles.find((known) => known.forwardPath === forwardPath) ?? { forwardPath, reason },
  )

const choiceOf = ({ source, turn, exchangers, reason }: Context): TransferChoice => ({
  source,
  turn,
  ...(turn === 'first' ? {} : { after: reason }),
  ...(source === 'mx' && exchangers[0] ? { preference: exchangers[0].preference } : {}),
})

const exchangerOf = (context: Context): string => context.exchangers[0]?.name ?? context.domain

/** Refusals of a transfer go back to the sender at once, independently of the other recipients. */
const tellRefusals = {
  type: 'returnToSender',
  params: ({ event }: { event: DeliveryEvent }) => ({
    refusals: event.type === 'transferred' ? event.result.rejected : [],
  }),
} as const

const tellAll = {
  type: 'returnToSender',
  params: ({ context }: { context: Context }) => ({ refusals: obstaclesOf(context) }),
} as const

/**
 * Neither this exchanger nor one of equal or higher preference value may be used: a better one may answer later, otherwise
 * delivery fails.
 */
const stopsShort = [
  { guard: 'mayWorkLater', target: 'deferring' },
  { target: 'returned', actions: 'keepReason' },
] as const

export const deliveryMachine = setup({
  types: {} as { context: Context; events: DeliveryEvent; input: DeliveryInput },
  actions: {
    askForExchangers: (_, _params: Params<'askForExchangers'>) => {},
    askForAddresses: (_, _params: Params<'askForAddresses'>) => {},
    transfer: (_, _params: Params<'transfer'>) => {},
    returnToSender: (_, _params: Params<'returnToSender'>) => {},
    tellDelay: (_, _params: Params<'tellDelay'>) => {},
    defer: (_, _params: Params<'defer'>) => {},
    beginTry: assign({
      tries: ({ context }) => context.tries + 1,
      mayWorkLater: false,
      obstacles: [],
      exchangers: [],
      addresses: [],
      askedIpv6: false,
      turn: 'first',
    }),
    keepExchangers: assign({
      source: ({ event, context }) => (event.type === 'exchangersFound' ? event.source : context.source),
      exchangers: ({ event, context }) => (event.type === 'exchangersFound' ? event.exchangers : context.exchangers),
    }),
    useRoute: assign({
      source: 'route',
      exchangers: ({ context }) => [{ preference: 0, name: context.route ?? context.domain }],
    }),
    keepRoute: assign({
      route: ({ event, context }) => (event.type === 'routeChanged' ? event.route : context.route),
    }),
    keepAddresses: assign({
      addresses: ({ event, context }) => (event.type === 'addressesFound' ? event.addresses : context.addresses),
    }),
    noteIpv6: assign({ askedIpv6: true, addresses: [] }),
    nextAddress: assign({ addresses: ({ context }) => context.addresses.slice(1), turn: 'nextAddress' }),
    takeRest: assign({ turn: 'rest' }),
    noteTried: assign({ turn: 'ipv6' }),
    nextExchanger: assign({
      exchangers: ({ context }) => context.exchangers.slice(1),
      addresses: [],
      askedIpv6: false,
      turn: 'nextExchanger',
    }),
    keepReason: assign({
      age: ({ event }) => event.age,
      reason: ({ event, context }) => ('reason' in event ? event.reason : context.reason),
      // A reason for all recipients replaces the reply for one of them.
      obstacles: ({ event, context }) => ('reason' in event ? [] : context.obstacles),
    }),
    noteLater: assign({ mayWorkLater: true }),
    keepResult: assign(({ event, context }) =>
      event.type === 'transferred'
        ? {
            age: event.age,
            forwardPaths: remaining(context, event.result),
            obstacles: event.result.deferred,
            reason: event.result.deferred[0]?.reason ?? context.reason,
            mayWorkLater: true,
            session: event.result.session ?? null,
          }
        : {},
    ),
    sayNoAddress: assign({
      reason: ({ context }) => ({ id: 'noAddress' as const, name: exchangerOf(context), status: '5.4.4' as const }),
    }),
    noteDelayTold: assign({ delayTold: true }),
    giveUp: assign({
      obstacles: ({ context }) =>
        obstaclesOf(context).map((obstacle) => ({
          ...obstacle,
          reason: {
            id: 'gaveUp' as const,
            within: context.giveUpTime,
            last: obstacle.reason,
            status: '4.4.7' as const,
          },
        })),
    }),
  },
  guards: {
    hasRoute: ({ context }) => context.route !== undefined,
    foundSome: ({ event }) => event.type === 'addressesFound' && event.addresses.length > 0,
    foundNoneAtAll: ({ context }) => !context.mayWorkLater,
    nothingLeft: ({ event, context }) => event.type === 'transferred' && remaining(context, event.result).length === 0,
    takesTheRest: ({ event }) => event.type === 'transferred' && event.result.recipientLimitMet,
    hasAnotherAddress: ({ context }) => context.addresses.length > 1,
    mayAskIpv6: ({ context }) => !context.askedIpv6,
    hasAnotherExchanger: ({ context }) => context.exchangers.length > 1,
    mayWorkLater: ({ context }) => context.mayWorkLater,
    tooOld: ({ context }) => context.age + intervalOf(context) > context.giveUpTime,
    delayIsNews: ({ context }) => !context.delayTold && context.age >= context.delayNoticeAfter,
  },
  delays: {
    queueDelay: ({ context }) => context.queueDelay,
    retryInterval: ({ context }) => intervalOf(context),
  },
}).createMachine({
  id: 'delivery',
  context: ({ input }) => ({
    ...input,
    exchangers: [],
    source: 'mx',
    turn: 'first',
    addresses: [],
    session: null,
    askedIpv6: false,
    age: 0,
    mayWorkLater: false,
    reason: { id: 'noUsableAnswer', server: input.domain, status: '4.4.0' },
    obstacles: [],
  }),
  initial: 'queued',
  on: { routeChanged: { actions: 'keepRoute' } },
  states: {
    queued: { after: { queueDelay: 'trying' } },
    trying: {
      entry: 'beginTry',
      always: [{ guard: 'hasRoute', target: 'findingAddress', actions: 'useRoute' }, { target: 'findingExchangers' }],
    },
    findingExchangers: {
      entry: { type: 'askForExchangers', params: ({ context }) => ({ domain: context.domain }) },
      on: {
        exchangersFound: { target: 'findingAddress', actions: 'keepExchangers' },
        domainRefused: { target: 'returned', actions: 'keepReason' },
        lookupDeferred: { target: 'deferring', actions: 'keepReason' },
      },
    },
    findingAddress: {
      entry: {
        type: 'askForAddresses',
        params: ({ context }) => ({ name: exchangerOf(context), family: 'A' as const }),
      },
      on: {
        addressesFound: [
          { guard: 'foundSome', target: 'transferring', actions: 'keepAddresses' },
          { target: 'findingIpv6Address' },
        ],
        ownAddressFound: stopsShort,
        lookupDeferred: { target: 'leavingExchanger', actions: ['keepReason', 'noteLater'] },
      },
    },
    findingIpv6Address: {
      entry: [
        'noteIpv6',
        { type: 'askForAddresses', params: ({ context }) => ({ name: exchangerOf(context), family: 'AAAA' as const }) },
      ],
      on: {
        addressesFound: [
          { guard: 'foundSome', target: 'transferring', actions: 'keepAddresses' },
          { guard: 'foundNoneAtAll', target: 'leavingExchanger', actions: ['keepReason', 'sayNoAddress'] },
          { target: 'leavingExchanger', actions: 'keepReason' },
        ],
        ownAddressFound: stopsShort,
        lookupDeferred: { target: 'leavingExchanger', actions: ['keepReason', 'noteLater'] },
      },
    },
    transferring: {
      entry: {
        type: 'transfer',
        params: ({ context }) => ({
          address: context.addresses[0] ?? '',
          exchanger: exchangerOf(context),
          forwardPaths: context.forwardPaths,
          ...(context.session === null ? {} : { session: context.session }),
          choice: choiceOf(context),
        }),
      },
      on: {
        transferred: [
          { guard: 'nothingLeft', target: 'finished', actions: [tellRefusals, 'keepResult'] },
          {
            guard: 'takesTheRest',
            target: 'transferring',
            reenter: true,
            actions: [tellRefusals, 'keepResult', 'takeRest'],
          },
          {
            guard: 'hasAnotherAddress',
            target: 'transferring',
            reenter: true,
            actions: [tellRefusals, 'keepResult', 'nextAddress'],
          },
          { guard: 'mayAskIpv6', target: 'findingIpv6Address', actions: [tellRefusals, 'keepResult', 'noteTried'] },
          { target: 'leavingExchanger', actions: [tellRefusals, 'keepResult'] },
        ],
      },
    },
    leavingExchanger: {
      always: [
        { guard: 'hasAnotherExchanger', target: 'findingAddress', actions: 'nextExchanger' },
        { guard: 'mayWorkLater', target: 'deferring' },
        { target: 'returned' },
      ],
    },
    deferring: {
      always: [
        { guard: 'tooOld', target: 'returned', actions: 'giveUp' },
        {
          guard: 'delayIsNews',
          target: 'waiting',
          actions: [
            { type: 'tellDelay', params: ({ context }) => ({ obstacles: obstaclesOf(context) }) },
            'noteDelayTold',
          ],
        },
        { target: 'waiting' },
      ],
    },
    waiting: {
      entry: {
        type: 'defer',
        params: ({ context }) => ({
          obstacles: obstaclesOf(context),
          reason: context.reason,
          after: intervalOf(context),
        }),
      },
      after: { retryInterval: 'trying' },
      on: { retryNow: 'trying' },
    },
    returned: { type: 'final', entry: tellAll },
    finished: { type: 'final' },
  },
})
