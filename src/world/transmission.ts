import { EMPTY, type Octets } from '../base/octets'
import { later } from '../base/time'
import type { Draft } from './draft'
import { sendPacket } from './network'
import type { Segment, SegmentFlags } from './packet'
import {
  acknowledgementOf,
  again,
  type Endpoint,
  encryptedAt,
  expectsNothing,
  forgotten,
  MAX_RETRIES,
  mssOf,
  outgoing,
  retransmitAfter,
  type SegmentPlan,
  sequenceOf,
  WINDOW,
  waitsForAcknowledgement,
  windowIsFull,
} from './tcp'
import { type Connection, type ConnectionId, linkId } from './world'

/** The sending side of connections: segments on the wire, timers, and the end of an endpoint. */

export type Side = 'client' | 'server'
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
export const other = (side: Side): Side => (side === 'client' ? 'server' : 'client')
// Every segment makes a key, so keys are short: short strings are hashed without a copy.
const retransmitKey = (id: ConnectionId, side: Side): string => `${id}${side === 'client' ? 'C' : 'S'}r`
export const acknowledgeKey = (id: ConnectionId, side: Side): string => `${id}${side === 'client' ? 'C' : 'S'}a`

export const endsOf = (connection: Connection) => ({
  connection: connection.id,
  client: connection.client.host,
  server: connection.server.host,
  port: connection.port,
})

/** Sends RST to the far end. */
export function sendReset(draft: Draft, id: ConnectionId, side: Side): void {
  const end = draft.connection(id)?.[side]
  if (end)
    emitSegment(draft, id, side, { flags: { rst: true, ack: true }, offset: end.next, payload: EMPTY, syn: false })
}

/** Sends everything that may go out now, `fresh` octets after the buffered ones. */
export function transmit(draft: Draft, id: ConnectionId, side: Side, fresh: Octets = EMPTY): void {
  const connection = draft.connection(id)
  if (!connection) return
  if (windowIsFull(connection[side])) {
    if (fresh !== '') draft.putBehind(id, side, fresh)
    return
  }
  const [end, plans] = outgoing(connection[side], fresh)
  draft.putEnd(id, side, end)
  if (plans.length === 0) return
  for (const plan of plans) emitSegment(draft, id, side, plan)
  draft.agenda.cancel(acknowledgeKey(id, side))
  armRetransmit(draft, id, side)
}

export function emitSegment(draft: Draft, id: ConnectionId, side: Side, plan: SegmentPlan): void {
  const connection = draft.connection(id) as Connection
  const end = connection[side]
  const far = connection[other(side)]
  const flags: SegmentFlags = plan.flags
  const segment: Mutable<Segment> = {
    kind: 'segment',
    id: draft.nextId('packet'),
    from: end.host,
    to: far.host,
    source: { address: end.address, port: end.port },
    destination: { address: far.address, port: far.port },
    connection: id,
    sequence: sequenceOf(end, plan.offset),
    acknowledgement: flags.ack ? acknowledgementOf(end) : 0,
    flags,
    window: WINDOW,
    payload: plan.payload,
    offset: Math.max(0, plan.offset),
  }
  if (plan.syn) segment.mss = mssOf(draft.link(linkId(end.host, far.host))?.mtu)
  if (plan.payload !== '' && encryptedAt(end, plan.offset)) segment.encrypted = true
  sendPacket(draft, segment)
}

export function armRetransmit(draft: Draft, id: ConnectionId, side: Side): void {
  const end = draft.connection(id)?.[side]
  if (!end) return
  const key = retransmitKey(id, side)
  if (waitsForAcknowledgement(end)) {
    draft.agenda.add(
      later(draft.now, retransmitAfter(end)),
      { type: 'retransmit', connection: id, end: side },
      draft.cause,
      key,
    )
  } else {
    draft.agenda.cancel(key)
  }
}

/** The retransmission timer ran out. */
export function retransmit(draft: Draft, id: ConnectionId, side: Side): void {
  const connection = draft.connection(id)
  if (!connection) return
  const end = connection[side]
  if (!waitsForAcknowledgement(end)) return
  if (end.retries >= MAX_RETRIES) {
    fail(draft, connection, side, 'timedOut')
    return
  }
  const plan = again(end)
  draft.putEnd(id, side, { ...end, retries: end.retries + 1 })
  if (plan) {
    draft.cause = draft.emit({ type: 'retransmitted', connection: id, host: end.host, octets: plan.payload.length })
    emitSegment(draft, id, side, plan)
  }
  armRetransmit(draft, id, side)
}

/** The delayed acknowledgement is due. */
export function acknowledge(draft: Draft, id: ConnectionId, side: Side): void {
  const end = draft.connection(id)?.[side]
  if (!end || end.state === 'closed') return
  draft.agenda.cancel(acknowledgeKey(id, side))
  draft.putEnd(id, side, { ...end, unansweredSegments: 0 })
  emitSegment(draft, id, side, { flags: { ack: true }, offset: end.next, payload: EMPTY, syn: false })
}

export function tell(draft: Draft, end: Endpoint, why: 'finished' | 'refused' | 'timedOut' | 'reset'): void {
  if (end.session !== undefined) draft.feed(end.host, end.session, { type: 'closed', why })
}

/**
 * An end has learnt that its connection is broken. It tells its session if there is one: a listener's session starts at the end
 * of the handshake.
 */
export function fail(draft: Draft, connection: Connection, side: Side, why: 'refused' | 'timedOut' | 'reset'): void {
  const end = connection[side]
  draft.cause = draft.emit({ type: 'connectionFailed', why, host: end.host, ...endsOf(connection) })
  tell(draft, end, why)
  forget(draft, connection.id, side)
}

function stopTimers(draft: Draft, id: ConnectionId, side: Side): void {
  draft.agenda.cancel(retransmitKey(id, side))
  draft.agenda.cancel(acknowledgeKey(id, side))
}

/** One end forgets the connection. If the other end expects nothing either, the connection is removed. */
export function forget(draft: Draft, id: ConnectionId, side: Side): void {
  const connection = draft.connection(id)
  if (!connection) return
  if (expectsNothing(connection[other(side)])) {
    remove(draft, id)
    return
  }
  stopTimers(draft, id, side)
  draft.putEnd(id, side, forgotten(connection[side]))
}

export function remove(draft: Draft, id: ConnectionId): void {
  stopTimers(draft, id, 'client')
  stopTimers(draft, id, 'server')
  draft.removeConnection(id)
}
