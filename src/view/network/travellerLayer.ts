import type { Selection } from 'd3-selection'
import { faceOf, hueOf } from '../faces'
import type { Scene, Traveller } from '../stage/scene'
import { CrowdLayer } from './crowdLayer'
import { type DrawnTraveller, drawnTravellers, fullAndSmall } from './drawnTravellers'
import type { Layer, MapEvents, MapFrame } from './frame'
import { eased, headingOn, type Path, type Point, pointOn, standsAt } from './geometry'
import { drawMessage } from './messageSymbol'
import { type Box, boxAround, meets } from './placement'
import { OUTCOME_MARKS } from './symbols'
import { TRAVELLER_SHAPES, WRITING } from './travellerShapes'
import { COMPACT, TRAVELLER_BOX } from './travelling'

/** A letter on its way is drawn so many times as large as one that waits. */
const LETTER = 1.5
const TRAILS = { letter: 'M-122 0L-22 -7.5V7.5Z', slip: 'M-92 0L-16 -5V5Z' } as const
/** The baseline of words below a traveller. */
const NOTE = 26
/** Half the width of the mark of an outcome, with a little air. */
const MARK = 11
/** The shares of the way at which it is seen whether a mark covers something. */
const SHARES = Array.from({ length: 17 }, (_, n) => n / 16)

/** The corner of a traveller at which the mark of its outcome covers the least along the whole path. */
export function markCorner(path: Path, shape: Traveller['shape'], taken: readonly Box[]): Point {
  const [dx, dy] = shape === 'diamond' ? [11, 11] : shape === 'letter' ? [21, 15] : [17, 11]
  const corners = [1, -1].flatMap((down) => [1, -1].map((aside) => ({ x: aside * dx, y: -down * dy })))
  const shares = SHARES.map((progress) => standsAt(path, TRAVELLER_BOX[shape][0], progress))
  const hits = ({ x, y }: Point): number =>
    shares.filter((u) => {
      const at = pointOn(path, u)
      const mark = boxAround(at.x + x, at.y + y, MARK, MARK)
      return taken.some((box) => meets(mark, box))
    }).length
  return corners.reduce((best, corner) => (hits(corner) < hits(best) ? corner : best))
}

interface TravellerElements {
  readonly group: Layer
  readonly trail: Layer
  readonly body: Layer
  readonly arrow: Selection<SVGPathElement, unknown, null, undefined>
  readonly mark: Layer
  readonly note: Selection<SVGTextElement, unknown, null, undefined>
  outcome: string
}

/** The arrowhead is on the path before its traveller, or after it if it has arrived. */
function pointed(
  arrow: TravellerElements['arrow'],
  { traveller, path, u, at }: DrawnTraveller,
  compact: boolean,
): void {
  arrow.attr('visibility', traveller.arrow ? null : 'hidden')
  if (!traveller.arrow) return
  const size = compact ? COMPACT : 1
  const off = (size * (TRAVELLER_BOX[traveller.shape][0] + 11)) / Math.hypot(path.b.x - path.a.x, path.b.y - path.a.y)
  const ahead = u + off < 1 ? u + off : u - off
  const { x, y } = pointOn(path, ahead)
  const [dx, dy] = [(x - at.x) / size, (y - at.y) / size]
  arrow.attr('transform', `translate(${dx.toFixed(1)} ${dy.toFixed(1)}) rotate(${headingOn(path, ahead).toFixed(1)})`)
}

/** Draws the travellers, each at its place on its path. */
export class TravellerLayer {
  readonly #layer: Layer
  readonly #events: MapEvents
  readonly #gradients: Layer
  readonly #elements = new Map<number, TravellerElements>()
  readonly #crowd: CrowdLayer

  constructor(layer: Layer, events: MapEvents) {
    this.#layer = layer
    this.#events = events
    this.#crowd = new CrowdLayer(layer.append('g'), events)
    this.#gradients = layer.append('defs')
  }

  /** @param taken boxes that the marks of outcomes avoid: hosts, their names and their letters. */
  draw(frame: MapFrame, scene: Scene, taken: readonly Box[]): void {
    const { full: drawn, small } = fullAndSmall(drawnTravellers(frame, scene))
    this.#crowd.draw(small)
    this.#layer.classed('crowded', small.length > 0)
    const present = new Set(drawn.map(({ traveller }) => traveller.id))
    for (const [id, { group }] of this.#elements) {
      if (present.has(id)) continue
      group.remove()
      this.#elements.delete(id)
    }
    for (const each of drawn) {
      const { traveller } = each
      this.#move(this.#elements.get(traveller.id) ?? this.#create(traveller), each, frame, taken)
    }
  }

