import { useCallback, useEffect, useMemo, useRef } from 'react'
import { fromText } from '../../base/octets'
import type { Duration, Instant } from '../../base/time'
import { type Call, callsTo } from '../../view/chairs/calls'
import type { Fact } from '../../world/fact'
import type { HostName } from '../../world/world'
import { engine } from '../run/engine'
import { useFactCount, useRun, useRunActions, useRunStore } from '../run/RunContext'

/** A person in the chair of the server at a port of a host. */
export interface Chair {
  readonly host: HostName
  readonly port: number
  /** The calls up to the present moment. */
  readonly calls: readonly Call[]
  /** The number of calls in the whole run. */
  readonly count: number
  /** The call that waits for an answer now; otherwise the last one. */
  readonly call: Call | undefined
  /** The instant at which the run next waits for the person, if it is not the present one. */
  readonly nextTurn: Instant | undefined
  /** The end of the caller's patience, while its line waits. */
  readonly silentUntil: Instant | undefined
  /** True if the last thing that was done is an answer, which can be taken back. */
  readonly canTakeBack: boolean
  /** Says a reply; its lines are separated by `\n`. Without a text the machine answers. */
  say(text?: string): void
  hangUp(): void
  takeBack(): void
  /** Lets the caller wait until its patience ends. */
  skip(): void
  /** The machine's own reply to the line that waits. */
  machineLine(): string | undefined
  goToTurn(): void
}

/** The instant at which the caller's patience ends, while its line waits. */
function patienceOf(trace: readonly Fact[], call: Call | undefined): Instant | undefined {
  if (!call?.waiting) return undefined
  const { caller, connection } = call
  const started = trace.find(
    (fact) => fact.type === 'sessionStarted' && fact.host === caller && fact.connection === connection,
  )
  if (started?.type !== 'sessionStarted') return undefined
  const timer = trace.findLast((fact) => fact.type === 'timerSet' && fact.session === started.session)
  return timer?.type === 'timerSet' ? timer.expiresAt : undefined
}

const BY_HAND: ReadonlySet<string> = new Set(['replied', 'callEnded'])

export function useChair(host: HostName, port: number): Chair {
  const run = useRunStore()
  const actions = useRunActions()
  const timeline = useRun((state) => state.timeline)
  const count = useFactCount()
  const { trace, interventions } = timeline
  const calls = useMemo(() => callsTo(trace.slice(0, count), host, port), [trace, count, host, port])
  const all = useMemo(() => callsTo(trace, host, port), [trace, host, port])
  const call = calls.find(({ waiting }) => waiting) ?? calls.at(-1)
  const last = interventions.at(-1)

  /** Where the person can act next: not before the last thing that was done. */
  const turnAt = useMemo((): Instant | undefined => {
    const waiting = all.find((each) => each.waiting)?.waiting
    // A call that is over has had its time, in which the others waited.
    const over = all.flatMap((each) => (each.over ? [each.over.at] : []))
    return waiting && (Math.max(waiting.at, last?.at ?? 0, ...over) as Instant)
  }, [all, last])
  const goToTurn = useCallback(() => actions.seek(turnAt ?? timeline.until), [actions, turnAt, timeline])

  // Time stands while one thinks: every new run is shown at the moment at which it waits for the person.
  const shown = useRef<typeof timeline>(undefined)
  useEffect(() => {
    if (shown.current === timeline) return
    shown.current = timeline
    // A worked example is played.
    const { playing, t } = run.get()
    if (!playing || t >= (last?.at ?? 0)) goToTurn()
  }, [timeline, goToTurn, run, last])

  const waits = call?.waiting !== undefined
  const silentUntil = useMemo(() => patienceOf(trace.slice(0, count), call), [trace, count, call])
  return {
    host,
    port,
    calls,
    count: Math.max(all.length, calls.length),
    call,
    nextTurn: waits ? undefined : turnAt,
    silentUntil,
    canTakeBack: last !== undefined && BY_HAND.has(last.type) && run.get().canUndo,
    say: (text) => {
      if (!call?.waiting) return
      const octets = text === undefined ? {} : { octets: fromText(`${text.replace(/\r\n|\r|\n/g, '\r\n')}\r\n`) }
      actions.intervene({ type: 'replied', host, session: call.session, ...octets })
    },
    hangUp: () => {
      if (call && !call.over) actions.intervene({ type: 'callEnded', host, session: call.session })
    },
    takeBack: actions.undo,
    skip: () => {
      if (silentUntil !== undefined) actions.runOn((silentUntil - timeline.until + 1) as Duration)
    },
    machineLine: () => {
      if (!call?.waiting) return undefined
      const at = (Math.ceil(run.get().t * 1000) / 1000) as Instant
      const tried = engine.intervene(timeline, { type: 'replied', host, session: call.session, at })
      const { order } = call.waiting
      const answer = tried.trace.find((fact) => fact.type === 'answeredByHand' && fact.order > order)
      return answer?.type === 'answeredByHand' ? answer.machine?.trimEnd() : undefined
    },
    goToTurn,
  }
}
