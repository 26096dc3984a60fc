import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Focus } from './flight'
import type { Line } from './flights'
import type { History } from './history'
import type { Vector } from './vector'

export type StepSize = 'hop' | 'line' | 'packet'

/** An instant worth stopping at, and the fact that it shows. */
export interface Moment {
  readonly at: Instant
  readonly fact: number
}

const ofFocus = ({ at, flight }: Focus): Moment => ({ at, fact: flight.fact })

/** A list of moments in order; at one instant there may be several. */
interface Moments {
  readonly length: number
  get(place: number): Moment | undefined
  /** The number of moments at or before an instant. */
  countUpTo(t: number): number
}

/** A step by line stops at each line and where a host gives a message up. A step by hop stops at each leg of the journey, while a message travels, and once for each lookup: at its last answer. */
function momentsBy(
  { flights: { lines, packets, lookups, messages }, happenings: { hops, stops } }: History,
  size: StepSize,
): readonly Moments[] {
  if (size === 'packet')
    return [
      {
        length: packets.length,
        get: (place) => map(packets.get(place), ofFocus),
        countUpTo: (t) => packets.countUpTo(({ at }) => at, t),
      },
    ]
  // The lines of an answer have one moment, at which the line that tells it is shown.
  if (size === 'line')
    return [
      {
        length: lines.length,
        get: (place) => map(lines.get(lines.get(place)?.lead ?? -1), ofFocus),
        countUpTo: (t) => lines.countUpTo(({ at }) => at, t),
      },
      ofFacts(stops),
    ]
  return [ofFacts(hops), ...[lookups, messages].map((places) => ofLines(lines, places))]
}

/** The moments of events. */
const ofFacts = (facts: Vector<Fact>): Moments => ({
  length: facts.length,
  get: (place) => map(facts.get(place), ({ at, order }) => ({ at, fact: order })),
  countUpTo: (t) => facts.countUpTo(({ at }) => at, t),
})

/** The moments of some lines, by their places. */
const ofLines = (lines: Vector<Line>, places: Vector<number>): Moments => ({
  length: places.length,
  get: (place) => map(lines.get(lines.get(places.get(place) ?? -1)?.lead ?? -1), ofFocus),
  countUpTo: (t) => places.countUpTo((place) => lines.get(place)?.at ?? 0, t),
})

const map = <A, B>(value: A | undefined, by: (value: A) => B): B | undefined =>
  value === undefined ? undefined : by(value)

/** If several moments have the same instant, the last fact is shown. */
const lastAt = (found: readonly Moment[], at: number): Moment | undefined =>
  found
    .filter((moment) => moment.at === at)
    .reduce<Moment | undefined>((last, each) => (last && last.fact > each.fact ? last : each), undefined)

/** The next moment to step to. */
export function momentAfter(history: History, size: StepSize, t: Instant): Moment | undefined {
  const lists = momentsBy(history, size)
  const next = Math.min(...lists.map((list) => list.get(list.countUpTo(t))?.at ?? Number.POSITIVE_INFINITY))
  return lastAt(
    lists.flatMap((list) => list.get(list.countUpTo(next) - 1) ?? []),
    next,
  )
}

/** The moment before, to step back to. */
export function momentBefore(history: History, size: StepSize, t: Instant): Moment | undefined {
  const found = momentsBy(history, size).flatMap((list) => {
    for (let place = list.countUpTo(t) - 1; place >= 0; place--) {
      const moment = list.get(place)
      if (moment && moment.at < t) return moment
    }
    return []
  })
  return lastAt(found, Math.max(...found.map(({ at }) => at)))
}
