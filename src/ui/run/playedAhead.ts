import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import type { Engine } from './engine'

/** The run that was made last. A timeline is a value, so whoever asks for the same run may have it. */
let last: Timeline | undefined

/** A run from its beginning. It is played only if it is not the one asked for last: a run that is about to be opened is asked for ahead. */
export function playedAhead(
  engine: Engine,
  scenario: Scenario,
  { seed = scenario.seed, interventions }: { readonly seed?: number; readonly interventions: readonly Intervention[] },
): Timeline {
  const isSame =
    last?.scenario === scenario &&
    last.seed === seed &&
    JSON.stringify(last.interventions) === JSON.stringify(interventions)
  if (!last || !isSame) last = engine.start(scenario, { seed, interventions })
  return last
}
