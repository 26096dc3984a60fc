import type { Point, Size } from './geometry'
import type { Box, Occupancy } from './placement'

/** The same words set in different ways, each with a cost for how hard it is to read. */
export interface Setting extends Size {
  readonly cost: number
  /** Its lines of text from the top, each centred in the whole. Absent: one line as wide as the whole. */
  readonly rows?: readonly Size[]
}

/** The boxes of a setting's lines, if the whole is in this box. A stem ends at a line of text, not at the corner of the whole. */
export function rowBoxes({ rows }: Setting, box: Box): readonly Box[] {
  if (!rows) return [box]
  const middle = (box.left + box.right) / 2
  let { top } = box
  return rows.map(({ width, height }): Box => {
    const row = { left: middle - width / 2, right: middle + width / 2, top, bottom: top + height }
    top = row.bottom
    return row
  })
}

export interface Ground {
  readonly size: Size
  /** Everything that words must not cover: hosts, names, lines, shores, with air around them. */
  readonly all: Occupancy
  /** The same without air, and without the ripples of shores. */
  readonly close: Occupancy
  /** Hosts, names and the way of the own traveller: these are never covered. */
  readonly never: Occupancy
  /** Obstacles that a stem avoids if it can: names and lines, but not shores. */
  readonly stem: Occupancy
  /** Obstacles that it never crosses. */
  readonly names: Occupancy
  /** The land or the sea that a point is on. */
  regionAt(point: Point): Region
}

/** A region of the map, counted from the west. */
export interface Region {
  readonly index: number
  readonly kind: 'land' | 'sea'
}

const MARGIN = 12
const STEP = 8
/** Shares of the way at which a caption may be tied to its path. */
const TIES: readonly number[] = [
  0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8, 0.12, 0.88, 0.05, 0.95,
]
/** The best point to tie a caption to its path, and the cost, per share of the way, of another point. */
const MIDDLE = { share: 0.5, off: 80 }
/** On a path across more than this share of the picture, the middle is far from a traveller that has arrived. */
const LONG = 0.6
const NEAR_END = { share: 0.85, off: 400 }
const OFFSHORE = 170
const CROSSING = 60
/**
 * The greatest distance of words from the thing that they describe, in pixels. Words are left out before they are put farther
 * away.
 */
const FARTHEST = 180
/** An upright stem ends at least so far from the left and the right edge of its words. */
const MARGIN_OF_STEM = 10

/**
 * The place for words beside a path: below it if there is room, else above or at the side, as near as possible, on the same land
 * or sea as the path, and where an upright or level stem can join them. On a long path it is the place beside the receiver.
 * Undefined if there is none that costs less than the limit.
 */
