import type { Instant } from '../../base/time'
import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName, SessionId } from '../../world/world'
import { protocolOfKey } from '../faces'
import { put, Vector } from './vector'

/** The name of the protocol that a dialogue is in; `TEXT` until the far end has shown which it is. */
export type DialogueProtocol = string

/** The present state of one end's session. */
export interface SeenSession {
  readonly session: SessionId
  readonly host: HostName
  /** Catalogue key: `smtp.server`. */
  readonly protocol: string
  readonly connection?: ConnectionId
  /** The path of the state that was entered last: `session.greeted`. */
  readonly state?: string
  /** The order of the fact with which it started. */
  readonly started: number
  /** Its lines travel inside TLS. */
  readonly encrypted: boolean
  readonly ended: boolean
}

/** A connection at an instant. */
export interface SeenConnection {
  readonly connection: ConnectionId
  readonly client: HostName
  readonly server: HostName
  readonly port: number
  readonly protocol: DialogueProtocol
  /** True if a person types at the client's end. */
  readonly typed: boolean
  /** The instant at which it was begun. */
  readonly openedAt: Instant
  /** The order of the fact with which it was begun. */
  readonly started: number
  /**
   * Half-open: one end has lost its power, and the other does not know (RFC 9293 section 3.5.1). Refused, timed out and reset
   * from the moment at which one end knows it.
   */
  readonly state: 'opening' | 'open' | 'halfOpen' | 'closed' | 'refused' | 'timedOut' | 'reset'
  /** True if it is open for the client. */
  readonly opened: boolean
  /** The sessions of its two ends, as far as they have started. */
  readonly sessions: { readonly client?: SessionId; readonly server?: SessionId }
  /** Its lines travel inside TLS now. */
  readonly encrypted: boolean
  /** The end that has lost its power or given up the handshake, while the other end does not know. */
  readonly lost?: HostName
}

/** Every connection and every session of a run, by their numbers, up to an instant. */
export interface Connections {
  readonly all: Vector<SeenConnection | undefined>
  readonly sessions: Vector<SeenSession | undefined>
  /** Those that are opening, open or half-open. */
  readonly unfinished: readonly ConnectionId[]
  /** For each host that has lost its power, the order of the last fact that says so. */
  readonly stopped: Readonly<Record<HostName, number>>
}

export const noConnections: Connections = {
  all: Vector.empty(),
  sessions: Vector.empty(),
  unfinished: [],
  stopped: {},
}

/** `c7` and `s7` are the seventh of their kind, so 6 is the place of both in a list. */
export const placeOf = (id: ConnectionId | SessionId): number => Number(id.slice(1)) - 1

export const connectionIn = ({ all }: Connections, id: ConnectionId): SeenConnection | undefined => all.get(placeOf(id))

/** The connections that have been tried, in the order of opening. */
export const connectionsIn = ({ all }: Pick<Connections, 'all'>): readonly SeenConnection[] =>
  [...all].filter((seen) => seen !== undefined)

export const sessionIn = ({ sessions }: Connections, id: SessionId): SeenSession | undefined =>
  sessions.get(placeOf(id))

/** True while the session is among those of its host. */
export const isAlive = ({ stopped }: Connections, { host, started, ended }: SeenSession): boolean =>
  !ended && started > (stopped[host] ?? -1)

const dialogueProtocol = (key: string): DialogueProtocol => protocolOfKey(key) ?? 'TEXT'

/** True if neither end continues it. */
export const isOver = ({ state }: SeenConnection): boolean =>
  state !== 'opening' && state !== 'open' && state !== 'halfOpen'

