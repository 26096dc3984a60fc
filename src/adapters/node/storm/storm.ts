import type { Catalogue } from '../../../world/role'
import { evidenceOf, type Fault, judge } from './judge'
import { planOf } from './plan'
import { play, type Storm } from './play'

/** The outcome of one seed. */
export interface Outcome {
  readonly seed: number
  readonly faults: readonly Fault[]
  /** Absent if the storm ended with an error, which is a fault too. */
  readonly storm?: Storm
}

/**
 * Plays the storm of a seed and judges it. The same seed gives the same outcome, everywhere. `base` is the behaviour of hosts.
 */
export function stormOf(seed: number, base?: Catalogue): Outcome {
  try {
    const storm = play(planOf(seed), base)
    return { seed, storm, faults: judge(evidenceOf(storm.plan.messages, storm.trace, storm.world)) }
  } catch (error) {
    return { seed, faults: [{ kind: 'thrown', words: (error as Error).stack ?? String(error) }] }
  }
}

/** The one command that plays a seed again and tells its story. */
export const replayOf = (seed: number): string => `npm run --silent ehlo -- storm --from ${seed} --seeds 1 --verbose`
