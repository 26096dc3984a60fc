import { storyText } from '../../messages/story'
import type { HostName } from '../../world/world'
import { faceOf } from '../faces'
import type { ProtocolName } from '../run/flight'
import { wayKey } from '../run/ways'
import type { LitPath, Scene } from '../stage/scene'
import type { Layer, MapEvents, MapFrame } from './frame'
import { aside, type Path, pathBetween, pathData, pointOn } from './geometry'
import { LOCK, OUTCOME_MARKS } from './symbols'

/** Lines between hosts in their protocol's form: solid, dots, double, dashes. */
export class PathLayer {
  readonly #tree: Layer
  readonly #idle: Layer
  readonly #lit: Layer
  readonly #cuts: Layer
  /** Broad and unseen: the lines are too thin for a finger. */
  readonly #touch: Layer
  readonly #events: MapEvents
  #shown = ''

  constructor(layer: Layer, events: MapEvents) {
    this.#events = events
    this.#tree = layer.append('g')
    this.#idle = layer.append('g')
    this.#lit = layer.append('g')
    this.#cuts = layer.append('g')
    this.#touch = layer.append('g').attr('class', 'touch')
  }

  place(frame: MapFrame): void {
    const { scenario, projection, branchings, routes, look } = frame
    this.#shown = ''
    this.#tree.selectAll('*').remove()
    for (const { parent, child } of branchings) {
      const path = pathBetween(scenario.map, projection, parent, child, 'TCP')
      if (path) this.#tree.append('path').attr('class', 'tree').attr('d', pathData(path))
    }
    this.#idle.selectAll('*').remove()
    this.#touch.selectAll('*').remove()
    for (const { from, to, protocol } of routes) {
      const path = pathBetween(scenario.map, projection, from, to, protocol)
      if (!path) continue
      line(this.#idle, path, protocol, look.notes ? 'route' : 'idle').attr('data-route', wayKey(from, to, protocol))
      this.#touch
        .append('path')
        .attr('d', pathData(path))
        .attr('data-route', wayKey(from, to, protocol))
        .on('click', ({ clientX, clientY }: MouseEvent) => this.#events.link([from, to], { x: clientX, y: clientY }))
    }
  }

  draw(frame: MapFrame, scene: Scene): void {
    const shown = `${scene.paths.map(signature).join()} ${scene.cuts.join('|')}`
    if (shown === this.#shown) return
    this.#shown = shown
    this.#lit.selectAll('*').remove()
    const lit = new Set(scene.paths.map(({ from, to, protocol }) => wayKey(from, to, protocol)))
    this.#idle.selectAll<SVGGElement, unknown>('g').attr('visibility', function () {
      return lit.has(this.getAttribute('data-route') ?? '') ? 'hidden' : null
    })
    for (const { from, to, protocol, bright, encrypted } of scene.paths) {
      const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
      if (!path) continue
      const group = line(this.#lit, path, protocol, bright ? 'bright' : 'open')
      if (encrypted) lock(group, path)
    }
    this.#cuts.selectAll('*').remove()
    for (const [a, b] of scene.cuts) cut(this.#cuts, frame, a, b)
  }
}

/** The place of a line's padlock: near an end, clear of captions. */
const LOCK_AT = 0.2

function lock(group: Layer, path: Path): void {
  const { x, y } = pointOn(path, LOCK_AT)
  const drawn = group
    .append('g')
    .attr('class', 'lock')
    .attr('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`)
  for (const { d, as } of LOCK) drawn.append('path').attr('class', as).attr('d', d)
  drawn.append('title').text(storyText('encrypted'))
}

/** A cross on every line between two hosts whose link is cut. */
function cut(layer: Layer, { scenario, projection, routes, names }: MapFrame, a: HostName, b: HostName): void {
  const between = routes.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
  const protocols: readonly ProtocolName[] = between.length > 0 ? between.map(({ protocol }) => protocol) : ['TCP']
  for (const protocol of protocols) {
    const path = pathBetween(scenario.map, projection, a, b, protocol)
    if (!path) continue
    const { x, y } = pointOn(path, 0.5)
    const group = layer
      .append('g')
      .attr('class', 'mark cut')
      .attr('data-outcome', 'lost')
      .attr('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`)
    group.append('path').attr('class', 'ring').attr('d', OUTCOME_MARKS.lost.ring)
    group.append('path').attr('class', 'sign').attr('d', OUTCOME_MARKS.lost.sign)
    group.append('title').text(storyText('cut', { a: names.short(a), b: names.short(b) }))
  }
}

const signature = ({ from, to, protocol, bright, encrypted }: LitPath): string =>
  `${from}>${to} ${protocol}${bright ? '!' : ''}${encrypted ? '*' : ''}`

function line(layer: Layer, path: Path, protocol: ProtocolName, manner: string): Layer {
  const { hue, stroke } = faceOf(protocol).look
  const group = layer.append('g').attr('class', `path ${stroke} ${manner}`).style('--hue', hue)
  const parts = stroke === 'double' ? [aside(path, 2), aside(path, -2)] : [path]
  for (const part of parts) group.append('path').attr('d', pathData(part))
  return group
}
