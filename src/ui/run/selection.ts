import type { Fact } from '../../world/fact'
import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import type { RunState } from './run'

/** What panels look at after something was done or gone to. */

/** The facts of an intervention and of all that came after it. */
export function followed(trace: readonly Fact[], intervention: Intervention): readonly Fact[] {
  const from = trace.findLastIndex((fact) => fact.type === 'intervened' && fact.at === intervention.at)
  return from === -1 ? trace.filter((fact) => fact.at >= intervention.at) : trace.slice(from)
}

/** The connection that a person types into, where what followed is about one. */
export function terminalOf(facts: readonly Fact[]): string | undefined {
  const [first] = facts
  if (first?.type !== 'intervened') return undefined
  if (first.intervention.type === 'connected') {
    const opening = facts.find((fact) => fact.type === 'connectionOpening' && fact.protocol === 'text.client')
    return opening?.type === 'connectionOpening' ? opening.connection : undefined
  }
  if (first.intervention.type !== 'typed') return undefined
  const said = facts.find((fact) => fact.type === 'sent' && fact.cause === first.order)
  return said?.type === 'sent' ? said.connection : undefined
}

/** A fact that the new timeline still has at its place stays selected. */
export function keptSelection(state: RunState, timeline: Timeline): RunState['selection'] {
  const { fact } = state.selection
  if (fact === undefined || factOf(timeline.trace, fact) === factOf(state.timeline.trace, fact)) return state.selection
  const { fact: _, ...rest } = state.selection
  return rest
}

/** What panels are to look at when the learner has stepped to a fact. */
export function selectionOf(fact: Fact | undefined): RunState['selection'] {
  if (!fact) return {}
  const connection = 'connection' in fact ? fact.connection : packetConnection(fact)
  return {
    fact: fact.order,
    ...(connection === undefined ? {} : { connection }),
    ...('session' in fact && fact.session !== undefined ? { session: fact.session } : {}),
    ...('host' in fact ? { host: fact.host } : {}),
  }
}

const packetConnection = (fact: Fact): string | undefined =>
  fact.type === 'packetSent' && fact.packet.kind === 'segment' ? fact.packet.connection : undefined
