import { useMemo, useRef } from 'react'
import { fromText } from '../../base/octets'
import type { LegalCommand } from '../../session/knowledge'
import { serviceAt } from '../../session/service'
import type { Session } from '../../session/session'
import { legalNow } from '../../view/knowledge'
import type { DialogueProtocol } from '../../view/run/connections'
import { answeredAt, nextTerminal, type Terminal, terminalIn } from '../../view/run/terminal'
import { awaitsData, type TranscriptLine, transcriptOf } from '../../view/run/transcript'
import type { Fact } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { useRunActions } from '../run/RunContext'
import { useMoment, useWorld } from '../run/useMoment'
import type { People } from './completions'

export interface TerminalUse {
  readonly terminal: Terminal | undefined
  readonly protocol: DialogueProtocol
  /** What was typed, and what has come back. */
  readonly lines: readonly TranscriptLine[]
  /** True where what is typed now is data and no command. */
  readonly data: boolean
  readonly legal: readonly LegalCommand[]
  /** The host at the far end, where it has no power. */
  readonly stopped: HostName | undefined
  readonly people: People
  connect(to: string, port: number, implicitTls: boolean): void
  hangUp(): void
  /** Sends lines as they were typed. */
  type(text: string): void
}

/** A person at a terminal on the host that the scenario's letter is written on. */
export function useTerminal(): TerminalUse {
  const moment = useMoment()
  const world = useWorld(moment)
  const actions = useRunActions()
  const { trace, seen, t, timeline } = moment
  const { host } = timeline.scenario.letter
  const terminal = useMemo(() => terminalIn(seen, host), [seen, host])
  const connection = terminal?.connection
  const found = useMemo(
    () =>
      connection
        ? transcriptOf(trace, connection.connection, t).filter(
            (line) => line.speaker === 'client' || (line.readAt !== undefined && line.readAt <= t),
          )
        : [],
    [trace, connection, t],
  )
  // Time goes on elsewhere too: as long as nothing new was said here, the editor keeps what it shows.
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
  const data = open && connection !== undefined && awaitsData(trace, connection.connection, t)
  const people = useMemo(() => peopleOf(timeline.scenario, connection?.port), [timeline.scenario, connection?.port])

  /** Time goes on to the answer, so that it stands there as soon as the line was typed. */
  const goToAnswer = (facts: readonly Fact[], open?: ConnectionId): void =>
    actions.seek(answeredAt(facts, host, facts[0]?.at ?? t, open))

  return {
    terminal,
    protocol,
    lines,
    data,
    legal,
    stopped,
    people,
    connect: (to, port, implicitTls) => {
      if (terminal && terminal.phase !== 'ended') actions.intervene({ type: 'hungUp', host, terminal: terminal.id })
      const tls = implicitTls ? { implicitTls } : {}
      const facts = actions.intervene({ type: 'connected', host, terminal: nextTerminal(seen), to, port, ...tls })
      goToAnswer(facts)
      const opening = facts.find((fact) => fact.type === 'connectionOpening' && fact.protocol === 'text.client')
      if (opening?.type === 'connectionOpening') actions.select({ connection: opening.connection })
    },
    hangUp: () => {
      if (terminal)
        goToAnswer(actions.intervene({ type: 'hungUp', host, terminal: terminal.id }), connection?.connection)
    },
    type: (text) => {
      if (!terminal) return
      const octets = fromText(`${text.replace(/\r\n|\r|\n/g, '\r\n').replace(/\r\n$/, '')}\r\n`)
      goToAnswer(actions.intervene({ type: 'typed', host, terminal: terminal.id, octets }), connection?.connection)
    },
  }
}

function sameLines(a: readonly TranscriptLine[], b: readonly TranscriptLine[]): boolean {
  return a.length === b.length && a.every((line, n) => line === b[n])
}

interface AccountConfig {
  readonly address: string
  readonly user?: string
  readonly password?: string
}

/** Who can be written to and who can log in: read off the scenario, so that completions fit any world. */
function peopleOf(
  {
    letter,
    hosts,
  }: {
    readonly letter: { host: string; account: string; to: string }
    readonly hosts: readonly { name: string; config: Readonly<Record<string, unknown>> }[]
  },
  port: number | undefined,
): People {
  const accounts = hosts.flatMap((host) => (host.config.accounts ?? []) as readonly AccountConfig[])
  const [local = '', domain = ''] = letter.to.split('@')
  const own = port !== undefined && submits(port) ? letter.account : letter.to
  const login = accounts.find((account) => account.address === own)
  const user = login?.user ?? login?.address.split('@')[0]
  return {
    from: letter.account,
    to: [`${local}@${domain}`, `nobody@${domain}`],
    hello: letter.host,
    ...(user && login?.password ? { login: { user, password: login.password } } : {}),
  }
}

/** True of a port at which a user's own program hands in messages. */
function submits(port: number): boolean {
  const service = serviceAt(port)
  return service?.protocol === 'SMTP' && service.clients === 'users'
}
