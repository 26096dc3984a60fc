import type { Instant } from '../base/time'
import type { Fact } from '../world/fact'
import type { World } from '../world/world'
import { type Bindings, type FactPattern, factsUntil, fieldOf, matchFact, type PortOf, portsIn } from './moment'
import { type StateCheck, stateHolds } from './state'

/**
 * A task's goal as a predicate over the facts of a run and the state that they led to: every way that reaches it is right. The
 * simulation is the answer key; nothing compares the learner's text with the author's.
 */
export type Check =
  /** These facts, in this order; others may lie between them, but none that matches `without`. `$x` binds across all of them. */
  | { readonly inOrder: readonly FactPattern[]; readonly without?: FactPattern }
  | { readonly all: readonly Check[] }
  | { readonly any: readonly Check[] }
  | { readonly not: Check }
  /** Only what happened after the last such fact counts: the last login, for instance. Without one it does not hold. */
  | { readonly since: FactPattern; readonly check: Check }
  | CountCheck
  /** The state at the instant of such a fact. */
  | { readonly when: FactPattern; readonly check: Check }
  | StateCheck

export interface CountCheck {
  readonly count: FactPattern
  /** Facts with the same value in this field count once. */
  readonly distinct?: string
  readonly atLeast?: number
  readonly atMost?: number
  readonly exactly?: number
}

/** The part of a run that counts for a task. */
export interface Work {
  readonly trace: readonly Fact[]
  /** The order of the first fact that counts: earlier facts are not the learner's work. By default the first of all. */
  readonly from?: number
  /** The number of facts up to the present instant; by default all. */
  readonly count?: number
  /** By default worked out from the trace. */
  readonly portOf?: PortOf
  /** The world at an instant, for conditions on its state; without it they do not hold. */
  readonly worldAt?: (t: Instant) => World
}

/** A condition on the state is asked at so many instants at most. */
const MOST_INSTANTS = 50

/** True if the work satisfies the check. */
export function checkTask(check: Check, { trace, from = 0, count = trace.length, portOf, worldAt }: Work): boolean {
  let first = 0
  while (first < count && (trace[first] as Fact).order < from) first++
  // Before the first deed nothing is the learner's work, whatever the state.
  if (first >= count && from > 0) return false
  return holds(check, { trace, count, portOf: portOf ?? portsIn(trace), worldAt }, first)
}

interface Known {
  readonly trace: readonly Fact[]
  readonly count: number
  readonly portOf: PortOf
  readonly worldAt: Work['worldAt']
}

function holds(check: Check, known: Known, first: number): boolean {
  if ('inOrder' in check) return inOrder(check.inOrder, check.without, known, first, {}, false)
  if ('all' in check) return check.all.every((part) => holds(part, known, first))
  if ('any' in check) return check.any.some((part) => holds(part, known, first))
  if ('not' in check) return !holds(check.not, known, first)
  if ('since' in check) {
    const last = lastMatch(check.since, known, first)
    return last >= 0 && holds(check.check, known, last + 1)
  }
  if ('count' in check) return counted(check, known, first)
  if ('when' in check) return instantsOf(check.when, known, first).some((t) => holdsAt(check.check, known, first, t))
  const world = known.worldAt?.((known.trace[known.count - 1]?.at ?? 0) as Instant)
  return world !== undefined && stateHolds(check, world)
}

const holdsAt = (check: Check, known: Known, first: number, t: Instant): boolean =>
  holds(check, { ...known, count: Math.min(known.count, factsUntil(known.trace, t)) }, first)

/** A search with backtracking: the first queued message need not be the one that bounced. */
function inOrder(
  patterns: readonly FactPattern[],
  without: FactPattern | undefined,
  known: Known,
  from: number,
  bound: Bindings,
  begun: boolean,
): boolean {
  const [first, ...rest] = patterns
  if (!first) return true
  for (let at = from; at < known.count; at++) {
    const fact = known.trace[at] as Fact
    const bindings = matchFact(fact, first, known.portOf, bound)
    if (bindings && inOrder(rest, without, known, at + 1, bindings, true)) return true
    if (begun && without && matchFact(fact, without, known.portOf, bound)) return false
  }
  return false
}

function lastMatch(pattern: FactPattern, known: Known, first: number): number {
  for (let at = known.count - 1; at >= first; at--) {
    if (matchFact(known.trace[at] as Fact, pattern, known.portOf)) return at
  }
  return -1
}

function instantsOf(pattern: FactPattern, known: Known, first: number): readonly Instant[] {
  const instants: Instant[] = []
  for (let at = first; at < known.count && instants.length < MOST_INSTANTS; at++) {
    const fact = known.trace[at] as Fact
    if (matchFact(fact, pattern, known.portOf)) instants.push(fact.at)
  }
  return instants
}

function counted(
  { count: pattern, distinct, atLeast, atMost, exactly }: CountCheck,
  known: Known,
  first: number,
): boolean {
  const number = countFacts(pattern, distinct, known.trace.slice(first, known.count), known.portOf)
  if (exactly !== undefined && number !== exactly) return false
  return number >= (atLeast ?? 0) && number <= (atMost ?? Number.POSITIVE_INFINITY)
}

/** The number of facts that match; those with the same value in the field `distinct` count once. */
export function countFacts(
  pattern: FactPattern,
  distinct: string | undefined,
  facts: readonly Fact[],
  portOf: PortOf,
): number {
  const found = facts.filter((fact) => matchFact(fact, pattern, portOf))
  return distinct === undefined ? found.length : new Set(found.map((fact) => fieldOf(fact, distinct))).size
}

/**
 * The instant since which a check holds, by halving: one that can be lost again may have held before, but it is since some
 * instant that it holds now.
 */
export function heldSince(check: Check, work: Work): Instant | undefined {
  const { trace } = work
  let [low, high] = [0, work.count ?? trace.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (checkTask(check, { ...work, count: middle })) high = middle
    else low = middle + 1
  }
  return trace[high - 1]?.at
}
