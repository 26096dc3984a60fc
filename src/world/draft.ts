import { draw } from '../base/random'
import type { Instant } from '../base/time'
import { AgendaDraft } from './agenda'
import type { Fact, FactBody } from './fact'
import type { Catalogue } from './role'
import type { Endpoint } from './tcp'
import type { Connection, ConnectionId, Host, HostedSession, HostName, Link, LinkId, SessionId, World } from './world'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * A working copy of a world while `advance` runs: records are copied the first time they are written to, so a long
 * run costs no more copies than a short one, and what was not touched stays shared with the world before.
 * Never leaves this folder; `freeze` makes a value of it.
 */
export class Draft {
  now: Instant
  readonly facts: Fact[] = []
  readonly agenda: AgendaDraft
  readonly catalogue: Catalogue
  /** The fact that what happens now follows from. */
  cause: number | undefined
  /** Inputs that wait for their sessions, first come first served: nothing is ever fed from within a step. */
  readonly work: Array<() => void> = []
  private readonly world: World
  private random: World['random']
  private readonly hosts: Record<HostName, Host>
  private readonly links: Record<LinkId, Link>
  private readonly connections: Map<ConnectionId, Connection>
  private readonly counters: Mutable<World['counters']>
  private readonly owned = new WeakSet<object>()
  private readonly byAddress: Readonly<Record<string, HostName>>

  constructor(world: World, catalogue: Catalogue) {
    this.world = world
    this.catalogue = catalogue
    this.now = world.now
    this.random = world.random
    this.agenda = new AgendaDraft(world.agenda)
    this.hosts = { ...world.hosts }
    this.links = { ...world.links }
    this.connections = new Map(Object.entries(world.connections))
    this.counters = { ...world.counters }
    this.byAddress = Object.fromEntries(Object.values(world.hosts).map((host) => [host.address, host.name]))
  }

  get epoch(): number {
    return this.world.epoch
  }
  get internet(): World['internet'] {
    return this.world.internet
  }

  /** Writes a fact down and returns its order. It follows from the present cause. */
  emit(body: FactBody): number {
    const order = this.counters.fact++
    const fact = (
      this.cause === undefined ? { at: this.now, order, ...body } : { at: this.now, order, cause: this.cause, ...body }
    ) as Fact
    this.facts.push(fact)
    return order
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
  writeHost(name: HostName): Mutable<Host> & { sessions: Record<SessionId, HostedSession> } {
    const host = this.hosts[name] as Host
    if (this.owned.has(host)) return host as never
    const copy = { ...host, sessions: { ...host.sessions } }
    this.owned.add(copy)
    this.hosts[name] = copy
    return copy as never
  }

  session(host: HostName, id: SessionId): HostedSession | undefined {
    return this.hosts[host]?.sessions[id]
  }
  writeSession(host: HostName, id: SessionId, change: Partial<HostedSession>): void {
    const sessions = this.writeHost(host).sessions
    const hosted = sessions[id]
    if (hosted) sessions[id] = { ...hosted, ...change }
  }

  connection(id: ConnectionId): Connection | undefined {
    return this.connections.get(id)
  }
  putConnection(connection: Connection): void {
    this.connections.set(connection.id, connection)
  }
  putEnd(id: ConnectionId, side: 'client' | 'server', end: Endpoint): void {
    const connection = this.connections.get(id)
    if (connection) this.connections.set(id, side === 'client' ? { ...connection, client: end } : { ...connection, server: end })
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
  putLink(link: Link): void {
    this.links[link.id] = link
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
