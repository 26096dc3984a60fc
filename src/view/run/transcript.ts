import { type Octets, slice } from '../../base/octets'
import type { Instant } from '../../base/time'
import type { Meaning } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { countUpTo } from './countUpTo'
import { dnsMessageIn, wireTextOf } from './wire'

export type Speaker = 'client' | 'server'

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
  /** True on lines of a letter or a literal, which are no commands. */
  readonly data: boolean
  /** True on a line that its reader takes for a command, or will. */
  readonly command: boolean
  /** True on what travelled inside TLS. */
  readonly encrypted: boolean
  /** What stands for octets that are no text: a DNS message as a zone file writes it. */
  readonly words?: string
}

interface Dialogue {
  readonly ends: FactOf<'connectionOpening'>
  readonly sent: FactOf<'sent'>[]
  readonly read: FactOf<'read'>[]
  readonly sessions: FactOf<'sessionStarted'>[]
  readonly secured: FactOf<'tlsStarted'>[]
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
        found.set(fact.connection, { ends: fact, sent: [], read: [], sessions: [], secured: [] })
        break
      case 'sessionStarted':
        if (fact.connection) found.get(fact.connection)?.sessions.push(fact)
        break
      case 'tlsStarted':
        found.get(fact.connection)?.secured.push(fact)
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
  if (!dialogue.lines) {
    const isAwaited = awaited(dialogue)
    dialogue.lines = dialogue.sent.flatMap((sent) => split(sent, dialogue, isAwaited))
  }
  return dialogue.lines
}

/** Cuts what was sent at its line ends. The client and the server of one host cannot be told by name, so the session tells. */
function split(sent: FactOf<'sent'>, dialogue: Dialogue, isAwaited: (offset: number) => boolean): TranscriptLine[] {
  const speaker: Speaker = isServers(sent, dialogue) ? 'server' : 'client'
  const heard = dialogue.read.filter((read) => read.session !== sent.session)
  const encrypted = dialogue.secured.some((secured) => secured.session === sent.session && secured.order < sent.order)
  if (dnsMessageIn(sent) !== undefined) {
    const reader = readerOf(heard, sent.end)
    const { order: fact, at, host, octets, means } = sent
    const readAt = reader ? { readAt: reader.at } : {}
    const words = wireTextOf(sent).text
    return [
      {
        fact,
        part: 0,
        at,
        ...readAt,
        speaker,
        host,
        octets,
        means,
        last: true,
        data: false,
        command: false,
        encrypted,
        words,
      },
    ]
  }
  const isLiteral = speaker === 'server' ? literalsIn(sent) : () => false
  const lines: TranscriptLine[] = []
  let from = 0
  while (from < sent.octets.length) {
    const lineEnd = sent.octets.indexOf('\r\n', from)
    const to = lineEnd === -1 ? sent.octets.length : lineEnd
    const next = lineEnd === -1 ? to : lineEnd + 2
    const reader = readerOf(heard, sent.start + next)
    // A literal ends where it was said to end, within a line: what a line is shows in its beginning.
    const beginning = readerOf(heard, sent.start + from + 1)
    // Who typed a line did not say what it means; who read it did.
    const means =
      sent.means.kind === 'line' && beginning && beginning.means.kind !== 'line' ? beginning.means : sent.means
    const data =
      means.kind === 'mailData' ||
      means.kind === 'literal' ||
      isLiteral(from) ||
      (speaker === 'client' && !beginning && isAwaited(sent.start + from))
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
      data,
      command: speaker === 'client' && !data && (means.kind === 'command' || (means.kind === 'line' && !beginning)),
      encrypted,
    })
    from = next
  }
  return lines
}

function isServers(said: FactOf<'sent'> | FactOf<'read'>, { ends, sessions }: Dialogue): boolean {
  if (ends.client !== ends.server) return said.host === ends.server
  return sessions.find(({ session }) => session === said.session)?.protocol.endsWith('.server') ?? false
}

/** Where octets stand that a server announced as `{12}` before them (RFC 9051 section 4.3). */
function literalsIn({ octets, means }: FactOf<'sent'>): (offset: number) => boolean {
  const found: (readonly [from: number, to: number])[] = []
  if (means.kind !== 'response') return () => false
  const announcement = /\{(\d+)\}\r\n/g
  for (let match = announcement.exec(octets); match; match = announcement.exec(octets)) {
    const from = announcement.lastIndex
    const to = from + Number(match[1])
    found.push([from, to])
    announcement.lastIndex = to
  }
  return (offset) => found.some(([from, to]) => from <= offset && offset < to)
}

/**
 * Which of the client's octets that nobody has read yet are data: those the server waits for since it said 354
 * (RFC 5321 section 4.1.1.4), or since a literal was announced to it (RFC 9051 section 4.3).
 */
function awaited(dialogue: Dialogue, t = Number.POSITIVE_INFINITY): (offset: number) => boolean {
  const asked = dialogue.sent.findLast((sent) => sent.at <= t && isServers(sent, dialogue))
  const heard = dialogue.read.findLast((read) => read.at <= t && isServers(read, dialogue))
  if (!asked || !heard) return () => false
  if (asked.means.kind === 'reply' && asked.octets.startsWith('354')) {
    if (heard.means.kind === 'mailData' && /(?:^|\r\n)\.\r\n$/.test(heard.octets)) return () => false
    const end = endOfMailData(dialogue, heard.end, t)
    return (offset) => offset < end
  }
  const literal = heard.means.kind === 'command' && /\{(\d+)(\+?)\}\r?\n$/.exec(heard.octets)
  if (!literal || (literal[2] === '' && (asked.order < heard.order || asked.means.kind !== 'continuation')))
    return () => false
  const end = heard.end + Number(literal[1])
  return (offset) => offset < end
}

/** Where the letter ends among octets that nobody has read: behind the dot alone on its line, if it was typed already. */
function endOfMailData(dialogue: Dialogue, from: number, t: number): number {
  let unread = ''
  for (const sent of dialogue.sent) {
    if (sent.at > t || sent.end <= from || isServers(sent, dialogue)) continue
    unread += sent.octets.slice(Math.max(from - sent.start, 0))
  }
  const dot = /(?:^|\r\n)\.\r\n/.exec(unread)
  return dot ? from + dot.index + dot[0].length : Number.POSITIVE_INFINITY
}

/** Whether what a client sends next, at this instant, will be read as data and not as a command. */
export function awaitsData(trace: readonly Fact[], connection: ConnectionId, t: Instant): boolean {
  const dialogue = dialoguesOf(trace).get(connection)
  if (!dialogue) return false
  const said = dialogue.sent.findLast((sent) => sent.at <= t && !isServers(sent, dialogue))
  return awaited(dialogue, t)(said?.end ?? 0)
}

/** The first reading that took the stream up to this offset. Readings are in the stream's order. */
function readerOf(heard: readonly FactOf<'read'>[], offset: number): FactOf<'read'> | undefined {
  return heard[countUpTo(heard, (read) => read.end, offset - 1)]
}
