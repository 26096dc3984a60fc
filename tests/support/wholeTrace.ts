import type { Moment } from '../../src/view/run/moments'
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
  readonly from: number
  readonly at: number
}

type Flown = Omit<Seen, 'from' | 'at'>

const of = <T extends Fact['type']>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact): fact is FactOf<T> => fact.type === type)

/** Each flight is best seen half-way; those that leave close together take turns. */
function focused(flights: readonly Flown[]): readonly Seen[] {
  let before = -1
  return flights.map((flight) => {
    const span = Math.max(flight.arrives - flight.sent, 0.001)
    const from = Math.max(flight.sent, before + span / 200)
    const at = Math.max(flight.sent + span / 2, before + span / 50)
    before = at
    return { ...flight, from, at }
  })
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
  const flights = trace.flatMap((fact): readonly Flown[] => {
    if (fact.type === 'queried' || fact.type === 'responded') {
      const by = packets.find(({ packet }) => packet.id === fact.packet)
      const { arrivesAt = fact.at } = by ?? {}
      const base = { fact: fact.order, sent: fact.at, protocol: 'DNS', encrypted: false }
      return by ? [{ ...base, arrives: arrivesAt, arrived: !lost.has(fact.packet) }] : []
    }
    if (fact.type !== 'sent') return []
    const carriers = (byStream.get(`${fact.connection} ${fact.host}`) ?? []).filter(({ packet }) => {
      const { offset, payload } = packet as Segment
      return offset < fact.end && fact.end <= offset + payload.length
    })
    const whole = carriers.filter(({ packet }) => !lost.has(packet.id))
    const first = whole.toSorted((a, b) => a.arrivesAt - b.arrivesAt)[0]
    return [
      {
        fact: fact.order,
        sent: fact.at,
        arrives: (first ?? carriers.at(-1))?.arrivesAt ?? fact.at,
        arrived: first !== undefined,
        protocol: protocolOf(fact.connection),
        encrypted: (secured.get(fact.session) ?? Number.POSITIVE_INFINITY) < fact.order,
      },
    ]
  })
  return focused(flights)
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

/** Legs of the journey and what DNS says; of those at one instant the last. */
export function hopsIn(trace: readonly Fact[], lines: readonly Seen[]): readonly Moment[] {
  const dns = lines.filter(({ protocol }) => protocol === 'DNS').map(({ at, fact }) => ({ at, fact }) as Moment)
  const legs = trace.filter(({ type }) => HOPS.has(type)).map(({ at, order }) => ({ at, fact: order }))
  const all = [...dns, ...legs].sort((a, b) => a.at - b.at || a.fact - b.fact)
  return all.filter(({ at }, n) => all[n + 1]?.at !== at)
}

/** Where playing time stands at each instant at which something is said or arrives. */
export function playedIn(lines: readonly Seen[], lengthOf: (fact: number) => number, end: number): Map<number, number> {
  const cuts = [...new Set([0, end, ...lines.flatMap(({ sent, arrives }) => [sent, arrives])])].sort((a, b) => a - b)
  const played = new Map([[0, 0]])
  let playing = 0
  let underWay: readonly Seen[] = []
  let said = 0
  for (const [n, to] of cuts.entries()) {
    const from = cuts[n - 1]
    if (from === undefined) continue
    const first = said
    while ((lines[said]?.sent ?? Number.POSITIVE_INFINITY) <= from) said++
    underWay = [...underWay, ...lines.slice(first, said)].filter(({ arrives }) => arrives > from)
    const rates = underWay.map(
      ({ fact, sent, arrives }) => Math.min(1400, 600 + 14 * lengthOf(fact)) / (arrives - sent),
    )
    const rate = Math.max(0, ...rates)
    playing += rate > 0 ? rate * (to - from) : Math.min(320, 60 + to - from)
    played.set(to, playing)
  }
  return played
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
