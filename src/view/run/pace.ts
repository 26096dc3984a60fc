import type { Instant } from '../../base/time'
import { type Focus, underWayAt } from './flight'
import { Vector } from './vector'

/**
 * A monotone, piecewise linear map between virtual time and playing time in milliseconds at speed 1. A millisecond in a cable is
 * stretched and a minute of waiting is shortened to the time that a reader needs.
 */
export interface Pace {
  /** Playing time from the beginning to the end of the run. */
  readonly length: number
  playingAt(t: Instant): number
  virtualAt(playing: number): Instant
}

/** An instant at which the rate changes, or may, and its playing time. */
export interface Cut {
  readonly at: number
  readonly playing: number
}

const SHORTEST = 600
const LONGEST = 1400
const A_CHARACTER = 14
/** A quiet time lasts no longer than this on screen. */
const QUIET = 320

/** The time on screen for which a line with this many octets is in flight. */
export const readingTime = (octets: number): number => Math.min(LONGEST, SHORTEST + octets * A_CHARACTER)

export const BEGINNING: Vector<Cut> = Vector.empty<Cut>().push({ at: 0, playing: 0 })

/** Extends the pace to an instant before which nothing more is said. Each arrival and the instant itself become cuts. */
export function paced(cuts: Vector<Cut>, lines: Vector<Focus>, until: number): Vector<Cut> {
  const last = cuts.last as Cut
  if (until <= last.at) return cuts
  const underWay = underWayAt(lines, last.at).map(({ sent, arrives, length }) => ({
    rate: readingTime(length) / (arrives - sent),
    until: arrives as number,
  }))
  const arrivals = [...new Set(underWay.map((flight) => flight.until))].sort((a, b) => a - b)
  let after = cuts
  let [from, playing] = [last.at, last.playing]
  for (const to of [...arrivals.filter((at) => at < until), until]) {
    const rate = underWay.reduce((most, flight) => (flight.until > from ? Math.max(most, flight.rate) : most), 0)
    playing += rate > 0 ? rate * (to - from) : Math.min(QUIET, 60 + (to - from))
    after = after.push({ at: to, playing })
    from = to
  }
  return after
}

/** The cuts after the arrival of a line has changed: those from the instant at which it was said are computed again. */
export function recut(cuts: Vector<Cut>, lines: Vector<Focus>, place: number): Vector<Cut> {
  const sent = lines.get(place)?.flight.sent ?? 0
  let after = cuts.upTo(cuts.countUpTo(({ at }) => at, sent))
  if (after.length === cuts.length) return cuts
  for (const { flight } of lines.from(place + 1)) after = paced(after, lines, flight.sent)
  return after
}

/** @param end the end of the known run. */
export function paceOf(known: Vector<Cut>, lines: Vector<Focus>, end: Instant): Pace {
  const cuts = paced(known, lines, end)
  const virtual = ({ at }: Cut): number => at
  const played = ({ playing }: Cut): number => playing
  return {
    length: cuts.last?.playing ?? 0,
    playingAt: (t) => between(cuts, virtual, played, t),
    virtualAt: (p) => between(cuts, played, virtual, p) as Instant,
  }
}

function between(cuts: Vector<Cut>, x: (cut: Cut) => number, y: (cut: Cut) => number, at: number): number {
  const next = cuts.countUpTo(x, at)
  const [a, b] = [cuts.get(Math.max(0, next - 1)) as Cut, cuts.get(next)]
  if (next <= 0 || !b) return y(a)
  return y(a) + ((at - x(a)) / (x(b) - x(a))) * (y(b) - y(a))
}
