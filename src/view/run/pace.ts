import type { Instant } from '../../base/time'
import { countUpTo } from './countUpTo'
import type { TraceIndex } from './traceIndex'

/**
 * A monotone, piecewise linear map between virtual time and playing time in milliseconds at speed 1.
 * A millisecond in a cable and a minute of waiting are both made to last as long as they take to be understood.
 */
export interface Pace {
  /** Playing time from the beginning to the end of the run. */
  readonly length: number
  playingAt(t: Instant): number
  virtualAt(playing: number): Instant
}

const SHORTEST = 600
const LONGEST = 1400
const A_CHARACTER = 14
/** A quiet time lasts no longer than this on screen. */
const QUIET = 320

/** How long a line of that many octets is in flight on screen. */
export const readingTime = (octets: number): number => Math.min(LONGEST, SHORTEST + octets * A_CHARACTER)

export function paceOf(index: TraceIndex): Pace {
  const { lines, end } = index
  const cuts = [...new Set([0, end, ...lines.flatMap((flight) => [flight.sent, flight.arrives])])].sort((a, b) => a - b)
  const starts = new Map<number, { rate: number; until: number }[]>()
  for (const flight of lines) {
    const span = flight.arrives - flight.sent
    if (span <= 0) continue
    const entry = { rate: readingTime(flight.length) / span, until: flight.arrives as number }
    const list = starts.get(flight.sent)
    if (list) list.push(entry)
    else starts.set(flight.sent, [entry])
  }

  const playing: number[] = [0]
  let underWay: { rate: number; until: number }[] = []
  for (let i = 1; i < cuts.length; i++) {
    const a = cuts[i - 1] as number
    const b = cuts[i] as number
    underWay = underWay.filter((flight) => flight.until > a)
    underWay.push(...(starts.get(a) ?? []))
    const rate = underWay.reduce((fastest, flight) => Math.max(fastest, flight.rate), 0)
    const lasts = rate > 0 ? rate * (b - a) : Math.min(QUIET, 60 + (b - a))
    playing.push((playing[i - 1] as number) + lasts)
  }

  const length = playing.at(-1) ?? 0
  return {
    length,
    playingAt: (t) => between(cuts, playing, t),
    virtualAt: (p) => between(playing, cuts, p) as Instant,
  }
}

function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const i = countUpTo(xs, (at) => at, x)
  if (i <= 0) return ys[0] ?? 0
  if (i >= xs.length) return ys.at(-1) ?? 0
  const x0 = xs[i - 1] as number
  const x1 = xs[i] as number
  const y0 = ys[i - 1] as number
  const y1 = ys[i] as number
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}
