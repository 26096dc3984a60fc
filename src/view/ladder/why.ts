import type { Instant } from '../../base/time'
import { ladderText } from '../../messages/ladder'
import type { Fact, FactOf } from '../../world/fact'
import { factOf, factsBefore } from '../../world/trace'
import { type Reason, reasonOf } from '../hops/reason'
import { isLine } from '../run/flight'
import type { Change, EventFact } from '../run/happenings'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'
import { eventSentence } from '../stage/sentence'
import type { Arrow } from './rows'
import { secondsText, spanText } from './words'

/** Why a row is there: a sentence, and a second one in parts, some of which lead to moments of the run. */
export interface Why {
  readonly question: 'whyAgain' | 'whyLost' | 'whySaid'
  readonly sentence: string
  readonly more: readonly WhyPart[]
  /** The decision of a host that the sentence tells. */
  readonly reason?: Reason
}

/** A part of the second sentence: plain, from the wire, or a moment to go to. */
export type WhyPart = string | WhyElement
type WhyElement = { readonly wire: string } | { readonly text: string; readonly at: Instant; readonly fact: number }

/** A moment by its fact. */
interface Place {
  readonly at: Instant
  readonly order: number
}

const plain = (inside: readonly WhyPart[]): string => inside.filter((part) => typeof part === 'string').join('')
const link =
  (place: Place) =>
  (inside: readonly WhyPart[]): WhyElement => ({ text: plain(inside), at: place.at, fact: place.order })
const wire = (inside: readonly WhyPart[]): WhyElement => ({ wire: plain(inside) })

/** The reason for a row, read from the causes of its facts. */
export function whyOf(view: RunView, arrow: Arrow, names: Names): Why {
  if (arrow.outcome === 'lost' && arrow.kind !== 'call') return whyLost(view, arrow, names)
  return (arrow.again ? whyAgain(view, arrow, names) : undefined) ?? whySaid(view, arrow)
}

function whyLost(view: RunView, arrow: Arrow, names: Names): Why {
  const lost = lossOf(view, arrow)
  const change = lost && changeBefore(view, arrow, lost.at)
  const sentence = ladderText.found(`why.lost.${lost?.why ?? 'loss'}`, { host: names.short(arrow.to) }) ?? ''
  return {
    question: 'whyLost',
    sentence,
    more: change
      ? ladderText.parts('whyMore.lostBy', {
          firstAt: secondsText(change.at),
          first: link(change),
          event: eventSentence(change, names, view.history),
        })
      : ladderText.parts('whyMore.lost', {
          firstAt: secondsText(arrow.at),
          first: link({ at: arrow.at, order: arrow.fact }),
        }),
  }
}

function whyAgain(view: RunView, arrow: Arrow, names: Names): Why | undefined {
  const before = earlierOf(view, arrow)
  if (!before) return undefined
  const lost = before.arrived ? undefined : lossOf(view, { ...arrow, packet: before.order, arrives: before.arrives })
  const change = lost && changeBefore(view, arrow, lost.at)
  const firstAt = secondsText(before.at)
  return {
    question: 'whyAgain',
    sentence: ladderText(before.arrived ? 'why.againHeard' : 'why.again', { wait: spanText(arrow.at - before.at) }),
    more: change
      ? ladderText.parts('whyMore.againBy', {
          firstAt,
          first: link(before),
          secondAt: secondsText(change.at),
          second: link(change),
          event: eventSentence(change, names, view.history),
        })
      : ladderText.parts('whyMore.again', { firstAt, first: link(before) }),
  }
}

/** The packet that carried the line of a repeated row before. */
function earlierOf({ history }: RunView, arrow: Arrow) {
  const { line, packet, kind } = arrow
  const { lines, packets } = history.flights
  const [flight] = kind === 'line' ? [lines.get(lines.countUpTo(({ flight }) => flight.fact, line ?? -1) - 1)] : []
  const carriers = (flight?.flight.fact === line ? flight?.carriers : undefined) ?? []
  const all = carriers.flatMap((place) => packets.get(place)?.flight ?? [])
  const nth = all.findIndex((each) => each.fact === packet)
  const own = nth > 0 ? all[nth - 1] : undefined
  const found = own ?? earlierPacket(history, arrow)
  return found && { at: found.sent, order: found.fact, arrived: found.arrived, arrives: found.arrives }
}

/** The last packet before this one of the same length between the same hosts: what was carried again. */
function earlierPacket({ flights: { packets } }: RunView['history'], by: Arrow) {
  const place = packets.countUpTo(({ flight }) => flight.fact, by.packet ?? -1) - 1
  const length = packets.get(place)?.flight.length
  for (let at = place - 1; at >= Math.max(0, place - 200); at--) {
    const flight = packets.get(at)?.flight
    if (flight && flight.from === by.from && flight.to === by.to && flight.length === length) return flight
  }
  return undefined
}

