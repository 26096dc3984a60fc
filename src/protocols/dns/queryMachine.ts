import { assign, setup } from 'xstate'
import { meaningOf } from './gloss'
import { isAskable } from './names'
import type { ResponseReceived, SendQuery } from './questions'
import { type Outcome, outcomeOf, responseFor } from './response'
import { type DnsMessage, encode, queryFor } from './wire'

/** The stub resolver: one question to one recursive resolver, by datagram (RFC 1034 section 5.3.1). */

export interface QueryInput {
  readonly name: string
  readonly rrType: string
  /** The recursive resolver's address. */
  readonly server: string
  /** 0 to 65535, not to be guessed. */
  readonly queryId: number
}

interface QueryContext extends QueryInput {
  readonly tries: number
  /** The last acceptable response. */
  readonly response: DnsMessage | null
}

const TRIES = 3

const asked = ({ queryId, server, name, rrType }: QueryInput) => ({ id: queryId, server, name, rrType })

const queryOf = ({ queryId, name, rrType, server }: QueryInput): SendQuery => {
  const message = queryFor(queryId, name, rrType, true)
  return { server, octets: encode(message), means: meaningOf(message) }
}

const outcome = (context: QueryContext): Outcome =>
  context.response
    ? outcomeOf(context.response, context.name, context.rrType)
    : { status: 'servfail', records: [], fromCache: false }

export const queryMachine = setup({
  types: {
    input: {} as QueryInput,
    context: {} as QueryContext,
    events: {} as ResponseReceived,
  },
  actions: {
    sendQuery: (_, _params: SendQuery) => {},
    lookedUp: (_, _params: { outcome: Outcome }) => {},
    countTry: assign({ tries: ({ context }) => context.tries + 1 }),
    keepResponse: assign({
      response: ({ context, event }) => responseFor(asked(context), event.source, event.octets) ?? null,
    }),
  },
  guards: {
    nameCannotBe: ({ context }) => !isAskable(context.name),
    isOurs: ({ context, event }) => responseFor(asked(context), event.source, event.octets) !== undefined,
    triesLeft: ({ context }) => context.tries < TRIES,
    answers: ({ context }) => outcome(context).status === 'answered',
    saysNoSuchName: ({ context }) => outcome(context).status === 'nxdomain',
    saysNoSuchData: ({ context }) => outcome(context).status === 'nodata',
  },
  delays: { queryTimeout: 2000 },
}).createMachine({
  id: 'dnsStub',
  context: ({ input }) => ({ ...input, tries: 0, response: null }),
  initial: 'checking',
  states: {
    checking: {
      meta: { title: 'checking the name' },
      always: [{ guard: 'nameCannotBe', target: 'impossible' }, { target: 'asking' }],
    },
    asking: {
      meta: { title: 'asking the resolver' },
      entry: ['countTry', { type: 'sendQuery', params: ({ context }) => queryOf(context) }],
      on: {
        // Anything else that arrives is not the answer to this query: the wait goes on.
        responseReceived: { guard: 'isOurs', target: 'reading', actions: 'keepResponse' },
      },
      after: {
        queryTimeout: [{ guard: 'triesLeft', target: 'asking', reenter: true }, { target: 'timedOut' }],
      },
    },
    reading: {
      meta: { title: 'reading the response' },
      always: [
        { guard: 'answers', target: 'answered' },
        { guard: 'saysNoSuchName', target: 'nxdomain' },
        { guard: 'saysNoSuchData', target: 'nodata' },
        { target: 'failed' },
      ],
    },
    answered: {
      type: 'final',
      meta: { title: 'answered' },
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    nodata: {
      type: 'final',
      meta: { title: 'the name has no such record' },
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    nxdomain: {
      type: 'final',
      meta: { title: 'there is no such name' },
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    failed: {
      type: 'final',
      meta: { title: 'the resolver could not find out' },
      entry: { type: 'lookedUp', params: ({ context }) => ({ outcome: outcome(context) }) },
    },
    timedOut: {
      type: 'final',
      meta: { title: 'no response came' },
      entry: { type: 'lookedUp', params: { outcome: { status: 'timeout', records: [], fromCache: false } } },
    },
    impossible: {
      type: 'final',
      meta: { title: 'no name can be like this' },
      // Nothing was asked, yet it is certain: no zone can hold such a name.
      entry: { type: 'lookedUp', params: { outcome: { status: 'nxdomain', records: [], fromCache: false } } },
    },
  },
})
