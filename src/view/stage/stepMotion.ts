import type { Instant } from '../../base/time'
import { type Focus, focusIn } from '../run/flight'
import type { RunView } from '../run/runView'
import type { Vector } from '../run/vector'

/**
 * Where the map begins to show a step: the flight that the step adds moves from there to the instant to which the step led. A step
 * forward shows how it set out, a step back how it came from its far end. Undefined if nothing moves.
 *
 * @param from the instant before the step.
 * @param to the instant after it.
 */
export function motionOf(view: RunView, from: Instant, to: Instant, packets: boolean): Instant | undefined {
  const { flights } = view.history
  const list: Vector<Focus> = packets ? flights.packets : flights.lines
  const begins = to > from ? forward(list, from, to) : back(list, from, to)
  return begins === to ? undefined : begins
}

function forward(list: Vector<Focus>, from: Instant, to: Instant): Instant {
  const focus = focusIn(list, to)
  // At the instant of an arrival its answer is in focus already, at the beginning of its path: the arrival is what the step adds.
  const shown = focus?.from === to ? list.get(list.countUpTo((each) => each.from, to - EARLIER) - 1) : focus
  return shown ? (Math.min(to, Math.max(from, shown.from)) as Instant) : to
}

function back(list: Vector<Focus>, from: Instant, to: Instant): Instant {
  const next = list.get(list.countUpTo((each) => each.from, to))
  const focus = focusIn(list, to)
  const end = Math.min(from, focus?.flight.arrives ?? to, next ? next.from - EARLIER : from)
  return Math.max(to, end) as Instant
}

/** Virtual milliseconds: less than any flight lasts. */
const EARLIER = 0.0001

/** The instant that the map shows after this share of the motion, which comes to rest gently. */
export const shownAt = (begins: Instant, to: Instant, share: number): Instant =>
  (to + (begins - to) * (1 - Math.min(1, share)) ** 2) as Instant
