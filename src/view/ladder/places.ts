import type { HostName } from '../../world/world'
import type { Ladder } from './ladder'
import type { Lane } from './lane'

/** Where the text of a row stands, so that no lifeline crosses it. */
export interface TextPlace {
  readonly x: number
  readonly anchor: 'start' | 'end'
  /** In the middle of the arrow's height, beside it; otherwise above the arrow. */
  readonly beside: boolean
  /** Pixels that it may take. */
  readonly room: number
}

/** From the lifeline to the text beside it. */
const GAP = 14
/** An arrow that is shorter than this has its text beside it, where there is more room. */
const SHORT = 170
/** A text that is cut everywhere leaves its arrow only for so much more room. */
const MORE = 120

/**
 * The text of an arrow from one x to another: above it where it begins, or beside it if the arrow is short or the text has room
 * only there.
 * @param needed pixels that the text takes.
 */
export function textPlace(from: number, to: number, width: number, needed = 0, short = SHORT): TextPlace {
  const [west, east] = [Math.min(from, to), Math.max(from, to)]
  const inside = east - west - 2 * GAP
  const [left, right] = [west - GAP - 4, width - east - GAP - 4]
  const fits = needed <= inside || Math.max(left, right) < Math.min(needed, inside + MORE)
  if ((inside >= short && fits) || (inside >= left && inside >= right))
    return { x: from + (from <= to ? GAP : -GAP), anchor: from <= to ? 'start' : 'end', beside: false, room: inside }
  return right >= Math.min(left, Math.max(260, needed))
    ? { x: east + GAP, anchor: 'start', beside: true, room: right }
    : { x: west - GAP, anchor: 'end', beside: true, room: left }
}

/** The text beside one lifeline, on the side with more room. */
export function besideOne(x: number, width: number, needed: number): TextPlace {
  const right = width - x - GAP - 4
  return right >= needed || right >= x
    ? { x: x + GAP, anchor: 'start', beside: true, room: right }
    : { x: x - GAP, anchor: 'end', beside: true, room: x - GAP - 4 }
}

/** The interval that a text covers from west to east, with a little air. */
export const coveredBy = ({ x, anchor }: TextPlace, textWidth: number): readonly [west: number, east: number] =>
  anchor === 'start' ? [x - 5, x + textWidth + 5] : [x - textWidth - 5, x + 5]

/** The first and the last row of each host: its lifeline is stronger between them. */
export function spansOf({ items }: Ladder): ReadonlyMap<HostName, readonly [first: number, last: number]> {
  const spans = new Map<HostName, readonly [number, number]>()
  items.forEach((item, place) => {
    if (item.type !== 'arrow' && item.type !== 'bar') return
    const hosts = item.type === 'arrow' ? [item.arrow.from, item.arrow.to] : item.group.hosts
    for (const host of hosts) spans.set(host, [spans.get(host)?.[0] ?? place, place])
  })
  return spans
}

/** The columns of hosts, without those that have none. */
export const xsOf = (lane: Lane, hosts: readonly HostName[]): readonly number[] => [
  ...new Set(hosts.flatMap((host) => lane.xOf(host) ?? [])),
]
