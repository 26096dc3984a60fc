import type { HostSymbol } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { MapFrame } from './frame'
import { isTree } from './geometry'
import { type Box, boxAround, meets, wrapped } from './placement'
import { SYMBOL_BOX } from './symbols'
import { textWidth } from './text'

export interface LabelLine {
  readonly text: string
  readonly as: 'role' | 'name' | 'short' | 'address'
}

/** A host's names in a place where they can be read. Places are relative to the host. */
export interface Label {
  readonly lines: readonly LabelLine[]
  readonly anchor: 'start' | 'middle' | 'end'
  readonly dx: number
  readonly dy: number
  readonly box: Box
}

type Side = 'below' | 'above' | 'left' | 'right'

export const LINE_HEIGHT = 14.5
/** The greatest sideways shift of a name from its host before another side is tried. */
const ASIDE = 44
const STEP = 3
/** The distance beside a line that its travellers take. On a small screen, where paths are short, a name avoids it if it can. */
const OFF_WAY = 8

/**
 * The fullest wording of a host's names that finds a place at the host: clear of other names and symbols, not crossed by a line
 * or a shore, and not cut by the edge. If even the shortest finds none, it is put over lines, and its outline keeps it legible.
 * Undefined if that finds no place either: then only the symbol is shown.
 */
export function labelOf(
  frame: MapFrame,
  name: HostName,
  address: string,
  taken: readonly Box[],
  lines: readonly Box[],
): Label | undefined {
  const sides = sidesOf(frame, name)
  const wordings = wordingsOf(frame, name, address)
  const ways = lines.map(
    ({ left, right, top, bottom }): Box => ({
      left: left - OFF_WAY,
      right: right + OFF_WAY,
      top: top - OFF_WAY,
      bottom: bottom + OFF_WAY,
    }),
  )
  const tries = [
    ...wordings.flatMap((wording) =>
      (frame.look.compact ? [ways, lines] : [lines]).map((keptOff) => ({ wording, keptOff })),
    ),
    ...wordings.slice(-1).map((wording) => ({ wording, keptOff: [] })),
  ]
  for (const { wording, keptOff } of tries) {
    for (const side of sides) {
      const label = placed(frame, name, wording, side, taken, keptOff)
      if (label) return label
    }
  }
  return undefined
}

/** From the fullest to the shortest. */
function wordingsOf({ scenario, look, names }: MapFrame, name: HostName, address: string): readonly LabelLine[][] {
  const place = scenario.map.hosts[name]
  if (!place) return []
  const title = isTree(place.symbol) ? names.label(name) : names.title(name)
  if (isTree(place.symbol)) {
    const first = title.split('.')[0] ?? title
    const short = place.symbol === 'zone' && look.size.width < 1000
    return [...(short ? [] : [[{ text: title, as: 'name' } as const]]), [{ text: first, as: 'name' }]]
  }
  const role: LabelLine = { text: title, as: 'role' }
  const onWire: LabelLine = { text: name, as: 'name' }
  const short: LabelLine = { text: names.short(name), as: 'short' }
  const where: LabelLine = { text: address, as: 'address' }
  const serves = place.symbol === 'submissionServer' || place.symbol === 'exchanger'
  const longest = Math.max(...title.split(' ').map((word) => word.length))
  // Two lines rather than three.
  const stacked = wrapped(title, Math.max(longest, Math.ceil(title.length / 2) + 1)).map(
    (text): LabelLine => ({ text, as: 'role' }),
  )
  if (look.compact && serves) return [[short]]
  if (look.compact) return [[role], stacked, ...shortest(title)]
  if (look.notes) return [...(serves ? [[role, onWire]] : []), [role], stacked]
  return [...(serves ? [[role, onWire, where]] : []), [role, where], [role], stacked]
}

/** The owner of a machine, or the first word of its name: both clerks stand on their own side. */
function shortest(title: string): readonly LabelLine[][] {
  const words = title.split(' ')
  const word = words.find((each) => /[’']s$/.test(each)) ?? words[0]
  return word === undefined ? [] : [[{ text: word, as: 'role' }]]
}

/** Above if all lines leave downwards, so that none crosses it; else as the scenario says; else wherever there is space. */
function sidesOf({ scenario, routes, look }: MapFrame, name: HostName): readonly Side[] {
  const place = scenario.map.hosts[name]
  if (!place) return []
  if (isTree(place.symbol)) return place.symbol === 'zone' ? ['right', 'above', 'below', 'left'] : ['right', 'left']
  const ends = routes.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : []))
  const allLeaveDown = ends.length > 0 && ends.every((end) => (scenario.map.hosts[end]?.y ?? 0) > place.y + 30)
  const first: Side =
    place.label === 'left' && look.compact ? 'above' : place.label === 'below' && allLeaveDown ? 'above' : place.label
  return [first, ...(['below', 'left', 'right', 'above'] as const).filter((side) => side !== first)]
}

