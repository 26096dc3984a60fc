import type { Instant } from '../../base/time'
import { absolute, dnsResolver, isAskable, isIpv4, type ResolverQuestion } from '../../protocols/dns'
import { asks } from '../../session/asks'
import { FIRST_PORT, freePort, portAfter } from '../../world/ephemeralPorts'
import type { Effect, HostEnvironment, HostOf, HostRole } from '../../world/role'
import type { SessionId } from '../../world/world'
import { type CacheRow, lookInCache, remember, rememberFailure, rememberNegative, rowsOf } from './dnsCache'
import { askOverTcp, reactOverTcp } from './lookupOverTcp'
import { DNS_PORT, dnsListeners, queryIn } from './nameServerPort'
import { clientAsks, purposeOf, tellClient } from './resolverClients'
import type { ResolverConfig, ResolverState } from './resolverState'

/**
 * A recursive resolver: clients ask it on port 53, it asks the name servers, and it caches the answers (RFC 1034 section 5.3).
 */

type Resolver = HostOf<ResolverState>
type Reaction = readonly [ResolverState, readonly Effect[]]

/** The "DNS cache" panel's lines at an instant. */
export const cacheRows = (state: ResolverState, now: Instant): readonly CacheRow[] => rowsOf(state.cache, now)

function sessionAsks(host: Resolver, session: SessionId, question: ResolverQuestion, env: HostEnvironment): Reaction {
  const { state } = host
  switch (question.type) {
    case 'lookInCache':
      return [state, [{ type: 'answer', session, answer: lookInCache(state.cache, state.hints, question, env.now) }]]
    case 'sendQuery': {
      if (question.transport === 'tcp') return [state, [askOverTcp(session, question)]]
      const port = freePort(state.nextPort, (one) => state.ports[one] !== undefined)
      const { server, octets, means } = question
      return [
        { ...state, ports: { ...state.ports, [port]: session }, nextPort: portAfter(port) },
        [{ type: 'sendDatagram', kind: 'queried', to: server, port: DNS_PORT, fromPort: port, octets, means }],
      ]
    }
    case 'learnt':
      return [
        { ...state, cache: remember(state.cache, question, env.now) },
        [{ type: 'answer', session, answer: { type: 'noted' } }],
      ]
    case 'learntNegative':
      return [{ ...state, cache: rememberNegative(state.cache, question, env.now) }, []]
    case 'resolved': {
      const purpose = purposeOf(host.sessions[session]?.purpose)
      if (!purpose) return [state, []]
      const { resolution } = question
      const effects = tellClient(host, purpose, resolution, env.now)
      const asked = purpose.query.question[0]
      if (resolution.rcode !== 'SERVFAIL' || !asked) return [state, effects]
      return [{ ...state, cache: rememberFailure(state.cache, asked.name, asked.type, env.now) }, effects]
    }
  }
}

export const resolver: HostRole<ResolverState, ResolverConfig> = {
  start({ hints }) {
    if (!Array.isArray(hints) || hints.length === 0) {
      throw new Error('A resolver needs "hints": at least one root server with "name" and "address".')
    }
    return {
      hints: hints.map(({ name, address }) => {
        if (typeof name !== 'string' || !isAskable(absolute(name))) {
          throw new Error(`The hint's name "${name}" is no domain name; write one such as "a.root.example."`)
        }
        if (!isIpv4(address)) throw new Error(`The hint "${name}" needs an IPv4 address, not "${address}".`)
        return { name: absolute(name), address, tries: 0 }
      }),
      cache: {},
      ports: {},
      nextPort: FIRST_PORT,
    }
  },
  listeners: () => dnsListeners,
  takes: new Set(['cacheFlushed'] as const),
  /** The cache does not survive a restart. */
  restart: (state) => ({ ...state, cache: {}, ports: {} }),
  react(host, happening, env) {
    const { state } = host
    const asked = queryIn(host, happening)
    if (asked) return [state, clientAsks(host, asked, env)]
    const overTcp = reactOverTcp(host, happening)
    if (overTcp) return [state, overTcp]
    switch (happening.type) {
      case 'datagram': {
        const session = state.ports[happening.port]
        if (session === undefined) return [state, []]
        const source = { ...happening.source, transport: 'udp' }
        const answer = { type: 'responseReceived', octets: happening.octets, source }
        return [state, [{ type: 'answer', session, answer }]]
      }
      case 'asked':
        return asks(dnsResolver, host.sessions[happening.session]?.session, happening.question)
          ? sessionAsks(host, happening.session, happening.question, env)
          : [state, []]
      case 'intervened':
        return [happening.intervention.type === 'cacheFlushed' ? { ...state, cache: {} } : state, []]
      case 'sessionEnded': {
        const left = Object.entries(state.ports).filter(([, session]) => session !== happening.session)
        return left.length === Object.keys(state.ports).length
          ? [state, []]
          : [{ ...state, ports: Object.fromEntries(left) }, []]
      }
      default:
        return [state, []]
    }
  },
}
