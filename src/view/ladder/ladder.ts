import { type Instant, instant, START } from '../../base/time'
import { factOf } from '../../world/trace'
import type { HostName } from '../../world/world'
import { countUpTo } from '../run/countUpTo'
import { LONG } from '../run/exchanges'
import { isLine } from '../run/flight'
import type { EventFact } from '../run/happenings'
import type { History } from '../run/history'
import type { StepSize } from '../run/moments'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'
import { arrowsIn, countOf, type Group, groupsOf, type Purpose } from './groups'
import type { Arrow } from './rows'

/** The first row of a group, or the row with which it goes on after others, has its name in the margin. */
export interface Heading {
  readonly group: Group
  readonly first: boolean
  /** How many of its rows follow each other here. */
  readonly rows: number
  /** How many of its rows the filter hides. */
  readonly hidden: number
  /** The readers of its message, where another group has the same name. */
  readonly to?: string
}

interface Placed {
  readonly key: string
  /** Its upper edge and its height, in pixels. */
  readonly top: number
  readonly height: number
  readonly at: Instant
  readonly heading?: Heading
}

export type ArrowItem = Placed & { readonly type: 'arrow'; readonly group: Group; readonly arrow: Arrow }
/** A closed group: one bar. */
export type BarItem = Placed & { readonly type: 'bar'; readonly group: Group; readonly until: Instant }
/** An event at a host, or in the world. */
export type EventItem = Placed & { readonly type: 'event'; readonly fact: EventFact; readonly host?: HostName }
/** A time without packets, left out unless it is mended. */
export type TearItem = Placed & {
  readonly type: 'tear'
  readonly until: Instant
  readonly ended: number
  readonly mended: boolean
}
export type Item = ArrowItem | BarItem | EventItem | TearItem

export interface Filter {
  /** Protocols that are not shown. */
  readonly without: ReadonlySet<string>
  /** Only lines with this text. */
  readonly text: string
  /** Only lines of this host. */
  readonly host?: HostName
}

export interface LadderOptions {
  readonly size: StepSize
  /** Groups that the reader opened or closed, by their key. */
  readonly opened: ReadonlyMap<number, boolean>
  /** Waits that the reader mended, by the fact that ended them. */
  readonly mended: ReadonlySet<number>
  readonly filter: Filter
  /** The text of an arrow, which the filter reads. */
  textOf(arrow: Arrow): string
  readonly metrics: Metrics
  /** Only this group is shown, and it is open. */
  readonly only?: number
}

/** Sizes in pixels. */
export interface Metrics {
  readonly row: number
  readonly bar: number
  readonly tear: number
}

export const DESK_METRICS: Metrics = { row: 24.6, bar: 46, tear: 18 }
export const PHONE_METRICS: Metrics = { row: 40, bar: 46, tear: 28 }

export interface Ladder {
  readonly items: readonly Item[]
  readonly groups: readonly Group[]
  readonly height: number
  /** The number of lines that the filter hides. */
  readonly hidden: number
  /** True if nothing was said or has happened yet. */
  readonly empty: boolean
}

/** A run with more arrows than this opens with every group closed. */
export const MANY = 2000
/** Groups that open only when the reader opens them: name servers share one lifeline until then. */
const STAYS_CLOSED: ReadonlySet<Purpose> = new Set<Purpose>(['asks', 'unanswered'])
/** Pixels that an arrow falls for each millisecond in flight. */
const FALL = 0.27
const LOWEST_FALL = 1
const HIGHEST_FALL = 96
/** Height that a row needs besides the fall of its arrow: its text. */
const TEXT = 16.5
/** A mended wait is at most this high. */
const HIGHEST_WAIT = 320
/** Space above and below a wait that is left out. */
const AROUND = 3
/** Space above the first row. */
export const MARGIN_TOP = 10

/** How far an arrow falls from its beginning to its end. */
export const fallOf = ({ at, arrives }: Pick<Arrow, 'at' | 'arrives'>): number =>
  Math.min(HIGHEST_FALL, Math.max(LOWEST_FALL, (arrives - at) * FALL))

/** Events that no line tells. */
const TOLD: ReadonlySet<EventFact['type']> = new Set<EventFact['type']>([
  'hostStopped',
  'hostStarted',
  'intervened',
  'zoneChanged',
  'zoneRefused',
  'changeRefused',
  'messageDeferred',
  'messageBounced',
  'messageDelivered',
  'messageFetched',
  'messageRemoved',
  'submissionFailed',
])

type Loose =
  | {
      readonly type: 'arrow'
      readonly at: Instant
      readonly order: number
      readonly group: Group
      readonly arrow: Arrow
    }
  | { readonly type: 'bar'; readonly at: Instant; readonly order: number; readonly group: Group }
  | { readonly type: 'event'; readonly at: Instant; readonly order: number; readonly fact: EventFact }

