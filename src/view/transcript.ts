import { type Octets, slice } from '../base/octets'
import type { Instant } from '../base/time'
import type { Meaning } from '../session/session'
import type { Fact, FactOf } from '../world/fact'
import type { ConnectionId, HostName, SessionId } from '../world/world'
import { countUpTo } from './traceIndex'

/** A protocol that a dialogue is held in. `TEXT` where nobody at the far end has said which. */
export type DialogueProtocol = 'SMTP' | 'POP3' | 'IMAP' | 'TEXT'
export type Speaker = 'client' | 'server'

/** A connection as it stands at an instant. */
export interface SeenConnection {
  readonly connection: ConnectionId
  readonly client: HostName
  readonly server: HostName
  readonly port: number
  readonly protocol: DialogueProtocol
  /** True where a person types at the client's end. */
  readonly typed: boolean
  readonly openedAt: Instant
  readonly state: 'opening' | 'open' | 'closed' | 'refused' | 'timedOut' | 'reset'
  /** The sessions of its two ends, as far as they have started. */
  readonly sessions: { readonly client?: SessionId; readonly server?: SessionId }
}

/** One line of a dialogue, as its speaker sent it. */
export interface TranscriptLine {
  /** The order of the `sent` fact, and which line of it this is. */
  readonly fact: number
  readonly part: number
  readonly at: Instant
  /** When the other end had read it; absent while it is on its way. */
  readonly readAt?: Instant
  readonly speaker: Speaker
  readonly host: HostName
  /** The line without its line end. */
  readonly octets: Octets
  readonly means: Meaning
  /** True on the last line of a reply: there stands its tick or cross. */
  readonly last: boolean
  /** True on lines of a letter, which are no commands. */
  readonly data: boolean
}

interface Dialogue {
  readonly ends: FactOf<'connectionOpening'>
  readonly sent: FactOf<'sent'>[]
  readonly read: FactOf<'read'>[]
  readonly sessions: FactOf<'sessionStarted'>[]
  readonly outcomes: (FactOf<'connectionOpened'> | FactOf<'connectionClosed'> | FactOf<'connectionFailed'>)[]
  lines?: readonly TranscriptLine[]
}

/** Dialogues sorted out once for each trace: a trace is a value, so what was found in it stays true. */
const sorted = new WeakMap<readonly Fact[], ReadonlyMap<ConnectionId, Dialogue>>()

function dialoguesOf(trace: readonly Fact[]): ReadonlyMap<ConnectionId, Dialogue> {
  const known = sorted.get(trace)
  if (known) return known
  const found = new Map<ConnectionId, Dialogue>()
  for (const fact of trace) {
    switch (fact.type) {
      case 'connectionOpening':
        found.set(fact.connection, { ends: fact, sent: [], read: [], sessions: [], outcomes: [] })
        break
      case 'connectionOpened':
      case 'connectionClosed':
      case 'connectionFailed':
        found.get(fact.connection)?.outcomes.push(fact)
        break
      case 'sessionStarted':
        if (fact.connection) found.get(fact.connection)?.sessions.push(fact)
        break
      case 'sent':
        found.get(fact.connection)?.sent.push(fact)
        break
      case 'read':
        found.get(fact.connection)?.read.push(fact)
        break
    }
  }
  sorted.set(trace, found)
  return found
}

/** The connections that have been tried up to an instant, in the order of opening. */
export function connectionsAt(trace: readonly Fact[], t: Instant): readonly SeenConnection[] {
  const seen: SeenConnection[] = []
  for (const dialogue of dialoguesOf(trace).values()) if (dialogue.ends.at <= t) seen.push(connectionAt(dialogue, t))
  return seen
}

