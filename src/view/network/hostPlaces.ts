import type { HostSymbol } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { HostScene } from '../stage/scene'
import type { MapFrame } from './frame'
import { isTree } from './geometry'
import { type BadgeSpot, badgeSpot, type Label, labelOf } from './labels'
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
}

/** The box of a host's letters if it has any at this moment: captions and states avoid it. */
export const badgeBoxes = ({ badgeSpot }: HostPlace, host: HostScene): readonly Box[] =>
  badgeSpot && (host.waiting > 0 || host.holds > 0) ? [badgeSpot.box] : []

/** The gap beside a name, so that it is not read together with its neighbour. */
const GAP = 6

/** Every host in the picture, and everything that captions avoid: symbols, names and titles. */
export function hostPlaces(frame: MapFrame): { readonly places: readonly HostPlace[]; readonly boxes: readonly Box[] } {
  const { scenario, projection, look } = frame
  // On a small map a name may come closer.
  const margin = look.compact ? 2 : 4
  const boxes: Box[] = [...titleBoxes(frame), ...(frame.look.taken ?? [])]
  const isSeen = (name: HostName): boolean => frame.inSight?.has(name) !== false
  for (const { name } of scenario.hosts) {
    const place = scenario.map.hosts[name]
    if (!place || !isSeen(name)) continue
    const [halfWidth, halfHeight] = SYMBOL_BOX[place.symbol]
    boxes.push(boxAround(projection.x(place.x), projection.y(place.y), halfWidth + margin, halfHeight + margin))
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
    const label = isSeen(name) ? labelOf(frame, name, address, boxes, frame.lines) : undefined
    if (label) {
      const { left, right, top, bottom } = label.box
      boxes.push({ left: left - GAP, right: right + GAP, top: top - GAP / 2, bottom: bottom + GAP / 2 })
    }
    const touched = touchedBox(frame, name, x, y, label)
    named.push({ name, symbol, x, y, label, touched, badgeSpot: undefined })
  }
  // The letters of a host are shown beside its name. Their space is kept free from the beginning.
  const reserved = [...boxes]
  const places = named.map((place): HostPlace => {
    const { name, symbol } = place
    if (isTree(symbol) || symbol === 'resolver') return place
    // The state of a dialogue has its best place above a server; letters leave it there if they can.
    const above = symbol === 'exchanger' || symbol === 'mailboxStore' ? [aboveBox(place)] : []
    const spot = badgeSpot(frame, name, [...reserved, ...above], frame.lines)
    if (spot) reserved.push(spot.box)
    return { ...place, badgeSpot: spot }
  })
  return { places, boxes }
}

/** Half the width of a state that is as long as most, above its host. */
const STATE = 52

const aboveBox = ({ x, y, symbol }: HostPlace): Box => boxAround(x, y - SYMBOL_BOX[symbol][1] - 16, STATE, 8)

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
