import { instant, milliseconds } from '../../base/time'
import {
  type DnsMessage,
  decode,
  dnsClient,
  dnsResolver,
  dnsServer,
  dnsStub,
  encode,
  FORMAT_ERROR,
  type Outcome,
  responseTo,
} from '../../protocols/dns'
import { textClient } from '../../protocols/text'
import { advance } from '../../world/advance'
import { buildWorld } from '../../world/build'
import type { Fact, FactOf } from '../../world/fact'
import type { Catalogue, Effect, HostRole } from '../../world/role'
import type { Host, World } from '../../world/world'
import { type Lookups, noLookups, reactLookup, startLookup } from '../dns/lookup'
import { type NameServerConfig, type NameServerState, nameServer } from '../dns/nameServer'
import { resolver } from '../dns/resolver'
import type { ResolverState } from '../dns/resolverState'

/** A small DNS for tests: a host that looks names up on request, a resolver, and the servers of a few zones. */

/** Instead of a type: opens a TCP connection to an address, and sends nothing. */
const CONNECT = 'CONNECT'

export interface Wish {
  readonly at: number
  readonly name: string
  readonly type: string
}
export interface AskerState {
  readonly wishes: readonly Wish[]
  readonly lookups: Lookups
  readonly ended: readonly { readonly name: string; readonly rrType: string; readonly outcome: Outcome }[]
}

const asker: HostRole<AskerState, { wishes: readonly Wish[]; resolvers: readonly string[] }> = {
  start: ({ wishes, resolvers }) => ({ wishes, lookups: noLookups(...resolvers), ended: [] }),
  listeners: () => [],
  react(host, happening, env) {
    const { state } = host
    const looked = reactLookup(host, state.lookups, happening)
    if (looked) {
      const ended = looked.ended ? [...state.ended, looked.ended] : state.ended
      return [{ ...state, lookups: looked.lookups, ended }, looked.effects]
    }
    if (happening.type === 'booted') {
      return [
        state,
        state.wishes.map(({ at }, n): Effect => ({ type: 'setTimer', timer: `wish ${n}`, after: milliseconds(at) })),
      ]
    }
    if (happening.type === 'expired') {
      const { name, type } = state.wishes[Number(happening.timer.slice(5))] as Wish
      if (type === CONNECT) {
        return [state, [{ type: 'connect', address: name, port: 53, protocol: 'text.client', input: {} }]]
      }
      const [lookups, effects] = startLookup(host, state.lookups, name, type, { for: name }, env)
      return [{ ...state, lookups }, effects]
    }
    return [state, []]
  },
}

/** A name server without EDNS and without TCP, as old ones are. */
const oldNameServer: HostRole<NameServerState, NameServerConfig> = {
  ...nameServer,
  listeners: () => [],
  react(host, happening, env) {
    const query = happening.type === 'datagram' ? decode(happening.octets) : 'malformed'
    if (happening.type !== 'datagram' || query === 'malformed' || !query.edns)
      return nameServer.react(host, happening, env)
    const { address: to, port } = happening.source
    const { edns: _, ...plain } = responseTo(query, 'FORMERR')
    const octets = encode({ ...plain, question: [] })
    return [
      host.state,
      [{ type: 'sendDatagram', kind: 'responded', to, port, fromPort: 53, octets, means: FORMAT_ERROR }],
    ]
  },
}

export const catalogue: Catalogue = {
  protocols: {
    'dns.stub': dnsStub,
    'dns.resolver': dnsResolver,
    'dns.server': dnsServer,
    'dns.client': dnsClient,
    'text.client': textClient,
  },
  roles: { asker, resolver, nameServer, oldNameServer },
}

const soa = (server: string, minimum = 300): string =>
  `@ 3600 SOA ${server} hostmaster.${server} 1 7200 900 1209600 ${minimum}`

const text = (message: string, octets: number): string => `"${message.repeat(octets)}"`

/** Name servers by their host names. More than one zone may be on a server. */
export type Servers = Readonly<
  Record<string, { readonly address: string; readonly role?: string; readonly zones: NameServerConfig['zones'] }>
