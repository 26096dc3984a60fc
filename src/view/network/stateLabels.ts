import { storyText } from '../../messages/story'
import type { HostName } from '../../world/world'
import type { HostScene, Scene } from '../stage/scene'
import type { MapFrame } from './frame'
import { type Point, pointOn, standsAt } from './geometry'
import { badgeBoxes, type HostPlace } from './hostPlaces'
import { onOwnGround } from './labels'
import { type Box, boxAround, meets, Occupancy, wrapped } from './placement'
import { SYMBOL_BOX } from './symbols'
import { textWidth } from './text'
import { COMPACT, TRAVELLER_BOX } from './travelling'

/** The state of a host in words: that of the dialogue in which it is the server, or that it is stopped or rests. */
export interface StateLabel {
  readonly lines: readonly string[]
  readonly anchor: 'start' | 'middle' | 'end'
  /** Of its first line, relative to the host. */
  readonly x: number
  readonly y: number
  readonly box: Box
}

/** The lines of a state stand so far from each other; its text reaches so far above and below its baseline. */
export const STATE_LINE = 15
const ASCENT = 11
const DESCENT = 4
/** The least distance from the edge of the map, and from other words. */
const EDGE = 4
const AIR = 3
/** From a symbol to its state above it, and beside it. */
const ABOVE = 8
const BESIDE = 8
/** The steps in which places are tried, and how far above or below its host a state may stand. */
const STEP = 4
const FARTHEST = 44
/** Costs of a place: two lines, fewer words, another side than above, the way of travellers, letters that may come, a shore. */
const COSTS = { broken: 16, shorter: 26, beside: 20, below: 30, way: 14, letters: 24, crossed: 120 } as const

/** A state in words, if the host shows one. */
export const stateWords = ({ up, rests, state }: HostScene): string | undefined =>
  up ? (state?.text ?? (rests ? storyText('rests') : undefined)) : storyText('stopped')

/** Where words of states cannot be: worked out once for a frame. */
export interface StateGround {
  /** Hosts, their names, titles, and where travellers rest. */
  readonly words: Occupancy
  /** These and lines. */
  readonly all: Occupancy
  /** Where travellers pass. */
  readonly ways: Occupancy
}

/** The ground of a frame with these boxes of hosts, names and titles. */
export function stateGround(frame: MapFrame, boxes: readonly Box[]): StateGround {
  const { size } = frame.look
  const words = [...boxes, ...restingPlaces(frame)]
  return {
    words: new Occupancy(size, words),
    all: new Occupancy(size, [...words, ...frame.lines]),
    ways: new Occupancy(
      size,
      frame.lines.map(({ left, right, top, bottom }) => boxAround((left + right) / 2, (top + bottom) / 2, 11, 11)),
    ),
  }
}

/** Where travellers stand before they leave and after they have arrived. */
export function restingPlaces(frame: MapFrame): readonly Box[] {
  const size = frame.look.compact ? COMPACT : 1
  return frame.routes.flatMap(({ from, to, protocol }) => {
    const path = frame.path(from, to, protocol)
    if (!path) return []
    const [wide, high] = TRAVELLER_BOX[protocol === 'DNS' ? 'diamond' : 'slip'].map((half) => half * size) as [
      number,
      number,
    ]
    return [0, 1].map((progress) => {
      const at = pointOn(path, standsAt(path, wide, progress))
      return boxAround(at.x, at.y, wide, high)
    })
  })
}

/**
 * The places of the states at this moment. None is cut by the edge or covers other words, a symbol or a resting traveller. A state
 * that has no room in one line is set in two or in fewer words. On a small screen, where the caption is in the strip below, it is
 * left out before it covers a line or a shore.
 */
export function stateLabels(
  frame: MapFrame,
  places: readonly HostPlace[],
  ground: StateGround,
  hosts: Scene['hosts'],
): ReadonlyMap<HostName, StateLabel> {
  const taken: Box[] = places.flatMap((place) => {
    const host = hosts[place.name]
    return host ? badgeBoxes(place, host) : []
  })
  const letters = places.flatMap(({ badgeSpot }) => (badgeSpot ? [badgeSpot.box] : []))
  // That a host is stopped is seen before all else.
  const inOrder = [...places].sort((a, b) => urgency(hosts[b.name]) - urgency(hosts[a.name]))
  const labels = new Map<HostName, StateLabel>()
  for (const place of inOrder) {
    const host = hosts[place.name]
    const words = host && stateWords(host)
    if (words === undefined) continue
    const label = placed(frame, place, words, ground, taken, letters, frame.look.compact && host?.up === true)
    if (!label) continue
    labels.set(place.name, label)
    taken.push(label.box)
  }
  return labels
}

