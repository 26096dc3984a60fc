import { EMPTY, type Octets } from '../base/octets'
import { later } from '../base/time'
import type { Draft } from './draft'
import { sendPacket } from './network'
import type { Segment, SegmentFlags } from './packet'
import {
  acknowledgementOf,
  again,
  DELAYED_ACK,
  type Endpoint,
  endpoint,
  MAX_RETRIES,
  MSS,
  outgoing,
  retransmitAfter,
  type SegmentPlan,
  sequenceOf,
  takeAcknowledgement,
  takePayload,
  WINDOW,
  waitsForAcknowledgement,
} from './tcp'
import type { Address, Connection, ConnectionId, HostName, SessionId } from './world'

/** TCP connections of the world: which segments go out, what happens when one arrives, when a timer runs out. */

type Side = 'client' | 'server'
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
const other = (side: Side): Side => (side === 'client' ? 'server' : 'client')
// Keys are made for every segment, so they are short: short strings are hashed without being copied first.
const retransmitKey = (id: ConnectionId, side: Side): string => `${id}${side === 'client' ? 'C' : 'S'}r`
const acknowledgeKey = (id: ConnectionId, side: Side): string => `${id}${side === 'client' ? 'C' : 'S'}a`

const endsOf = (connection: Connection) => ({
  connection: connection.id,
  client: connection.client.host,
  server: connection.server.host,
  port: connection.port,
})

