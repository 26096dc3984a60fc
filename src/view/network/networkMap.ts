import { type Selection, select } from 'd3-selection'
import type { Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import type { SeenHosts } from '../stage/inFog'
import type { Scene } from '../stage/scene'
import { aboutOf, cameraFor } from './camera'
import { CaptionLayer } from './captionLayer'
import { FAR, frameOf, type Layer, type MapEvents, type MapFrame, type MapLook } from './frame'
import { type Camera, WHOLE } from './geometry'
import { HostLayer } from './hostLayer'
import { PathLayer } from './pathLayer'
import { regionTitles, TITLE_LINE } from './regionTitles'
import type { StateLayer } from './stateLayer'
import type { TravellerLayer } from './travellerLayer'
import type { Nearness } from './zooming'

/**
 * The map, drawn into an SVG element. It has no clock: `draw` shows a scene, and the same scene always looks the same. Places are
 * worked out when size, camera or routes change; a frame only moves the moving parts.
 */
export class NetworkMap {
  readonly #svg: Selection<SVGSVGElement, unknown, null, undefined>
  readonly #scenario: Scenario
  readonly #names: Names
  readonly #paths: PathLayer
  readonly #hosts: HostLayer
  /** Loaded after the stage at rest is drawn: it has no travellers and no states. */
  #travellers: TravellerLayer | undefined
  #states: StateLayer | undefined
  readonly #captions: CaptionLayer
  readonly #ground: Layer
  readonly #titles: Layer
  #look: MapLook = { size: { width: 0, height: 0 }, compact: false, drawn: 0, notes: false, still: false }
  #camera: Camera = WHOLE
  #zoom: Nearness = FAR
  #frame: MapFrame | undefined
  #scene: Scene | undefined
  #view: RunView | undefined

  constructor(element: SVGSVGElement, scenario: Scenario, names: Names, events: MapEvents) {
    this.#scenario = scenario
    this.#names = names
    this.#svg = select(element)
    this.#svg.selectAll('*').remove()
    const layer = (name: string): Layer => this.#svg.append('g').attr('class', `map-${name}`)
    this.#ground = layer('ground')
    this.#paths = new PathLayer(layer('paths'), events)
    this.#titles = layer('titles')
    this.#hosts = new HostLayer(layer('hosts'), events)
    const travellers = layer('travellers')
    void import('./moving').then(({ StateLayer, TravellerLayer }) => {
      this.#travellers = new TravellerLayer(travellers, events)
      this.#states = new StateLayer()
      if (this.#scene) this.draw(this.#scene)
    })
    this.#captions = new CaptionLayer(layer('captions'))
    void import('./zooming').then(({ letZoom }) =>
      events.zoomReady(
        letZoom(element, {
          canMove: () => !this.#look.compact,
          moved: (nearness) => {
            this.#zoom = nearness
            events.zoomed(nearness.k)
            this.#replace()
          },
        }),
      ),
    )
    element.style.touchAction = 'pan-y'
  }

  /** Sets the size and the routes of the run. Call it when either has changed. */
  arrange(look: MapLook, view: RunView): void {
    this.#look = look
    this.#view = view
    this.#frame = undefined
    if (this.#scene) this.draw(this.#scene)
  }

  /** Marks the hosts that a person has chosen, or that said what was chosen. */
  choose(hosts: readonly HostName[]): void {
    this.#hosts.choose(hosts)
  }

  draw(scene: Scene): void {
    this.#scene = scene
    if (!this.#view || this.#look.size.width === 0) return
    const about = aboutOf(scene)
    const camera = cameraFor(this.#scenario, this.#look, about)
    const elsewhere = camera.x !== this.#camera.x || camera.span !== this.#camera.span
    const isLifted = (this.#frame?.inSight?.size ?? 0) !== (scene.inSight?.size ?? 0)
    if (!this.#frame || elsewhere || isLifted || (this.#look.compact && this.#frame.about.join() !== about.join())) {
      this.#camera = camera
      this.#frame = this.#place(about, scene.inSight)
    }
    const frame = this.#frame
    this.#paths.draw(frame, scene)
    this.#hosts.draw(frame, scene)
    this.#states?.draw(frame, scene, this.#hosts)
    const { boxes, badgeBoxes } = this.#hosts
    const taken = [...boxes, ...badgeBoxes, ...(this.#states?.boxes ?? [])]
    this.#travellers?.draw(frame, scene, taken)
    const covered = this.#captions.draw(frame, scene, taken)
    this.#titles.select('.sea-title').classed('covered', covered)
  }

  #replace(): void {
    this.#frame = undefined
    if (this.#scene) this.draw(this.#scene)
  }

  #place(about: readonly HostName[], inSight: SeenHosts): MapFrame {
    const look = this.#look
    const view = this.#view as RunView
    const nearness = look.compact ? FAR : this.#zoom
    const frame = frameOf(this.#scenario, this.#names, view, look, this.#camera, about, nearness, inSight)
    this.#svg.attr('viewBox', `0 0 ${look.size.width} ${look.size.height}`)
    this.#drawGround(frame)
    this.#paths.place(frame)
    this.#hosts.place(frame)
    this.#captions.place(frame, this.#hosts.boxes)
    return frame
  }

  #drawGround(frame: MapFrame): void {
    const { shores, look } = frame
    const { width, height } = look.size
    const ground = this.#ground
    ground.selectAll('*').remove()
    ground.append('rect').attr('class', 'land').attr('width', width).attr('height', height)
    for (const d of shores.seas) ground.append('path').attr('class', 'sea').attr('d', d)
    for (const { d, fade } of shores.ripples)
      ground.append('path').attr('class', 'ripple').attr('d', d).attr('opacity', fade)
    for (const d of shores.frontiers) ground.append('path').attr('class', 'frontier').attr('d', d)
    for (const d of shores.coasts) ground.append('path').attr('class', 'coast').attr('d', d)

    const titles = this.#titles
    titles.selectAll('*').remove()
    for (const { kind, x, y, anchor, title, rest, below } of regionTitles(frame)) {
      const atSea = kind === 'sea'
      const group = titles
        .append('g')
        .attr('translate', 'no')
        .attr('text-anchor', anchor)
        .attr('transform', `translate(${x} ${y})`)
      if (atSea) group.attr('class', 'sea-title')
      const name = atSea ? (look.notes ? 'sea-name large' : 'sea-name') : 'region-title'
      group.append('text').attr('class', name).text(title)
      if (rest !== undefined) group.append('text').attr('class', name).attr('y', TITLE_LINE).text(rest)
      if (below !== undefined)
        group
          .append('text')
          .attr('class', 'region-domain')
          .attr('y', atSea ? 18 : 20)
          .text(below)
    }
  }
}
