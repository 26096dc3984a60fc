import { later, minutes } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { noticesIn } from '../../view/run/holdings'
import { viewOf } from '../../view/run/runView'
import { runOnUntil, type Timeline } from '../../world/timeline'

/** A device that checks for mail later than this is not waited for: other events would be played before. */
const SOON = minutes(1)

/**
 * The run, and if a notice of non-delivery waits for its author at the end of it, the run up to when a device has fetched the
 * notice. The world is quiet before: the device waits for its next check, and does not know of the notice.
 */
export function followNotice(timeline: Timeline): Timeline {
  const waiting = noticesIn(viewOf(timeline).seen.holdings)
  if (waiting.size === 0) return timeline
  let found = false
  const steps = runOnUntil(
    timeline,
    catalogue,
    (fact) => {
      found ||= fact.type === 'messageFetched' && waiting.has(fact.letter)
      return found
    },
    later(timeline.until, SOON),
  )
  let step = steps.next()
  while (!step.done) step = steps.next()
  return found ? step.value : timeline
}