/** The rows of the ladder with their places, from the whole known run. Closed groups cost one row each. */
export function ladderOf(view: RunView, options: LadderOptions): Ladder {
  const { history, timeline } = view
  const { size, only, filter } = options
  const all = groupsOf(history, timeline.scenario)
  const groups = only === undefined ? all : all.filter(({ key }) => key === only)
  const total = groups.reduce((sum, group) => sum + countOf(group, size), 0)
  const opensByItself = size !== 'hop' && total <= MANY
  const isOpen = (group: Group): boolean =>
    group.key === only || (options.opened.get(group.key) ?? (opensByItself && !STAYS_CLOSED.has(group.purpose)))

  const hiddenIn = new Map<Group, number>()
  const loose: Loose[] = []
  const searched = filter.text !== '' || filter.host !== undefined
  for (const group of groups) {
    const count = countOf(group, size)
    if (filter.without.has(group.protocol)) {
      hiddenIn.set(group, count)
      continue
    }
    if (!isOpen(group) && !searched) {
      loose.push({ type: 'bar', at: group.from, order: group.key, group })
      continue
    }
    const arrows = arrowsIn(group, history, size)
    const shown = searched ? arrows.filter((arrow) => passes(arrow, options)) : arrows
    if (shown.length < arrows.length) hiddenIn.set(group, arrows.length - shown.length)
    if (shown.length === 0) continue
    if (isOpen(group))
      for (const arrow of shown)
        loose.push({ type: 'arrow', at: arrow.at, order: arrow.packet ?? arrow.fact, group, arrow })
    else loose.push({ type: 'bar', at: group.from, order: group.key, group })
  }
  const hidden = [...hiddenIn.values()].reduce((sum, each) => sum + each, 0)
  if (only === undefined && !searched)
    for (const fact of history.happenings.events)
      if (TOLD.has(fact.type)) loose.push({ type: 'event', at: fact.at, order: fact.order, fact })
  loose.sort((a, b) => a.at - b.at || a.order - b.order)
  return {
    ...placed(loose, view, options, hiddenIn, repeatedIn(all)),
    groups: all,
    hidden,
    empty: all.length === 0 && history.happenings.events.length === 0,
  }
}

function passes(arrow: Arrow, { filter, textOf }: LadderOptions): boolean {
  if (filter.host !== undefined && arrow.from !== filter.host) return false
  return filter.text === '' || textOf(arrow).toLowerCase().includes(filter.text.toLowerCase())
}

/** Gives each row its place, and puts the waits between them. */
function placed(
  loose: readonly Loose[],
  view: RunView,
  { metrics, mended, only }: LadderOptions,
  hiddenIn: ReadonlyMap<Group, number>,
  repeated: ReadonlySet<string>,
): Pick<Ladder, 'items' | 'height'> {
  const items: Item[] = []
  const { waits } = view.history.exchanges
  let top = MARGIN_TOP
  let wait = 0
  let last: Group | undefined
  const seen = new Set<Group>()
  /** The instant up to which the present wait is shown, where an event interrupts it. */
  let shownUntil = 0
  const tearBefore = (at: Instant): void => {
    let [from, to, ended]: [number | undefined, number, number] = [undefined, 0, 0]
    for (let next = waits.get(wait); next && next.from < at; next = waits.get(++wait)) {
      from ??= Math.max(next.from, shownUntil)
      ;[to, ended] = [Math.min(next.to, at), next.ended]
      shownUntil = to
      if (next.to > at) break
    }
    if (from === undefined || to - from <= LONG) return
    const isMended = mended.has(ended)
    const height = isMended ? Math.min(HIGHEST_WAIT, (to - from) * FALL) + metrics.tear : metrics.tear
    const key = `wait ${ended} ${from}`
    const [begins, until] = [instant(from), instant(to)]
    items.push({ type: 'tear', key, top: top + AROUND, height, at: begins, until, ended, mended: isMended })
    top += height + 2 * AROUND
  }
  if (only !== undefined) wait = waits.countUpTo(({ to }) => to, loose[0]?.at ?? 0)
  loose.forEach((row, index) => {
    tearBefore(row.at)
    if (row.type === 'event') {
      const host = 'host' in row.fact ? { host: row.fact.host } : {}
      items.push({
        type: 'event',
        key: `event ${row.order}`,
        top,
        height: metrics.row,
        at: row.at,
        fact: row.fact,
        ...host,
      })
      top += metrics.row
      return
    }
    const { group } = row
    const isNew = group !== last
    const rows = isNew ? stretch(loose, index, group) : 0
    const first = !seen.has(group)
    const to = isNew && repeated.has(nameOf(group)) ? readersOf(view, group) : ''
    const heading = isNew
      ? { heading: { group, first, rows, hidden: hiddenIn.get(group) ?? 0, ...(to === '' ? {} : { to }) } }
      : {}
    seen.add(group)
    last = group
    // The rows of a new group stand a little apart.
    if (isNew && items.length > 0 && row.type === 'arrow') top += 8
    if (row.type === 'bar') {
      const key = `group ${group.key}`
      items.push({ type: 'bar', key, top, height: metrics.bar, at: row.at, until: group.until, group, ...heading })
      top += metrics.bar
      return
    }
    const needed = Math.max(metrics.row, fallOf(row.arrow) + TEXT)
    const height = isNew && first && rows === 1 ? Math.max(metrics.bar, needed) : needed
    const key = `arrow ${row.arrow.packet ?? row.arrow.fact} ${row.arrow.fact}`
    items.push({ type: 'arrow', key, top, height, at: row.at, group, arrow: row.arrow, ...heading })
    top += height
  })
  return { items, height: top + metrics.row }
}

