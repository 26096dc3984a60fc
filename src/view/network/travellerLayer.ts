import { hueOf } from '../faces'
import type { Scene, Traveller } from '../stage/scene'
import type { Layer, MapEvents, MapFrame } from './frame'
import { eased, headingOn, type Path, pathBetween, pointOn } from './geometry'
import { OUTCOME_MARKS, TRAVELLER_SHAPES } from './symbols'

interface TravellerElements {
  readonly group: Layer
  readonly trail: Layer
  readonly mark: Layer
  outcome: string
}

/** What is on its way, each object at its place on its path. */
export class TravellerLayer {
  readonly #layer: Layer
  readonly #events: MapEvents
  readonly #gradients: Layer
  readonly #elements = new Map<number, TravellerElements>()

  constructor(layer: Layer, events: MapEvents) {
    this.#layer = layer
    this.#events = events
    this.#gradients = layer.append('defs')
  }

  draw(frame: MapFrame, scene: Scene): void {
    const present = new Set(scene.travellers.map(({ id }) => id))
    for (const [id, { group }] of this.#elements) {
      if (present.has(id)) continue
      group.remove()
      this.#elements.delete(id)
    }
    for (const traveller of scene.travellers) {
      const path = pathBetween(frame.scenario.map, frame.projection, traveller.from, traveller.to, traveller.protocol)
      if (path)
        this.#move(this.#elements.get(traveller.id) ?? this.#create(traveller), traveller, path, frame.look.still)
    }
  }

  /** The id of the gradient in which a protocol's trails fade. */
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
      .on('click', () => this.#events.traveller(traveller.id))
    const trail = group.append('g')
    if (traveller.shape === 'letter' || traveller.shape === 'sack') {
      trail
        .append('path')
        .attr('d', 'M-118 0L-20 -7.5V7.5Z')
        .attr('fill', `url(#${this.#trail(traveller.protocol)})`)
        .attr('stroke', 'none')
    }
    for (const { d, as } of TRAVELLER_SHAPES[traveller.shape]) group.append('path').attr('class', as).attr('d', d)
    const mark = group
      .append('g')
      .attr('class', 'mark')
      .attr('transform', traveller.shape === 'diamond' ? 'translate(11 -11)' : 'translate(19 -15)')
    const elements = { group, trail, mark, outcome: '' }
    this.#elements.set(traveller.id, elements)
    return elements
  }

  #move({ group, trail, mark, ...rest }: TravellerElements, traveller: Traveller, path: Path, still: boolean): void {
    const u = still ? 1 : eased(traveller.progress)
    const { x, y } = pointOn(path, u)
    const heading = headingOn(path, u)
    group.attr('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`).classed('dim', !traveller.focus)
    // The trail grows with speed, and is gone where the object rests.
    const grown = still ? 0 : Math.min(1, 4 * u * (1 - u) * 1.6)
    trail.attr('transform', `rotate(${heading.toFixed(1)}) scale(${grown.toFixed(2)} 1)`).attr('opacity', grown)
    const outcome = traveller.outcome ?? ''
    if (rest.outcome === outcome) return
    const elements = this.#elements.get(traveller.id)
    if (elements) elements.outcome = outcome
    mark.selectAll('*').remove()
    if (traveller.outcome === undefined) return
    const drawn = OUTCOME_MARKS[traveller.outcome]
    mark.attr('data-outcome', traveller.outcome)
    mark.append('path').attr('class', 'ring').attr('d', drawn.ring)
    mark.append('path').attr('class', 'sign').attr('d', drawn.sign)
  }
}
