import type { Instant } from '../../base/time'
import { ladderText } from '../../messages/ladder'
import { storyText } from '../../messages/story'
import { factOf } from '../../world/trace'
import { isLine } from '../run/flight'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { fitted, type WireText, wireTextOf } from '../run/wire'
import { eventSentence, packetInWords } from '../stage/sentence'
import type { Group } from './groups'
import type { BarItem, EventItem, Item, TearItem } from './ladder'
import type { Arrow } from './rows'

/** A text on an arrow: from the wire, or in words. */
export interface Label extends WireText {
  readonly isWire: boolean
  /** The fate of a call that was not heard. */
  readonly lost?: string
}

/** The text of an arrow. */
export function labelOf({ timeline }: RunView, arrow: Arrow, names: Names, port: number): Label {
  if (arrow.kind === 'call')
    return {
      text: ladderText('call', { port, packets: arrow.packets }),
      lines: 1,
      isWire: false,
      lost: ladderText('noAnswer', { host: names.short(arrow.to) }),
    }
  const fact = factOf(timeline.trace, arrow.fact)
  if (fact?.type === 'packetSent' && arrow.kind === 'packet') {
    const { packet } = fact
    const { text } = packetInWords(fact, names).wire
    if (packet.kind === 'datagram') return { text, lines: 1, isWire: true }
    const length = packet.payload.length
    const { window } = packet
    return {
      text: length > 0 ? ladderText('carrying', { text, length, window }) : ladderText('segment', { text, window }),
      lines: 1,
      isWire: true,
    }
  }
  // A line that is said again is selected by its packet, but it says the same.
  const said = fact?.type === 'packetSent' ? factOf(timeline.trace, lineOf(arrow)) : fact
  if (!said || !isLine(said)) return { text: '', lines: 1, isWire: true }
  if (said.means.kind === 'mailData')
    return { text: ladderText('letter', { octets: said.octets.length }), lines: 1, isWire: false }
  return { ...wireTextOf(said), isWire: true }
}

const lineOf = ({ line, fact }: Arrow): number => line ?? fact

/** The label within a number of characters. */
export const fittedLabel = (label: Label, most: number): string => fitted(label, Math.max(most, 4))

/** The text of an arrow with the number of its lines if there are more: for the table, the filter and copied text. */
export const wholeLabel = (label: Label): string =>
  label.lines > 1 ? `${label.text} … (${storyText('lines', { count: label.lines })})` : label.text

/** The verdict of an answer, told by its mark. */
export function verdictOf({ timeline }: RunView, arrow: Arrow): 'refused' | 'later' | undefined {
  const fact = factOf(timeline.trace, lineOf(arrow))
  if (!fact || !isLine(fact) || arrow.kind !== 'line') return undefined
  const { refused } = fact.means
  return refused === 'later' ? 'later' : refused === true ? 'refused' : undefined
}

/** The outcome of an arrow by an instant, in words. */
export function outcomeOf(view: RunView, arrow: Arrow, t: Instant): string {
  if (arrow.at > t) return ladderText('toCome')
  if (arrow.outcome === 'unsent') return ladderText('unsent')
  if (arrow.arrives > t) return ladderText('underWay')
  if (arrow.outcome === 'lost') return ladderText('lost')
  return ladderText(verdictOf(view, arrow) ?? (arrow.again ? 'again' : 'arrived'))
}

