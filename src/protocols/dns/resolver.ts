import { assert } from '../../base/assert'
import type { Protocol } from '../../session/session'
import type { Learnt, LearntNegative, LookInCache, SendQuery } from './questions'
import type { Resolution } from './resolution'
import { resolverMachine } from './resolverMachine'

/** The recursive resolver's questions to its host. */
export type ResolverQuestion =
  /** Answered by `CacheAnswer`. */
  | ({ readonly type: 'lookInCache' } & LookInCache)
  /** Answered by `ResponseReceived` for each datagram that comes back. */
  | ({ readonly type: 'sendQuery' } & SendQuery)
  /** Answered by `noted`. */
  | ({ readonly type: 'learnt' } & Learnt)
  | ({ readonly type: 'learntNegative' } & LearntNegative)
  /** The result for the client; nothing more follows. */
  | { readonly type: 'resolved'; readonly resolution: Resolution }

const QUESTIONS = ['lookInCache', 'sendQuery', 'learnt', 'learntNegative', 'resolved']

/** One client's question, resolved from the root downward. Input: `ResolverInput`. */
export const dnsResolver: Protocol<ResolverQuestion> = {
  key: 'dns.resolver',
  name: 'DNS',
  role: 'client',
  machine: resolverMachine,
  readers: {},
  perform({ type, params }) {
    assert(QUESTIONS.includes(type), `dns.resolver performs ${type}`)
    return [{ type: 'ask', question: { type, ...(params as object) } as ResolverQuestion }]
  },
}