/** Opens a connection from a host to an address: sends SYN. Returns its name. */
export function openConnection(
  draft: Draft,
  from: { name: HostName; address: Address; port: number; session: SessionId },
  to: { address: Address; port: number },
  protocol: string,
): ConnectionId {
  const id = `c${draft.nextId('connection')}`
  const target = draft.hostAt(to.address)
  const iss = (): number => Math.floor(draft.chance() * 4_294_967_296)
  const connection: Connection = {
    id,
    port: to.port,
    protocol,
    client: { ...endpoint(from.name, from.address, from.port, iss(), from.session, 'synSent'), next: 0 },
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

/** Hands octets to a connection's stream. */
export function sendOctets(draft: Draft, id: ConnectionId, side: Side, octets: Octets): void {
  const connection = draft.connection(id)
  if (!connection || connection[side].state === 'closed' || connection[side].finQueued) return
  transmit(draft, id, side, octets)
}

/** Ends our direction of the stream: FIN goes out after what is still to be sent. */
export function closeEnd(draft: Draft, id: ConnectionId, side: Side): void {
  const connection = draft.connection(id)
  if (!connection) return
  const end = connection[side]
  if (end.finQueued || end.state === 'closed') return
  if (end.state === 'synSent' || end.state === 'listen') {
    giveUp(draft, id)
    return
  }
  draft.putEnd(id, side, { ...end, finQueued: true })
  transmit(draft, id, side)
}

/** The host is gone or the session broke off: RST to the far end. */
export function abort(draft: Draft, id: ConnectionId, side: Side): void {
  const connection = draft.connection(id)
  if (!connection) return
  emitSegment(draft, id, side, {
    flags: { rst: true, ack: true },
    offset: connection[side].next,
    payload: EMPTY,
    syn: false,
  })
  giveUp(draft, id)
}

/** Puts on the wire what may go out now, `fresh` octets after those that wait. */
function transmit(draft: Draft, id: ConnectionId, side: Side, fresh: Octets = EMPTY): void {
  const connection = draft.connection(id)
  if (!connection) return
  const [end, plans] = outgoing(connection[side], fresh)
  draft.putEnd(id, side, end)
  if (plans.length === 0) return
  for (const plan of plans) emitSegment(draft, id, side, plan)
  draft.agenda.cancel(acknowledgeKey(id, side))
  armRetransmit(draft, id, side)
}

function emitSegment(draft: Draft, id: ConnectionId, side: Side, plan: SegmentPlan): void {
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
  if (plan.syn) segment.mss = MSS
  sendPacket(draft, segment)
}

function armRetransmit(draft: Draft, id: ConnectionId, side: Side): void {
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
    draft.cause = draft.emit({ type: 'connectionFailed', why: 'timedOut', ...endsOf(connection) })
    tell(draft, connection.client, 'timedOut')
    tell(draft, connection.server, 'timedOut')
    giveUp(draft, id)
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

function tell(draft: Draft, end: Endpoint, why: 'finished' | 'refused' | 'timedOut' | 'reset'): void {
  if (end.session !== undefined) draft.feed(end.host, end.session, { type: 'closed', why })
}

function giveUp(draft: Draft, id: ConnectionId): void {
  for (const side of ['client', 'server'] as const) {
    draft.agenda.cancel(retransmitKey(id, side))
    draft.agenda.cancel(acknowledgeKey(id, side))
  }
  draft.removeConnection(id)
}

/** A segment reaches its host. */
export function segmentArrives(draft: Draft, segment: Segment): void {
  const id = segment.connection
  const connection = draft.connection(id)
  // The connection was given up: a late segment is answered by nobody, since both ends have forgotten it.
  if (!connection) return
  const side: Side =
    segment.to === connection.client.host && segment.destination.port === connection.client.port ? 'client' : 'server'
  if (segment.flags.rst) {
    reset(draft, connection, side)
    return
  }
  if (segment.flags.syn) {
    synchronize(draft, connection, side, segment)
    return
  }
  let end = connection[side]
  if (end.state === 'synSent' || end.state === 'listen') return
  if (segment.flags.ack) {
    end = takeAcknowledgement(end, segment.acknowledgement)
    const opened = end.state === 'synReceived' && end.unacknowledged >= 0
    if (opened) end = { ...end, state: 'established' }
    draft.putEnd(id, side, end)
    armRetransmit(draft, id, side)
    if (opened) {
      const session = draft.upward.accept(draft, connection)
      if (session === undefined) return
      end = { ...(draft.connection(id)?.[side] ?? end) }
    }
  }
  const taken = takePayload(end, segment.offset, segment.payload, segment.flags.fin === true)
  draft.putEnd(id, side, taken.end)
  if (taken.octets !== '' && taken.end.session !== undefined) {
    draft.feed(taken.end.host, taken.end.session, { type: 'received', octets: taken.octets })
  }
  if (taken.finished) {
    tell(draft, taken.end, 'finished')
    draft.work.push(() => closeEnd(draft, id, side))
  }
  // What the session says may carry the acknowledgement, so it is looked at when the session has spoken.
  const cause = draft.cause
  draft.work.push(() => {
    draft.cause = cause
    settleEnd(draft, id, side, taken.answerNow || taken.finished)
  })
}

/** After a segment was taken: acknowledge at once, later or not at all; send what the window allows now; tidy up. */
function settleEnd(draft: Draft, id: ConnectionId, side: Side, answerNow: boolean): void {
  const end = draft.connection(id)?.[side]
  if (!end) return
  const before = end.next
  transmit(draft, id, side)
  const now = draft.connection(id)?.[side]
  if (!now) return
  if (now.next === before) {
    // Every second segment is acknowledged at once (RFC 9293 section 3.8.6.3), and so is one that came twice or early.
    if (answerNow || now.unansweredSegments >= 2) {
      acknowledge(draft, id, side)
    } else if (now.unansweredSegments > 0) {
      draft.agenda.add(
        later(draft.now, DELAYED_ACK),
        { type: 'acknowledge', connection: id, end: side },
        draft.cause,
        acknowledgeKey(id, side),
      )
    }
  }
  const connection = draft.connection(id)
  if (!connection) return
  const done = (e: Endpoint): boolean => e.finAcknowledged && e.finReceived
  if (done(connection.client) && done(connection.server)) {
    draft.emit({ type: 'connectionClosed', ...endsOf(connection) })
    giveUp(draft, id)
  }
}

function reset(draft: Draft, connection: Connection, side: Side): void {
  const end = connection[side]
  const why = end.state === 'synSent' ? 'refused' : 'reset'
  draft.cause = draft.emit({ type: 'connectionFailed', why, ...endsOf(connection) })
  tell(draft, end, why)
  giveUp(draft, connection.id)
}

/** SYN at a listener, or SYN with ACK back at the client. */
function synchronize(draft: Draft, connection: Connection, side: Side, segment: Segment): void {
  const end = connection[side]
  if (side === 'server') {
    if (end.state === 'synReceived') {
      retransmitNow(draft, connection.id)
      return
    }
    if (end.state !== 'listen') return
    const listening = draft.host(end.host)?.listeners.some((listener) => listener.port === end.port)
    draft.putEnd(connection.id, 'server', {
      ...end,
      irs: segment.sequence,
      expected: 0,
      mss: segment.mss ?? 536,
      ...(listening ? { state: 'synReceived', next: 0 } : {}),
    })
    if (!listening) {
      emitSegment(draft, connection.id, 'server', {
        flags: { rst: true, ack: true },
        offset: -1,
        payload: EMPTY,
        syn: false,
      })
      return
    }
    emitSegment(draft, connection.id, 'server', {
      flags: { syn: true, ack: true },
      offset: -1,
      payload: EMPTY,
      syn: true,
    })
    armRetransmit(draft, connection.id, 'server')
    return
  }
  if (end.state === 'synSent') {
    draft.putEnd(connection.id, 'client', {
      ...takeAcknowledgement(end, segment.acknowledgement),
      state: 'established',
      irs: segment.sequence,
      expected: 0,
      mss: segment.mss ?? 536,
    })
    armRetransmit(draft, connection.id, 'client')
    acknowledge(draft, connection.id, 'client')
    draft.cause = draft.emit({ type: 'connectionOpened', protocol: connection.protocol, ...endsOf(connection) })
    if (end.session !== undefined) {
      draft.feed(end.host, end.session, {
        type: 'opened',
        peer: {
          name: connection.server.host,
          address: connection.server.address,
          port: connection.port,
          localPort: end.port,
        },
      })
    }
  } else {
    // Our ACK was lost and the far end says SYN again.
    acknowledge(draft, connection.id, 'client')
  }
}

function retransmitNow(draft: Draft, id: ConnectionId): void {
  const plan = again((draft.connection(id) as Connection).server)
  if (plan) emitSegment(draft, id, 'server', plan)
}
