import type { Instant } from '../../base/time'
import { storyText } from '../../messages/story'
import type { FactOf } from '../../world/fact'
import { sizeOf } from '../../world/packet'
import { factOf } from '../../world/trace'
import { glossOf } from '../gloss/gloss'
import { type Flight, focusIn, isLine, type LineFact } from '../run/flight'
import { type Failure, lineIn } from '../run/flights'
import { type EventFact, type HopFact, lastBy } from '../run/happenings'
import type { History } from '../run/history'
import type { StepSize } from '../run/moments'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { type WireText, wireTextOf } from '../run/wire'
import { waitText } from '../waitText'

export type Namer = Names

const WHOLE = (wire: string): string => wire

/**
 * Says in plain words what the map shows at this moment, for the polite live region and the line under the map.
 *
 * @param said makes of a line on the wire what is said of it.
 */
export const sentenceAt = (
  view: RunView,
  names: Namer,
  t: Instant,
  step: StepSize = 'line',
  said: (wire: string) => string = WHOLE,
): string => names.sentence(inWordsAt(view, names, t, step, said))

function inWordsAt(view: RunView, names: Namer, t: Instant, step: StepSize, said: (wire: string) => string): string {
  const { history, timeline } = view
  const hop = step === 'hop' ? hopAt(history, names, t) : undefined
  if (hop !== undefined) return hop
  const { flights, happenings } = history
  const focus = step === 'packet' ? focusIn(flights.packets, t) : lineIn(flights, t)
  const event = lastBy(happenings.events, t)
  if (event && (!focus || isSince(event.at, focus.flight, t))) return wholeSentence(event, names, history)
  const opened = lastBy(happenings.opened, t)
  if (opened && (!focus || opened.at >= focus.flight.arrives)) return eventSentence(opened, names, history)
  const fact = focus && factOf(timeline.trace, focus.flight.fact)
  if (!focus || !fact) return storyText('nothingSaid')
  const { from, to, arrived } = focus.flight
  const ended = (sentence: string): string =>
    arrived || t < focus.flight.arrives ? sentence : storyText('lostOnTheWay', { sentence })
  if (fact.type === 'packetSent' && focus.flight.kind === 'call') {
    const { wire, gloss } = callInWords(fact, names)
    return ended(storyText('explains.asks', { from: names.short(from), to: names.short(to), gloss, wire: wire.text }))
  }
  if (fact.type === 'packetSent') {
    const { wire, gloss } = packetInWords(fact, names)
    return ended(storyText('packet', { from: names.short(from), to: names.short(to), wire: wire.text, gloss }))
  }
  return isLine(fact) ? ended(lineSentence(fact, names.short(from), names.short(to), said)) : ''
}

/** The leg of the journey that ends or begins at exactly this instant, or is half done. */
function hopAt(history: History, names: Namer, t: Instant): string | undefined {
  const hop = lastBy(history.happenings.hops, t)
  if (hop?.at === t) return wholeSentence(hop, names, history)
  const line = lineIn(history.flights, t)
  return line?.at === t && line.flight.message ? crossing(line.flight, names) : undefined
}

/** A line in one sentence: who says it to whom. */
export function lineSentence(fact: LineFact, from: string, to: string, said = WHOLE): string {
  const text = said(wireTextOf(fact).text)
  const { kind, refused } = fact.means
  const gloss = glossOf(fact.means)
  // A name server refuses only by REFUSED (RFC 1035 section 4.1.1). "No such name" is an answer.
  const refuses = fact.type === 'responded' ? fact.means.name === 'REFUSED' : refused
  const verb =
    fact.type === 'responded' || kind === 'reply' || kind === 'response'
      ? refuses
        ? 'refuses'
        : 'answers'
      : kind === 'greeting'
        ? 'greets'
        : gloss?.endsWith('?')
          ? 'asks'
          : 'tells'
  return gloss
    ? storyText(`explains.${verb}`, { from, to, gloss, wire: text })
    : storyText(`says.${verb}`, { from, to, wire: text })
}

/** A client's first segment in words: it asks for a connection. */
export const callInWords = ({ packet }: FactOf<'packetSent'>, names: Namer): { wire: WireText; gloss: string } => ({
  wire: { text: 'TCP SYN', lines: 1 },
  gloss: storyText('syn', { host: names.short(packet.to), port: packet.destination.port }),
})

