import { faceOf } from '../../src/view/faces'
import type { Moment } from '../../src/view/run/moments'
import {
  type CaptionText,
  type Heard,
  heardAfter,
  readingTime,
  TYPED,
  toldBy,
  toldByCall,
  toldByFailure,
  toldOfSeveral,
} from '../../src/view/run/reading'
import { Table } from '../../src/view/run/table'
import type { Fact, FactOf } from '../../src/world/fact'
import type { Segment } from '../../src/world/packet'
import type { ConnectionId } from '../../src/world/world'

/**
 * The past of a run, found by looking through all of its facts for each question: slow, and plain to see that
 * it is right. The read model answers the same questions without looking back.
 */

/** A line or packet: its fact, when it was sent and when it arrives, and whether it does; with the instants at which it is looked at. */
export interface Seen {
  readonly fact: number
  readonly sent: number
  readonly arrives: number
  readonly arrived: boolean
  readonly protocol: string
  readonly encrypted: boolean
  /** How often it was lost before it arrived. */
  readonly lost?: number
  /** Of a failed connection: when its host tries again, by what the host says before it is heard or fails again. */
  readonly nextTry?: number
  readonly from: number
  readonly at: number
}

interface Flown extends Omit<Seen, 'from' | 'at'> {
  /** When it would have arrived if it had not been lost at first: it is looked at then, and not when it is sent again. */
  readonly awaited?: number
}

const of = <T extends Fact['type']>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact): fact is FactOf<T> => fact.type === type)

/** Each flight is best seen half-way; those that leave close together take turns, but the lines of an answer are seen together. */
function focused(flights: readonly Flown[], unitOf: (fact: number) => number = (fact) => fact): readonly Seen[] {
  let [before, unit] = [{ from: -1, at: -1 }, -1]
  return flights.map(({ awaited, ...flight }) => {
    const span = Math.max((awaited ?? flight.arrives) - flight.sent, 0.001)
    if (unitOf(flight.fact) !== unit) {
      const from = Math.max(flight.sent, before.at + span / 200)
      before = { from, at: Math.max(flight.sent + span / 2, before.at + span / 50) }
    }
    unit = unitOf(flight.fact)
    return { ...flight, ...before }
  })
}

/**
 * For each line the fact of the first line of the same answer: what one end says at one instant goes on while the protocol says
 * that the answer does.
 */
function unitsIn(said: readonly Fact[]): ReadonlyMap<number, number> {
  const units = new Map<number, number>()
  for (const [n, fact] of said.entries()) {
    const before = said[n - 1]
    const together =
      before?.type === 'sent' &&
      fact.type === 'sent' &&
      before.at === fact.at &&
      before.connection === fact.connection &&
      before.host === fact.host &&
      faceOf(before.means.parsed?.protocol ?? '').answer?.isOpenAfter(before) === true &&
      faceOf(fact.means.parsed?.protocol ?? '').answer?.goesOn(fact) === true
    units.set(fact.order, together ? (units.get(before.order) ?? before.order) : fact.order)
  }
  return units
}

export function packetsIn(trace: readonly Fact[]): readonly Seen[] {
  const lost = new Set(of(trace, 'packetLost').map(({ packet }) => packet))
  return focused(
    of(trace, 'packetSent').map(({ order, at, arrivesAt, packet }) => ({
      fact: order,
      sent: at,
      arrives: arrivesAt,
      arrived: !lost.has(packet.id),
      protocol: packet.kind === 'datagram' ? 'DNS' : 'TCP',
      encrypted: packet.kind === 'segment' && packet.encrypted === true,
    })),
  )
}

/** Facts with which something is said; of the segments that ask for a connection, the first. */
function saidIn(trace: readonly Fact[]): readonly Fact[] {
  const called = new Set<ConnectionId>()
  return trace.filter((fact) => {
    if (fact.type === 'sent' || fact.type === 'connectionFailed') return true
    if (fact.type === 'queried' || fact.type === 'responded')
      return trace.some((by) => by.type === 'packetSent' && by.packet.id === fact.packet)
    if (!asks(fact) || called.has(fact.packet.connection)) return false
    called.add(fact.packet.connection)
    return true
  })
}

