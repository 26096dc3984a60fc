import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Instant } from '../../base/time'
import type { ResolverConfig } from '../../hosts/dns/resolverState'
import { decode, recordText } from '../../protocols/dns'
import { type AskedOfPerson, type Resolving, resolvingAt } from '../../view/chairs/questions'
import type { Fact } from '../../world/fact'
import type { Timeline } from '../../world/timeline'
import type { HostName } from '../../world/world'
import { engine } from '../run/engine'
import { useFactCount, useRun, useRunActions, useRunStore } from '../run/RunContext'

const DNS_PORT = 53

export type Rcode = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL'

export interface ResolverSeat extends Resolving {
  readonly canTakeBack: boolean
  ask(server: string, name: string, rrType: string): void
  answer(rcode: Rcode, records: readonly string[]): void
  letMachine(): void
  takeBack(): void
}

/** The answer of the real resolver to a question, found in a copy of the run: its records, or its code without any. */
export function machineAnswer(timeline: Timeline, host: HostName, question: AskedOfPerson): readonly string[] {
  const at = (Math.ceil(question.at * 1000) / 1000) as Instant
  const copy = engine.intervene(timeline, { type: 'seatLeft', host, port: DNS_PORT, at })
  for (const fact of copy.trace) {
    if (fact.type !== 'responded' || fact.host !== host || fact.at < at || fact.to !== question.from) continue
    const message = decode(fact.octets)
    if (message === 'malformed' || message.question[0]?.type !== question.rrType) continue
    return message.answers.length > 0 ? message.answers.map(recordText) : [message.rcode]
  }
  return ['SERVFAIL']
}

/** A person in the chair of a resolver. */
export function useResolver(host: HostName): ResolverSeat {
  const run = useRunStore()
  const actions = useRunActions()
  const timeline = useRun((state) => state.timeline)
  const count = useFactCount()
  const { trace, interventions, scenario } = timeline
  const hints = useMemo(() => {
    const config = scenario.hosts.find(({ name }) => name === host)?.config as ResolverConfig | undefined
    return (config?.hints ?? []).map((hint) => ({ ...hint, zone: '.' }))
  }, [scenario, host])
  const resolving = useMemo(() => resolvingAt(trace.slice(0, count), host, hints), [trace, count, host, hints])
  const last = interventions.at(-1)

  const goToTurn = useCallback(() => {
    const done = trace.findLast((fact) => fact.type === 'intervened')
    const from = done?.at ?? (0 as Instant)
    const next = (isIt: (fact: Fact) => boolean): Instant | undefined =>
      trace.find((fact) => fact.order > (done?.order ?? -1) && 'host' in fact && fact.host === host && isIt(fact))?.at
    // Time goes on to the answer of the server that was asked, and stands again.
    const answered =
      done?.intervention.type === 'dug' &&
      (next((fact) => fact.type === 'questionAnswered' && fact.answer.type === 'responseReceived') ??
        next(({ type }) => type === 'lookupEnded'))
    if (answered) actions.seek(answered)
    else if (resolvingAt(trace, host, hints, from).waiting) actions.seek(from)
    else actions.seek(next(({ type }) => type === 'datagramReceived') ?? timeline.until)
  }, [actions, trace, host, hints, timeline])
  const shown = useRef<Timeline>(undefined)
  useEffect(() => {
    if (shown.current === timeline) return
    shown.current = timeline
    // A worked example is played.
    const { playing, t } = run.get()
    if (!playing || t >= (last?.at ?? 0)) goToTurn()
  }, [timeline, goToTurn, run, last])

  return {
    ...resolving,
    canTakeBack: last !== undefined && ['dug', 'resolved'].includes(last.type) && run.get().canUndo,
    ask: (server, name, rrType) => {
      actions.intervene({ type: 'dug', host, server, name, rrType, recursion: false })
    },
    answer: (rcode, records) => {
      actions.intervene({ type: 'resolved', host, rcode, records })
    },
    letMachine: () => {
      const { waiting } = resolving
      if (!waiting) return
      const [first = 'SERVFAIL', ...more] = machineAnswer(timeline, host, waiting)
      if (first === 'NXDOMAIN' || first === 'SERVFAIL' || first === 'NOERROR')
        actions.intervene({ type: 'resolved', host, rcode: first, records: [] })
      else actions.intervene({ type: 'resolved', host, rcode: 'NOERROR', records: [first, ...more] })
    },
    takeBack: actions.undo,
  }
}
