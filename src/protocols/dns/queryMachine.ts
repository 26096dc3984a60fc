import { assign, setup } from 'xstate'
import { meaningOf } from './meaning'
import { type DnsMessage, OUR_EDNS, queryFor } from './message'
import { isAskable } from './names'
import type { ExchangeFailed, ResponseReceived, SendQuery } from './questions'
import { type Asked, type Outcome, outcomeOf, refusesEdns, responseFor, wantsTcp } from './response'
import type { Transport } from './transport'
import { encode } from './wire'

/**
 * The stub resolver: one question to a recursive resolver, by datagram (RFC 1034 section 5.3.1), over TCP if the answer is too
 * long for one (RFC 7766 section 5). If a resolver is silent or answers SERVFAIL, the stub asks the next one.
 */

export interface QueryInput {
  readonly name: string
  readonly rrType: string
  /** The addresses of recursive resolvers, at least one, in the order of asking. */
  readonly servers: readonly string[]
  /** 0 to 65535, unpredictable. */
  readonly queryId: number
  /** False: the servers answer only from their own data. Default: true. */
  readonly recursionDesired?: boolean
}

interface QueryContext extends QueryInput {
  /** Queries by datagram so far. */
  readonly tries: number
  readonly edns: boolean
  readonly transport: Transport
  /** The last acceptable response. */
  readonly response: DnsMessage | null
}

/** The number of queries to each resolver. */
const TRIES = 3

const serverOf = ({ servers, tries }: QueryContext): string => servers[(tries - 1) % servers.length] ?? ''

const askedOf = (context: QueryContext): Asked => {
  const { queryId, name, rrType, edns, transport } = context
  return { id: queryId, server: serverOf(context), name, rrType, edns, transport }
}

const queryOf = (context: QueryContext): SendQuery => {
  const { id, name, rrType, server, transport, edns } = askedOf(context)
  const message = queryFor(id, name, rrType, context.recursionDesired ?? true, edns ? OUR_EDNS : undefined)
  return { server, transport, octets: encode(message), means: meaningOf(message) }
}

const outcome = (context: QueryContext): Outcome =>
  context.response
    ? outcomeOf(context.response, context.name, context.rrType)
    : { status: 'servfail', records: [], fromCache: false }

export const queryMachine = setup({
  types: {
    input: {} as QueryInput,
    context: {} as QueryContext,
    events: {} as ResponseReceived | ExchangeFailed,
  },
  actions: {
    sendQuery: (_, _params: SendQuery) => {},
    lookedUp: (_, _params: { outcome: Outcome }) => {},
    countTry: assign({ tries: ({ context }) => context.tries + 1, transport: 'udp' }),
    keepResponse: assign({
      response: ({ context, event }) =>
        (event.type === 'responseReceived' && responseFor(askedOf(context), event.source, event.octets)) || null,
    }),
    turnToTcp: assign({ transport: 'tcp' }),
    /** The same resolver is asked once more, and the try does not count. */
    leaveOutEdns: assign({ edns: false, tries: ({ context }) => context.tries - 1 }),
  },
  guards: {
    nameCannotBe: ({ context }) => !isAskable(context.name),
    isOurs: ({ context, event }) =>
      event.type === 'responseReceived' && responseFor(askedOf(context), event.source, event.octets) !== undefined,
    cameOverTcp: ({ event }) => event.type === 'responseReceived' && event.source.transport === 'tcp',
    triesLeft: ({ context }) => context.tries < TRIES * context.servers.length,
    isTruncated: ({ context }) => context.response !== null && wantsTcp(context.response, askedOf(context)),
    refusesEdns: ({ context }) => context.response !== null && refusesEdns(context.response, askedOf(context)),
    answers: ({ context }) => outcome(context).status === 'answered',
    saysNoSuchName: ({ context }) => outcome(context).status === 'nxdomain',
    saysNoSuchData: ({ context }) => outcome(context).status === 'nodata',
    anotherMayKnow: ({ context }) => context.tries < context.servers.length,
  },
  delays: { queryTimeout: 2000 },
}).createMachine({
  id: 'dnsStub',
  context: ({ input }) => ({ ...input, tries: 0, edns: true, transport: 'udp', response: null }),
  initial: 'checking',
  states: {
    checking: {
      always: [{ guard: 'nameCannotBe', target: 'impossible' }, { target: 'asking' }],
    },
    asking: {
      entry: ['countTry', { type: 'sendQuery', params: ({ context }) => queryOf(context) }],
      on: {
        // Any other datagram does not answer this query: the wait goes on.
        responseReceived: { guard: 'isOurs', target: 'reading', actions: 'keepResponse' },
      },
      after: {
        queryTimeout: [{ guard: 'triesLeft', target: 'asking', reenter: true }, { target: 'timedOut' }],
      },
    },
    askingOverTcp: {
      entry: ['turnToTcp', { type: 'sendQuery', params: ({ context }) => queryOf(context) }],
      on: {
        responseReceived: [
          { guard: 'isOurs', target: 'reading', actions: 'keepResponse' },
          { guard: 'cameOverTcp', target: 'failed' },
        ],
        exchangeFailed: [{ guard: 'triesLeft', target: 'asking' }, { target: 'timedOut' }],
      },
    },
    reading: {
      always: [
        { guard: 'isTruncated', target: 'askingOverTcp' },
        { guard: 'refusesEdns', target: 'asking', actions: 'leaveOutEdns' },
        { guard: 'answers', target: 'answered' },
        { guard: 'saysNoSuchName', target: 'nxdomain' },
        { guard: 'saysNoSuchData', target: 'nodata' },
        { guard: 'anotherMayKnow', target: 'asking' },
        { target: 'failed' },
      ],
    },
    answered: {
      type: 'final',
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    nodata: {
      type: 'final',
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    nxdomain: {
      type: 'final',
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    failed: {
      type: 'final',
      entry: { type: 'lookedUp', params: { outcome: { status: 'servfail', records: [], fromCache: false } } },
    },
    timedOut: {
      type: 'final',
      entry: { type: 'lookedUp', params: { outcome: { status: 'timeout', records: [], fromCache: false } } },
    },
    impossible: {
      type: 'final',
      // Certain without a query: no zone can contain such a name.
      entry: { type: 'lookedUp', params: { outcome: { status: 'nxdomain', records: [], fromCache: false } } },
    },
  },
})
