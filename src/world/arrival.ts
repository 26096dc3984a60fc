import { EMPTY, type Octets, slice } from '../base/octets'
import { later } from '../base/time'
import { closeEnd } from './connections'
import type { Draft } from './draft'
import type { Segment } from './packet'
import {
  again,
  DELAYED_ACK,
  type Endpoint,
  encrypting,
  endpoint,
  expectsNothing,
  takeAcknowledgement,
  takePayload,
} from './tcp'
import {
  acknowledge,
  acknowledgeKey,
  armRetransmit,
  emitSegment,
  endsOf,
  fail,
  forget,
  other,
  remove,
  type Side,
  sendReset,
  tell,
  transmit,
} from './transmission'
import type { Connection, ConnectionId } from './world'

/** Handles a segment that reaches its host. */

/** Handles a segment that reaches its host. */
export function segmentArrives(draft: Draft, segment: Segment): void {
  const id = segment.connection
  const connection = draft.connection(id)
  // The connection is over: both ends have forgotten it, so a late segment gets no answer.
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
  if (end.state === 'closed') {
    // The host gave up, or restarted and knows no such connection (RFC 9293 section 3.10.7.1).
    sendReset(draft, id, side)
    return
  }
  if (end.state === 'synSent' || end.state === 'listen') return
  if (segment.flags.ack) {
    const before = end
    end = takeAcknowledgement(end, segment.acknowledgement)
    if (end.state === 'synReceived') {
      if (end.unacknowledged < 0) {
        // It acknowledges something other than our SYN: it belongs to a connection that this host has lost.
        sendReset(draft, id, side)
        forget(draft, id, side)
        return
      }
      draft.putEnd(id, side, { ...end, state: 'established' })
      if (draft.upward.accept(draft, connection) === undefined) {
        // There is no listener any more.
        sendReset(draft, id, side)
        forget(draft, id, side)
        return
      }
      end = draft.connection(id)?.[side] ?? end
    } else draft.putEnd(id, side, end)
    // An acknowledgement of nothing new leaves the timer running (RFC 6298 section 5.3).
    if (end !== before) armRetransmit(draft, id, side)
  }
  const taken = takePayload(end, segment.offset, segment.payload, segment.flags.fin === true)
  draft.putEnd(id, side, taken.end)
  const octets = understood(draft, connection, side, end.expected, taken.octets)
  if (octets !== '' && taken.end.session !== undefined) {
    draft.feed(taken.end.host, taken.end.session, { type: 'received', octets })
  }
  if (taken.finished) {
    tell(draft, taken.end, 'finished')
    draft.work.push(() => closeEnd(draft, id, side))
  }
  // The session's output may carry the acknowledgement, so this check follows the session's step.
  const cause = draft.cause
  draft.work.push(() => {
    draft.cause = cause
    settleEnd(draft, id, side, taken.answerNow || taken.finished)
  })
}

/**
 * The octets that an end can read: after TLS has begun, only those sent inside TLS; before, only plaintext. The rest is
 * discarded.
 */
function understood(draft: Draft, connection: Connection, side: Side, from: number, octets: Octets): Octets {
  const far = connection[other(side)]
  const encrypts = connection[side].encryptedFrom !== undefined
  if (octets === '' || (!encrypts && far.encryptedFrom === undefined)) return octets
  const border = Math.max(0, (far.encryptedFrom ?? Number.POSITIVE_INFINITY) - from)
  const plain = slice(octets, 0, border)
  const encrypted = slice(octets, border)
  const [kept, thrownAway] = encrypts ? [encrypted, plain] : [plain, encrypted]
  if (thrownAway !== '') discardOctets(draft, connection, side, thrownAway, encrypts ? 'plaintext' : 'encrypted')
  return kept
}

/** Discards octets that an end never reads. They count as taken, so that later octets keep their offsets. */
export function discardOctets(
  draft: Draft,
  { id, ...ends }: Connection,
  side: Side,
  octets: Octets,
  why: 'plaintext' | 'encrypted',
): void {
  const { host, session } = ends[side]
  draft.emit({ type: 'octetsDiscarded', connection: id, host, octets, why })
  if (session !== undefined && draft.session(host, session))
    draft.writeSession(host, session).readOctets += octets.length
}

/** After a segment was taken: acknowledges at once, later or not at all; sends as much as the window allows; tidies up. */
function settleEnd(draft: Draft, id: ConnectionId, side: Side, answerNow: boolean): void {
  const end = draft.connection(id)?.[side]
  if (!end) return
  const before = end.next
  transmit(draft, id, side)
  const now = draft.connection(id)?.[side]
  if (!now) return
  if (now.next === before) {
    // Every second segment is acknowledged at once (RFC 9293 section 3.8.6.3), and so is a duplicate or early one.
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
    remove(draft, id)
  } else if (connection[other(side)].state === 'closed' && expectsNothing(connection[side])) remove(draft, id)
}

function reset(draft: Draft, connection: Connection, side: Side): void {
  const end = connection[side]
  if (end.state === 'closed' || end.state === 'listen') return
  fail(draft, connection, side, end.state === 'synSent' ? 'refused' : 'reset')
}

/** Handles SYN at a listener, or SYN with ACK at the client. */
function synchronize(draft: Draft, connection: Connection, side: Side, segment: Segment): void {
  const end = connection[side]
  if (side === 'server') {
    if (end.state === 'synReceived') {
      retransmitNow(draft, connection.id)
      return
    }
    if (end.state !== 'listen' && end.state !== 'closed') return
    const listener = draft.host(end.host)?.listeners.find(({ port }) => port === end.port)
    const { host, address, port } = end
    // A host that has forgotten the connection treats its SYN as a new one.
    const iss = end.state === 'listen' ? end.iss : Math.floor(draft.chance() * 4_294_967_296)
    const asked: Endpoint = {
      ...endpoint(host, address, port, iss, undefined, 'listen'),
      irs: segment.sequence,
      expected: 0,
      mss: segment.mss ?? 536,
    }
    draft.putEnd(connection.id, 'server', asked)
    if (!listener) {
      sendReset(draft, connection.id, 'server')
      return
    }
    const receiving: Endpoint = { ...asked, state: 'synReceived', next: 0 }
    draft.putEnd(connection.id, 'server', listener.implicitTls ? encrypting(receiving) : receiving)
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
      if (end.encryptedFrom !== undefined)
        draft.emit({ type: 'tlsStarted', connection: connection.id, session: end.session, host: end.host })
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
  } else if (end.state === 'closed') {
    sendReset(draft, connection.id, 'client')
  } else {
    // Either our ACK was lost and the far end repeats its SYN, or the far end has forgotten us: our number tells it so.
    acknowledge(draft, connection.id, 'client')
  }
}

function retransmitNow(draft: Draft, id: ConnectionId): void {
  const plan = again((draft.connection(id) as Connection).server)
  if (plan) emitSegment(draft, id, 'server', plan)
}
