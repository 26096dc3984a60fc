import type { Instant } from '../../base/time'
import type { Fact } from '../../world/fact'
import { countUpTo } from './countUpTo'
import type { Focus, TraceIndex } from './traceIndex'

export type StepSize = 'hop' | 'line' | 'packet'

/** An instant worth stopping at, and the fact that it shows. */
export interface Moment {
  readonly at: Instant
  readonly fact: number
}

/** Legs of the journey: a connection opens, the way is asked and told, the letter changes hands. */
export const HOPS: ReadonlySet<Fact['type']> = new Set<Fact['type']>([
  'connectionOpened',
  'connectionFailed',
  'messageWritten',
  'messageQueued',
  'messageDeferred',
  'messageDelivered',
  'messageBounced',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
  'hostStopped',
  'hostStarted',
  'zoneChanged',
  'zoneRefused',
])

const ofFocus = ({ at, flight }: Focus): Moment => ({ at, fact: flight.fact })

/** The moments to step through, in order, no two at the same instant. */
export function momentsOf(index: TraceIndex, size: StepSize): readonly Moment[] {
  if (size === 'line') return index.focuses.map(ofFocus)
  if (size === 'packet') return index.packetFocuses.map(ofFocus)
  const dns = index.focuses.filter(({ flight }) => flight.protocol === 'DNS').map(ofFocus)
  const hops = index.trace.filter((fact) => HOPS.has(fact.type)).map((fact) => ({ at: fact.at, fact: fact.order }))
  const all = [...dns, ...hops].sort((a, b) => a.at - b.at || a.fact - b.fact)
  return all.filter((moment, i) => all[i + 1]?.at !== moment.at)
}

export function momentAfter(moments: readonly Moment[], t: Instant): Moment | undefined {
  return moments[countUpTo(moments, (moment) => moment.at, t)]
}

export function momentBefore(moments: readonly Moment[], t: Instant): Moment | undefined {
  for (let i = countUpTo(moments, (moment) => moment.at, t) - 1; i >= 0; i--) {
    const moment = moments[i] as Moment
    if (moment.at < t) return moment
  }
  return undefined
}
