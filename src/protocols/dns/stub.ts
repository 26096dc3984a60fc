import { assert } from '../../base/assert'
import type { Protocol } from '../../session/session'
import { queryMachine } from './queryMachine'
import type { SendQuery } from './questions'
import type { Outcome } from './response'

/** The stub's questions to its host. */
export type StubQuestion =
  | ({ readonly type: 'sendQuery' } & SendQuery)
  /** The lookup is over: nothing more follows. */
  | { readonly type: 'lookedUp'; readonly outcome: Outcome }

/**
 * A lookup through a recursive resolver, started without a connection. Input: `QueryInput`. The host sends the queries of
 * `sendQuery` and answers with `ResponseReceived` for each datagram that comes back.
 */
export const dnsStub: Protocol<StubQuestion> = {
  key: 'dns.stub',
  name: 'DNS',
  role: 'client',
  machine: queryMachine,
  readers: {},
  perform({ type, params }) {
    assert(type === 'sendQuery' || type === 'lookedUp', `dns.stub performs ${type}`)
    return [{ type: 'ask', question: { type, ...(params as object) } as StubQuestion }]
  },
}
