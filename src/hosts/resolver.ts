import { seeded } from '../base/random'
import type { Instant } from '../base/time'
import {
  absolute,
  type DnsMessage,
  decode,
  encodeForUdp,
  formatError,
  isAskable,
  meaningOf,
  type NameServer,
  type Rcode,
  type Resolution,
  type ResolverInput,
  type ResolverQuestion,
  recordsOf,
  responseTo,
  sameName,
} from '../protocols/dns'
import type { Effect, Happening, HostEnvironment, HostOf, HostRole } from '../world/role'
import type { Address, SessionId } from '../world/world'
import { addressesOf, type CacheRow, type DnsCache, lookInCache, remember, rememberNegative, rowsOf } from './dnsCache'

/** A recursive resolver: clients ask it on port 53, it asks the name servers, and it remembers (RFC 1034 section 5.3). */

export interface ResolverConfig {
  /** The root's servers, known from the start. */
  readonly hints: readonly { readonly name: string; readonly address: string }[]
}

export interface ResolverState {
  readonly hints: readonly NameServer[]
  readonly cache: DnsCache
  /** The session that waits for responses at each of our ports. */
  readonly ports: Readonly<Record<number, SessionId>>
  readonly nextPort: number
}

/** Why a session runs: whose question it is. */
interface Purpose {
  readonly client: { readonly address: Address; readonly port: number }
  readonly query: DnsMessage
}

type Reaction = readonly [ResolverState, readonly Effect[]]

const DNS_PORT = 53
const FIRST_PORT = 49_152
const LAST_PORT = 65_535
/** More questions than this at once get SERVFAIL: memory stays bounded whoever asks. */
const CLIENT_LIMIT = 256

const isPurpose = (purpose: object | undefined): purpose is Purpose => purpose !== undefined && 'query' in purpose

/** The "DNS cache" panel's lines at an instant. */
export const cacheRows = (state: ResolverState, now: Instant): readonly CacheRow[] => rowsOf(state.cache, now)

function respond(client: Purpose['client'], response: DnsMessage): Effect {
  const message = { ...response, recursionAvailable: true }
  const octets = encodeForUdp(message)
  return {
    type: 'sendDatagram',
    kind: 'responded',
    to: client.address,
    port: client.port,
    fromPort: DNS_PORT,
    octets,
    means: meaningOf(message),
  }
}

function refusalOf(query: DnsMessage): Rcode | undefined {
  const [question] = query.question
  if (query.opcode !== 0) return 'NOTIMP'
  if (!question || query.question.length > 1) return 'FORMERR'
  if (question.class !== 'IN' || !query.recursionDesired) return 'REFUSED'
  if (['ANY', 'AXFR', 'IXFR'].includes(question.type)) return 'NOTIMP'
  return undefined
}

function clientAsks(
  host: HostOf<ResolverState>,
  happening: Extract<Happening, { type: 'datagram' }>,
  env: HostEnvironment,
): Reaction {
  const { state } = host
  const client = happening.source
  const query = decode(happening.octets)
  if (query === 'malformed') {
    const octets = formatError(happening.octets)
    if (octets === undefined) return [state, []]
    const means = { kind: 'response', name: 'FORMERR', refused: true, gloss: 'I cannot read that.' } as const
    return [
      state,
      [
        {
          type: 'sendDatagram',
          kind: 'responded',
          to: client.address,
          port: client.port,
          fromPort: DNS_PORT,
          octets,
          means,
        },
      ],
    ]
  }
  // A response at the port for queries answers nothing that was asked here.
  if (query.response) return [state, []]
  const refusal = refusalOf(query)
  if (refusal !== undefined) return [state, [respond(client, responseTo(query, refusal))]]

  const { name, type } = query.question[0] as DnsMessage['question'][number]
  const waiting = Object.values(host.sessions)
    .map(({ purpose }) => purpose)
    .filter(isPurpose)
  const again = waiting.some(
    (other) =>
      other.client.address === client.address &&
      other.client.port === client.port &&
      other.query.id === query.id &&
      other.query.question.some((question) => sameName(question.name, name) && question.type === type),
  )
  // The client's own repetition: the answer to the first is on its way.
  if (again) return [state, []]
  if (waiting.length >= CLIENT_LIMIT) return [state, [respond(client, responseTo(query, 'SERVFAIL'))]]
  const input: ResolverInput = { name, rrType: type, random: seeded(Math.floor(env.chance * 4_294_967_296)) }
  const purpose: Purpose = {
    client: { address: client.address, port: client.port },
    query: { ...query, answers: [], authorities: [], additionals: [] },
  }
  return [
    state,
    [
      { type: 'note', fact: { type: 'lookupStarted', host: host.name, name, rrType: type } },
      { type: 'start', protocol: 'dns.resolver', input, purpose },
    ],
  ]
}

