import type { HostSymbol } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { HostScene } from '../stage/scene'
import type { MapFrame } from './frame'
import { isTree } from './geometry'
import { type BadgeSpot, badgeSpot, type Label, labelOf, onOwnGround } from './labels'
import { type Box, boxAround, meets } from './placement'
import { titleBoxes } from './regionTitles'
import { SYMBOL_BOX } from './symbols'

/** A host on the map with the space for its name, its letters and its state. */
export interface HostPlace {
  readonly name: HostName
  readonly symbol: HostSymbol
  readonly x: number
  readonly y: number
  readonly label: Label | undefined
  /** The area that reacts to touch: symbol and name. */
  readonly touched: Box
  readonly badgeSpot: BadgeSpot | undefined
  readonly stateSpot: StateSpot | undefined
}

/** The boxes of a host's badge and state, as far as the scene shows them: captions avoid these. */
export const shownBoxes = ({ badgeSpot, stateSpot }: HostPlace, host: HostScene): readonly Box[] => [
  ...(badgeSpot && (host.waiting > 0 || host.holds > 0) ? [badgeSpot.box] : []),
  ...(stateSpot && (host.state !== undefined || host.rests || !host.up) ? [stateSpot.box] : []),
]

/** The gap beside a name, so that it is not read together with its neighbour. */
const GAP = 6

/** Every host in the picture, and everything that captions avoid: symbols, names and titles. */
export function hostPlaces(frame: MapFrame): { readonly places: readonly HostPlace[]; readonly boxes: readonly Box[] } {
  const { scenario, projection, look } = frame
  const boxes: Box[] = [...titleBoxes(frame), ...(frame.look.taken ?? [])]
  for (const { name } of scenario.hosts) {
    const place = scenario.map.hosts[name]
    if (!place) continue
    const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
    boxes.push(boxAround(projection.x(place.x), projection.y(place.y), halfWidth + 4, halfHeight + 4))
  }
  const inOrder = [...scenario.hosts].sort(
    (a, b) => Number(frame.about.includes(b.name)) - Number(frame.about.includes(a.name)),
  )
  const named: HostPlace[] = []
  for (const { name, address } of inOrder) {
    const place = scenario.map.hosts[name]
    if (!place) continue
    const { symbol } = place
    const x = projection.x(place.x)
    const y = projection.y(place.y)
    // A host that the edge would cut is not drawn.
    const [wide] = SYMBOL_BOX[symbol]
    if (x < wide - 1 || x > look.size.width - wide + 1) continue
    const label = labelOf(frame, name, address, boxes, frame.lines)
    if (label) boxes.push({ ...label.box, left: label.box.left - GAP, right: label.box.right + GAP })
    const touched = touchedBox(frame, name, x, y, label)
    named.push({ name, symbol, x, y, label, touched, badgeSpot: undefined, stateSpot: undefined })
  }
  // The letters and the state of a host are shown beside its name. Their space is kept free from the beginning.
  const reserved = [...boxes]
  const places = named.map((place): HostPlace => {
    const { name, symbol, x, y } = place
    if (isTree(symbol) || symbol === 'resolver') return place
    const [, halfHeight] = SYMBOL_BOX[symbol]
    const findState = () => stateSpot(frame, x, y, halfHeight, reserved, frame.lines)
    // At the submission server the queue matters most, so letters get the better place; at the others the state does.
    const serves = symbol === 'exchanger' || symbol === 'mailboxStore'
    let above = serves ? findState() : undefined
    if (above) reserved.push(above.box)
    const spot = badgeSpot(frame, name, reserved, frame.lines)
    if (spot) reserved.push(spot.box)
    if (symbol === 'submissionServer') {
      above = findState()
      if (above) reserved.push(above.box)
    }
    return { ...place, badgeSpot: spot, stateSpot: above }
  })
  // Any other host shows only a short word, for which a place is searched after all others: it takes none from them.
  const withWords = places.map((place): HostPlace => {
    const { symbol, x, y } = place
    if (place.stateSpot) return place
    const [halfWidth, halfHeight] = SYMBOL_BOX[symbol]
    const word =
      stateSpot(frame, x, y, halfHeight, reserved, frame.lines, WORD_WIDTH) ??
      wordBeside(frame, x, y, halfWidth, reserved)
    if (word) reserved.push(word.box)
    return { ...place, stateSpot: word }
  })
  return { places: withWords, boxes }
}

/** Half the width of a touch target. */
const TOUCH = 22

/** One box around symbol and name; around the symbol alone if a neighbour is in between. */
function touchedBox(frame: MapFrame, name: HostName, x: number, y: number, label: Label | undefined): Box {
  const { hosts } = frame.scenario.map
  const [halfWidth, halfHeight] = SYMBOL_BOX[hosts[name]?.symbol ?? 'laptop']
  const picture = boxAround(x, y, Math.max(halfWidth, TOUCH), Math.max(halfHeight, TOUCH))
  if (!label) return picture
  const both = {
    left: Math.min(picture.left, label.box.left - 3),
    right: Math.max(picture.right, label.box.right + 3),
    top: Math.min(picture.top, label.box.top - 2),
    bottom: Math.max(picture.bottom, label.box.bottom + 2),
  }
  const isBetween = Object.entries(hosts).some(([other, place]) => {
    const [wide, high] = SYMBOL_BOX[place.symbol]
    return (
      other !== name && meets(both, boxAround(frame.projection.x(place.x), frame.projection.y(place.y), wide, high))
    )
  })
  return isBetween ? picture : both
}

/** The place above a server for the state of its dialogue: centred, or to a side if a letter or a line is in the way. */
export interface StateSpot {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  readonly box: Box
}

const STATE_WIDTH = 104
/** For "stopped" or "rests". */
const WORD_WIDTH = 54

function stateSpot(
  frame: MapFrame,
  x: number,
  y: number,
  halfHeight: number,
  taken: readonly Box[],
  lines: readonly Box[],
  width = STATE_WIDTH,
): StateSpot | undefined {
  const spots = [0, -20].flatMap((row) =>
    (['middle', 'start', 'end'] as const).map((anchor): StateSpot => {
      const dx = anchor === 'middle' ? 0 : anchor === 'start' ? -20 : 14
      const dy = -halfHeight - 12 + row
      const left = x + dx - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0)
      return { x: dx, y: dy, anchor, box: { left, right: left + width, top: y + dy - 12, bottom: y + dy + 4 } }
    }),
  )
  return spots.find(
    ({ box }) =>
      box.left >= 4 &&
      box.right <= frame.look.size.width - 4 &&
      onOwnGround(frame, x, y, box) &&
      !taken.some((other) => meets(box, other)) &&
      !lines.some((line) => meets(box, line)),
  )
}

/** The place of a short word at a side of a symbol, where it may cover a line or a shore. */
function wordBeside(
  frame: MapFrame,
  x: number,
  y: number,
  halfWidth: number,
  taken: readonly Box[],
): StateSpot | undefined {
  const spots = [4, 18, -10].flatMap((dy) =>
    (['start', 'end'] as const).map((anchor): StateSpot => {
      const dx = anchor === 'start' ? halfWidth + 8 : -halfWidth - 8
      const left = x + dx - (anchor === 'end' ? WORD_WIDTH : 0)
      return { x: dx, y: dy, anchor, box: { left, right: left + WORD_WIDTH, top: y + dy - 12, bottom: y + dy + 4 } }
    }),
  )
  return spots.find(
    ({ box }) => box.left >= 4 && box.right <= frame.look.size.width - 4 && !taken.some((other) => meets(box, other)),
  )
}