/** Groups of the same name are those with the same purpose between the same hosts. */
const nameOf = ({ purpose, client, server }: Group): string => `${purpose} ${client} ${server}`

/** The names that more than one group has. */
function repeatedIn(groups: readonly Group[]): ReadonlySet<string> {
  const once = new Set<string>()
  const more = new Set<string>()
  for (const group of groups) {
    const name = nameOf(group)
    if (once.has(name)) more.add(name)
    once.add(name)
  }
  return more
}

const readers = new WeakMap<Group, string>()

/** The addresses that a group names as the readers of its message. */
export function readersOf({ timeline, history }: RunView, group: Group): string {
  const known = readers.get(group)
  if (known !== undefined) return known
  const found = group.exchanges.flatMap(({ lines }) =>
    [...lines].flatMap((place) => {
      const fact = factOf(timeline.trace, history.flights.lines.get(place)?.flight.fact ?? -1)
      if (!fact || !isLine(fact) || fact.means.kind !== 'command' || fact.means.name !== 'RCPT') return []
      return /<([^>]+)>/.exec(wireTextOf(fact).text)?.slice(1) ?? []
    }),
  )
  const text = [...new Set(found)].join(', ')
  readers.set(group, text)
  return text
}

/** How many rows of a group follow each other from here; events between them do not count. */
function stretch(loose: readonly Loose[], from: number, group: Group): number {
  let rows = 0
  for (let index = from; index < loose.length && rows < 2; index++) {
    const row = loose[index]
    if (!row || (row.type !== 'event' && row.group !== group)) break
    if (row.type !== 'event') rows++
  }
  return rows
}

/** The number of rows that have begun by an instant. The line of the present stands below them. */
export const begunBy = ({ items }: Ladder, t: Instant): number => countUpTo(items, ({ at }) => at, t)

/** The first and the last row, exclusive, that are in sight between two heights. */
export function inSight({ items }: Ladder, from: number, to: number): readonly [first: number, end: number] {
  const first = Math.max(0, countUpTo(items, ({ top }) => top, from) - 1)
  return [first, countUpTo(items, ({ top }) => top, to)]
}

/** The place of the row that shows a fact: an arrow, an event, or the bar of its closed group. Undefined if no row does. */
export function rowOf({ items }: Ladder, fact: number, { flights }: History): number | undefined {
  const found = (by: (item: Item) => boolean): number | undefined => {
    const place = items.findIndex(by)
    return place === -1 ? undefined : place
  }
  const isIn = ({ exchanges, key }: Group): boolean =>
    key === fact ||
    exchanges.some(({ lines, packets, began }) => {
      const line = lines.get(lines.countUpTo((place) => flights.lines.get(place)?.flight.fact ?? 0, fact) - 1)
      const packet = packets.get(packets.countUpTo((place) => flights.packets.get(place)?.flight.fact ?? 0, fact) - 1)
      return (
        began === fact ||
        (line !== undefined && flights.lines.get(line)?.flight.fact === fact) ||
        (packet !== undefined && flights.packets.get(packet)?.flight.fact === fact)
      )
    })
  return (
    found((item) =>
      item.type === 'arrow' ? item.arrow.fact === fact : item.type === 'event' && item.fact.order === fact,
    ) ??
    found((item) => item.type === 'arrow' && item.arrow.packet === fact) ??
    found((item) => item.type === 'bar' && isIn(item.group))
  )
}

/** The instant at a height: that of the row there, or a part of its time in flight. Below the last row, the end of what it shows. */
export function instantAt({ items }: Ladder, y: number): Instant {
  const place = Math.max(0, countUpTo(items, ({ top }) => top, y) - 1)
  const item = items[place]
  if (!item) return START
  const next = items[place + 1]?.at ?? endOf(item)
  return (item.at + (next - item.at) * shareOf(item, y)) as Instant
}

/** The height at which an instant stands. */
export function heightAt({ items }: Ladder, t: Instant): number {
  const place = Math.max(0, countUpTo(items, ({ at }) => at, t) - 1)
  const item = items[place]
  if (!item) return 0
  const next = items[place + 1]?.at ?? endOf(item)
  return item.top + (next > item.at ? Math.min(1, (t - item.at) / (next - item.at)) * item.height : 0)
}

const shareOf = ({ top, height }: Item, y: number): number => Math.min(1, Math.max(0, (y - top) / height))

/** The end of the time that a row shows. */
const endOf = (item: Item): Instant =>
  item.type === 'arrow' ? item.arrow.arrives : item.type === 'event' ? item.at : item.until