/** The fact that tells of the loss of a row's packet. */
function lossOf({ timeline: { trace } }: RunView, { packet, arrives }: Arrow): FactOf<'packetLost'> | undefined {
  const sent = packet === undefined ? undefined : factOf(trace, packet)
  if (sent?.type !== 'packetSent') return undefined
  for (let place = factsBefore(trace, sent.order); place < trace.length; place++) {
    const fact = trace[place]
    if (!fact || fact.at > arrives) break
    if (fact.type === 'packetLost' && fact.packet === sent.packet.id) return fact
  }
  return undefined
}

/** How many events are looked at for the one that broke a link or a host. */
const LOOKED_AT = 200

/** The last change to the link or the host of a row before an instant, if it explains the loss. */
function changeBefore({ history }: RunView, { from, to }: Arrow, at: Instant): EventFact | undefined {
  const { events } = history.happenings
  const last = events.countUpTo((event) => event.at, at) - 1
  for (let place = last; place >= Math.max(0, last - LOOKED_AT); place--) {
    const event = events.get(place)
    if (event?.type === 'hostStopped' && event.host === to) return event
    if (event?.type === 'intervened' && isBetween(event.intervention, from, to)) return event
  }
  return undefined
}

const isBetween = (change: Change, from: string, to: string): boolean =>
  change.type === 'linkChanged' && change.between.includes(from) && change.between.includes(to)

/** How many causes are followed. */
const STEPS = 40

function whySaid(view: RunView, arrow: Arrow): Why {
  const { trace } = view.timeline
  const own = factOf(trace, arrow.line ?? arrow.fact)
  let fact: Fact | undefined = causeOf(trace, own)
  let found: Why | undefined
  for (let step = 0; fact && !found && step < STEPS; step++) {
    found = whyFrom(view, arrow, fact)
    fact = causeOf(trace, fact)
  }
  const why: Why = found ?? { question: 'whySaid', sentence: ladderText('why.begins'), more: [] }
  const reason = reasonOf(view, arrow.line ?? arrow.fact)
  return reason ? { ...why, sentence: reason.text, reason } : why
}

const causeOf = (trace: RunView['timeline']['trace'], fact: Fact | undefined): Fact | undefined =>
  fact?.cause === undefined ? undefined : factOf(trace, fact.cause)

/** The reason for a row that a cause gives; undefined if only its own cause does. */
function whyFrom(view: RunView, arrow: Arrow, fact: Fact): Why | undefined {
  const { trace } = view.timeline
  const said = (sentence: string, more: readonly WhyPart[]): Why => ({ question: 'whySaid', sentence, more })
  const since = (place: Fact): readonly WhyPart[] =>
    ladderText.parts('whyMore.since', { firstAt: secondsText(place.at), first: link(place) })
  switch (fact.type) {
    case 'read': {
      const spoken = factOf(trace, arrow.line ?? arrow.fact)
      const answers = spoken?.type === 'sent' && ['reply', 'response', 'continuation'].includes(spoken.means.kind)
      // A server tells a session what another one has done (RFC 9051, section 7).
      const isNews = answers && spoken.connection !== fact.connection
      return said(ladderText(isNews ? 'why.news' : answers ? 'why.answers' : 'why.next'), heard(fact, fact.octets))
    }
    case 'queried':
    case 'responded': {
      const own = factOf(trace, arrow.line ?? arrow.fact)
      const sentence =
        own?.type === 'queried' && fact.type === 'queried'
          ? ladderText('why.asked')
          : ladderText(own?.type === 'responded' ? 'why.answers' : 'why.next')
      return said(sentence, heard(fact, isLine(fact) ? wireTextOf(fact).text : ''))
    }
    case 'connectionOpened':
      return said(ladderText('why.opened'), since(fact))
    case 'timerExpired': {
      const set = causeOf(trace, fact)
      return said(
        ladderText('why.timer'),
        set ? ladderText.parts('whyMore.timer', { firstAt: secondsText(set.at), first: link(set) }) : [],
      )
    }
    case 'intervened':
      return said(ladderText('why.you'), since(fact))
    default:
      return undefined
  }
}

const heard = (fact: Fact, text: string): readonly WhyPart[] =>
  ladderText.parts('whyMore.heard', {
    firstAt: secondsText(fact.at),
    first: link(fact),
    wire: firstLine(text),
    code: wire,
  })

/** The longest text that is quoted in a note. */
const QUOTED = 40

const firstLine = (text: string): string => {
  const [line = ''] = text.split('\r\n')
  return line.length > QUOTED ? `${line.slice(0, QUOTED - 1)}…` : line
}
