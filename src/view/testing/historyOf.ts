import { instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import { type History, noHistory, record } from '../run/history'
import { type Moment, momentAfter, type StepSize } from '../run/moments'
import { nothingSeen, observe } from '../run/seen'

/** The history that these facts give by themselves. */
export function historyOf(trace: readonly Fact[]): History {
  let [seen, history] = [nothingSeen, noHistory]
  for (const fact of trace) {
    seen = observe(seen, fact)
    history = record(history, fact, seen)
  }
  return history
}

/** Every moment at which steps of this size stop, in order. */
export function momentsOf(history: History, size: StepSize): readonly Moment[] {
  const found: Moment[] = []
  for (let next = momentAfter(history, size, instant(-1)); next; next = momentAfter(history, size, next.at))
    found.push(next)
  return found
}
