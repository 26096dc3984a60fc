import { catalogue } from '../../../hosts/catalogue'
import type { Work } from '../../../learning/check'
import type { Deed, Play } from '../../../learning/deed'
import { interventionsOf } from '../../../learning/play'
import { startTimeline, type Timeline, worldAt } from '../../../world/timeline'
import { readScenario } from '../scenarios'

/** Plays a run, with more deeds after its own. */
export function played(play: Play, more: readonly Deed[] = []): Timeline {
  const scenario = readScenario(play.scenario)
  const interventions = interventionsOf({ deeds: [...play.deeds, ...more] }, scenario)
  return startTimeline(scenario, catalogue, { interventions })
}

/** A run for checks. */
export const workIn = (timeline: Timeline): Work => ({
  trace: timeline.trace,
  worldAt: (t) => worldAt(timeline, catalogue, t),
})
