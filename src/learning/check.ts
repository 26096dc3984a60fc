import type { Fact } from '../world/fact'
import { type Bindings, type FactPattern, matchFact, type Ports, portsOf } from './moment'

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

/**
 * True if the trace satisfies the check. `from` is the order of the first fact that counts: earlier facts are not the learner's
 * work.
 */
export function checkTask(check: Check, trace: readonly Fact[], from = 0): boolean {
  return holds(check, trace, from, portsOf(trace))
}

function holds(check: Check, trace: readonly Fact[], from: number, ports: Ports): boolean {
  if ('inOrder' in check) return inOrder(check.inOrder, trace, from, ports, {})
  if ('all' in check) return check.all.every((part) => holds(part, trace, from, ports))
  if ('any' in check) return check.any.some((part) => holds(part, trace, from, ports))
  return !holds(check.not, trace, from, ports)
}

/** A search with backtracking: the first queued message need not be the one that bounced. */
function inOrder(
  patterns: readonly FactPattern[],
  trace: readonly Fact[],
  from: number,
  ports: Ports,
  bound: Bindings,
): boolean {
  const [first, ...rest] = patterns
  if (!first) return true
  for (let at = from; at < trace.length; at++) {
    const bindings = matchFact(trace[at] as Fact, first, ports, bound)
    if (bindings && inOrder(rest, trace, at + 1, ports, bindings)) return true
  }
  return false
}
