import { type Octets, slice } from '../../base/octets'
import type { Instant } from '../../base/time'
import type { Meaning } from '../../session/session'
import type { Fact, FactOf } from '../../world/fact'
import type { ConnectionId, HostName } from '../../world/world'
import { type Connections, connectionIn, placeOf, sessionIn } from './connections'
import { put, Vector } from './vector'
import { dnsMessageIn, wireTextOf } from './wire'

export type Speaker = 'client' | 'server'

/** One line of a dialogue, as its speaker sent it. */
export interface TranscriptLine {
  /** The order of the `sent` fact, and the index of this line in it. */
  readonly fact: number
  readonly part: number
  readonly at: Instant
  /** The instant at which the other end had read it; absent before that. */
  readonly readAt?: Instant
  readonly speaker: Speaker
  readonly host: HostName
  /** The line without its line end. */
  readonly octets: Octets
  /** Its range in its direction's stream of octets, including the line end. */
  readonly start: number
  readonly end: number
  readonly means: Meaning
  /** A typed line of a letter or a literal: its meaning is that of all its lines. */
  readonly piece?: true
  /** True on the last line of a reply: its tick or cross is shown there. */
  readonly last: boolean
  /** True on lines of a letter or a literal, which are no commands. */
  readonly data: boolean
  /** True on a line that its reader takes for a command, or will. */
  readonly command: boolean
  /** True on lines that travelled inside TLS. */
  readonly encrypted: boolean
  /** The other end could not read the line, and threw it away: it came encrypted, or in plaintext. */
  readonly unread?: Pick<FactOf<'octetsDiscarded'>, 'at' | 'why'>
  /** The text shown for octets that are no text: a DNS message in the form of a zone file. */
  readonly words?: string
}

/** The lines of one side, and how many of them the other side has read. */
interface Said {
  readonly sent: Vector<FactOf<'sent'>>
  readonly read: Vector<FactOf<'read'>>
  /** Places of its lines in the dialogue. */
  readonly lines: Vector<number>
  /** The number of lines that have been read. They do not change any more. */
  readonly settled: number
}

export interface Dialogue {
  readonly lines: Vector<TranscriptLine>
  readonly client: Said
  readonly server: Said
  /** The client's octets before this offset that the server has not read yet are data. */
  readonly dataUpTo: number
}

/** Every dialogue of a run, by the number of its connection. */
export type Dialogues = Vector<Dialogue | undefined>

export const noDialogues: Dialogues = Vector.empty()

/** The part of a run's history that holds the dialogues. */
interface Told {
  readonly dialogues: Dialogues
}

const dialogueIn = (dialogues: Dialogues, connection: ConnectionId): Dialogue | undefined =>
  dialogues.get(placeOf(connection))

const SILENT: Said = { sent: Vector.empty(), read: Vector.empty(), lines: Vector.empty(), settled: 0 }
const SILENCE: Dialogue = { lines: Vector.empty(), client: SILENT, server: SILENT, dataUpTo: 0 }

/**
 * The dialogues after one more fact. The time it takes depends on the lines that are said but not read yet.
 *
 * @param connections the connections after this fact.
 */
export function observeDialogue(seen: Dialogues, fact: Fact, connections: Connections): Dialogues {
  if (fact.type === 'octetsDiscarded') return discarded(seen, fact, connections)
  if (fact.type !== 'sent' && fact.type !== 'read') return seen
  const connection = connectionIn(connections, fact.connection)
  if (!connection) return seen
  const { client, server, sessions } = connection
  const isServers = client === server ? sessions.server === fact.session : fact.host === server
  const before = dialogueIn(seen, fact.connection) ?? SILENCE
  const after =
    fact.type === 'sent'
      ? sentBy(before, isServers ? 'server' : 'client', fact, sessionIn(connections, fact.session)?.encrypted === true)
      : readOf(before, isServers ? 'client' : 'server', fact)
  return put(seen, placeOf(fact.connection), after)
}

