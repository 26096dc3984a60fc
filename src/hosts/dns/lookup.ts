import { drawBelow, seeded } from '../../base/random'
import { absolute, dnsStub, type Outcome, type QueryInput } from '../../protocols/dns'
import { asks } from '../../session/asks'
import { SERVICES } from '../../session/service'
import { FIRST_PORT, freePort, portAfter } from '../../world/ephemeralPorts'
import type { Effect, Happening, HostEnvironment } from '../../world/role'
import type { Address, Host, SessionId } from '../../world/world'
import { askOverTcp, reactOverTcp } from './lookupOverTcp'

/**
 * Lookups of any host: through a stub, at its recursive resolver. A role keeps `Lookups` in its state, calls `startLookup`, and
 * passes every happening to `reactLookup` first.
 */
export interface Lookups {
  /** The recursive resolvers' addresses, in the order of asking. */
  readonly resolvers: readonly Address[]
  /** Lookups under way, by our port for their responses. */
  readonly pending: Readonly<Record<number, PendingLookup>>
  readonly nextPort: number
}

export interface PendingLookup {
  readonly name: string
  readonly rrType: string
  /** The role's own data about the lookup's purpose. */
  readonly purpose: object
  /** Set from its first query on. */
  readonly session?: SessionId
}

/** A finished lookup. */
export interface EndedLookup {
  readonly name: string
  readonly rrType: string
  readonly outcome: Outcome
  readonly purpose: object
}

export interface LookupReaction {
  readonly lookups: Lookups
  readonly effects: readonly Effect[]
  readonly ended?: EndedLookup
}

/** No lookups: at the start, and after a restart. */
export const noLookups = (...resolvers: readonly Address[]): Lookups => ({
  resolvers,
  pending: {},
  nextPort: FIRST_PORT,
})

/**
 * Starts a lookup. `name` may lack its final dot. One reaction may start several. A name that cannot be asked for ends as
 * 'nxdomain' without a query.
 */
export function startLookup(
  host: { readonly name: string },
  lookups: Lookups,
  name: string,
  rrType: string,
  purpose: object,
  env: HostEnvironment,
): readonly [Lookups, readonly Effect[]] {
  const port = freePort(lookups.nextPort, (one) => lookups.pending[one] !== undefined)
  const asked = absolute(name)
  // A reaction has one random number; the port makes its lookups different.
  const [queryId] = drawBelow(seeded(Math.floor(env.chance * 4_294_967_296) + port), 65_536)
  const input: QueryInput = { name: asked, rrType, servers: lookups.resolvers, queryId }
  return [
    {
      ...lookups,
      pending: { ...lookups.pending, [port]: { name: asked, rrType, purpose } },
      nextPort: portAfter(port),
    },
    [
      { type: 'note', fact: { type: 'lookupStarted', host: host.name, name: asked, rrType } },
      { type: 'start', protocol: 'dns.stub', input, purpose: { lookup: port } },
    ],
  ]
}

/** The port of a session's lookup. */
function lookupOf(host: Host, session: SessionId): number | undefined {
  const purpose = host.sessions[session]?.purpose as { readonly lookup?: unknown } | undefined
  return typeof purpose?.lookup === 'number' ? purpose.lookup : undefined
}

/**
 * Handles a happening of a lookup, or returns undefined for any other. With `ended` the lookup is over and its fact has been
 * emitted.
 */
export function reactLookup(host: Host, lookups: Lookups, happening: Happening): LookupReaction | undefined {
  const overTcp = reactOverTcp(host, happening)
  if (overTcp) return { lookups, effects: overTcp }
  if (happening.type === 'datagram') {
    const session = lookups.pending[happening.port]?.session
    if (session === undefined) return undefined
    const source = { ...happening.source, transport: 'udp' }
    const answer = { type: 'responseReceived', octets: happening.octets, source }
    return { lookups, effects: [{ type: 'answer', session, answer }] }
  }
  if (happening.type === 'sessionEnded') {
    return happening.protocol === 'dns.stub' ? { lookups, effects: [] } : undefined
  }
  if (happening.type !== 'asked') return undefined
  const { session } = happening
  const port = lookupOf(host, session)
  if (port === undefined) return undefined
  const lookup = lookups.pending[port]
  if (!lookup) return { lookups, effects: [] }

  const { question } = happening
  if (!asks(dnsStub, host.sessions[session]?.session, question)) return undefined
  if (question.type === 'sendQuery') {
    if (question.transport === 'tcp') return { lookups, effects: [askOverTcp(session, question)] }
    const { server, octets, means } = question
    const pending = { ...lookups.pending, [port]: { ...lookup, session } }
    return {
      lookups: { ...lookups, pending },
      effects: [
        {
          type: 'sendDatagram',
          kind: 'queried',
          to: server,
          port: SERVICES.domain.port,
          fromPort: port,
          octets,
          means,
        },
      ],
    }
  }
  const { outcome } = question
  const { name, rrType, purpose } = lookup
  const { [port]: _, ...pending } = lookups.pending
  const fact = {
    type: 'lookupEnded',
    host: host.name,
    name,
    rrType,
    outcome: outcome.status,
    fromCache: outcome.fromCache,
  } as const
  return {
    lookups: { ...lookups, pending },
    effects: [{ type: 'note', fact }],
    ended: { name, rrType, outcome, purpose },
  }
}
