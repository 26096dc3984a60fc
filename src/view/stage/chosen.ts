import type { Fact } from '../../world/fact'
import { factOf } from '../../world/trace'
import type { HostName } from '../../world/world'
import type { Focus } from '../run/flight'
import type { RunView } from '../run/runView'
import type { Vector } from '../run/vector'

/** The part of a person's choice that the stage shows. */
interface Chosen {
  readonly fact?: number
  readonly host?: HostName
}

const NOTHING: readonly HostName[] = []

/** The hosts that the choice is about: the two ends of a line or a packet, or the chosen host. */
export function chosenHosts({ history }: RunView, { fact, host }: Chosen): readonly HostName[] {
  const { lines, packets } = history.flights
  const flight = fact === undefined ? undefined : (flightOf(lines, fact) ?? flightOf(packets, fact))
  if (flight) return [flight.from, flight.to]
  return host === undefined ? NOTHING : [host]
}

function flightOf(list: Vector<Focus>, fact: number): Focus['flight'] | undefined {
  const found = list.get(list.countUpTo(({ flight }) => flight.fact, fact) - 1)?.flight
  return found?.fact === fact ? found : undefined
}

const ELSEWHERE: ReadonlySet<Fact['type']> = new Set<Fact['type']>(['queried', 'responded', 'timerExpired'])
/** Causes among which the line of a fact is looked for. */
const NEAR = 8

/** The order of the line in a dialogue that a fact is, carries, or follows from at once. */
export function chosenLine({ timeline }: Pick<RunView, 'timeline'>, order: number): number | undefined {
  let fact = factOf(timeline.trace, order)
  for (let looked = 0; fact && looked < NEAR; looked++) {
    if (fact.type === 'sent') return fact.order
    // A question to a name server, or a wait that is over, is no part of a dialogue.
    if (ELSEWHERE.has(fact.type)) return undefined
    fact = fact.cause === undefined ? undefined : factOf(timeline.trace, fact.cause)
  }
  return undefined
}
