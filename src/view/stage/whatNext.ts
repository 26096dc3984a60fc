import { nextTryIn, noticesIn, underWayIn } from '../run/holdings'
import type { RunView } from '../run/runView'

/**
 * A thing to do at the end of a run: to follow the message that waits for another try or for a check of its author, to watch the
 * run again, to write a letter, or to write one to a recipient that does not exist.
 */
export type NextDeed = 'try' | 'end' | 'slowly' | 'write' | 'nobody'

/** The things to do at the end of a run, the best first. */
export function whatNext({ seen: { holdings }, history, timeline }: RunView): readonly NextDeed[] {
  if (nextTryIn(holdings, timeline.until) !== undefined) return ['try', 'end', 'slowly']
  if (noticesIn(holdings).size > 0 && underWayIn(holdings) !== undefined) return ['end', 'slowly', 'write']
  // A learner who has seen a letter come back knows that it may.
  const again = history.flights.lines.length > 0 ? (['slowly'] as const) : []
  return history.happenings.returned.size > 0 ? [...again, 'write'] : [...again, 'write', 'nobody']
}
