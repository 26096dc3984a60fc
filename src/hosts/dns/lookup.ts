import { drawBelow, seeded } from '../../base/random'
import { absolute, dnsStub, type Outcome, type QueryInput } from '../../protocols/dns'
import { asks } from '../../session/asks'
import { SERVICES } from '../../session/service'
import { FIRST_PORT, freePort, portAfter } from '../../world/ephemeralPorts'
import type { Effect, Happening, HostEnvironment } from '../../world/role'
import type { Address, Host, SessionId } from '../../world/world'
import { type Purpose, purposeReader } from '../purpose'
import { askerOverTcp, askOverTcp, reactOverTcp } from './lookupOverTcp'

/**
 * Lookups of any host: through a stub, at its recursive resolver. A role keeps `Lookups` in its state, calls `startLookup`, and
 * passes every happening to `reactLookup` first. `About` is the role's own data about a lookup's purpose.
 */
export interface Lookups<About extends object = object> {
  /** The recursive resolvers' addresses, in the order of asking. */
  readonly resolvers: readonly Address[]
  /** Lookups under way, by our port for their responses. */
  readonly pending: Readonly<Record<number, PendingLookup<About>>>
  readonly nextPort: number
}

export interface PendingLookup<About extends object> {
  readonly name: string
  readonly rrType: string
  readonly purpose: About
  /** Set from its first query on. */
  readonly session?: SessionId
}

/** A finished lookup. */
export interface EndedLookup<About extends object> {
  readonly name: string
  readonly rrType: string
  readonly outcome: Outcome
  readonly purpose: About
}

export interface LookupReaction<About extends object> {
  readonly lookups: Lookups<About>
  readonly effects: readonly Effect[]
  readonly ended?: EndedLookup<About>
}

/** The purpose of a session of `dns.stub`: our port of its lookup. */
interface StubPurpose extends Purpose {
  readonly kind: 'lookup'
  readonly port: number
}

const purposeOf = purposeReader<StubPurpose>({ lookup: true })

/** No lookups: at the start, and after a restart. */
export const noLookups = (...resolvers: readonly Address[]): Lookups<never> => ({
  resolvers,
  pending: {},
  nextPort: FIRST_PORT,
})

/**
 * Starts a lookup. `name` may lack its final dot. One reaction may start several. A name that cannot be asked for ends as
 * 'nxdomain' without a query.
 */
export function startLookup<About extends object>(
  host: { readonly name: string },
  lookups: Lookups<About>,
  name: string,
  rrType: string,
  purpose: NoInfer<About>,
  env: HostEnvironment,
  recursionDesired = true,
): readonly [Lookups<About>, readonly Effect[]] {
  const port = freePort(lookups.nextPort, (one) => lookups.pending[one] !== undefined)
  const asked = absolute(name)
  // A reaction has one random number; the port makes its lookups different.
  const [queryId] = drawBelow(seeded(Math.floor(env.chance * 4_294_967_296) + port), 65_536)
  const input: QueryInput = {
    name: asked,
    rrType,
    servers: lookups.resolvers,
    queryId,
    ...(!recursionDesired && { recursionDesired }),
  }
  const stub: StubPurpose = { kind: 'lookup', port }
  return [
    {
      ...lookups,
      pending: { ...lookups.pending, [port]: { name: asked, rrType, purpose } },
      nextPort: portAfter(port),
    },
    [
      { type: 'note', fact: { type: 'lookupStarted', host: host.name, name: asked, rrType } },
      { type: 'start', protocol: 'dns.stub', input, purpose: stub },
    ],
  ]
}

/** True of a happening of these lookups, if a host has others beside them with ports of their own. */
export function concernsLookup<About extends object>(
  host: Host,
  { pending }: Lookups<About>,
  happening: Happening,
): boolean {
  if (happening.type === 'datagram') return pending[happening.port] !== undefined
  if (happening.type !== 'asked') return false
  const asker = askerOverTcp(host, happening.session) ?? happening.session
  const port = purposeOf(host.sessions[asker]?.purpose)?.port
  return port !== undefined && pending[port] !== undefined
}

/**
 * Handles a happening of a lookup, or returns undefined for any other. With `ended` the lookup is over and its fact has been
 * emitted.
 */
export function reactLookup<About extends object>(
  host: Host,
  lookups: Lookups<About>,
  happening: Happening,
): LookupReaction<About> | undefined {
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
  const port = purposeOf(host.sessions[session]?.purpose)?.port
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