/** A failed connection in words: its cause, and when it is tried again. */
export function failureInWords({ why, at, calls, nextTry }: Failure): { wire: WireText; note: string } {
  const what = why === 'timedOut' && calls > 0 ? storyText('noAnswer', { calls }) : storyText(`failed.${why}`)
  const then = nextTry === undefined ? [] : [storyText('triedAgain', { wait: waitText(nextTry - at) })]
  const text =
    why === 'timedOut' ? storyText('calls', { wire: 'TCP SYN' }) : storyText(`ends.${why}`, { wire: 'TCP RST' })
  return { wire: { text, lines: 1 }, note: [what, ...then].join(' ') }
}

/** One packet in words: its form on the wire and its purpose. */
export function packetInWords(fact: FactOf<'packetSent'>, names: Namer): { wire: WireText; gloss: string } {
  const { packet } = fact
  const octets = sizeOf(packet)
  if (packet.kind === 'datagram') {
    return {
      wire: { text: `UDP ${packet.source.port} > ${packet.destination.port}`, lines: 1 },
      gloss: storyText('datagram', { octets }),
    }
  }
  const flags = Object.keys(packet.flags)
    .map((flag) => flag.toUpperCase())
    .join(' ')
  const { syn, ack, fin, rst } = packet.flags
  const length = packet.payload.length
  const gloss = rst
    ? storyText('rst')
    : syn
      ? ack
        ? storyText('synAck')
        : storyText('syn', { host: names.short(packet.to), port: packet.destination.port })
      : length > 0
        ? storyText('payload', { carried: length, octets })
        : fin
          ? storyText('fin')
          : storyText('ack')
  // The information in a bare ACK is its acknowledgment number (RFC 9293 section 3.4); its sequence number is known already.
  const bare = ack && !syn && !fin && !rst && length === 0
  const number = bare ? `ack ${packet.acknowledgement}` : `seq ${packet.sequence}`
  return { wire: { text: `TCP ${flags} ${number}`, lines: 1 }, gloss }
}

/**
 * True of an event after a line has arrived. Exactly at the instant of an event, the line that follows at once has not been said.
 */
const isSince = (at: Instant, { sent, arrives }: Flight, t: Instant): boolean =>
  at >= arrives || (at === t && sent === t && arrives > t)

/** Facts that no line shows and that are told once. */
const NEWS: ReadonlySet<string> = new Set<(HopFact | EventFact)['type']>([
  'connectionOpened',
  'connectionFailed',
  'hostStopped',
  'hostStarted',
  'messageBounced',
  'messageDeferred',
  'submissionFailed',
  'zoneChanged',
  'zoneRefused',
  'changeRefused',
  'intervened',
])
/** The writing of a notice is news too: it comes at the same instant as the end of the message that it returns. */
const isNews = (fact: HopFact | EventFact, { happenings }: History): boolean =>
  NEWS.has(fact.type) ||
  ((fact.type === 'messageQueued' || fact.type === 'messageDelivered') && happenings.returned.has(fact.letter))
/**
 * The events in the world since the last line, in words: a switch was turned, a host stopped, a connection was made. Undefined
 * while the line itself is the news.
 */
export function newsAt({ history }: RunView, names: Namer, t: Instant): string | undefined {
  const { flights, happenings } = history
  const said = lineIn(flights, t)?.flight
  const [event, opened] = [lastBy(happenings.events, t), lastBy(happenings.opened, t)].map((fact) =>
    fact && isNews(fact, history) && (!said || isSince(fact.at, said, t)) ? fact : undefined,
  )
  const last = event && opened && opened.at < event.at ? event : (opened ?? event)
  return last && wholeSentence(last, names, history)
}

/** A message on its way in one sentence. */
export const crossing = ({ from, to, notice }: Flight, names: Namer): string =>
  storyText(notice ? 'noticeCrossing' : 'crossing', { from: names.short(from), to: names.short(to) })

/**
 * An event of the letter or a connection in one sentence.
 *
 * @param history the history of the run. Earlier events decide whether a letter was lost or fetched.
 * @param t the instant at which it is said; the time until another try is counted from there. Default: that of the event.
 */
type EventSentence = (fact: HopFact | EventFact, names: Namer, history: History, t?: Instant) => string

let sentences: { readonly event: EventSentence; readonly whole: EventSentence } | undefined

/** Sets the functions that tell events: the stage at rest has none, so they load with the engine (`gloss/known.ts`). */
export function giveEventSentences(given: NonNullable<typeof sentences>): void {
  sentences = given
}

/** An event in one sentence. */
export const eventSentence: EventSentence = (fact, names, ...rest) =>
  names.sentence(sentences?.event(fact, names, ...rest) ?? '')
/** An event as the stage tells it: if a message fares otherwise with its other recipients, that too. */
const wholeSentence: EventSentence = (fact, names, ...rest) =>
  names.sentence(sentences?.whole(fact, names, ...rest) ?? '')