>
const SERVERS: Servers = {
  root: {
    address: '198.51.100.1',
    zones: [
      {
        apex: '.',
        text: [
          soa('a.root.example.'),
          '@ 86400 NS a.root.example.',
          'a.root.example. 86400 A 198.51.100.1',
          '$TTL 172800',
          'example. NS ns.example.',
          'ns.example. A 198.51.100.2',
          'test. NS ns.test.',
          'ns.test. A 198.51.100.9',
          'old. NS ns.old.',
          'ns.old. A 198.51.100.5',
          '; Without glue: its server has to be found first.',
          'stone. NS ns.paper.example.',
          'in-addr.arpa. NS ns.paper.example.',
        ],
      },
    ],
  },
  'ns.example': {
    address: '198.51.100.2',
    zones: [
      {
        apex: 'example.',
        text: [
          '$TTL 172800',
          soa('ns.example.'),
          '@ NS ns',
          'ns A 198.51.100.2',
          '; The first server is dead: nobody has that address.',
          'bird NS dead.bird',
          'bird NS ns.bird',
          'dead.bird A 198.51.100.99',
          'ns.bird A 198.51.100.4',
          'paper NS ns.paper',
          'ns.paper A 198.51.100.3',
          '; Servers that each know the way only through the other.',
          'left 60 NS ns.right',
          'right 60 NS ns.left',
          '; A server that does not serve what it is said to.',
          'lame 60 NS ns.example.paper',
        ],
      },
    ],
  },
  'ns.paper': {
    address: '198.51.100.3',
    zones: [
      {
        apex: 'paper.example.',
        text: [
          '$TTL 3600',
          soa('ns.paper.example.', 60),
          '@ NS ns',
          '@ 30 MX 10 mx',
          'mx A 192.0.2.25',
          'ns A 198.51.100.3',
          'ns.example A 198.51.100.3',
          'nomx A 192.0.2.80',
          'www CNAME web',
          'web A 192.0.2.80',
          'far CNAME mx.bird.example.',
          'loop CNAME round.stone.',
          '; More than a datagram without EDNS holds, and more than one with it.',
          ...['a', 'b', 'c'].map((message) => `long TXT ${text(message, 250)}`),
          ...['a', 'b', 'c', 'd', 'e', 'f'].map((message) => `longest TXT ${text(message, 250)}`),
        ],
      },
      {
        apex: 'stone.',
        text: [
          '$TTL 60',
          soa('ns.paper.example.'),
          '@ NS ns.paper.example.',
          '@ MX 5 mx.paper.example.',
          'round CNAME loop.paper.example.',
        ],
      },
      {
        apex: 'in-addr.arpa.',
        text: ['$TTL 60', soa('ns.paper.example.'), '@ NS ns.paper.example.', '25.2.0.192 PTR mx.paper.example.'],
      },
    ],
  },
  'ns.bird': {
    address: '198.51.100.4',
    zones: [
      {
        apex: 'bird.example.',
        text: ['$TTL 3600', soa('ns.bird.example.'), '@ NS ns', '@ MX 10 mx', 'mx A 203.0.113.25', 'ns A 198.51.100.4'],
      },
    ],
  },
  'ns.old': {
    address: '198.51.100.5',
    role: 'oldNameServer',
    zones: [
      {
        apex: 'old.',
        text: [
          '$TTL 60',
          soa('ns.old.'),
          '@ NS ns',
          'ns A 198.51.100.5',
          ...['a', 'b', 'c'].map((message) => `long TXT ${text(message, 250)}`),
        ],
      },
    ],
  },
}

export interface Conditions {
  readonly loss?: number
  /** The asker's resolvers; by default the existing one. */
  readonly resolvers?: readonly string[]
  /** Hosts that are down. */
  readonly down?: readonly string[]
  /** Name servers that replace the default ones; the root must be at 198.51.100.1. */
  readonly servers?: Servers
}

export function worldFor(
  wishes: readonly Wish[],
  { loss = 0, resolvers = ['192.0.2.53'], down = [], servers: given = SERVERS }: Conditions = {},
): World {
  const servers = Object.entries(given).map(([name, { address, role = 'nameServer', zones }]) => ({
    name,
    address,
    role,
    config: { zones },
  }))
  const world = buildWorld(
    {
      epoch: '2026-11-21T09:30:00Z',
      seed: 7,
      hosts: [
        { name: 'asker', address: '192.0.2.10', role: 'asker', config: { wishes, resolvers } },
        {
          name: 'resolver',
          address: '192.0.2.53',
          role: 'resolver',
          config: { hints: [{ name: 'a.root.example.', address: '198.51.100.1' }] },
        },
        ...servers,
      ],
      links: [],
      internet: { latency: 20, jitter: 5, bandwidth: 10_000, loss },
    },
    catalogue,
  )
  const hosts = Object.entries(world.hosts).map(([name, host]) => [name, { ...host, up: !down.includes(name) }])
  return { ...world, hosts: Object.fromEntries(hosts) as World['hosts'] }
}

export interface Run {
  readonly world: World
  readonly facts: readonly Fact[]
  readonly ended: AskerState['ended']
  /** The queries by datagram in order, with the server, without the stub's. */
  readonly upstream: readonly string[]
}

export function run(wishes: readonly Wish[], until = 30_000, conditions: Conditions = {}): Run {
  const { world, facts } = advance(worldFor(wishes, conditions), instant(until), catalogue)
  const upstream = facts
    .filter((fact): fact is FactOf<'queried'> & Fact => fact.type === 'queried' && fact.host === 'resolver')
    .map((fact) => {
      const message = decode(fact.octets)
      return message === 'malformed'
        ? 'malformed'
        : `${fact.to} ${message.question[0]?.type} ${message.question[0]?.name}`
    })
  return { world, facts, upstream, ended: stateAt<AskerState>(world, 'asker').ended }
}

export const ask = (name: string, type: string, at = 0): Wish => ({ at, name, type })
export const connect = (address: string): Wish => ({ at: 0, name: address, type: CONNECT })
export const stateAt = <S>(world: World, host: string): S => (world.hosts[host] as Host).state as S
export const resolverState = (world: World): ResolverState => stateAt(world, 'resolver')

/** A host's output and input over TCP, in order. */
export const overTcp = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.type === 'sent' ? [`${fact.host}: ${fact.means.kind} ${fact.means.name}`] : []))

/** Asserts that a message is readable. */
export function readable(message: DnsMessage | 'malformed'): DnsMessage {
  if (message === 'malformed') throw new Error('the octets are a message')
  return message
}
