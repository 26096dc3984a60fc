import { concat, type Octets } from '../base/octets'
import { draw } from '../base/random'
import type { Instant } from '../base/time'
import type { Input } from '../session/session'
import { AgendaDraft } from './agenda'
import type { Fact, FactBody } from './fact'
import type { Catalogue } from './role'
import type { Endpoint } from './tcp'
import type { Connection, ConnectionId, Host, HostedSession, HostName, Link, LinkId, SessionId, World } from './world'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type WritableHost = Mutable<Host> & { sessions: Record<SessionId, HostedSession> }

/** Callbacks from connections into sessions. `advance` sets them, so that connections need not import sessions. */
export interface Upward {
  /** Gives a session an input, now. */
  give(draft: Draft, host: HostName, session: SessionId, input: Input): void
  /** A handshake is complete at a listener: starts its session and returns the session's name. */
  accept(draft: Draft, connection: Connection): SessionId | undefined
}

/**
 * A working copy of a world while `advance` runs. Records are copied the first time they are written to, so a long run makes no
 * more copies than a short one, and untouched records stay shared with the world before. A draft never leaves this folder;
 * `freeze` makes a value of it.
 */
export class Draft {
  now: Instant
  readonly facts: Fact[] = []
  readonly agenda: AgendaDraft
  readonly catalogue: Catalogue
  /** The order of the fact that causes the present work. */
  cause: number | undefined
  /** Inputs that wait for their sessions, first in first out: no session is fed from within a step. */
  readonly work: Array<() => void> = []
  private readonly world: World
  private random: World['random']
  private readonly hosts: Record<HostName, Host>
  private readonly links: Record<LinkId, Link>
  private readonly connections: Map<ConnectionId, Connection>
  private readonly counters: Mutable<World['counters']>
  /** Names of the records that were copied and may be changed in place. */
  private readonly ownedHosts = new Set<HostName>()
  private readonly ownedSessions = new Set<SessionId>()
  private readonly ownedLinks = new Set<LinkId>()
  private readonly ownedConnections = new Set<ConnectionId>()
  /** The endpoint that this draft copied; its buffer may grow in place. */
  private growing: Mutable<Endpoint> | undefined
  private readonly byAddress: Readonly<Record<string, HostName>>

  readonly upward: Upward

  constructor(world: World, catalogue: Catalogue, upward: Upward) {
    this.upward = upward
    this.world = world
    this.catalogue = catalogue
    this.now = world.now
    this.random = world.random
    this.agenda = new AgendaDraft(world.agenda)
    this.hosts = { ...world.hosts }
    this.links = { ...world.links }
    this.connections = new Map(Object.entries(world.connections))
    this.counters = { ...world.counters }
    const byAddress: Record<string, HostName> = {}
    for (const { name, address, addresses } of Object.values(world.hosts)) {
      byAddress[address] = name
      for (const further of addresses ?? []) byAddress[further] = name
    }
    this.byAddress = byAddress
  }

  get epoch(): number {
    return this.world.epoch
  }
  get internet(): World['internet'] {
    return this.world.internet
  }

  /** Emits a fact with the present cause and returns its order. */
  emit(body: FactBody): number {
    const order = this.counters.fact++
    // The body belongs to this fact alone, so the fact reuses the object: facts are most of a run's allocations.
    const fact = body as Mutable<Fact>
    fact.at = this.now
    fact.order = order
    if (this.cause !== undefined) fact.cause = this.cause
    this.facts.push(fact as Fact)
    return order
  }

  /** Queues an input with the present cause; the session gets it after the work under way. */
  feed(host: HostName, session: SessionId, input: Input): void {
    const { cause } = this
    this.work.push(() => {
      this.cause = cause
      this.upward.give(this, host, session, input)
    })
  }

  chance(): number {
    const [value, next] = draw(this.random)
    this.random = next
    return value
  }

  nextId(kind: 'packet' | 'connection' | 'session'): number {
    this.counters[kind]++
    return this.counters[kind]
  }

  host(name: HostName): Host | undefined {
    return this.hosts[name]
  }
  hostAt(address: string): Host | undefined {
    const name = this.byAddress[address]
    return name === undefined ? undefined : this.hosts[name]
  }
  writeHost(name: HostName): WritableHost {
    const host = this.hosts[name] as Host
    if (this.ownedHosts.has(name)) return host as WritableHost
    const copy = { ...host, sessions: { ...host.sessions } }
    this.ownedHosts.add(name)
    this.hosts[name] = copy
    return copy
  }

  session(host: HostName, id: SessionId): HostedSession | undefined {
    return this.hosts[host]?.sessions[id]
  }
  addSession(host: HostName, id: SessionId, hosted: HostedSession): void {
    this.writeHost(host).sessions[id] = hosted
    this.ownedSessions.add(id)
  }
  /** Removes all sessions from a host, as at a loss of power. */
  stopSessions(host: HostName): void {
    this.writeHost(host).sessions = {}
  }
  /** A session to write to. It must exist. */
  writeSession(host: HostName, id: SessionId): Mutable<HostedSession> {
    const { sessions } = this.writeHost(host)
    const hosted = sessions[id] as HostedSession
    if (this.ownedSessions.has(id)) return hosted
    const copy = { ...hosted }
    this.ownedSessions.add(id)
    sessions[id] = copy
    return copy
  }

  connection(id: ConnectionId): Connection | undefined {
    return this.connections.get(id)
  }
  putConnection(connection: Connection): void {
    this.connections.set(connection.id, connection)
  }
  putEnd(id: ConnectionId, side: 'client' | 'server', end: Endpoint): void {
    const connection = this.connections.get(id)
    if (!connection) return
    if (this.ownedConnections.has(id)) {
      ;(connection as Mutable<Connection>)[side] = end
      return
    }
    this.ownedConnections.add(id)
    this.connections.set(id, side === 'client' ? { ...connection, client: end } : { ...connection, server: end })
  }
  /** Appends octets to an end's send buffer. A long reply comes in many pieces: only the first piece copies the endpoint. */
  putBehind(id: ConnectionId, side: 'client' | 'server', octets: Octets): void {
    const end = this.connections.get(id)?.[side]
    if (!end) return
    if (end === this.growing) this.growing.buffer = concat(end.buffer, octets)
    else {
      this.growing = { ...end, buffer: concat(end.buffer, octets) }
      this.putEnd(id, side, this.growing)
    }
  }
  removeConnection(id: ConnectionId): void {
    this.connections.delete(id)
  }
  connectionsOf(host: HostName): Connection[] {
    return [...this.connections.values()].filter((c) => c.client.host === host || c.server.host === host)
  }

  link(id: LinkId): Link | undefined {
    return this.links[id]
  }
  addLink(link: Link): void {
    this.links[link.id] = link
  }
  /** A link to write to. It must exist. */
  writeLink(id: LinkId): Mutable<Link> {
    const link = this.links[id] as Link
    if (this.ownedLinks.has(id)) return link
    const copy = { ...link }
    this.ownedLinks.add(id)
    this.links[id] = copy
    return copy
  }

  freeze(): World {
    return {
      now: this.now,
      random: this.random,
      epoch: this.world.epoch,
      hosts: this.hosts,
      links: this.links,
      internet: this.world.internet,
      connections: Object.fromEntries(this.connections),
      agenda: this.agenda.freeze(),
      counters: this.counters,
    }
  }
}
