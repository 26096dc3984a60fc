import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Connections } from './connections'
import { countUpTo } from './countUpTo'
import { type Flight, flightsOf } from './flights'

/** When a line has the reader's eye, and the instant at which it is best looked at. */
export interface Focus {
  readonly flight: Flight
  readonly from: Instant
  readonly at: Instant
}

/** A trace, looked through once. All that the stage asks about an instant is answered from here. */
export interface TraceIndex {
  readonly trace: readonly Fact[]
  readonly connections: Connections
  /** Said lines and DNS messages, by the instant they were sent. */
  readonly lines: readonly Flight[]
  readonly packets: readonly Flight[]
  readonly focuses: readonly Focus[]
  readonly packetFocuses: readonly Focus[]
  /** The longest flight, so that a search for what is under way knows how far to look back. */
  readonly longest: number
  /** When the last thing that is known has happened. */
  readonly end: Instant
}

const cache = new WeakMap<readonly Fact[], TraceIndex>()

/** Looks a trace through; the same trace is looked through only once. */
export function indexTrace(trace: readonly Fact[], connections: Connections): TraceIndex {
  const known = cache.get(trace)
  if (known) return known
  const { lines, packets } = flightsOf(trace, connections)
  let longest = 0
  let end = trace.at(-1)?.at ?? 0
  for (const flight of [...lines, ...packets]) {
    longest = Math.max(longest, flight.arrives - flight.sent)
    end = Math.max(end, flight.arrives)
  }
  const index: TraceIndex = {
    trace,
    connections,
    lines,
    packets,
    focuses: focusesOf(lines),
    packetFocuses: focusesOf(packets),
    longest,
    end: end as Instant,
  }
  cache.set(trace, index)
  return index
}

/**
 * Where lines follow one another, each has the eye from the instant it is sent and is best seen half-way.
 * Lines that leave at the same instant take turns, so that a step shows each of them.
 */
function focusesOf(flights: readonly Flight[]): readonly Focus[] {
  const focuses: Focus[] = []
  let before = -1
  for (const flight of flights) {
    const span = Math.max(flight.arrives - flight.sent, 0.001)
    const at = Math.max(flight.sent + span / 2, before + span / 50)
    focuses.push({ flight, from: Math.max(flight.sent, before + span / 200) as Instant, at: at as Instant })
    before = at
  }
  return focuses
}

/** How many facts have happened by the instant. Panels render anew only when this number changes. */
export const factsBy = (trace: readonly Fact[], t: Instant): number => countUpTo(trace, (fact) => fact.at, t)

/** The line that has the eye: the one under way, or the last that was said. */
export function focusAt(index: TraceIndex, t: Instant, packets = false): Focus | undefined {
  const focuses = packets ? index.packetFocuses : index.focuses
  return focuses[countUpTo(focuses, (focus) => focus.from, t) - 1]
}
