import type { Fact } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { type Connections, connectionIn, isOver, type SeenConnection } from './connections'
import { type ProtocolName, protocolOn } from './flight'

/** Two hosts that speak, or have spoken, in a protocol. */
export interface Way {
  readonly from: HostName
  readonly to: HostName
  readonly protocol: ProtocolName
  readonly port?: number
}

export const wayKey = (a: HostName, b: HostName, protocol: ProtocolName): string =>
  `${[a, b].sort().join(' ')} ${protocol}`

/** The pairs of hosts that have spoken in a run. Their number does not grow with the length of the run. */
export interface Ways {
  /** For each two hosts and each protocol, the first connection that was open between them. */
  readonly connected: Readonly<Record<string, ConnectionId>>
  /** For each two hosts, the first DNS message by datagram between them. */
  readonly asked: Readonly<Record<string, Way>>
}

export const noWays: Ways = { connected: {}, asked: {} }

/** The ways after one more fact; the same value if it does not change them. */
export function observeWay(seen: Ways, fact: Fact, connections: Connections, line: Way | undefined): Ways {
  switch (fact.type) {
    case 'connectionOpened':
    case 'connectionClosed':
    case 'sessionStarted':
      return fact.connection === undefined ? seen : connectedBy(seen, connections, fact.connection)
    case 'packetSent': {
      if (fact.packet.kind === 'segment' || !line) return seen
      const key = wayKey(line.from, line.to, line.protocol)
      if (seen.asked[key]) return seen
      return {
        ...seen,
        asked: { ...seen.asked, [key]: { from: line.from, to: line.to, protocol: line.protocol, port: 53 } },
      }
    }
    default:
      return seen
  }
}

/** As long as the protocol of an open connection is not known, it is determined again when it may be known. */
function connectedBy(seen: Ways, connections: Connections, id: ConnectionId): Ways {
  const connection = connectionIn(connections, id)
  if (!connection?.opened || (connection.protocol === 'TEXT' && !isOver(connection))) return seen
  const { from, to, protocol } = wayOf(connection)
  const key = wayKey(from, to, protocol)
  return seen.connected[key] === undefined ? { ...seen, connected: { ...seen.connected, [key]: id } } : seen
}

const wayOf = (connection: SeenConnection): Way => ({
  from: connection.client,
  to: connection.server,
  protocol: protocolOn(connection),
  port: connection.port,
})

/** Every two hosts that speak or have spoken, once per protocol. A connection that was not accepted does not count. */
export function waysIn({ connected, asked }: Ways, connections: Connections): readonly Way[] {
  const ways = new Map<string, Way>()
  const put = (way: Way): void => {
    const key = wayKey(way.from, way.to, way.protocol)
    if (!ways.has(key)) ways.set(key, way)
  }
  for (const id of [...Object.values(connected), ...connections.unfinished]) {
    const connection = connectionIn(connections, id)
    if (connection) put(wayOf(connection))
  }
  for (const way of Object.values(asked)) put(way)
  return [...ways.values()]
}
