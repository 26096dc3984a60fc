import { rowOf } from '../../view/events/row'
import type { RunView } from '../../view/run/runView'
import { causesOf } from '../../view/why/causes'
import { factOf } from '../../world/trace'
import type { RunActions, Selection } from '../run/run'
import { selectionOf } from '../run/selection'

/** Causes among which the dialogue of an event is looked for. */
const NEAR = 40

/** Goes to the moment that shows a fact best, and selects it. */
export function goToFact(view: RunView, order: number, { goTo }: Pick<RunActions, 'goTo'>): void {
  const fact = factOf(view.timeline.trace, order)
  if (!fact) return
  const row = rowOf(view, { fact: order, at: fact.at })
  goTo(row?.shownAt ?? fact.at, selectionFor(view, order))
}

/** The selection of an event: with the dialogue in which it happened, so that the other panels show that. */
export function selectionFor(view: RunView, order: number): Selection {
  const fact = factOf(view.timeline.trace, order)
  const selection = selectionOf(fact)
  if (!fact || selection.connection !== undefined || fact.type === 'queried' || fact.type === 'responded')
    return selection
  let looked = 0
  for (const cause of causesOf(view, fact)) {
    if (++looked > NEAR) break
    if (cause.type === 'sent' || cause.type === 'read')
      return { ...selection, connection: cause.connection, session: cause.session }
  }
  return selection
}