  /** The id of the gradient with which a protocol's trails fade. */
  #trail(protocol: string): string {
    const id = `trail-${protocol}`
    if (this.#gradients.select(`[id='${id}']`).empty()) {
      const gradient = this.#gradients.append('linearGradient').attr('id', id).style('--hue', hueOf(protocol))
      gradient.append('stop').attr('offset', 0).attr('class', 'trail-stop').attr('stop-opacity', 0)
      gradient.append('stop').attr('offset', 1).attr('class', 'trail-stop').attr('stop-opacity', 0.62)
    }
    return id
  }

  #create(traveller: Traveller): TravellerElements {
    const group = this.#layer
      .append('g')
      .attr('class', `traveller ${traveller.shape}`)
      .style('--hue', hueOf(traveller.protocol))
    const trail = group.append('g')
    if (traveller.shape === 'letter' || traveller.shape === 'slip') {
      trail
        .append('path')
        .attr('d', TRAILS[traveller.shape])
        .attr('fill', `url(#${this.#trail(traveller.protocol)})`)
        .attr('stroke', 'none')
    }
    const body = group
      .append('g')
      .attr('class', 'shape')
      .on('click', ({ currentTarget }: MouseEvent) => {
        if (currentTarget instanceof Element)
          this.#events.traveller(traveller.id, currentTarget.getBoundingClientRect())
      })
    if (traveller.shape === 'letter')
      drawMessage(body.append('g').attr('transform', `scale(${LETTER})`), traveller.notice)
    else for (const { d, as } of TRAVELLER_SHAPES[traveller.shape]) body.append('path').attr('class', as).attr('d', d)
    if (traveller.shape === 'slip')
      body.append('path').attr('class', 'line').attr('d', WRITING[faceOf(traveller.protocol).look.stroke])
    const arrow = group.append('path').attr('class', 'arrow').attr('d', 'M-5 -5.5L4.5 0L-5 5.5')
    const mark = group.append('g').attr('class', 'mark')
    const note = group.append('text').attr('class', 'note').attr('text-anchor', 'middle').attr('y', NOTE)
    const elements = { group, trail, body, arrow, mark, note, outcome: '' }
    this.#elements.set(traveller.id, elements)
    return elements
  }

  #move(elements: TravellerElements, drawn: DrawnTraveller, frame: MapFrame, taken: readonly Box[]): void {
    const { group, trail, body, mark, note } = elements
    const { traveller, path, u, at } = drawn
    const { still, compact } = frame.look
    const heading = headingOn(path, u)
    const size = compact ? ` scale(${COMPACT})` : ''
    group.attr('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})${size}`).classed('dim', !traveller.focus)
    if (traveller.focus && group.node()?.nextSibling) group.raise()
    // The tail of a slip is on the side of its speaker.
    if (traveller.shape === 'slip') body.attr('transform', Math.abs(heading) > 90 ? 'scale(-1 1)' : null)
    pointed(elements.arrow, drawn, compact)
    // The trail grows with speed, and an object at rest has none.
    const gone = eased(traveller.progress)
    const grown = still ? 0 : Math.min(1, 4 * gone * (1 - gone) * 1.6)
    trail.attr('transform', `rotate(${heading.toFixed(1)}) scale(${grown.toFixed(2)} 1)`).attr('opacity', grown)
    if (note.text() !== (traveller.note ?? '')) note.text(traveller.note ?? '')
    const outcome = traveller.outcome ?? ''
    if (elements.outcome === outcome) return
    elements.outcome = outcome
    mark.selectAll('*').remove()
    if (traveller.outcome === undefined) return
    const corner = markCorner(path, traveller.shape, taken)
    const { ring, sign } = OUTCOME_MARKS[traveller.outcome]
    mark.attr('data-outcome', traveller.outcome).attr('transform', `translate(${corner.x} ${corner.y})`)
    mark.append('path').attr('class', 'ring').attr('d', ring)
    mark.append('path').attr('class', 'sign').attr('d', sign)
  }
}