export function captionPlace<T extends Setting>(
  points: readonly Point[],
  settings: readonly T[],
  ground: Ground,
  gap: number,
  limit = Number.POSITIVE_INFINITY,
): { readonly box: Box; readonly setting: T; readonly cost: number } | undefined {
  const { size } = ground
  const [first, last] = [points[0] as Point, points.at(-1) as Point]
  const best = Math.hypot(last.x - first.x, last.y - first.y) > LONG * size.width ? NEAR_END : MIDDLE
  const ties = TIES.map((share) => {
    const at = points[Math.round(share * (points.length - 1))] as Point
    return { at, region: ground.regionAt(at), cost: Math.abs(share - best.share) * best.off }
  })
  let found: Found<T> | undefined
  let least = limit
  for (const setting of [...settings].sort((a, b) => a.cost - b.cost)) {
    if (setting.cost >= least) break
    const { width, height } = setting
    const [lowest, rightmost] = [size.height - 4 - height, size.width - MARGIN - width]
    const places = new Places(setting, ground)
    for (const [order, { at, region, cost }] of ties.entries()) {
      const base = setting.cost + cost
      // Of two places that cost the same, the one nearer to the top and then to the left is taken.
      const isBetter = (total: number, left: number, top: number): boolean =>
        total < least || (total === least && found?.setting === setting && isBefore(left, top, order, found))
      // No place beyond the reach of a stem is tried.
      const bottom = Math.min(lowest, at.y + FARTHEST)
      for (let top = onGrid(at.y - FARTHEST - height); top <= bottom; top += STEP) {
        if (base + leastDistanceCost(at.y, top, top + height, gap) > least) continue
        // Words at the height of the tie may be at its side, others only above or below it.
        const aside = at.y >= top && at.y <= top + height ? FARTHEST : -MARGIN_OF_STEM
        const right = Math.min(rightmost, at.x + aside)
        for (let left = onGrid(at.x - aside - width); left <= right; left += STEP) {
          if (!places.isFree(left, top)) continue
          const total = base + distanceCost(at, left, top, setting, gap)
          if (!isBetter(total, left, top)) continue
          const middle = { x: left + width / 2, y: top + height / 2 }
          const stranger = abroad(ground.regionAt(middle), region)
          if (!isBetter(total + stranger, left, top)) continue
          const box = { left, top, right: left + width, bottom: top + height }
          const rows = rowBoxes(setting, box)
          const crossing = stemIsFree(at, rows, ground.stem) ? 0 : CROSSING
          if (!isBetter(total + stranger + crossing, left, top)) continue
          if (crossing > 0 && !stemIsFree(at, rows, ground.names)) continue
          found = { box, setting, order }
          least = total + stranger + crossing
        }
      }
    }
  }
  return found && { box: found.box, setting: found.setting, cost: least }
}

/** A place for words, and which of the ties it is joined to. */
interface Found<T> {
  readonly box: Box
  readonly setting: T
  readonly order: number
}

const isBefore = (left: number, top: number, order: number, { box, order: other }: Found<unknown>): boolean =>
  (top - box.top || left - box.left || order - other) < 0

/** Where on the grid the lines of a setting have room. Each place is looked at once, however many ties ask for it. */
class Places {
  readonly #rows: readonly Box[]
  readonly #taken: Occupancy
  readonly #columns: number
  /** By place: not looked at yet, free, or taken. */
  readonly #known: Uint8Array

  constructor(setting: Setting, { all, size }: Ground) {
    this.#rows = rowBoxes(setting, { left: 0, top: 0, right: setting.width, bottom: setting.height })
    this.#taken = all
    this.#columns = Math.ceil(size.width / STEP)
    this.#known = new Uint8Array(this.#columns * Math.ceil(size.height / STEP))
  }

  isFree(left: number, top: number): boolean {
    const place = ((top - MARGIN) / STEP) * this.#columns + (left - MARGIN) / STEP
    const known = this.#known[place]
    if (known) return known === 1
    const isFree = this.#rows.every((row) =>
      this.#taken.isFreeBetween(left + row.left, top + row.top, left + row.right, top + row.bottom),
    )
    this.#known[place] = isFree ? 1 : 2
    return isFree
  }
}

/** The first place of the grid from here on. */
const onGrid = (at: number): number => MARGIN + STEP * Math.max(0, Math.ceil((at - MARGIN) / STEP))

/** The cost of words on other ground than the thing that they describe. Infinite on another land. */
function abroad(words: Region, path: Region): number {
  if (words.index === path.index) return 0
  return words.kind === 'sea' || path.kind === 'sea' ? OFFSHORE : Number.POSITIVE_INFINITY
}

/** The cost of a stem from a point to words; infinite if no upright or level stem joins them, or only a long one. */
function distanceCost({ x, y }: Point, left: number, top: number, { width, height }: Size, gap: number): number {
  const [right, bottom] = [left + width, top + height]
  if (x >= left + MARGIN_OF_STEM && x <= right - MARGIN_OF_STEM) {
    const stem = top > y ? top - y : y - bottom
    if (stem < gap || stem > FARTHEST) return Number.POSITIVE_INFINITY
    return stemCost(stem - gap) + Math.abs((left + right) / 2 - x) * 0.6 + (top > y ? 0 : 24)
  }
  if (y >= top + 2 && y <= bottom - 2) {
    const stem = left > x ? left - x : x - right
    if (stem < gap || stem > FARTHEST) return Number.POSITIVE_INFINITY
    return stemCost(stem - gap) + Math.abs((top + bottom) / 2 - y) * 0.6 + 16
  }
  return Number.POSITIVE_INFINITY
}

