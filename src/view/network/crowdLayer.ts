import { pointer } from 'd3-selection'
import { hueOf } from '../faces'
import type { Outcome, Traveller } from '../stage/scene'
import type { DrawnTraveller } from './drawnTravellers'
import type { Layer, MapEvents } from './frame'
import { headingOn, type Point } from './geometry'
import { boxAround } from './placement'

/**
 * Travellers in a crowd: small, and of each stroke of a symbol one element for all of them, so that a frame does not take longer
 * with each traveller. Decision 22.
 */

/** A stroke of a small symbol: a path from the middle of the symbol on, with relative commands only. */
interface SmallStroke {
  readonly as: string
  readonly d: string
}

const LETTER: readonly SmallStroke[] = [
  { as: 'outline', d: 'm-9 -6.5h18v13h-18z' },
  { as: 'edge-red', d: 'm-8 -5h2.5m3.5 0h2.5m3.5 0h2.5m-14.5 10h2.5m3.5 0h2.5m3.5 0h2.5' },
  { as: 'edge-blue', d: 'm-5 -5h2.5m3.5 0h2.5m-8.5 10h2.5m3.5 0h2.5' },
]
const RETURNED: SmallStroke = { as: 'returned', d: 'm-2.5 -2.5l5 5m0 -5l-5 5' }
const SLIP = 'm-8 -5.5h16v8h-9.5l-4 3.5v-3.5h-2.5z'
/** A slip whose speaker is on the right. */
const SLIP_BACK = 'm8 -5.5h-16v8h9.5l4 3.5v-3.5h2.5z'
const DIAMOND = 'm0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z'
const BEAD = 'm-4.5 -3h9a3 3 0 0 1 0 6h-9a3 3 0 0 1 0 -6z'

/** The mark of an outcome at the upper right corner. Success needs none where there are many. */
const MARKS: Readonly<Record<Exclude<Outcome, 'accepted'>, readonly SmallStroke[]>> = {
  refused: [
    { as: 'ring', d: 'm5 -10.5h9v9h-9z' },
    { as: 'sign', d: 'm7.3 -8.2l4.4 4.4m0 -4.4l-4.4 4.4' },
  ],
  lost: [
    { as: 'ring', d: 'm5 -10.5h9v9h-9z' },
    { as: 'sign', d: 'm7.3 -8.2l4.4 4.4m0 -4.4l-4.4 4.4' },
  ],
  later: [
    { as: 'ring', d: 'm4 -6a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1 -11 0z' },
    { as: 'sign', d: 'm7.5 -8.8h4l-4 5.6h4l-4 -5.6' },
  ],
}

function strokesOf({ traveller: { shape, notice }, path, u }: DrawnTraveller): readonly SmallStroke[] {
  switch (shape) {
    case 'letter':
      return notice === 'returned' ? [...LETTER, RETURNED] : LETTER
    case 'slip':
      return [{ as: 'body', d: Math.abs(headingOn(path, u)) > 90 ? SLIP_BACK : SLIP }]
    case 'diamond':
      return [{ as: 'dot', d: DIAMOND }]
    case 'bead':
      return [{ as: 'body', d: BEAD }]
  }
}

/** A stroke of all travellers that look alike. */
interface Heap {
  readonly as: string
  /** Absent for a message, which looks alike in all protocols, and for a mark. */
  readonly protocol?: Traveller['protocol']
  /** Of a mark. */
  readonly outcome?: Outcome
  /** Path data, a piece for each traveller. */
  readonly pieces: string[]
}

/** The strokes that draw these travellers, by names that stay the same from frame to frame. */
export function heapsOf(drawn: readonly DrawnTraveller[]): ReadonlyMap<string, Heap> {
  const heaps = new Map<string, Heap>()
  const add = (about: Omit<Heap, 'pieces'>, { x, y }: Point, stroke: string): void => {
    const key = `${about.as} ${about.protocol ?? ''} ${about.outcome ?? ''}`
    const heap = heaps.get(key) ?? { ...about, pieces: [] }
    heaps.set(key, heap)
    heap.pieces.push(`M${x.toFixed(1)} ${y.toFixed(1)}${stroke}`)
  }
  for (const each of drawn) {
    const { shape, protocol, outcome } = each.traveller
    for (const { as, d } of strokesOf(each)) add(shape === 'letter' ? { as } : { as, protocol }, each.at, d)
    if (outcome === undefined || outcome === 'accepted') continue
    for (const { as, d } of MARKS[outcome]) add({ as, outcome }, each.at, d)
  }
  return heaps
}

/** The traveller that is nearest to a point. */
export const nearestTo = ({ x, y }: Point, drawn: readonly DrawnTraveller[]): DrawnTraveller | undefined =>
  drawn.reduce<DrawnTraveller | undefined>((best, each) => {
    const far = ({ at }: DrawnTraveller): number => Math.hypot(at.x - x, at.y - y)
    return best && far(best) <= far(each) ? best : each
  }, undefined)

/** Draws travellers of which there are many. */
export class CrowdLayer {
  readonly #symbols: Layer
  /** Above all symbols. */
  readonly #marks: Layer
  readonly #elements = new Map<string, Layer>()
  #drawn: readonly DrawnTraveller[] = []

  constructor(layer: Layer, events: MapEvents) {
    layer.attr('class', 'crowd').on('click', (event: MouseEvent) => {
      const [x, y] = pointer(event, layer.node())
      const touched = nearestTo({ x, y }, this.#drawn)
      if (touched) events.traveller(touched.traveller.id, boxAround(event.clientX, event.clientY, 9, 7))
    })
    this.#symbols = layer.append('g')
    this.#marks = layer.append('g')
  }

  draw(drawn: readonly DrawnTraveller[]): void {
    this.#drawn = drawn
    const heaps = heapsOf(drawn)
    for (const [key, element] of this.#elements) {
      if (heaps.has(key)) continue
      element.remove()
      this.#elements.delete(key)
    }
    for (const [key, heap] of heaps) {
      const element = this.#elements.get(key) ?? this.#create(heap)
      this.#elements.set(key, element)
      element.select('path').attr('d', heap.pieces.join(''))
    }
  }

  #create({ as, protocol, outcome }: Heap): Layer {
    const group =
      outcome === undefined
        ? this.#symbols.append('g')
        : this.#marks.append('g').attr('class', 'mark').attr('data-outcome', outcome)
    if (protocol !== undefined) group.style('--hue', hueOf(protocol))
    group.append('path').attr('class', as)
    return group
  }
}
