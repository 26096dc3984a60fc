import type { Instant } from '../../base/time'
import type { Focus } from './flight'
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

/** A line with what decides its time on screen. */
export interface PacedLine extends Focus {
  /** The place of the first line of the same answer. The lines of an answer are in focus together. */
  readonly unit: number
  /** The time for which the answer is read, as far as it has been said, in milliseconds at speed 1. */
  readonly reading: number
  /** The answer carries a message. */
  readonly withMessage: boolean
}

/** The time in which a line crosses the map: as long as it takes to read, within these bounds. */
const SHORTEST = 600
const LONGEST = 1400
/** A message takes its time to cross. */
const MESSAGE = 3600
/** A quiet time lasts no longer than this on screen. */
const QUIET = 320
/**
 * The share of its flight after which a line stands, to be read, next to the host where it arrives. The rest of the flight is
 * less than a pixel, since its drawing is eased.
 */
const CROSSED = 0.97
/** The least playing time between two cuts, so that each instant has its own. */
const LEAST = 20

export const BEGINNING: Vector<Cut> = Vector.empty<Cut>().push({ at: 0, playing: 0 })

const crossing = ({ withMessage, reading }: PacedLine): number =>
  withMessage ? MESSAGE : Math.min(LONGEST, Math.max(SHORTEST, reading))

const quietTime = (span: number): number => (span > 0 ? Math.min(QUIET, 60 + span) : 0)

/**
 * Extends the pace to the instant from which another line is in focus. The line that was in focus until then crosses the map
 * first. Then it stands until it is read. The rest of the time is quiet.
 *
 * @param line the last line of the answer in focus; absent before anything is said.
 */
export function paced(cuts: Vector<Cut>, line: PacedLine | undefined, until: number): Vector<Cut> {
  const { at: from } = cuts.last as Cut
  if (until <= from) return cuts
  if (!line) return extended(cuts, until, quietTime(until))
  const { arrives } = line.flight
  const quiet = quietTime(until - Math.max(arrives, from))
  if (arrives <= from) return extended(cuts, until, Math.max(quiet, line.reading))
  if (arrives > until) return extended(cuts, until, line.reading)
  const across = crossing(line)
  const crossed = extended(cuts, from + CROSSED * (arrives - from), across)
  return extended(extended(crossed, arrives, Math.max(LEAST, line.reading - across - quiet)), until, quiet)
}

/** The last line may be read for as long as one likes, since its caption stays. */
function pacedToEnd(cuts: Vector<Cut>, line: PacedLine | undefined, end: number): Vector<Cut> {
  return paced(cuts, line && { ...line, reading: Math.min(line.reading, crossing(line)) }, end)
}

function extended(cuts: Vector<Cut>, at: number, by: number): Vector<Cut> {
  const last = cuts.last as Cut
  return at > last.at ? cuts.push({ at, playing: last.playing + by }) : cuts
}

/** The cuts after a line has changed: those from when the answer before it was in focus are computed again. */
export function recut(cuts: Vector<Cut>, lines: Vector<PacedLine>, place: number): Vector<Cut> {
  const first = lines.get(place)?.unit ?? 0
  const before = lines.get(first - 1)
  let after = before ? cuts.upTo(cuts.countUpTo(({ at }) => at, before.from)) : BEGINNING
  let last = before
  for (const line of lines.from(first)) {
    if (line.unit !== last?.unit) after = paced(after, last, line.from)
    last = line
  }
  return after
}

/** @param end the end of the known run. */
export function paceOf(known: Vector<Cut>, lines: Vector<PacedLine>, end: Instant): Pace {
  const cuts = pacedToEnd(known, lines.last, end)
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
