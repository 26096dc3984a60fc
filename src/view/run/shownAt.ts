import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import type { Line } from './flights'
import type { History } from './history'

/** The line that was said with the fact of this order; undefined if it is none. */
export function lineOf({ flights: { lines } }: History, order: number): Line | undefined {
  const found = lines.get(lines.countUpTo(({ flight }) => flight.fact, order) - 1)
  return found?.flight.fact === order ? found : undefined
}

/** The instant that shows a fact best: for a line the one at which it is in focus and half-way, for any other its own. */
export const shownAt = (history: History, fact: Fact): Instant => lineOf(history, fact.order)?.at ?? fact.at
