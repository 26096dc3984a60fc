import type { Instant } from '../../base/time'
import { connectionIn, sessionIn } from '../../view/run/connections'
import { lineIn } from '../../view/run/flights'
import { lastBy } from '../../view/run/happenings'
import { viewOf } from '../../view/run/runView'
import type { Fact } from '../../world/fact'
import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import type { RunState } from './run'

/** The selection after an intervention, or after the learner went to an instant. */

/** The facts of an intervention and all facts after it. */
export function followed(trace: readonly Fact[], intervention: Intervention): readonly Fact[] {
  const from = trace.findLastIndex((fact) => fact.type === 'intervened' && fact.at === intervention.at)
  return from === -1 ? trace.filter((fact) => fact.at >= intervention.at) : trace.slice(from)
}

/** The connection into which a person types, if the facts are about one. */
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

/**
 * The part of the selection that also exists in another run. Each run numbers its facts, connections and sessions from the start:
 * an item is the same in both if the runs did not diverge before it began.
 */
export function keptSelection(
  state: Pick<RunState, 'selection' | 'timeline'>,
  timeline: Timeline,
): RunState['selection'] {
  const { fact, connection, session, host } = state.selection
  const before = viewOf(state.timeline).seen.connections
  const same = (order: number | undefined): boolean => {
    const began = order === undefined ? undefined : factOf(state.timeline.trace, order)
    return began !== undefined && began === factOf(timeline.trace, began.order)
  }
  return {
    ...(host === undefined ? {} : { host }),
    ...(same(fact) ? { fact } : {}),
    ...(connection !== undefined && same(connectionIn(before, connection)?.started) ? { connection } : {}),
    ...(session !== undefined && same(sessionIn(before, session)?.started) ? { session } : {}),
  }
}

/** The selection when the learner has stepped to a fact. */
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

/** The selection when the learner goes to an instant: the line in flight there. */
export const selectionAt = (timeline: Timeline, t: Instant): RunState['selection'] =>
  selectionOf(factOf(timeline.trace, lineIn(viewOf(timeline).history.flights, t)?.flight.fact ?? -1))

/**
 * If only a host is chosen, the line in focus is selected too if it is one of its own, else the last that it said, so that the
 * panels show what the map does.
 */
export function withLastLine(
  { timeline, t }: Pick<RunState, 'timeline' | 't'>,
  selection: RunState['selection'],
): RunState['selection'] {
  const { host } = selection
  if (host === undefined || selection.connection !== undefined || selection.fact !== undefined) return selection
  const focus = lineIn(viewOf(timeline).history.flights, t)?.flight
  if (focus && (focus.from === host || focus.to === host))
    return { ...selectionOf(factOf(timeline.trace, focus.fact)), host }
  const words = viewOf(timeline).history.happenings.words[host]
  const spoken = words && lastBy(words, t)
  return spoken ? { ...selectionOf(spoken), host } : selection
}

/**
 * While time moves, panels follow it. Only a connection that the learner chose as such stays selected, not one that was
 * selected through a line.
 */
export function selectionWhilePlaying({
  selection: { connection, fact },
  pinned,
}: Pick<RunState, 'selection' | 'pinned'>): RunState['selection'] {
  return pinned && connection !== undefined && fact === undefined ? { connection } : {}
}

const packetConnection = (fact: Fact): string | undefined =>
  fact.type === 'packetSent' && fact.packet.kind === 'segment' ? fact.packet.connection : undefined
