import { randomInt } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { catalogue } from '../../../hosts/catalogue'
import { buildWorld } from '../../../world/build'
import type { Scenario } from '../../../world/scenario'
import { Complaint, readScenario, unusable } from '../scenarios'
import { onAnyPort } from './anyPort'
import { selfSigned } from './certificate'
import { listenForDatagrams } from './datagramListener'
import { FAREWELL_TIME } from './limits'
import { beginningAt, withGateway, withPlaintextAuth } from './liveScenario'
import { LiveWorld, type Place } from './liveWorld'
import type { ServeOptions } from './options'
import { implicitTls, MAIL_OPTIONS, mailPlace, nameServerPlace, resolverPlace } from './services'
import { type ListenerContext, listenForStreams, type OutsideConnection } from './streamListener'
import { Broadcast, servePage } from './watch'

/** The first line on standard output, as JSON. */
export interface Ready {
  readonly ready: true
  readonly host: string
  /** The port of each option that was given. */
  readonly ports: Readonly<Record<string, number>>
  /** The port of each requested name server, by its host. */
  readonly nameServers?: Readonly<Record<string, number>>
}

/** A world that is open to outside programs. */
export interface Served {
  readonly ready: Ready
  readonly live: LiveWorld
  /** The connected programs. */
  readonly outsideConnections: ReadonlySet<OutsideConnection>
  /**
   * Closes every port, lets the servers send their last replies, and closes every connection; resolves when all ports are free
   * again.
   */
  close(): Promise<void>
}

/** A running world without listeners: `serve` adds sockets, tests add other streams. */
export interface Started {
  readonly live: LiveWorld
  /** In its running form: with its gateway and its real beginning. */
  readonly scenario: Scenario
  readonly seed: number
  readonly outsideConnections: ReadonlySet<OutsideConnection>
  /** Gives a listener the world, the server and the connections. */
  contextFor(place: Place, implicitTls: boolean): ListenerContext
}

/** Starts a world by the wall clock. Throws a Complaint if its scenario is invalid. */
export async function startLive(
  options: Pick<ServeOptions, 'scenario' | 'allowPlaintextAuth' | 'seed'>,
): Promise<Started> {
  const given = readScenario(options.scenario)
  if (given.before)
    throw new Complaint(
      `The scenario ${given.name} begins with letters on their way, which a world by the clock on the wall cannot: serve the scenario that it extends.`,
    )
  const open = options.allowPlaintextAuth ? withPlaintextAuth(given) : given
  const now = Date.now()
  const second = Math.floor(now / 1000) * 1000
  const { scenario, gateway } = withGateway(beginningAt(open, now))
  const seed = options.seed ?? randomInt(2 ** 31)
  try {
    const world = buildWorld(scenario, catalogue, seed)
    const secureContext = await selfSigned(scenario.hosts.map(({ name }) => name))
    const live = new LiveWorld(world, gateway, catalogue, () => performance.now(), now - second)
    const outsideConnections = new Set<OutsideConnection>()
    const contextFor = (place: Place, tls: boolean): ListenerContext => ({
      live,
      place,
      implicitTls: tls,
      secureContext,
      outsideConnections,
    })
    return { live, scenario, seed, outsideConnections, contextFor }
  } catch (error) {
    throw unusable(given.name, error)
  }
}

/** Opens a world to programs of this machine. If that fails, it throws a Complaint and leaves nothing open. */
export async function serve(options: ServeOptions, complain: (text: string) => void): Promise<Served> {
  const { host } = options
  const closing: (() => Promise<void>)[] = []
  const { live, scenario, seed, outsideConnections, contextFor } = await startLive(options)
  live.onMistake = (error) => complain(`${(error as Error).stack ?? String(error)}\n`)
  const close = async (): Promise<void> => {
    const closed = closing.map((one) => one())
    const left = [...outsideConnections].map((connection) => connection.flushed())
    live.shutDown()
    await Promise.race([Promise.all(left), setTimeout(FAREWELL_TIME, undefined, { ref: false })])
    live.stop()
    for (const connection of outsideConnections) connection.destroy()
    await Promise.all(closed)
  }
  const stream = async (option: string, port: number, place: Place, tls: boolean): Promise<number> => {
    const server = await listenForStreams(host, port, contextFor(place, tls)).catch(notFree(option, port))
    closing.push(() => new Promise((done) => server.close(() => done())))
    return (server.address() as AddressInfo).port
  }
  /** DNS is asked by datagram and by stream, at one port (RFC 7766 section 5): one that is free for both. */
  const names = (option: string, port: number, place: Place): Promise<number> =>
    onAnyPort(port, async () => {
      const socket = await listenForDatagrams(host, port, live, place).catch(notFree(option, port))
      const close = (): Promise<void> => new Promise((done) => socket.close(() => done()))
      try {
        const found = await stream(option, socket.address().port, place, false)
        closing.push(close)
        return found
      } catch (error) {
        await close()
        throw error
      }
    })
  try {
    const ports: Record<string, number> = {}
    for (const option of MAIL_OPTIONS) {
      const port = options.mail[option]
      if (port === undefined) continue
      ports[option] = await stream(option, port, mailPlace(scenario, option), implicitTls(option))
    }
    if (options.dns !== undefined) ports['dns'] = await names('dns', options.dns, resolverPlace(scenario))
    const nameServers: Record<string, number> = {}
    for (const { name, port } of options.nameServers) {
      nameServers[name] = await names('name-server', port, nameServerPlace(scenario, name))
    }
    if (options.watch !== undefined) {
      const broadcast = new Broadcast(live, scenario, seed)
      closing.push(async () => broadcast.end())
      const page = await servePage(host, options.watch, broadcast).catch(notFree('watch', options.watch))
      closing.push(() => page.close())
      ports['watch'] = page.port
    }
    const named = options.nameServers.length === 0 ? {} : { nameServers }
    return { ready: { ready: true, host, ports, ...named }, live, outsideConnections, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The reason why a port is not available, in words. */
const notFree =
  (option: string, port: number) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === 'EADDRINUSE' || /already in use/.test(error.message))
      throw new Complaint(`Port ${port} (--${option}) is taken: choose another, or 0 for a free one.`)
    if (error.code === 'EACCES')
      throw new Complaint(`Port ${port} (--${option}) needs rights that you do not have: choose one above 1023.`)
    if (error.code === 'EADDRNOTAVAIL') throw new Complaint('This machine has no such address: give --host 127.0.0.1.')
    throw error
  }