function placed(
  frame: MapFrame,
  name: HostName,
  lines: readonly LabelLine[],
  side: Side,
  taken: readonly Box[],
  routes: readonly Box[],
): Label | undefined {
  const { scenario, projection, look } = frame
  const place = scenario.map.hosts[name]
  if (!place) return undefined
  const x = projection.x(place.x)
  const y = projection.y(place.y)
  const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
  const width = Math.max(...lines.map((line) => textWidth(line.text, line.as)))
  const height = (lines.length - 1) * LINE_HEIGHT
  const centred = side === 'below' || side === 'above'
  const closer = look.compact ? 2 : 0
  const dy =
    side === 'below'
      ? halfHeight + 16 - closer
      : side === 'above'
        ? closer - halfHeight - 8 - height
        : lines.length > 1
          ? -2
          : 4.5
  const isClear = (box: Box): boolean =>
    box.left >= 6 &&
    box.right <= look.size.width - 6 &&
    box.top >= 2 &&
    box.bottom <= look.size.height - 2 &&
    onOwnGround(frame, x, y, box) &&
    !taken.some((other) => meets(box, other)) &&
    !routes.some((line) => meets(box, line))
  const boxFrom = (left: number): Box => ({ left, right: left + width, top: y + dy - 9.5, bottom: y + dy + height + 3 })
  if (!centred) {
    const dx = side === 'left' ? -halfWidth - 4 : halfWidth + (isTree(place.symbol) ? 10 : 7)
    const beside = boxFrom(side === 'left' ? x + dx - width : x + dx)
    // A flat line takes the space beside the middle, so a place a little above it is tried.
    for (const up of isTree(place.symbol) ? [0, 4, 8] : [0]) {
      const box = { ...beside, top: beside.top - up, bottom: beside.bottom - up }
      if (isClear(box)) return { lines, anchor: side === 'left' ? 'end' : 'start', dx, dy: dy - up, box }
    }
    return undefined
  }
  for (let off = 0; off <= ASIDE; off += STEP) {
    for (const shift of off === 0 ? [0] : [-off, off]) {
      const box = boxFrom(x + shift - width / 2)
      if (isClear(box)) return { lines, anchor: 'middle', dx: shift, dy, box }
    }
  }
  return undefined
}

/** The distance of words from the shore, and the steps down their side at which it is measured, since a shore is wavy. */
const OFF_SHORE = 6
const LOOK = 6

/** Words of a host stay on its land, and those at sea stay away from the shores. */
export function onOwnGround({ shores }: MapFrame, x: number, y: number, { left, right, top, bottom }: Box): boolean {
  const heights = [bottom]
  for (let height = top; height < bottom; height += LOOK) heights.push(height)
  const { index } = shores.regionAt(x, y)
  return heights.every((height) => {
    const { west, east } = shores.extent(index, height)
    return left > west + OFF_SHORE && right < east - OFF_SHORE
  })
}

/** The place of a host's letters and of their count in words, relative to the host. */
export interface BadgeSpot {
  readonly letterX: number
  readonly y: number
  readonly textX: number
  readonly anchor: 'start' | 'end'
  /** False if there is space for the letter alone. */
  readonly inWords: boolean
  readonly box: Box
}

const WORDS = 62
const MESSAGE = 15

/**
 * A place at a host for a letter and a few words: at its side, above or below, clear of names and lines. If all are taken, the
 * letter is drawn without words, in the last case on a corner of the symbol, since it must always be seen that a host holds
 * something.
 */
export function badgeSpot(
  frame: MapFrame,
  name: HostName,
  taken: readonly Box[],
  lines: readonly Box[],
): BadgeSpot | undefined {
  const { scenario, projection, look } = frame
  const place = scenario.map.hosts[name]
  if (!place) return undefined
  const x = projection.x(place.x)
  const y = projection.y(place.y)
  const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
  const own = boxAround(x, y, halfWidth + 4, halfHeight + 4)
  const isClear = ({ box }: BadgeSpot): boolean =>
    box.left >= 4 &&
    box.right <= look.size.width - 4 &&
    box.top >= 2 &&
    box.bottom <= look.size.height - 2 &&
    onOwnGround(frame, x, y, box) &&
    !meets(box, own) &&
    !taken.some((other) => meets(box, other)) &&
    !lines.some((line) => meets(box, line))
  for (const words of look.compact ? [0] : [WORDS, 0]) {
    const spot = badgePlaces(place.symbol, words)
      .map((at) => spotAt(x, y, words, ...at))
      .find(isClear)
    if (spot) return spot
  }
  // On the upper left corner: the upper right one shows whether the host is up, and names are mostly below.
  return spotAt(x, y, 0, 4 - halfWidth, 2 - halfHeight, 1)
}

function spotAt(x: number, y: number, words: number, letterX: number, dy: number, towards: 1 | -1): BadgeSpot {
  const far = letterX + towards * (MESSAGE + words)
  return {
    letterX,
    y: dy,
    textX: letterX + towards * (MESSAGE + 5),
    anchor: towards === 1 ? 'start' : 'end',
    inWords: words > 0,
    box: {
      left: x + Math.min(far, letterX - MESSAGE),
      right: x + Math.max(far, letterX + MESSAGE),
      top: y + dy - 10,
      bottom: y + dy + 10,
    },
  }
}

/** Places for the letter, the best first: its middle, relative to the host's, and the direction in which the words follow. */
function badgePlaces(symbol: HostSymbol, words: number): readonly (readonly [number, number, 1 | -1])[] {
  const [halfWidth, halfHeight] = SYMBOL_BOX[symbol]
  const out = halfWidth + MESSAGE + 4
  const up = -halfHeight - 15
  // Below, under names of up to three lines.
  const below = [0, 1, 2, 3].map((rows) => [-words / 2, halfHeight + 20 + rows * LINE_HEIGHT, 1] as const)
  if (symbol === 'laptop' || symbol === 'phone') {
    return [[-out, 0, -1], [out, 0, 1], [-out, 10, -1], [-words / 2, up, 1], [-words / 2, up - 16, 1], ...below]
  }
  return [
    [-24 - MESSAGE, up, -1],
    [out + 6, 0, 1],
    [-24 - MESSAGE, up - 18, -1],
    [-24 - MESSAGE, up + 8, -1],
    [24 + MESSAGE, up, 1],
    [-words / 2, up, 1],
    [-words / 2, up - 18, 1],
    [-out - 6, 0, -1],
    ...below,
  ]
}
