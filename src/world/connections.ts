import { EMPTY, type Octets } from '../base/octets'
import type { Draft } from './draft'
import { encrypting, endpoint } from './tcp'
import { armRetransmit, emitSegment, endsOf, forget, type Side, transmit } from './transmission'
import type { Address, Connection, ConnectionId, HostName, SessionId } from './world'

/**
 * TCP connections for sessions: open, write, close. `transmission.ts` and `arrival.ts` do the rest. Each end knows only what it
 * has heard: an end that gives up tells no other, and the other end finds out by itself.
 */

/** Opens a connection from a host to an address by sending SYN. Returns its name. */
export function openConnection(
  draft: Draft,
  from: { name: HostName; address: Address; port: number; session: SessionId; implicitTls?: true },
  to: { address: Address; port: number },
  protocol: string,
): ConnectionId {
  const id = `c${draft.nextId('connection')}`
  const target = draft.hostAt(to.address)
  const iss = (): number => Math.floor(draft.chance() * 4_294_967_296)
  const opening = { ...endpoint(from.name, from.address, from.port, iss(), from.session, 'synSent'), next: 0 }
  const connection: Connection = {
    id,
    port: to.port,
    protocol,
    client: from.implicitTls ? encrypting(opening) : opening,
    server: endpoint(target?.name ?? to.address, to.address, to.port, iss(), undefined, 'listen'),
  }
  draft.putConnection(connection)
  const cause = draft.cause
  draft.cause = draft.emit({ type: 'connectionOpening', protocol, ...endsOf(connection) })
  emitSegment(draft, id, 'client', { flags: { syn: true }, offset: -1, payload: EMPTY, syn: true })
  armRetransmit(draft, id, 'client')
  draft.cause = cause
  return id
}

/** Adds octets to a connection's stream. */
export function sendOctets(draft: Draft, id: ConnectionId, side: Side, octets: Octets): void {
  const connection = draft.connection(id)
  if (!connection || connection[side].state === 'closed' || connection[side].finQueued) return
  transmit(draft, id, side, octets)
}

/** Ends our direction of the stream: FIN follows the octets that are still unsent. */
export function closeEnd(draft: Draft, id: ConnectionId, side: Side): void {
  const connection = draft.connection(id)
  if (!connection) return
  const end = connection[side]
  if (end.finQueued || end.state === 'closed') return
  if (end.state === 'synSent' || end.state === 'listen') {
    draft.emit({ type: 'connectionClosed', ...endsOf(connection) })
    forget(draft, id, side)
    return
  }
  draft.putEnd(id, side, { ...end, finQueued: true })
  transmit(draft, id, side)
}

/** Encrypts this end's stream from now on. Plaintext that still reaches this end is never read. */
export function encryptEnd(draft: Draft, id: ConnectionId, side: Side): void {
  const end = draft.connection(id)?.[side]
  if (end) draft.putEnd(id, side, encrypting(end))
}

/** The host has lost power: its ends of all connections are gone, without any message to the far ends. */
export function forgetConnectionsOf(draft: Draft, host: HostName): void {
  for (const { id, client, server } of draft.connectionsOf(host)) {
    if (client.host === host) forget(draft, id, 'client')
    if (server.host === host) forget(draft, id, 'server')
  }
}
