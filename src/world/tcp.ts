import { concat, EMPTY, type Octets, slice } from '../base/octets'
import { type Duration, milliseconds } from '../base/time'
import type { Address, HostName, SessionId } from './names'
import type { SegmentFlags } from './packet'

/**
 * One end of a TCP connection (RFC 9293), as a value. Left out, as the README says: congestion control, measured round-trip
 * times, window updates, simultaneous open, TIME-WAIT.
 *
 * Positions are offsets in a direction's stream of octets, from 0; the sequence number on the wire is `iss + 1 + offset` modulo
 * 2^32, so SYN stands at offset -1 and FIN at the stream's length.
 */
export interface Endpoint {
  readonly host: HostName
  readonly address: Address
  readonly port: number
  readonly session: SessionId | undefined
  /** `closed`: this end has given up, or its host has forgotten it; it answers every segment with RST. */
  readonly state: 'listen' | 'synSent' | 'synReceived' | 'established' | 'closed'
  /** Initial sequence number. */
  readonly iss: number
  /** First offset not acknowledged by the far end. -1 until our SYN is. */
  readonly unacknowledged: number
  /** Next offset to send. */
  readonly next: number
  /** Octets from `unacknowledged` on: sent and not acknowledged, then not yet sent. */
  readonly buffer: Octets
  readonly finQueued: boolean
  /** Our FIN has been acknowledged. */
  readonly finAcknowledged: boolean
  /** Next expected offset; -1 until the far end's SYN came. */
  readonly expected: number
  /** Far end's initial sequence number. */
  readonly irs: number
  /** Segments that came too early, by offset. */
  readonly early: readonly { readonly offset: number; readonly payload: Octets; readonly fin: boolean }[]
  /** The far end's FIN has been received. */
  readonly finReceived: boolean
  /** Maximum segment size that the far end takes. */
  readonly mss: number
  /** Segments received since we last acknowledged. */
  readonly unansweredSegments: number
  readonly retries: number
  /** We encrypt our stream from this offset on; undefined for a stream in plaintext. */
  readonly encryptedFrom?: number
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/**
 * A copy to change. Every segment makes some, and the engine copies an object field by field much faster than by a spread of so
 * many fields.
 */
function copyOf(end: Endpoint): Writable<Endpoint> {
  const copy: Writable<Endpoint> = {
    host: end.host,
    address: end.address,
    port: end.port,
    session: end.session,
    state: end.state,
    iss: end.iss,
    unacknowledged: end.unacknowledged,
    next: end.next,
    buffer: end.buffer,
    finQueued: end.finQueued,
    finAcknowledged: end.finAcknowledged,
    expected: end.expected,
    irs: end.irs,
    early: end.early,
    finReceived: end.finReceived,
    mss: end.mss,
    unansweredSegments: end.unansweredSegments,
    retries: end.retries,
  }
  if (end.encryptedFrom !== undefined) copy.encryptedFrom = end.encryptedFrom
  return copy
}

/** Octets of the largest Ethernet packet, and of its IP and TCP headers. */
const MTU = 1500
const HEADERS = 40
/** Octets of payload in one packet of a link: both ends of a connection over it announce this number (RFC 9293 section 3.7.1). */
export const mssOf = (mtu: number = MTU): number => mtu - HEADERS
/** The maximum segment size of Ethernet. */
export const MSS = mssOf()
/** Advertised window; no scaling. */
export const WINDOW = 65_535
/** First retransmission time-out (RFC 6298 section 2.1); it doubles with each retry. */
export const INITIAL_RTO = milliseconds(1000)
/** A receiver may wait this long for a reply that carries its acknowledgement (RFC 9293 section 3.8.6.3). */
export const DELAYED_ACK = milliseconds(40)
/** Retries before the connection is given up: about half a minute. */
export const MAX_RETRIES = 5

export interface SegmentPlan {
  readonly flags: SegmentFlags
  readonly offset: number
  readonly payload: Octets
  readonly syn: boolean
}

export function endpoint(
  host: HostName,
  address: Address,
  port: number,
  iss: number,
  session: SessionId | undefined,
  state: 'listen' | 'synSent',
): Endpoint {
  return {
    host,
    address,
    port,
    session,
    state,
    iss,
    unacknowledged: -1,
    next: -1,
    buffer: EMPTY,
    finQueued: false,
    finAcknowledged: false,
    expected: -1,
    irs: 0,
    early: [],
    finReceived: false,
    mss: MSS,
    unansweredSegments: 0,
    retries: 0,
  }
}

export const sequenceOf = (end: Endpoint, offset: number): number => (end.iss + 1 + offset) >>> 0

/** The number that acknowledges all received octets; the far end's FIN counts as one. */
export const acknowledgementOf = (end: Endpoint): number =>
  end.expected < 0 ? 0 : (end.irs + 1 + end.expected + (end.finReceived ? 1 : 0)) >>> 0

/** The end of our stream, once it is known. */
const streamEnd = (end: Endpoint): number => Math.max(0, end.unacknowledged) + end.buffer.length

/** This end with encryption from now on. */
export const encrypting = (end: Endpoint): Endpoint =>
  end.encryptedFrom === undefined ? { ...end, encryptedFrom: streamEnd(end) } : end

/** True if the octet of our stream at this offset travels encrypted. */
export const encryptedAt = (end: Endpoint, offset: number): boolean =>
  end.encryptedFrom !== undefined && offset >= end.encryptedFrom

/** A segment is encrypted or it is not: none spans the offset at which encryption begins. */
const segmentEnd = (end: Endpoint, from: number, limit: number): number => {
  const to = Math.min(limit, from + end.mss)
  return end.encryptedFrom !== undefined && from < end.encryptedFrom ? Math.min(to, end.encryptedFrom) : to
}

const NOTHING: readonly SegmentPlan[] = []

/** True while the far end's window is closed. */
export const windowIsFull = (end: Endpoint): boolean =>
  end.state === 'established' && !end.finQueued && end.next >= Math.max(0, end.unacknowledged) + WINDOW

/** Everything that may be sent now, `fresh` octets after the buffered ones: as much as the window allows, then FIN. */
export function outgoing(end: Endpoint, fresh: Octets = EMPTY): readonly [Endpoint, readonly SegmentPlan[]] {
  const buffer = fresh === '' ? end.buffer : concat(end.buffer, fresh)
  if (end.state !== 'established') return [fresh === '' ? end : { ...end, buffer }, NOTHING]
  const base = Math.max(0, end.unacknowledged)
  const length = base + buffer.length
  const limit = Math.min(length, base + WINDOW)
  let { next } = end
  if (next >= limit && !(end.finQueued && next === length)) return [fresh === '' ? end : { ...end, buffer }, NOTHING]
  const plans: SegmentPlan[] = []
  while (next < limit) {
    const to = segmentEnd(end, next, limit)
    plans.push({
      flags: to === length ? { ack: true, psh: true } : { ack: true },
      offset: next,
      payload: next === base && to === length ? buffer : slice(buffer, next - base, to - base),
      syn: false,
    })
    next = to
  }
  if (end.finQueued && next === length) {
    plans.push({ flags: { ack: true, fin: true }, offset: length, payload: EMPTY, syn: false })
    next = length + 1
  }
  const sent = copyOf(end)
  sent.buffer = buffer
  sent.next = next
  sent.unansweredSegments = 0
  return [sent, plans]
}

/** The first unacknowledged segment, to be sent again. */
export function again(end: Endpoint): SegmentPlan | undefined {
  if (end.state === 'synSent') return { flags: { syn: true }, offset: -1, payload: EMPTY, syn: true }
  if (end.state === 'synReceived') return { flags: { syn: true, ack: true }, offset: -1, payload: EMPTY, syn: true }
  const base = Math.max(0, end.unacknowledged)
  if (end.next <= base) return undefined
  const length = streamEnd(end)
  if (base >= length) {
    return end.finQueued ? { flags: { ack: true, fin: true }, offset: length, payload: EMPTY, syn: false } : undefined
  }
  const to = segmentEnd(end, base, Math.min(length, end.next))
  return { flags: { ack: true, psh: true }, offset: base, payload: slice(end.buffer, 0, to - base), syn: false }
}

/** True while sent octets wait for their acknowledgement. */
export const waitsForAcknowledgement = (end: Endpoint): boolean =>
  end.state === 'synSent' ||
  end.state === 'synReceived' ||
  (end.state === 'established' && end.next > end.unacknowledged && !end.finAcknowledged)

/** True for an end that expects nothing any more: it was never open, it has given up, or its FIN has been acknowledged. */
export const expectsNothing = (end: Endpoint): boolean =>
  end.state === 'listen' || end.state === 'closed' || end.finAcknowledged

/** This end after its host has forgotten it; its numbers stay for the RST that answers a late segment. */
export const forgotten = (end: Endpoint): Endpoint => ({
  ...end,
  state: 'closed',
  session: undefined,
  buffer: EMPTY,
  early: [],
  unansweredSegments: 0,
})

/** The delay before the next retransmission. */
export const retransmitAfter = (end: Endpoint): Duration => milliseconds(INITIAL_RTO * (1 << end.retries))

/** Processes the acknowledgement number of a segment. */
export function takeAcknowledgement(end: Endpoint, acknowledgement: number): Endpoint {
  // The distance beyond the known acknowledgement, modulo 2^32; a huge distance is an old number.
  const distance = (acknowledgement - sequenceOf(end, end.unacknowledged)) >>> 0
  if (distance === 0 || distance > end.next - end.unacknowledged) return end
  const upTo = end.unacknowledged + distance
  const length = streamEnd(end)
  const base = Math.max(0, end.unacknowledged)
  const finAcknowledged = end.finQueued && upTo > length
  const dataUpTo = Math.min(upTo, length)
  const told = copyOf(end)
  told.buffer = slice(end.buffer, Math.max(0, dataUpTo - base))
  told.unacknowledged = finAcknowledged ? length : dataUpTo
  told.finAcknowledged = end.finAcknowledged || finAcknowledged
  told.retries = 0
  return told
}

export interface Taken {
  readonly end: Endpoint
  /** New octets in order, for the session. */
  readonly octets: Octets
  /** The far end's stream is over. */
  readonly finished: boolean
  /** The segment was old or early: it has to be acknowledged at once (RFC 9293 section 3.10.7.4). */
  readonly answerNow: boolean
}

/** Takes a segment's payload and FIN: orders early segments, drops duplicates. */
export function takePayload(end: Endpoint, offset: number, payload: Octets, fin: boolean): Taken {
  if (payload === '' && !fin) return { end, octets: EMPTY, finished: false, answerNow: false }
  if (offset > end.expected) {
    const known = end.early.some((piece) => piece.offset === offset && piece.payload.length >= payload.length)
    const early = known ? end.early : [...end.early, { offset, payload, fin }].sort((a, b) => a.offset - b.offset)
    return { end: { ...end, early }, octets: EMPTY, finished: false, answerNow: true }
  }
  if (offset === end.expected && end.early.length === 0) {
    const finished = fin && !end.finReceived
    const grown = copyOf(end)
    grown.expected = offset + payload.length
    grown.finReceived = end.finReceived || fin
    grown.unansweredSegments = end.unansweredSegments + 1
    return { end: grown, octets: payload, finished, answerNow: payload === '' && !finished }
  }
  let { expected } = end
  let { finReceived } = end
  const fresh: Octets[] = []
  const accept = (piece: { offset: number; payload: Octets; fin: boolean }): void => {
    const skip = expected - piece.offset
    if (skip < piece.payload.length) {
      fresh.push(slice(piece.payload, skip))
      expected = piece.offset + piece.payload.length
    }
    if (piece.fin && piece.offset + piece.payload.length <= expected) finReceived = true
  }
  accept({ offset, payload, fin })
  let early = end.early
  while (early[0] && early[0].offset <= expected) {
    accept(early[0])
    early = early.slice(1)
  }
  const octets = concat(...fresh)
  const finished = finReceived && !end.finReceived
  return {
    end: { ...end, expected, early, finReceived, unansweredSegments: end.unansweredSegments + 1 },
    octets,
    finished,
    answerNow: (octets === '' && !finished) || early.length > 0,
  }
}