/** Marks the oldest lines that a host has not read, as many as the octets that it throws away. */
function discarded(
  seen: Dialogues,
  { connection: id, host, octets, at, why }: FactOf<'octetsDiscarded'>,
  connections: Connections,
): Dialogues {
  const before = dialogueIn(seen, id)
  const connection = connectionIn(connections, id)
  // A connection of a host with itself: its two ends cannot be told apart by the host.
  if (!before || !connection || connection.client === connection.server) return seen
  const said = before[host === connection.server ? 'client' : 'server']
  let { lines } = before
  let left = octets.length
  for (const place of said.lines.from(said.settled)) {
    const line = lines.get(place)
    if (!line || line.end - line.start > left) break
    if (line.unread !== undefined || line.readAt !== undefined) continue
    lines = lines.set(place, { ...line, unread: { at, why } })
    left -= line.end - line.start
  }
  return put(seen, placeOf(id), { ...before, lines })
}

function sentBy(before: Dialogue, speaker: Speaker, fact: FactOf<'sent'>, encrypted: boolean): Dialogue {
  const said = before[speaker]
  const after = withData({ ...before, [speaker]: { ...said, sent: said.sent.push(fact) } }, speaker)
  let { lines } = after
  let places = said.lines
  for (const line of cut(fact, speaker, encrypted)) {
    places = places.push(lines.length)
    lines = lines.push(heard(line, after))
  }
  return { ...after, lines, [speaker]: { ...after[speaker], lines: places } }
}

function readOf(before: Dialogue, speaker: Speaker, fact: FactOf<'read'>): Dialogue {
  const said = before[speaker]
  const after: Dialogue = { ...before, [speaker]: { ...said, read: said.read.push(fact) } }
  return withData(revised(after, speaker, fact.end), speaker === 'client' ? 'server' : 'client')
}

/** Updates the lines that begin before an offset and were not wholly read. */
function revised(before: Dialogue, speaker: Speaker, upTo: number): Dialogue {
  const said = before[speaker]
  let { lines } = before
  let { settled } = said
  for (const place of said.lines.from(settled)) {
    const line = lines.get(place)
    if (!line || line.start >= upTo) break
    const after = heard(line, before)
    if (after !== line) lines = lines.set(place, after)
    if (after.readAt !== undefined) settled++
  }
  return { ...before, lines, [speaker]: { ...said, settled } }
}

/** Computes again which of the client's octets are data, after one side has said or read more. */
function withData(before: Dialogue, by: Speaker): Dialogue {
  // Once the end of the letter is found, later octets of the client do not change its place.
  if (by === 'client' && before.dataUpTo !== Number.POSITIVE_INFINITY) return before
  const dataUpTo = dataEnd(before)
  if (dataUpTo === before.dataUpTo) return before
  return revised({ ...before, dataUpTo }, 'client', Number.POSITIVE_INFINITY)
}

const PIECE = { piece: true } as const

/** A line with the meaning that its reader found; the same line if that is known already. */
function heard(line: TranscriptLine, dialogue: Dialogue): TranscriptLine {
  const { speaker } = line
  const { read } = dialogue[speaker]
  const readAt = readerOf(read, line.end)?.at
  const when = readAt === undefined ? {} : { readAt }
  if (line.words !== undefined) return readAt === line.readAt ? line : { ...line, ...when }
  // A literal can end within a line, at its announced size. The beginning of a line decides its kind.
  const beginning = readerOf(read, line.start + 1)
  // The sender of a typed line gives no meaning; its reader does.
  const means =
    line.means.kind === 'line' && beginning && beginning.means.kind !== 'line' ? beginning.means : line.means
  const piece = means !== line.means && (means.kind === 'mailData' || means.kind === 'literal')
  const data =
    means.kind === 'mailData' ||
    means.kind === 'literal' ||
    (speaker === 'server' ? line.data : !beginning && line.start < dialogue.dataUpTo)
  const command = speaker === 'client' && !data && (means.kind === 'command' || (means.kind === 'line' && !beginning))
  return readAt === line.readAt && means === line.means && data === line.data && command === line.command
    ? line
    : { ...line, ...when, means, data, command, ...(piece && PIECE) }
}

/** The first reading that took the stream up to this offset. Readings are in the stream's order. */
const readerOf = (read: Vector<FactOf<'read'>>, offset: number): FactOf<'read'> | undefined =>
  read.get(read.countUpTo(({ end }) => end, offset - 1))

