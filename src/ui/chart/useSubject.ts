import { useMemo } from 'react'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import type { Protocol, Session } from '../../session/session'
import { decisionOn, type Happened, happenedTo } from '../../view/chart/story'
import { connectionsIn, type SeenConnection, sessionIn } from '../../view/run/connections'
import type { Speaker } from '../../view/run/transcript'
import { keptFrom } from '../../world/trace'
import { engine } from '../run/engine'
import { useRun } from '../run/RunContext'
import { type Moment, useMoment, useWorld } from '../run/useMoment'

/** The subject of a chart: one end of a dialogue at the present moment. */
export interface Subject {
  readonly moment: Moment
  readonly connections: readonly SeenConnection[]
  /** Undefined while nothing has been connected. */
  readonly shown: SeenConnection | undefined
  readonly protocol: Protocol
  /** The session; undefined before it begins and after it has ended. */
  readonly session: Session | undefined
  /** The session's present state, its last one if it has ended; undefined before it begins. */
  readonly state: string | undefined
  readonly happened: readonly Happened[]
  readonly decided: ReturnType<typeof decisionOn>
}

/** Just before an instant: no two instants of a run are nearer. */
const JUST_BEFORE = 0.0005

const NOTHING: readonly Happened[] = []

export function useSubject(end: Speaker): Subject {
  const moment = useMoment()
  const world = useWorld(moment)
  const wanted = useRun((run) => run.selection.connection)
  const { seen, timeline, t } = moment
  const { all } = seen.connections
  const connections = useMemo(() => connectionsIn({ all }), [all])
  const shown = connections.find(({ connection }) => connection === wanted) ?? connections.at(-1)
  const id = shown?.sessions[end]
  const known = id === undefined ? undefined : sessionIn(seen.connections, id)
  const protocol = catalogue.protocols[known?.protocol ?? `${(shown?.protocol ?? 'SMTP').toLowerCase()}.${end}`]
  const session = shown && id !== undefined ? world.hosts[shown[end]]?.sessions[id]?.session : undefined
  const started = known?.started
  const happened = useMemo(
    () => (id === undefined || started === undefined ? NOTHING : happenedTo(timeline.trace, id, started, t)),
    [timeline, id, started, t],
  )
  const host = shown?.[end]
  const decided = useMemo(() => {
    const last = happened.at(-1)
    if (!last || !protocol || id === undefined || host === undefined) return undefined
    const before = last.at - JUST_BEFORE
    if (before < keptFrom(timeline)) return undefined
    const session = engine.worldAt(timeline, instant(before)).hosts[host]?.sessions[id]?.session
    return session && decisionOn(protocol, session, happened)
  }, [timeline, happened, protocol, id, host])
  const fallback = catalogue.protocols['smtp.server']
  const used = protocol ?? fallback
  if (!used) throw new Error('Broken expectation: the catalogue has a server of SMTP')
  return { moment, connections, shown, protocol: used, session, state: known?.state, happened, decided }
}
