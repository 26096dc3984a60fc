import type { Instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import '../../view/gloss/known'
import type { Fact } from '../../world/fact'
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
  runOnUntil,
  type Steps,
  startInSteps,
  startTimeline,
  type Timeline,
  worldAt,
} from '../../world/timeline'
import { followNotice } from './followNotice'

/**
 * The engine with the behaviour of all hosts, and the texts about it. A run loads it by `import()`, since the stage at rest is
 * drawn without it; pages and panels that need it at once import it statically, and their runs do not wait.
 */
export const engine = {
  start: (scenario: Scenario, given: Given = {}) => startTimeline(scenario, catalogue, given),
  /** A run made again in steps, up to the instant to which it was simulated before. */
  *remake(scenario: Scenario, given: Given, until: Instant): Steps {
    const begun = yield* startInSteps(scenario, catalogue, given)
    return yield* carryOnInSteps(begun, catalogue, until)
  },
  intervene: (timeline: Timeline, intervention: Intervention) =>
    followNotice(intervene(timeline, catalogue, intervention)),
  /** Runs on to the next event, and until it is quiet again. */
  runOn: (timeline: Timeline) => followNotice(runOn(timeline, catalogue)),
  runOnInSteps: (timeline: Timeline, to: Instant) => runOnInSteps(timeline, catalogue, to),
  runOnUntil: (timeline: Timeline, isReached: (fact: Fact) => boolean, last: Instant) =>
    runOnUntil(timeline, catalogue, isReached, last),
  carryOn: (timeline: Timeline, to: Instant) => carryOn(timeline, catalogue, to),
  worldAt: (timeline: Timeline, t: Instant) => worldAt(timeline, catalogue, t),
  nextAfterQuiet,
}

export type Engine = typeof engine