function connectionAt(dialogue: Dialogue, t: Instant): SeenConnection {
  const { connection, client, server, port, protocol, at } = dialogue.ends
  const sessions: { client?: SessionId; server?: SessionId } = {}
  let spoken = protocol
  for (const started of dialogue.sessions) {
    const end = started.host === server && started.protocol.endsWith('.server') ? 'server' : 'client'
    // What a person types into has no protocol of its own: the far end says which it is.
    if (end === 'server' && protocolOf(protocol) === 'TEXT') spoken = started.protocol
    if (started.at <= t) sessions[end] = started.session
  }
  let state: SeenConnection['state'] = 'opening'
  for (const outcome of dialogue.outcomes) {
    if (outcome.at > t) break
    if (outcome.type === 'connectionOpened') state = 'open'
    else if (outcome.type === 'connectionFailed') state = outcome.why
    else state = 'closed'
  }
  return {
    connection,
    client,
    server,
    port,
    protocol: protocolOf(spoken),
    typed: protocolOf(protocol) === 'TEXT',
    openedAt: at,
    state,
    sessions,
  }
}

function protocolOf(key: string): DialogueProtocol {
  const name = key.split('.')[0]?.toUpperCase()
  return name === 'SMTP' || name === 'POP3' || name === 'IMAP' ? name : 'TEXT'
}

/** The lines that were said on a connection up to an instant, in the order in which they were said. */
export function transcriptOf(trace: readonly Fact[], connection: ConnectionId, t: Instant): readonly TranscriptLine[] {
  const lines = linesOf(trace, connection)
  return lines.length === 0
    ? lines
    : lines.slice(
        0,
        countUpTo(lines, (line) => line.at, t),
      )
}

/** How many lines of a connection had been said at an instant: cheap enough to ask at each frame. */
export function linesSaid(trace: readonly Fact[], connection: ConnectionId, t: Instant): number {
  return countUpTo(linesOf(trace, connection), (line) => line.at, t)
}

const NOTHING: readonly TranscriptLine[] = []

function linesOf(trace: readonly Fact[], connection: ConnectionId): readonly TranscriptLine[] {
  const dialogue = dialoguesOf(trace).get(connection)
  if (!dialogue) return NOTHING
  if (!dialogue.lines) dialogue.lines = dialogue.sent.flatMap((sent) => split(sent, dialogue))
  return dialogue.lines
}

/** Cuts what was sent at its line ends. The client and the server of one host cannot be told by name, so the session tells. */
function split(sent: FactOf<'sent'>, dialogue: Dialogue): TranscriptLine[] {
  const { client, server } = dialogue.ends
  const speaker: Speaker =
    client === server
      ? dialogue.sessions.find((started) => started.session === sent.session)?.protocol.endsWith('.server')
        ? 'server'
        : 'client'
      : sent.host === server
        ? 'server'
        : 'client'
  const heard = dialogue.read.filter((read) => read.session !== sent.session)
  const lines: TranscriptLine[] = []
  let from = 0
  while (from < sent.octets.length) {
    const lineEnd = sent.octets.indexOf('\r\n', from)
    const to = lineEnd === -1 ? sent.octets.length : lineEnd
    const next = lineEnd === -1 ? to : lineEnd + 2
    const reader = readerOf(heard, sent.start + next)
    // Who typed a line did not say what it means; who read it did.
    const means = sent.means.kind === 'line' && reader && reader.means.kind !== 'line' ? reader.means : sent.means
    lines.push({
      fact: sent.order,
      part: lines.length,
      at: sent.at,
      ...(reader ? { readAt: reader.at } : {}),
      speaker,
      host: sent.host,
      octets: slice(sent.octets, from, to),
      means,
      last: next >= sent.octets.length,
      data: means.kind === 'mailData' || means.kind === 'literal',
    })
    from = next
  }
  return lines
}

/** The first reading that took the stream up to this offset. Readings are in the stream's order. */
function readerOf(heard: readonly FactOf<'read'>[], offset: number): FactOf<'read'> | undefined {
  return heard[countUpTo(heard, (read) => read.end, offset - 1)]
}