const asks = (fact: Fact): fact is FactOf<'packetSent'> & { readonly packet: Segment } =>
  fact.type === 'packetSent' &&
  fact.packet.kind === 'segment' &&
  fact.packet.flags.syn === true &&
  !fact.packet.flags.ack

/** @param protocolOf the protocol that a connection is in, as far as anybody has said. */
export function linesIn(trace: readonly Fact[], protocolOf: (id: ConnectionId) => string): readonly Seen[] {
  const lost = new Set(of(trace, 'packetLost').map(({ packet }) => packet))
  const packets = of(trace, 'packetSent')
  const byStream = new Map<string, FactOf<'packetSent'>[]>()
  for (const fact of packets) {
    const { packet } = fact
    if (packet.kind === 'datagram' || packet.payload === '') continue
    const stream = `${packet.connection} ${packet.from}`
    byStream.set(stream, [...(byStream.get(stream) ?? []), fact])
  }
  const secured = new Map(of(trace, 'tlsStarted').map(({ session, order }) => [session, order]))
  const said = saidIn(trace)
  const units = unitsIn(said)
  /** A line arrives with the first of its carriers that is not lost. */
  const arriving = (carriers: readonly FactOf<'packetSent'>[], otherwise: number) => {
    const whole = carriers.filter(({ packet }) => !lost.has(packet.id))
    const first = whole.toSorted((a, b) => a.arrivesAt - b.arrivesAt)[0]
    const before = carriers.filter(({ at, packet }) => first && at <= first.at && lost.has(packet.id)).length
    const [earliest] = carriers
    return {
      arrives: (first ?? carriers.at(-1))?.arrivesAt ?? otherwise,
      arrived: first !== undefined,
      ...(earliest && lost.has(earliest.packet.id) ? { awaited: earliest.arrivesAt } : {}),
      ...(before > 0 ? { lost: before } : {}),
    }
  }
  const nextTryAfter = ({ order, host }: FactOf<'connectionFailed'>) => {
    const next = trace.find(
      (fact) =>
        fact.order > order &&
        (((fact.type === 'messageDeferred' || fact.type === 'submissionFailed' || fact.type === 'connectionFailed') &&
          fact.host === host) ||
          (fact.type === 'connectionOpened' && fact.client === host)),
    )
    return next && 'nextTry' in next ? { nextTry: next.nextTry } : {}
  }
  const flights = said.flatMap((fact): readonly Flown[] => {
    const base = { fact: fact.order, sent: fact.at }
    if (fact.type === 'queried' || fact.type === 'responded') {
      const carriers = packets.filter(({ packet }) => packet.id === fact.packet)
      return [{ ...base, ...arriving(carriers, fact.at), protocol: 'DNS', encrypted: false }]
    }
    if (asks(fact)) {
      const calls = packets.filter((each) => asks(each) && each.packet.connection === fact.packet.connection)
      // An unheard call is drawn as lost once.
      const carriers = calls.every(({ packet }) => lost.has(packet.id)) ? calls.slice(0, 1) : calls
      return [{ ...base, ...arriving(carriers, fact.at), protocol: 'TCP', encrypted: fact.packet.encrypted === true }]
    }
    if (fact.type === 'connectionFailed')
      return [
        {
          ...base,
          ...nextTryAfter(fact),
          arrives: fact.at,
          arrived: fact.why === 'refused',
          protocol: 'TCP',
          encrypted: false,
        },
      ]
    if (fact.type !== 'sent') return []
    const carriers = (byStream.get(`${fact.connection} ${fact.host}`) ?? []).filter(({ packet }) => {
      const { offset, payload } = packet as Segment
      return offset < fact.end && fact.end <= offset + payload.length
    })
    const encrypted = (secured.get(fact.session) ?? Number.POSITIVE_INFINITY) < fact.order
    return [{ ...base, ...arriving(carriers, fact.at), protocol: protocolOf(fact.connection), encrypted }]
  })
  return focused(flights, (fact) => units.get(fact) ?? fact)
}

