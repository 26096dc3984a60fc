import { complete } from '../../hosts/mailServer/config'
import { purposeOf } from '../../hosts/mailServer/purpose'
import type { MailServerState } from '../../hosts/mailServer/state'
import { mailboxesOf, type Quota } from '../../mail/store'
import { machineText } from '../../messages/machine'
import { SERVICES, type Service } from '../../session/service'
import type { Host, HostName, Link, LinkConditions, SessionId, World } from '../../world/world'
import { linkId } from '../../world/world'
import { reasonText } from '../reasonText'
import type { Seen } from '../run/seen'

/** The contents of a machine room at an instant. They are read from the world, so they follow time back and forth. */

/** A port that a host listens on. */
export interface ServiceRow {
  readonly port: number
  /** The purpose of the port, in words. */
  readonly what: string
  readonly tls: string
  /** Connections that are open at it. */
  readonly connected: number
}

export function servicesOf(world: World, host: Host & { readonly state: MailServerState }): readonly ServiceRow[] {
  const { config } = host.state
  return config.services.map(({ port, service }) => ({
    port,
    what: offered(SERVICES[service]),
    // Other servers connect to port 25, and one that cannot speak TLS is not refused there.
    tls:
      SERVICES[service].tls === 'implicit'
        ? machineText('tls.implicit')
        : machineText(`tls.${service === 'relay' && config.tls === 'required' ? 'offered' : (config.tls ?? 'none')}`),
    connected: openAt(world, host.name, port),
  }))
}

function offered({ protocol, clients }: Service): string {
  if (protocol !== 'SMTP') return protocol
  return machineText(clients === 'servers' ? 'forServers' : 'forUsers', { protocol })
}

function openAt(world: World, host: HostName, port: number): number {
  return Object.values(world.hosts[host]?.sessions ?? {}).filter(
    ({ connection, end }) =>
      end === 'server' && connection !== undefined && world.connections[connection]?.port === port,
  ).length
}

/** One recipient of a letter in the outgoing queue. */
export interface QueueRow {
  readonly key: string
  readonly queueId: string
  readonly forwardPath: string
  /** True for a notice. If a notice fails, no further notice is sent. */
  readonly notice: boolean
  /** It would go on now, but the queue is held. */
  readonly held: boolean
  readonly tries: number
  readonly lastAnswer?: string
  /** Virtual instant of the next try; absent during a try. */
  readonly nextTry?: number
  /** Virtual instant at which it is given up. */
  readonly givenUp: number
}

export function queueOf(
  { state, sessions }: Pick<Host, 'sessions'> & { readonly state: MailServerState },
  epoch: number,
  now: number,
): readonly QueueRow[] {
  const { giveUpTime } = complete(state.config)
  const held = new Set(
    Object.keys(state.held).flatMap((session) => {
      const purpose = purposeOf(sessions[session]?.purpose)
      return purpose?.forwardPaths.map((forwardPath) => keyOf(purpose.queueId, forwardPath)) ?? []
    }),
  )
  return Object.values(state.queue).flatMap(({ queueId, reversePath, recipients, arrived }) =>
    recipients.map(({ forwardPath, tries, lastReason, nextTry }) => ({
      key: keyOf(queueId, forwardPath),
      held: held.has(keyOf(queueId, forwardPath)),
      queueId,
      forwardPath,
      notice: reversePath === '',
      tries,
      givenUp: arrived - epoch + giveUpTime * 1000,
      ...(lastReason ? { lastAnswer: reasonText(lastReason) } : {}),
      ...(nextTry !== undefined && nextTry > now ? { nextTry } : {}),
    })),
  )
}

const keyOf = (queueId: string, forwardPath: string): string => `${queueId} ${forwardPath}`

/** A client that is connected to a server of a host. */
export interface SessionRow {
  readonly session: SessionId
  readonly port: number
  readonly protocol: string
  readonly client: HostName
  /** The account that has logged in. */
  readonly user?: string
}

/** The clients of a mail server, those who came first at the top. */
export const sessionsOf = (
  world: World,
  { sessions, state }: Host & { readonly state: MailServerState },
): readonly SessionRow[] =>
  Object.entries(sessions).flatMap(([session, { connection: id, end }]) => {
    const connection = id === undefined || end !== 'server' ? undefined : world.connections[id]
    const user = state.users[session]
    const service = state.config.services.find(({ port }) => port === connection?.port)?.service
    if (!connection || !service) return []
    const { port, client } = connection
    const { protocol } = SERVICES[service]
    return [{ session, port, protocol, client: client.host, ...(user !== undefined && { user }) }]
  })

export interface AccountRow {
  readonly address: string
  readonly password: string
  readonly messages: number
  readonly quota?: Quota
}

export const accountsOf = ({ state }: { readonly state: MailServerState }): readonly AccountRow[] =>
  (state.config.accounts ?? []).map(({ address, password, quota }) => ({
    address,
    password,
    ...(quota && { quota }),
    messages: mailboxesOf(state.store, address).reduce((sum, { messages }) => sum + messages.length, 0),
  }))

/** The present link between two hosts; the internet's path if they have no link of their own. */
export function conditionsBetween(world: World, a: HostName, b: HostName): LinkConditions & Pick<Link, 'up'> {
  return world.links[linkId(a, b)] ?? { ...world.internet, up: true }
}

/** The hosts that a host has links to, those that it has spoken with first. */
export function neighboursOf(world: World, host: HostName, { neighbours }: Seen): readonly HostName[] {
  const spoken = new Set(neighbours[host])
  const linked = Object.values(world.links).flatMap(({ ends: [a, b] }) => (a === host ? [b] : b === host ? [a] : []))
  const others = Object.keys(world.hosts).filter((name) => name !== host)
  return [...new Set([...linked.filter((name) => spoken.has(name)), ...linked, ...spoken, ...others])].filter(
    (name) => world.hosts[name] !== undefined,
  )
}

/** `4 s`, `27:14`, `3:12:00`, `5 days`: a duration in its largest units. */
export function awayInWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds < 60) return machineText('seconds', { count: seconds })
  if (seconds >= 172_800) return machineText('days', { count: Math.round(seconds / 86_400) })
  const pad = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}
