import type { Fact } from '../../world/fact'
import { factOf } from '../../world/trace'
import type { RunView } from '../run/runView'
import { causesOf } from '../why/causes'
import { placeOfFact } from './listing'
import { type Shown, shownAt } from './sift'

/** Facts that are looked back at from each of the later events, and later events that are looked at. */
const MOST_LATER = 5000

/** The index of an event among those that are shown; undefined if it is not. */
export function indexOfFact(shown: Shown, order: number): number | undefined {
  const place = placeOfFact(shown.listing, order)
  if (place === undefined) return undefined
  const index = shown.indexOf(place)
  return shown.placeAt(index) === place ? index : undefined
}

/** The shown event that is, or leads to, a fact: for a packet or a state the line from which it followed. */
export function eventFor(view: RunView, shown: Shown, order: number): number | undefined {
  const own = indexOfFact(shown, order)
  return own ?? causeOf(view, shown, order)
}

/** The index of the nearest cause of a fact among the events that are shown. */
export function causeOf(view: RunView, shown: Shown, order: number): number | undefined {
  const fact = factOf(view.timeline.trace, order)
  if (!fact) return undefined
  for (const cause of causesOf(view, fact)) {
    const index = indexOfFact(shown, cause.order) ?? tellerOf(view, shown, cause, order)
    if (index !== undefined) return index
  }
  return undefined
}

/** An action of a person that is not listed is told by its first consequence: a message that is written. */
function tellerOf(view: RunView, shown: Shown, action: Fact, before: number): number | undefined {
  if (action.type !== 'intervened') return undefined
  const { events } = shown.listing
  const next = events.get(events.countUpTo(({ fact }) => fact, action.order))
  if (!next || next.fact >= before || !tells(factOf(view.timeline.trace, next.fact), action)) return undefined
  return indexOfFact(shown, next.fact)
}

const tells = (fact: Fact | undefined, action: Fact | undefined): boolean =>
  fact !== undefined && action?.type === 'intervened' && fact.type === 'messageWritten' && fact.cause === action.order

/** The index of the first event that followed from a fact, among those that are shown. */
export function effectOf(view: RunView, shown: Shown, order: number): number | undefined {
  const { trace } = view.timeline
  /** Facts of which it is known whether they follow from the fact. */
  const follows = new Map<number, boolean>([[order, true]])
  const own = factOf(trace, order)
  const action = own?.cause === undefined ? undefined : factOf(trace, own.cause)
  if (action && tells(own, action)) follows.set(action.order, true)
  const first = firstAfter(shown, order)
  for (let index = first; index < Math.min(shown.length, first + MOST_LATER); index++) {
    const listed = shownAt(shown, index)
    const fact = listed && factOf(trace, listed.fact)
    if (!fact) continue
    const passed = [fact.order]
    let answer = false
    for (const cause of causesOf(view, fact)) {
      const known = follows.get(cause.order)
      if (known !== undefined) answer = known
      if (known !== undefined || cause.order < order) break
      passed.push(cause.order)
    }
    if (answer) return index
    for (const each of passed) follows.set(each, false)
  }
  return undefined
}

function firstAfter(shown: Shown, order: number): number {
  const { events } = shown.listing
  return shown.indexOf(events.countUpTo(({ fact }) => fact, order))
}