const HOPS: ReadonlySet<string> = new Set([
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

/**
 * Legs of the journey; messages on their way; and of each lookup the answer to the host that began it, which is not asked itself.
 * Of those at one instant the last.
 */
export function hopsIn(trace: readonly Fact[], lines: readonly Seen[]): readonly Moment[] {
  const ends = new Map(of(trace, 'connectionOpening').map((opening) => [opening.connection, opening]))
  const asked = new Set<string>()
  const addressOf = new Map(of(trace, 'packetSent').map(({ packet }) => [packet.from, packet.source.address]))
  const shown = lines.filter(({ fact: order, protocol }) => {
    const fact = trace[order]
    if (fact?.type === 'queried') asked.add(fact.to)
    if (fact?.type === 'responded') return !asked.has(fact.to)
    if (fact?.type !== 'sent') return false
    if (carriesMessage(fact)) return true
    if (protocol !== 'DNS') return false
    const { client = '', server = '' } = ends.get(fact.connection) ?? {}
    const far = addressOf.get(fact.host === client ? server : client) ?? ''
    if (fact.means.kind === 'query') asked.add(far)
    return fact.means.kind !== 'query' && !asked.has(far)
  })
  const legs = trace.filter(({ type }) => HOPS.has(type)).map(({ at, order }) => ({ at, fact: order }))
  const between = shown.map(({ at, fact }) => ({ at, fact }) as Moment)
  const all = [...between, ...legs].sort((a, b) => a.at - b.at || a.fact - b.fact)
  return all.filter(({ at }, n) => all[n + 1]?.at !== at)
}

const carriesMessage = ({ means }: FactOf<'sent'>): boolean =>
  means.kind === 'mailData' || faceOf(means.parsed?.protocol ?? '').hasMessage?.(means) === true

/** An answer, command or call: its lines, how it is told, and whether it carries a message. */
interface Unit {
  readonly lines: readonly Seen[]
  readonly reading: number
  readonly message: boolean
}

function readIn(
  trace: readonly Fact[],
  lines: readonly Seen[],
  typed: (fact: FactOf<'sent'>) => boolean,
): readonly Unit[] {
  const units = new Map<number, Seen[]>()
  for (const line of lines) units.set(line.from, [...(units.get(line.from) ?? []), line])
  let heard: Heard = Table.empty()
  return [...units.values()].map((together) => {
    const facts = together.flatMap(({ fact: order }) => trace[order] ?? [])
    const faces = facts.map((fact) => ('means' in fact ? faceOf(fact.means.parsed?.protocol ?? '') : undefined))
    const weights = facts.map((fact, n) => ('means' in fact ? (faces[n]?.answer?.weight(fact.means) ?? 0) : 0))
    const lead = weights.indexOf(Math.max(...weights))
    const fact = facts[lead]
    const told: CaptionText | undefined =
      fact?.type === 'packetSent'
        ? toldByCall(fact)
        : fact?.type === 'connectionFailed'
          ? toldByFailure(fact)
          : fact?.type === 'sent' || fact?.type === 'queried' || fact?.type === 'responded'
            ? toldBy(fact)
            : undefined
    if (!told) throw new Error('something is said')
    const reading =
      fact?.type === 'sent' && typed(fact)
        ? TYPED
        : readingTime(together.length > 1 ? toldOfSeveral(told) : told, heard)
    heard = heardAfter(heard, told)
    const message = facts.some((each) => each.type === 'sent' && carriesMessage(each))
    return { lines: together, reading, message }
  })
}

/** Where playing time stands at an instant. */
export function playedIn(
  trace: readonly Fact[],
  lines: readonly Seen[],
  typed: (fact: FactOf<'sent'>) => boolean,
  end: number,
): (t: number) => number {
  const units = readIn(trace, lines, typed)
  const quiet = (span: number): number => (span > 0 ? Math.min(320, 60 + span) : 0)
  const cuts: [at: number, playing: number][] = [[0, 0]]
  const go = (at: number, by: number): void => {
    const [last = 0, playing = 0] = cuts.at(-1) ?? []
    if (at > last) cuts.push([at, playing + by])
  }
  const first = units[0]?.lines[0]?.from ?? end
  go(first, quiet(first))
  for (const [n, { lines: together, reading, message }] of units.entries()) {
    const until = units[n + 1]?.lines[0]?.from ?? end
    const { from = 0, arrives = 0 } = together.at(-1) ?? {}
    const across = message ? 3600 : Math.min(1400, Math.max(600, reading))
    const read = units[n + 1] ? reading : Math.min(reading, across)
    const rest = quiet(until - Math.max(arrives, from))
    if (until <= from) continue
    if (arrives <= from) go(until, Math.max(rest, read))
    else if (arrives > until) go(until, read)
    else {
      go(from + 0.97 * (arrives - from), across)
      go(arrives, Math.max(20, read - across - rest))
      go(until, rest)
    }
  }
  return (t) => {
    const next = cuts.findIndex(([at]) => at > t)
    const [b, a] = [cuts[next], cuts[next === -1 ? cuts.length - 1 : next - 1]]
    if (!a) return 0
    return b ? a[1] + ((t - a[0]) / (b[0] - a[0])) * (b[1] - a[1]) : a[1]
  }
}

/** A line of a dialogue: what it says, when the far end had read it, and whether it is data or a command. */
export interface Told {
  readonly fact: number
  readonly text: string
  readonly readAt: number | undefined
  readonly name: string
  readonly data: boolean
  readonly command: boolean
}

/** The lines that were said on a connection whose two ends are on different hosts. */
export function toldIn(trace: readonly Fact[], id: ConnectionId, server: string): readonly Told[] {
  const sent = of(trace, 'sent').filter(({ connection }) => connection === id)
  const read = of(trace, 'read').filter(({ connection }) => connection === id)
  const asked = sent.findLast(({ host }) => host === server)
  const taken = read.findLast(({ host }) => host === server)
  let dataUpTo = 0
  const literal = taken?.means.kind === 'command' && /\{(\d+)(\+?)\}\r?\n$/.exec(taken.octets)
  if (asked && taken && asked.means.kind === 'reply' && asked.octets.startsWith('354')) {
    const spoken = sent
      .filter(({ host }) => host !== server)
      .map(({ octets }) => octets)
      .join('')
    const dot = /(?:^|\r\n)\.\r\n/.exec(spoken.slice(taken.end))
    const over = taken.means.kind === 'mailData' && /(?:^|\r\n)\.\r\n$/.test(taken.octets)
    dataUpTo = over ? 0 : dot ? taken.end + dot.index + dot[0].length : Number.POSITIVE_INFINITY
  } else if (
    literal &&
    asked &&
    taken &&
    (literal[2] !== '' || (asked.order > taken.order && asked.means.kind === 'continuation'))
  )
    dataUpTo = taken.end + Number(literal[1])
  return sent.flatMap(({ order, host, octets, start, means: told }) => {
    const heard = read.filter((one) => one.host !== host)
    const literals = told.kind === 'response' && host === server ? literalsOf(octets) : []
    let from = 0
    return octets.split(/(?<=\r\n)/).flatMap((whole): readonly Told[] => {
      if (whole === '') return []
      const at = from
      from += whole.length
      const beginning = heard.find(({ end }) => end >= start + at + 1)
      const means = told.kind === 'line' && beginning && beginning.means.kind !== 'line' ? beginning.means : told
      const data =
        means.kind === 'mailData' ||
        means.kind === 'literal' ||
        literals.some(([a, b]) => a <= at && at < b) ||
        (host !== server && !beginning && start + at < dataUpTo)
      const command = host !== server && !data && (means.kind === 'command' || (means.kind === 'line' && !beginning))
      const readAt = heard.find(({ end }) => end >= start + from)?.at
      return [{ fact: order, text: whole.replace(/\r\n$/, ''), readAt, name: means.name, data, command }]
    })
  })
}

function literalsOf(octets: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const announcement = /\{(\d+)\}\r\n/g
  for (let match = announcement.exec(octets); match; match = announcement.exec(octets)) {
    const from = announcement.lastIndex
    found.push([from, from + Number(match[1])])
    announcement.lastIndex = from + Number(match[1])
  }
  return found
}