const STATUS: Readonly<Record<string, string>> = { NXDOMAIN: 'nxdomain', SERVFAIL: 'servfail' }

function tellClient(
  host: HostOf<ResolverState>,
  purpose: Purpose,
  resolution: Resolution,
  now: Instant,
): readonly Effect[] {
  const { client, query } = purpose
  const { name, type } = query.question[0] as DnsMessage['question'][number]
  const { rcode, answers, authorities, fromCache } = resolution
  const exchangers = recordsOf(answers, 'MX').map(({ exchange }) => exchange)
  const additionals = addressesOf(host.state.cache, exchangers, now)
  const found = answers.some((record) => record.type === type)
  const outcome = STATUS[rcode] ?? (found ? 'answered' : 'nodata')
  return [
    { type: 'note', fact: { type: 'lookupEnded', host: host.name, name, rrType: type, outcome, fromCache } },
    respond(client, { ...responseTo(query, rcode), answers, authorities, additionals }),
  ]
}

/** The next of our ports at which no session waits. */
function freePort({ ports, nextPort }: ResolverState): number {
  let port = nextPort
  for (let tried = 0; ports[port] !== undefined && tried <= LAST_PORT - FIRST_PORT; tried++) port = portAfter(port)
  return port
}

const portAfter = (port: number): number => (port >= LAST_PORT ? FIRST_PORT : port + 1)

function sessionAsks(
  host: HostOf<ResolverState>,
  session: SessionId,
  question: ResolverQuestion,
  env: HostEnvironment,
): Reaction {
  const { state } = host
  switch (question.type) {
    case 'lookInCache':
      return [state, [{ type: 'answer', session, answer: lookInCache(state.cache, state.hints, question, env.now) }]]
    case 'sendQuery': {
      const port = freePort(state)
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
      const purpose = host.sessions[session]?.purpose
      return [state, isPurpose(purpose) ? tellClient(host, purpose, question.resolution, env.now) : []]
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
        if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
          throw new Error(`The hint "${name}" needs an IPv4 address, not "${address}".`)
        }
        return { name: absolute(name), address, tries: 0 }
      }),
      cache: {},
      ports: {},
      nextPort: FIRST_PORT,
    }
  },
  listeners: () => [],
  react(host, happening, env) {
    const { state } = host
    switch (happening.type) {
      case 'booted':
        // Memory does not outlive a restart.
        return [{ ...state, cache: {}, ports: {} }, []]
      case 'datagram': {
        if (happening.port === DNS_PORT) return clientAsks(host, happening, env)
        const session = state.ports[happening.port]
        if (session === undefined) return [state, []]
        const answer = { type: 'responseReceived', octets: happening.octets, source: happening.source }
        return [state, [{ type: 'answer', session, answer }]]
      }
      case 'asked':
        return sessionAsks(host, happening.session, happening.question as ResolverQuestion, env)
      case 'sessionEnded': {
        const left = Object.entries(state.ports).filter(([, session]) => session !== happening.session)
        return [{ ...state, ports: Object.fromEntries(left) }, []]
      }
      default:
        return [state, []]
    }
  },
}
