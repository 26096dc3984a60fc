import type { Fact } from '../../world/fact'
import type { Snapshot, Timeline } from '../../world/timeline'
import { factsBefore } from '../../world/trace'
import { countUpTo } from './countUpTo'

/** The number of facts between two stored values. */
const KEPT_EVERY = 100

/** A value that is made of the facts of a run, one after the other. `facts` counts them, including those that were dropped. */
interface Folded {
  readonly facts: number
}

/**
 * Makes a function that gives the fold of a run's facts. It keeps values at the run's snapshots, so that a longer run, or a
 * branch, adds only its new facts to the value at a snapshot that both share.
 */
export function folding<T extends Folded>(nothing: T, add: (before: T, fact: Fact) => T): (timeline: Timeline) => T {
  /** Values by snapshot, and the order of the first fact of the run for which they were made. */
  const kept = new WeakMap<Snapshot, { readonly from: number; readonly value: T }>()
  const values = new WeakMap<Timeline, T>()
  return (timeline) => {
    const known = values.get(timeline)
    if (known) return known
    const { snapshots, trace } = timeline
    const from = snapshots[0]?.facts ?? 0
    let next = countUpTo(snapshots, ({ facts }) => facts, Number.POSITIVE_INFINITY)
    let value = nothing
    for (; next > 0; next--) {
      const found = kept.get(snapshots[next - 1] as Snapshot)
      if (found?.from !== from) continue
      ;({ value } = found)
      break
    }
    let place = factsBefore(trace, value.facts)
    let last = value.facts
    for (; next < snapshots.length; next++) {
      const snapshot = snapshots[next] as Snapshot
      for (let fact = trace[place]; fact && fact.order < snapshot.facts; fact = trace[++place]) value = add(value, fact)
      if (snapshot.facts - last < KEPT_EVERY && next < snapshots.length - 1) continue
      kept.set(snapshot, { from, value })
      last = snapshot.facts
    }
    for (let fact = trace[place]; fact; fact = trace[++place]) value = add(value, fact)
    values.set(timeline, value)
    return value
  }
}