/** Words between these heights cost no less, wherever they are from left to right. */
function leastDistanceCost(y: number, top: number, bottom: number, gap: number): number {
  if (y >= top && y <= bottom) return 16
  const stem = top > y ? top - y : y - bottom
  return stem < gap || stem > FARTHEST ? Number.POSITIVE_INFINITY : stemCost(stem - gap) + (top > y ? 0 : 24)
}

/** A long stem is worse than broken or smaller words. */
const stemCost = (length: number): number => length * 0.7 + Math.max(0, length - 60) * 1.6

/** Half the width of a traveller. Obstacles closer to the point than this do not block a stem. */
const NEAR = 22

/** The point where a stem meets the nearest line of words: straight up, down or to a side. */
function meetingOf({ x, y }: Point, rows: readonly Box[]): Point | undefined {
  const above = rows.findLast(({ bottom }) => bottom <= y)
  const below = rows.find(({ top }) => top >= y)
  const isOver = ({ left, right }: Box): boolean => x >= left + 4 && x <= right - 4
  const nearest = below ? rows.find(isOver) : above ? rows.findLast(isOver) : undefined
  if (nearest) return { x, y: below ? nearest.top - 2 : nearest.bottom + 2 }
  const beside = rows.find(({ top, bottom }) => y >= top && y <= bottom)
  return beside && { x: beside.left > x ? beside.left - 5 : beside.right + 5, y }
}

function stemIsFree(from: Point, rows: readonly Box[], taken: Occupancy): boolean {
  const to = meetingOf(from, rows)
  if (!to) return false
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length <= NEAR) return true
  const start = { x: from.x + ((to.x - from.x) / length) * NEAR, y: from.y + ((to.y - from.y) / length) * NEAR }
  return taken.isFree({
    left: Math.min(start.x, to.x),
    right: Math.max(start.x, to.x) + 1,
    top: Math.min(start.y, to.y),
    bottom: Math.max(start.y, to.y) + 1,
  })
}

/** A stem leans at most so far beside its caption's middle, in pixels more than it is high. */
const LEAN = 8

export interface Stem {
  readonly from: Point
  readonly to: Point
}

/**
 * The stem that joins a caption to its traveller: from the middle of its nearest line of words, upright or leaning a little.
 * Undefined if the traveller is too far aside, or something is in the way.
 */
export function stemOf(traveller: Point, rows: readonly Box[], taken: Occupancy): Stem | undefined {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last) return undefined
  const isBelow = first.top > traveller.y
  if (!isBelow && last.bottom >= traveller.y) return undefined
  const row = isBelow ? first : last
  const to = { x: (row.left + row.right) / 2, y: isBelow ? row.top - 2 : row.bottom + 2 }
  const high = Math.abs(to.y - traveller.y)
  if (Math.abs(to.x - traveller.x) > high + LEAN) return undefined
  return isFreeBetween(traveller, to, taken) ? { from: traveller, to } : undefined
}

/** The upright stem from a traveller down to the foot of the picture, if nothing is in the way. */
export function stemToFoot(traveller: Point, foot: number, taken: Occupancy): Stem | undefined {
  const to = { x: traveller.x, y: foot - 2 }
  return isFreeBetween(traveller, to, taken) ? { from: traveller, to } : undefined
}

/** Whether a straight line is free, apart from what is near its beginning. */
function isFreeBetween(from: Point, to: Point, taken: Occupancy): boolean {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  for (let at = NEAR; at < length; at += 4) {
    const [x, y] = [from.x + ((to.x - from.x) * at) / length, from.y + ((to.y - from.y) * at) / length]
    if (!taken.isFree({ left: x, right: x + 1, top: y, bottom: y + 1 })) return false
  }
  return true
}
