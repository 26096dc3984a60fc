import type { Fact } from '../world/fact'
import { countFacts, type Work } from './check'
import { type FactPattern, fieldOf, matchFact, portsIn } from './moment'
import { machinesOff, mailboxOf } from './state'

/** A number that a run gives: for predictions of a number, and for the score of a task. */
export type Measure =
  /** How often something happened; after the last `since`, before the first `until` that follows. */
  | {
      readonly count: FactPattern
      readonly distinct?: string
      readonly since?: FactPattern
      readonly until?: FactPattern
    }
  /** A number in the last such fact. */
  | { readonly value: string; readonly of: FactPattern }
  /** The octets of all such facts together. */
  | { readonly octets: FactPattern }
  /** Hosts without power at such a fact: the most, if there are several. */
  | { readonly machinesOffAt: FactPattern }
  /** Lines of text of the newest message in a mailbox. */
  | { readonly linesInNewest: string; readonly folder?: string }

/** The world is asked at so many instants at most. */
const MOST_INSTANTS = 50

/** The measured number, or undefined if the run does not give it (yet). */
export function measured(
  measure: Measure,
  { trace, from = 0, count = trace.length, portOf, worldAt }: Work,
): number | undefined {
  const ports = portOf ?? portsIn(trace)
  const facts = trace.slice(0, count).filter(({ order }) => order >= from)
  const isSuch =
    (pattern: FactPattern) =>
    (fact: Fact): boolean =>
      matchFact(fact, pattern, ports) !== undefined
  if ('count' in measure) {
    const { since, until } = measure
    const begin = since ? facts.findLastIndex(isSuch(since)) + 1 : 0
    if (since && begin === 0) return undefined
    const counted = facts.slice(begin)
    const end = until ? counted.findIndex(isSuch(until)) : -1
    return countFacts(measure.count, measure.distinct, end < 0 ? counted : counted.slice(0, end), ports)
  }
  if ('value' in measure) {
    const fact = facts.findLast(isSuch(measure.of))
    const value = fact && fieldOf(fact, measure.value)
    return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value)
  }
  if ('octets' in measure) {
    return facts
      .filter(isSuch(measure.octets))
      .reduce((sum, fact) => sum + ('octets' in fact && typeof fact.octets === 'string' ? fact.octets.length : 0), 0)
  }
  if ('machinesOffAt' in measure) {
    const found = facts.filter(isSuch(measure.machinesOffAt)).slice(-MOST_INSTANTS)
    return worldAt && found.length > 0 ? Math.max(...found.map(({ at }) => machinesOff(worldAt(at)))) : undefined
  }
  const last = trace[count - 1]
  const newest = last && worldAt && mailboxOf({ mailbox: measure.linesInNewest, ...measure }, worldAt(last.at)).at(-1)
  return newest?.text.replace(/\n+$/, '').split('\n').length
}
