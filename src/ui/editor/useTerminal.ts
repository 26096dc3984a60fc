import { useMemo, useRef } from 'react'
import { fromText } from '../../base/octets'
import type { Session } from '../../session/session'
import type { People } from '../../view/editor/completions'
import { peopleAt } from '../../view/editor/people'
import { type LegalNow, legalNow } from '../../view/knowledge'
import type { DialogueProtocol } from '../../view/run/connections'
import { answeredAt, nextTerminal, type Terminal, terminalNamed } from '../../view/run/terminal'
import { awaitsData, type TranscriptLine, transcriptOf } from '../../view/run/transcript'
import type { Fact } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { useRunActions } from '../run/RunContext'
import { useMoment, useWorld } from '../run/useMoment'

export interface TerminalUse {
  readonly terminal: Terminal | undefined
  readonly protocol: DialogueProtocol
  /** The lines that were typed, and the replies. */
  readonly lines: readonly TranscriptLine[]
  /** True if the input is data and no command. */
  readonly data: boolean
  readonly legal: readonly LegalNow[]
  /** The host at the far end, if it has no power. */
  readonly stopped: HostName | undefined
  readonly people: People
  /** The person's machine. */
  readonly machine: HostName
  connect(where: Where): void
  hangUp(): void
  /** Sends lines as they were typed. */
  type(text: string): void
}

/** The host and port that a person connects to, and the machine to connect from. */
export interface Where {
  readonly from: HostName
  readonly to: string
  readonly port: number
  readonly implicitTls: boolean
}

/** A person at this terminal. Without one, the person is at the machine where the scenario's letter is written. */
export function useTerminal(id: string | undefined): TerminalUse {
  const moment = useMoment()
  const world = useWorld(moment)
  const actions = useRunActions()
  const { history, seen, t, timeline } = moment
  const { scenario } = timeline
  const terminal = useMemo(() => terminalNamed(seen, id), [seen, id])
  const host = terminal?.host ?? scenario.letter.host
  const connection = terminal?.connection
  const found = useMemo(
    () =>
      connection
        ? transcriptOf(history, connection.connection, t).filter(
            (line) => line.speaker === 'client' || (line.readAt !== undefined && line.readAt <= t),
          )
        : [],
    [history, connection, t],
  )
  // Time also passes for other hosts. The editor keeps its lines as long as nothing new was said here.
  const kept = useRef(found)
  if (!sameLines(kept.current, found)) kept.current = found
  const lines = kept.current
  const protocol = connection?.protocol ?? 'TEXT'
  const server = connection?.sessions.server
  const session: Session | undefined =
    connection && server ? world.hosts[connection.server]?.sessions[server]?.session : undefined
  const open = terminal?.phase === 'open'
  const legal = useMemo(() => (open ? legalNow(protocol, session) : []), [open, protocol, session])
  const stopped = connection && world.hosts[connection.server]?.up === false ? connection.server : undefined
  const data = open && connection !== undefined && awaitsData(history, connection.connection, t)
  const farEnd = connection?.server
  const port = connection?.port
  const people = useMemo(() => peopleAt(scenario, host, farEnd, port), [scenario, host, farEnd, port])

  /** Moves time on to the reply, so that it is shown at once after the line. */
  const goToAnswer = (facts: readonly Fact[], at: HostName, open?: ConnectionId): void =>
    actions.seek(answeredAt(facts, at, facts[0]?.at ?? t, open))

  return {
    terminal,
    protocol,
    lines,
    data,
    legal,
    stopped,
    people,
    machine: host,
    connect: ({ from, to, port, implicitTls }) => {
      const tls = implicitTls ? { implicitTls } : {}
      const facts = actions.intervene({ type: 'connected', host: from, terminal: nextTerminal(seen), to, port, ...tls })
      goToAnswer(facts, from)
      const opening = facts.find((fact) => fact.type === 'connectionOpening' && fact.protocol === 'text.client')
      if (opening?.type === 'connectionOpening') actions.select({ connection: opening.connection })
    },
    hangUp: () => {
      if (terminal)
        goToAnswer(actions.intervene({ type: 'hungUp', host, terminal: terminal.id }), host, connection?.connection)
    },
    type: (text) => {
      if (!terminal) return
      const octets = fromText(`${text.replace(/\r\n|\r|\n/g, '\r\n').replace(/\r\n$/, '')}\r\n`)
      goToAnswer(
        actions.intervene({ type: 'typed', host, terminal: terminal.id, octets }),
        host,
        connection?.connection,
      )
    },
  }
}

function sameLines(a: readonly TranscriptLine[], b: readonly TranscriptLine[]): boolean {
  return a.length === b.length && a.every((line, n) => line === b[n])
}