const urgency = (host: HostScene | undefined): number => (!host ? 0 : !host.up ? 2 : host.state ? 1 : 0)

interface Wording {
  readonly lines: readonly string[]
  readonly width: number
  readonly cost: number
}

/** The words in one line or two; what stands after a colon explains them and may be left out. */
function wordingsOf(words: string): readonly Wording[] {
  const [short = words] = words.split(': ')
  const wording = (lines: readonly string[], cost: number): Wording => ({
    lines,
    width: Math.max(...lines.map((line) => textWidth(line, 'state'))),
    cost,
  })
  const inTwo = (text: string): readonly string[] => wrapped(text, Math.ceil(text.length / 2) + 3)
  const all = [wording([words], 0), wording(inTwo(words), COSTS.broken)]
  if (short !== words) all.push(wording([short], COSTS.shorter), wording(inTwo(short), COSTS.shorter + COSTS.broken))
  return all.filter(({ lines }, i) => lines.length === (i % 2) + 1)
}

function placed(
  frame: MapFrame,
  { x, y, symbol, label }: HostPlace,
  words: string,
  ground: StateGround,
  taken: readonly Box[],
  letters: readonly Box[],
  uncrossed: boolean,
): StateLabel | undefined {
  const { width, height } = frame.look.size
  const [halfWidth, halfHeight] = SYMBOL_BOX[symbol]
  let best: StateLabel | undefined
  let least = Number.POSITIVE_INFINITY
  const attempt = (wording: Wording, anchor: StateLabel['anchor'], middle: Point, cost: number): void => {
    if (cost >= least) return
    const box = boxAround(middle.x, middle.y, wording.width / 2, heightOf(wording) / 2)
    if (box.left < EDGE || box.right > width - EDGE || box.top < EDGE || box.bottom > height - EDGE) return
    const airy = { left: box.left - AIR, right: box.right + AIR, top: box.top, bottom: box.bottom }
    if (!ground.words.isFree(airy) || taken.some((other) => meets(airy, other))) return
    let whole = cost
    if (!ground.all.isFree(box) || !onOwnGround(frame, x, y, box)) whole += uncrossed ? Infinity : COSTS.crossed
    else if (!ground.ways.isFree(box)) whole += COSTS.way
    if (letters.some((other) => meets(airy, other))) whole += COSTS.letters
    if (whole >= least) return
    least = whole
    const at = anchor === 'start' ? box.left : anchor === 'end' ? box.right : middle.x
    best = { lines: wording.lines, anchor, x: at - x, y: box.top + ASCENT - y, box }
  }
  for (const wording of wordingsOf(words)) {
    const [wide, high] = [wording.width / 2, heightOf(wording) / 2]
    // Above or below, it stands at least in part over its host.
    const reach = Math.ceil((wide + halfWidth) / STEP) * STEP
    for (let off = 0; off <= reach; off += STEP) {
      for (const aside of off === 0 ? [0] : [off, -off]) {
        const cost = wording.cost + off * 0.4
        for (let up = 0; up <= FARTHEST; up += STEP)
          attempt(wording, 'middle', { x: x + aside, y: y - halfHeight - ABOVE - high - up }, cost + up)
        const foot = Math.max(y + halfHeight + ABOVE, label && label.box.top > y ? label.box.bottom + 2 : 0)
        for (let down = 0; down <= FARTHEST / 2; down += STEP)
          attempt(wording, 'middle', { x: x + aside, y: foot + high + down }, cost + COSTS.below + down)
      }
    }
    for (const side of [1, -1])
      for (let off = 0; off <= halfHeight + high; off += STEP)
        for (const dy of off === 0 ? [0] : [-off, off])
          attempt(
            wording,
            side === 1 ? 'start' : 'end',
            { x: x + side * (halfWidth + BESIDE + wide), y: y + dy },
            wording.cost + COSTS.beside + off * 0.5,
          )
  }
  return best
}

const heightOf = ({ lines }: Wording): number => ASCENT + DESCENT + (lines.length - 1) * STATE_LINE
