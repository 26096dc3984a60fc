import type { RandomState } from '../base/random'
import type { Duration, Instant } from '../base/time'
import type { Session } from '../session/session'
import type { Agenda } from './agenda'
import type { Address, ConnectionId, HostName, LinkId, SessionId } from './names'
import type { Endpoint } from './tcp'

export type { Address, ConnectionId, HostName, LinkId, SessionId } from './names'

/** The world is a value: plain data, nothing that runs. `advance` finds behaviour by name in its catalogue. */
export interface World {
  readonly now: Instant
  readonly random: RandomState
  /** Unix milliseconds of instant 0: `Date:` and `Received:` come from it. */
  readonly epoch: number
  readonly hosts: Readonly<Record<HostName, Host>>
  readonly links: Readonly<Record<LinkId, Link>>
  /** Link conditions between two hosts without a listed link. */
  readonly internet: LinkConditions
  readonly connections: Readonly<Record<ConnectionId, Connection>>
  readonly agenda: Agenda
  readonly counters: Counters
}

export interface Counters {
  readonly fact: number
  readonly packet: number
  readonly connection: number
  readonly session: number
}

export interface Listener {
  readonly port: number
  /** Catalogue key of the server protocol: `smtp.server`. */
  readonly protocol: string
  /** The machine's input: names and policies. */
  readonly input: object
  /** TLS begins with the connection, before the greeting (RFC 8314 section 3). */
  readonly implicitTls?: true
}

export interface Host {
  readonly name: HostName
  readonly address: Address
  /** Further addresses, IPv6 as RFC 5952 writes it. */
  readonly addresses?: readonly Address[]
  /** Catalogue key of the host's behaviour: `mailProgram`, `mailServer`, `resolver`, `nameServer`. */
  readonly role: string
  readonly up: boolean
  readonly listeners: readonly Listener[]
  /** Sessions alive on this host. */
  readonly sessions: Readonly<Record<SessionId, HostedSession>>
  /** The role's own data: mailboxes, queue, zones, cache, accounts. The role's module gives its type. */
  readonly state: object
  /** Next ephemeral port. */
  readonly nextPort: number
}

/** A session and where its octets go. `purpose` is the role's own note of why it started the session. */
export interface HostedSession {
  readonly session: Session
  readonly connection?: ConnectionId
  readonly end?: 'client' | 'server'
  readonly purpose?: object
  /** Names of its running timers, so that none outlives it. */
  readonly timers: readonly string[]
  /** Octets sent and read so far: the offsets of facts. */
  readonly sentOctets: number
  readonly readOctets: number
}

/** Link conditions: how a link carries packets. */
export interface LinkConditions {
  readonly latency: Duration
  /** The greatest extra latency of a packet, drawn from the seed. */
  readonly jitter: Duration
  /** Octets per virtual millisecond. */
  readonly bandwidth: number
  /** 0 to 1: the share of packets lost. */
  readonly loss: number
  /** 0 to 1: the share of packets that arrive twice. */
  readonly duplication?: number
  /** Octets of the largest packet, its headers included; that of Ethernet by default. */
  readonly mtu?: number
}

export interface Link extends LinkConditions {
  /** Both ends' names in order, joined: `linkId(a, b)`. */
  readonly id: LinkId
  readonly ends: readonly [HostName, HostName]
  readonly up: boolean
  /** The instant when each direction is free again: from ends[0], from ends[1]. */
  readonly busyUntil: readonly [Instant, Instant]
}

export interface Connection {
  readonly id: ConnectionId
  readonly client: Endpoint
  readonly server: Endpoint
  readonly port: number
  /** The client's protocol key, for the stage. */
  readonly protocol: string
}

const isIpv6 = (address: Address): boolean => address.includes(':')

/** The host's source address for a destination: one of the same family, or undefined. */
export const sourceFor = (host: Host, to: Address): Address | undefined =>
  [host.address, ...(host.addresses ?? [])].find((own) => isIpv6(own) === isIpv6(to))

/** The name of the link between two hosts, the same from both ends. */
export const linkId = (a: HostName, b: HostName): LinkId => (a < b ? `${a}--${b}` : `${b}--${a}`)
