import scenarioFile from '../../../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../../../base/octets'
import { instant } from '../../../base/time'
import { bundledScenario } from '../../../world/bundledScenario'
import type { FactOf, FactType } from '../../../world/fact'
import type { InterventionBody } from '../../../world/intervention'
import type { Scenario } from '../../../world/scenario'
import { intervene, startTimeline, type Timeline } from '../../../world/timeline'
import { catalogue } from '../../catalogue'

/** Bob's devices in the world of two towns, for tests: interventions at minutes of the run, and facts from a minute on. */

export const scenario = bundledScenario(scenarioFile)
export const PHONE = 'bob-phone'
export const LAPTOP = 'bob-laptop'
export const BOB = 'bob@bird.example'
/** Milliseconds. */
export const MINUTE = 60_000

/** Alice writes to Bob. */
export const message: InterventionBody = {
  type: 'submitted',
  host: 'alice-laptop',
  account: 'alice@paper.example',
  forwardPaths: [BOB],
  message: fromText(`From: alice@paper.example\r\nTo: ${BOB}\r\nSubject: one\r\n\r\nText.\r\n`),
}

export const rests = (host: string, value: string | boolean = true): InterventionBody => ({
  type: 'policyChanged',
  host,
  policy: 'rests',
  value,
})

export const look = (host: string): InterventionBody => ({ type: 'collected', host, account: BOB })

export type Deed = readonly [minutes: number, InterventionBody]

export const afterwards = (timeline: Timeline, [minutes, body]: Deed): Timeline =>
  intervene(timeline, catalogue, { ...body, at: instant(minutes * MINUTE) })

export const run = (deeds: readonly Deed[], given: Scenario = scenario): Timeline =>
  deeds.reduce(afterwards, startTimeline(given, catalogue))

export const all = <T extends FactType>({ trace }: Timeline, type: T, from = 0): readonly FactOf<T>[] =>
  trace.filter((fact): fact is FactOf<T> => fact.type === type && fact.at >= from * MINUTE)
