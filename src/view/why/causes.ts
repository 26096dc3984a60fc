import type { Fact } from '../../world/fact'
import { factOf } from '../../world/trace'
import type { RunView } from '../run/runView'

/** Facts that are walked through. A world without a person's actions may have a chain as long as its run. */
const MOST_WALKED = 200_000

/** The facts from a fact back to the beginning, without the fact itself. */
export function* causesOf({ timeline }: RunView, fact: Fact): Generator<Fact> {
  let { cause } = fact
  for (let walked = 0; cause !== undefined && walked < MOST_WALKED; walked++) {
    const found = factOf(timeline.trace, cause)
    if (!found) return
    yield found
    ;({ cause } = found)
  }
}