/** Splits sent octets at their line ends. */
function cut(sent: FactOf<'sent'>, speaker: Speaker, encrypted: boolean): TranscriptLine[] {
  const { order: fact, at, host, octets, means } = sent
  const base = { fact, at, speaker, host, means, command: false, encrypted }
  if (dnsMessageIn(sent) !== undefined) {
    const words = wireTextOf(sent).text
    return [{ ...base, part: 0, octets, start: sent.start, end: sent.end, last: true, data: false, words }]
  }
  const isLiteral = speaker === 'server' ? literalsIn(sent) : () => false
  const lines: TranscriptLine[] = []
  let from = 0
  while (from < octets.length) {
    const lineEnd = octets.indexOf('\r\n', from)
    const to = lineEnd === -1 ? octets.length : lineEnd
    const next = lineEnd === -1 ? to : lineEnd + 2
    lines.push({
      ...base,
      part: lines.length,
      octets: slice(octets, from, to),
      start: sent.start + from,
      end: sent.start + next,
      last: next >= octets.length,
      data: isLiteral(from),
    })
    from = next
  }
  return lines
}

/**
 * The ranges of octets that a server announced as literals, such as `{12}` (RFC 9051 section 4.3). Query it in ascending order.
 */
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
 * The offset up to which the client's unread octets are data at an instant: those for which the server waits after it said 354
 * (RFC 5321 section 4.1.1.4), or after a literal was announced to it (RFC 9051 section 4.3). 0 if there are none.
 */
function dataEnd({ client, server }: Dialogue, t = Number.POSITIVE_INFINITY): number {
  const asked = server.sent.get(server.sent.countUpTo(({ at }) => at, t) - 1)
  const taken = client.read.get(client.read.countUpTo(({ at }) => at, t) - 1)
  if (!asked || !taken) return 0
  if (asked.means.kind === 'reply' && asked.octets.startsWith('354'))
    return taken.means.kind === 'mailData' && /(?:^|\r\n)\.\r\n$/.test(taken.octets)
      ? 0
      : mailDataEnd(client.sent, taken.end, t)
  const literal = taken.means.kind === 'command' && /\{(\d+)(\+?)\}\r?\n$/.exec(taken.octets)
  if (!literal || (literal[2] === '' && (asked.order < taken.order || asked.means.kind !== 'continuation'))) return 0
  return taken.end + Number(literal[1])
}

/** The end of the mail data among unread octets: after the line with a single dot, if it was typed already. */
function mailDataEnd(sent: Dialogue['client']['sent'], from: number, t: number): number {
  let unread = ''
  for (const { at, start, octets } of sent.from(sent.countUpTo(({ end }) => end, from))) {
    if (at > t) break
    unread += octets.slice(Math.max(from - start, 0))
  }
  const dot = /(?:^|\r\n)\.\r\n/.exec(unread)
  return dot ? from + dot.index + dot[0].length : Number.POSITIVE_INFINITY
}

/** Whether what a client sends next, at this instant, will be read as data and not as a command. */
export function awaitsData({ dialogues }: Told, connection: ConnectionId, t: Instant): boolean {
  const dialogue = dialogueIn(dialogues, connection)
  if (!dialogue) return false
  const { sent } = dialogue.client
  const said = sent.get(sent.countUpTo(({ at }) => at, t) - 1)
  return (said?.end ?? 0) < dataEnd(dialogue, t)
}

const NOTHING: Vector<TranscriptLine> = Vector.empty()

/**
 * The lines that were said on a connection up to an instant, in the order in which they were said. The time it takes does not
 * depend on their number.
 */
export function linesOf({ dialogues }: Told, connection: ConnectionId, t: Instant): Vector<TranscriptLine> {
  const lines = dialogueIn(dialogues, connection)?.lines ?? NOTHING
  return lines.upTo(lines.countUpTo(({ at }) => at, t))
}

/** The same lines as an array: for a whole dialogue at once. */
export const transcriptOf = (history: Told, connection: ConnectionId, t: Instant): readonly TranscriptLine[] => [
  ...linesOf(history, connection, t),
]