/** Seconds with their thousandths: `0.314`, `1:04.824`, `1:31:04.824`. */
export function secondsText(t: Instant | number): string {
  const ms = Math.max(0, Math.floor(t))
  const pad = (n: number, width: number): string => String(n).padStart(width, '0')
  const [days, hours, minutes] = [Math.floor(ms / DAY), Math.floor(ms / HOUR) % 24, Math.floor(ms / MINUTE) % 60]
  const rest = `${Math.floor(ms / 1000) % 60}.${pad(ms % 1000, 3)}`
  if (ms < MINUTE) return rest
  const whole = pad(Math.floor(ms / 1000) % 60, 2) + rest.slice(rest.indexOf('.'))
  if (ms < HOUR) return `${minutes}:${whole}`
  const time = `${hours}:${pad(minutes, 2)}:${whole}`
  return days > 0 ? ladderText('days', { days, time }) : time
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A time that is left out: `+0.970`, `+30 min`. */
export function waitText(ms: number): string {
  if (ms < MINUTE) return ladderText('wait.seconds', { seconds: (ms / 1000).toFixed(3) })
  if (ms < HOUR) return ladderText('wait.minutes', { minutes: Math.round(ms / MINUTE) })
  if (ms < DAY) return ladderText('wait.hours', { hours: Math.round((10 * ms) / HOUR) / 10 })
  return ladderText('wait.days', { days: Math.round((10 * ms) / DAY) / 10 })
}

/** A length of time inside a sentence. */
export function spanText(ms: number): string {
  if (ms < MINUTE) return ladderText('span.seconds', { seconds: Math.round(ms) / 1000 })
  if (ms < HOUR) return ladderText('span.minutes', { minutes: Math.round(ms / MINUTE) })
  if (ms < DAY) return ladderText('span.hours', { hours: Math.round(ms / HOUR) })
  return ladderText('span.days', { days: Math.round(ms / DAY) })
}

/** The name of a group by what it does; the one who does it is in a tag. To whom is added where the name alone is not its own. */
export const groupTitle = <Part>(
  { purpose, client, server }: Group,
  names: Names,
  b: (inside: readonly (string | Part)[]) => Part,
  to?: string,
): readonly (string | Part)[] => {
  const title: readonly (string | Part)[] = ladderText.parts(`purpose.${purpose}`, {
    client: names.sentence(names.short(client)),
    server: names.short(server),
    b,
  })
  return to === undefined ? title : [...title, ` ${ladderText('toReaders', { readers: to })}`]
}

export const groupTitleText = (group: Group, names: Names, to?: string): string =>
  groupTitle<string>(group, names, (inside) => inside.join(''), to).join('')

/** How much was said in a group. */
export function groupAbout({ exchanges, purpose, port }: Group): string {
  const sum = (by: (exchange: Group['exchanges'][number]) => number): number =>
    exchanges.reduce((all, exchange) => all + by(exchange), 0)
  if (purpose === 'unanswered') return ladderText('times', { count: exchanges.length })
  const packets = sum((exchange) => exchange.packets.length)
  const about =
    purpose === 'asks'
      ? ladderText('questions', { questions: sum(({ questions }) => questions), packets })
      : ladderText('lines', { lines: sum(({ lines }) => lines.length), octets: sum(({ octets }) => octets), port })
  const lost = sum((exchange) => exchange.lost)
  return lost > 0 ? ladderText('withLost', { about, lost }) : about
}

/** The result of a group: beside its closed bar. `later` has the hourglass. */
export interface GroupResult {
  readonly text: string
  readonly isWire: boolean
  readonly mark?: 'later' | 'refused' | 'lost'
}

export function groupResult(
  { timeline }: RunView,
  { exchanges, purpose }: Group,
  names: Names,
): GroupResult | undefined {
  const last = exchanges.at(-1)
  if (!last) return undefined
  if (purpose === 'unanswered') {
    const outcome =
      last.failed === 'timedOut'
        ? ladderText('noAnswer', { host: names.short(last.server) })
        : ladderText(last.failed === 'refused' ? 'refusedCall' : last.failed === 'reset' ? 'resetCall' : 'stillCalling')
    if (last.nextTry === undefined) return { text: outcome, isWire: false, mark: last.failed ? 'lost' : 'later' }
    return {
      text: ladderText('tryAgain', { outcome, wait: spanText(last.nextTry - last.until) }),
      isWire: false,
      mark: 'later',
    }
  }
  const fact = last.result === undefined ? undefined : factOf(timeline.trace, last.result)
  if (fact && isLine(fact)) {
    const { refused } = fact.means
    const mark = refused === 'later' ? 'later' : refused === true ? 'refused' : undefined
    return { text: wireTextOf(fact).text, isWire: true, ...(mark ? { mark } : {}) }
  }
  if (purpose !== 'looks') return undefined
  return {
    text: last.fetched > 0 ? ladderText('fetched', { count: last.fetched }) : ladderText('nothingFetched'),
    isWire: false,
  }
}

/** The reason of a wait, from the packet that ended it. */
export function waitReason(view: RunView, { ended, at, until }: TearItem, names: Names): string {
  const { trace } = view.timeline
  const packet = factOf(trace, ended)
  let fact = packet
  for (let step = 0; fact && step < 12; step++) {
    if (fact.type === 'retransmitted') return ladderText('waits.again', { host: names.short(fact.host) })
    if (fact.type === 'intervened') return ladderText('waits.you')
    if (fact.type === 'timerExpired') {
      const { host } = fact
      if (fact.session === undefined) return ladderText('waits.looks', { host: names.short(host) })
      const { events } = view.history.happenings
      for (let place = events.countUpTo((each) => each.at, until) - 1; place >= 0; place--) {
        const event = events.get(place)
        if (!event || event.at < at - LOOK_BACK) break
        if (event.type === 'messageDeferred' && event.host === host)
          return ladderText('waits.queue', { host: names.short(host) })
      }
      return ladderText('waits.timer', { host: names.short(host) })
    }
    fact = fact.cause === undefined ? undefined : factOf(trace, fact.cause)
  }
  return ladderText('waits.nobody')
}

/** A message was deferred at most this long before the wait for its next try. */
const LOOK_BACK = 60_000

export const eventText = ({ fact }: EventItem, view: RunView, names: Names): string =>
  eventSentence(fact, names, view.history)

/** A row as cells of a table: seconds, from, to, what, outcome. */
export type Cells = readonly [seconds: string, from: string, to: string, what: string, outcome: string]

export function cellsOf(item: Item, view: RunView, names: Names, t: Instant): Cells {
  switch (item.type) {
    case 'arrow': {
      const { arrow, group } = item
      return [
        secondsText(arrow.at),
        names.short(arrow.from),
        names.short(arrow.to),
        wholeLabel(labelOf(view, arrow, names, group.port)),
        outcomeOf(view, arrow, t),
      ]
    }
    case 'bar':
      return barCells(item, view, names)
    case 'event':
      return [
        secondsText(item.at),
        item.host === undefined ? '' : names.short(item.host),
        '',
        eventText(item, view, names),
        '',
      ]
    case 'tear':
      return [waitText(item.until - item.at), '', '', waitReason(view, item, names), '']
  }
}

const barCells = ({ group, at }: BarItem, view: RunView, names: Names): Cells => [
  secondsText(at),
  names.short(group.client),
  names.short(group.server),
  `${groupTitleText(group, names)}: ${groupAbout(group)}`,
  groupResult(view, group, names)?.text ?? '',
]

/** The whole ladder as text, a row a line, its cells apart by tabs. */
export function asText(items: readonly Item[], view: RunView, names: Names, t: Instant): string {
  const head = [ladderText('seconds'), ladderText('from'), ladderText('to'), ladderText('what'), ladderText('outcome')]
  return [head, ...items.map((item) => cellsOf(item, view, names, t))].map((cells) => `${cells.join('\t')}\n`).join('')
}
