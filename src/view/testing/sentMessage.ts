import { START } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { composeMessage } from '../../mail/compose'
import type { Scenario } from '../../world/scenario'
import '../gloss/known'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'

/** A world in which the scenario's letter, to the given reader or readers, has been sent and nothing more happens. */
export function sentMessage(
  scenario: Scenario,
  to: string | readonly string[],
  before: Timeline = startTimeline(scenario, catalogue),
): Timeline {
  const { host, account, from, subject, body } = scenario.letter
  const forwardPaths = typeof to === 'string' ? [to] : to
  const message = composeMessage({ from, to: forwardPaths, subject, body })
  return intervene(before, catalogue, {
    type: 'submitted',
    at: START,
    host,
    account,
    forwardPaths,
    message,
  })
}
