import type { Fact } from '../world/fact'
import { type Bindings, type FactPattern, matchFact, type PortOf, portsIn } from './moment'

/**
 * A task's goal as a predicate over facts: every way that reaches it is right. The simulation is the answer key; nothing
 * compares the learner's text with the author's.
 */
export type Check =
  /** These facts, in this order; others may lie between them. `$x` binds across them. */
  | { readonly inOrder: readonly FactPattern[] }
  | { readonly all: readonly Check[] }
  | { readonly any: readonly Check[] }
  | { readonly not: Check }

/** The part of a run that counts for a task. */
export interface Work {
  readonly trace: readonly Fact[]
  /** The order of the first fact that counts: earlier facts are not the learner's work. By default the first of all. */
  readonly from?: number
  /** The number of facts up to the present instant; by default all. */
  readonly count?: number
  /** By default worked out from the trace. */
  readonly portOf?: PortOf
}

/** True if the work satisfies the check. */
export function checkTask(check: Check, { trace, from = 0, count = trace.length, portOf }: Work): boolean {
  let first = 0
  while (first < count && (trace[first] as Fact).order < from) first++
  return holds(check, { trace, count, portOf: portOf ?? portsIn(trace) }, first)
}

type Known = Required<Omit<Work, 'from'>>

function holds(check: Check, known: Known, first: number): boolean {
  if ('inOrder' in check) return inOrder(check.inOrder, known, first, {})
  if ('all' in check) return check.all.every((part) => holds(part, known, first))
  if ('any' in check) return check.any.some((part) => holds(part, known, first))
  return !holds(check.not, known, first)
}

/** A search with backtracking: the first queued message need not be the one that bounced. */
function inOrder(patterns: readonly FactPattern[], known: Known, from: number, bound: Bindings): boolean {
  const [first, ...rest] = patterns
  if (!first) return true
  for (let at = from; at < known.count; at++) {
    const bindings = matchFact(known.trace[at] as Fact, first, known.portOf, bound)
    if (bindings && inOrder(rest, known, at + 1, bindings)) return true
  }
  return false
}
