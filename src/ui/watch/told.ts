import { boolean, int, number, strictObject, unknown } from 'zod/mini'
import type { Instant } from '../../base/time'
import { scenarioOf } from '../../learning/scenarioSchema'
import type { Intervention } from '../../world/intervention'
import type { Watched } from '../run/liveRun'
import { at, intervention } from '../run/savedRun'

/** Parses the events of a served world. Each function throws if the text has not the expected form. */

const run = strictObject({ scenario: unknown(), seed: int(), epoch: number(), now: at, complete: boolean() })
const time = strictObject({ now: at })

export function readWatched(text: string): Watched {
  const { scenario: data, ...told } = run.parse(JSON.parse(text))
  const read = scenarioOf(data)
  if (read.problem !== undefined) throw new Error(read.problem)
  return { ...told, scenario: read.scenario }
}

export const readIntervention = (text: string): Intervention => intervention.parse(JSON.parse(text))

export const readNow = (text: string): Instant => time.parse(JSON.parse(text)).now
