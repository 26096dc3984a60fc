import type { Instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import '../../view/gloss/known'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import {
  carryOn,
  carryOnInSteps,
  type Given,
  intervene,
  nextAfterQuiet,
  runOn,
  runOnInSteps,
  type Steps,
  startInSteps,
  startTimeline,
  type Timeline,
  worldAt,
} from '../../world/timeline'

/**
 * The engine with all behaviour that there is, and the words for what it does. A run takes it by `import()`, since the stage at rest is drawn without it;
 * pages and panels that make no sense without it import it plainly, and their runs then wait for nothing.
 */
export const engine = {
  start: (scenario: Scenario, given: Given = {}) => startTimeline(scenario, catalogue, given),
  /** A run made again, in steps, as far as it was known. */
  *remake(scenario: Scenario, given: Given, until: Instant): Steps {
    const begun = yield* startInSteps(scenario, catalogue, given)
    return yield* carryOnInSteps(begun, catalogue, until)
  },
  intervene: (timeline: Timeline, intervention: Intervention) => intervene(timeline, catalogue, intervention),
  runOn: (timeline: Timeline, to?: Instant) => runOn(timeline, catalogue, to),
  runOnInSteps: (timeline: Timeline, to: Instant) => runOnInSteps(timeline, catalogue, to),
  carryOn: (timeline: Timeline, to: Instant) => carryOn(timeline, catalogue, to),
  worldAt: (timeline: Timeline, t: Instant) => worldAt(timeline, catalogue, t),
  nextAfterQuiet,
}

export type Engine = typeof engine