/** The connections and sessions after one more fact; the same value if it does not change them. */
export function observeConnection(seen: Connections, fact: Fact): Connections {
  switch (fact.type) {
    case 'connectionOpening':
      return {
        ...seen,
        all: put(seen.all, placeOf(fact.connection), opening(fact)),
        unfinished: [...seen.unfinished, fact.connection],
      }
    case 'connectionOpened':
      return change(seen, fact.connection, ({ lost }) => ({
        state: lost === undefined ? 'open' : 'halfOpen',
        opened: true,
      }))
    case 'packetSent':
      return answered(seen, fact)
    case 'connectionClosed':
      return change(seen, fact.connection, () => ({ state: 'closed' }))
    case 'connectionFailed':
      // A listener that has given up a handshake takes the client's next SYN for a new one.
      return change(seen, fact.connection, ({ state, client, server }) =>
        state === 'opening' && fact.host === server && client !== server ? { lost: server } : { state: fact.why },
      )
    case 'tlsStarted':
      return change(changeSession(seen, fact.session, { encrypted: true }), fact.connection, () => ({
        encrypted: true,
      }))
    case 'sessionStarted':
      return started(seen, fact)
    case 'stateEntered':
      return changeSession(seen, fact.session, { state: fact.state })
    case 'sessionEnded':
      return changeSession(seen, fact.session, { ended: true })
    case 'hostStopped':
      return stopped(seen, fact)
    default:
      return seen
  }
}

/** A server that has dropped a handshake answers the client's next SYN and so knows the connection again. */
function answered(seen: Connections, { packet }: FactOf<'packetSent'>): Connections {
  if (packet.kind !== 'segment' || !packet.flags.syn || !packet.flags.ack) return seen
  const before = connectionIn(seen, packet.connection)
  if (before?.lost === undefined) return seen
  const { lost: _, ...after } = before
  return { ...seen, all: put(seen.all, placeOf(packet.connection), after) }
}

const opening = ({
  connection,
  client,
  server,
  port,
  protocol,
  at,
  order,
}: FactOf<'connectionOpening'>): SeenConnection => ({
  connection,
  client,
  server,
  port,
  protocol: dialogueProtocol(protocol),
  typed: dialogueProtocol(protocol) === 'TEXT',
  openedAt: at,
  started: order,
  state: 'opening',
  opened: false,
  sessions: {},
  encrypted: false,
})

function change(
  seen: Connections,
  id: ConnectionId,
  by: (before: SeenConnection) => Partial<SeenConnection>,
): Connections {
  const before = connectionIn(seen, id)
  if (!before) return seen
  const after = { ...before, ...by(before) }
  const all = put(seen.all, placeOf(id), after)
  if (isOver(before) === isOver(after)) return { ...seen, all }
  const others = seen.unfinished.filter((other) => other !== id)
  return { ...seen, all, unfinished: isOver(after) ? others : [...others, id] }
}

function started(seen: Connections, fact: FactOf<'sessionStarted'>): Connections {
  const { session, host, protocol, connection, order } = fact
  const base = { session, host, protocol, started: order, encrypted: false, ended: false }
  const sessions = put(seen.sessions, placeOf(session), connection === undefined ? base : { ...base, connection })
  if (connection === undefined) return { ...seen, sessions }
  return change({ ...seen, sessions }, connection, (before) => {
    const end = host === before.server && protocol.endsWith('.server') ? 'server' : 'client'
    // A person's connection has no protocol of its own: the far end's session decides it.
    const spoken = end === 'server' && before.protocol === 'TEXT' ? { protocol: dialogueProtocol(protocol) } : {}
    return { ...spoken, sessions: { ...before.sessions, [end]: session } }
  })
}

function changeSession(seen: Connections, id: SessionId, by: Partial<SeenSession>): Connections {
  const before = sessionIn(seen, id)
  return before ? { ...seen, sessions: put(seen.sessions, placeOf(id), { ...before, ...by }) } : seen
}

/** A host has lost its power: its ends of all connections are gone, and the other ends are not told. */
function stopped(seen: Connections, { host, order }: FactOf<'hostStopped'>): Connections {
  let after: Connections = { ...seen, stopped: { ...seen.stopped, [host]: order } }
  for (const id of seen.unfinished) {
    after = change(after, id, ({ client, server, state, lost }) => {
      if (client !== host && server !== host) return {}
      // A client that is still connecting is the only end that knows the connection, so the connection ends with it.
      if (state === 'opening') return client === host ? { state: 'closed' } : { lost: host }
      if (state === 'halfOpen') return host === lost ? {} : { state: 'closed' }
      return client === server ? { state: 'closed' } : { state: 'halfOpen', lost: host }
    })
  }
  return after
}
