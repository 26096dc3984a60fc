import { storyText } from '../../messages/story'
import type { HostName } from '../../world/world'
import { faceOf } from '../faces'
import type { ProtocolName } from '../run/flight'
import { wayKey } from '../run/ways'
import type { LitPath, Scene } from '../stage/scene'
import type { Layer, MapEvents, MapFrame } from './frame'
import { aside, type Path, pathData, pointOn } from './geometry'
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
  /** By its key, a line that says nothing. Protocols that take the same way share one, in the form of the first. */
  readonly #idleLines = new Map<string, Layer>()
  /** By its key, a line on which something is said or that is open, and how it is drawn. */
  readonly #litLines = new Map<string, { readonly manner: string; readonly group: Layer }>()

  constructor(layer: Layer, events: MapEvents) {
    this.#events = events
    this.#tree = layer.append('g')
    this.#idle = layer.append('g')
    this.#lit = layer.append('g')
    this.#cuts = layer.append('g')
    this.#touch = layer.append('g').attr('class', 'touch')
  }

  place(frame: MapFrame): void {
    const { branchings, routes, look } = frame
    this.#shown = ''
    this.#lit.selectAll('*').remove()
    this.#litLines.clear()
    this.#idleLines.clear()
    this.#tree.selectAll('*').remove()
    for (const { parent, child } of branchings) {
      const path = frame.path(parent, child, 'TCP')
      if (path) this.#tree.append('path').attr('class', 'tree').attr('d', pathData(path))
    }
    this.#idle.selectAll('*').remove()
    this.#touch.selectAll('*').remove()
    const drawn = new Map<string, Layer>()
    for (const { from, to, protocol } of routes) {
      const path = frame.path(from, to, protocol)
      if (!path) continue
      const course = pathData(path)
      const known = drawn.get(course)
      const group = known ?? line(this.#idle, path, protocol, look.notes ? 'route' : 'idle')
      this.#idleLines.set(wayKey(from, to, protocol), group)
      if (known) continue
      drawn.set(course, group)
      this.#touch
        .append('path')
        .attr('d', course)
        .on('click', ({ clientX, clientY }: MouseEvent) => this.#events.link([from, to], { x: clientX, y: clientY }))
    }
  }

  draw(frame: MapFrame, scene: Scene): void {
    const shown = `${scene.paths.map(signature).join()} ${scene.cuts.join('|')}`
    if (shown === this.#shown) return
    this.#shown = shown
    const paths = new Map(scene.paths.map((path) => [wayKey(path.from, path.to, path.protocol), path]))
    for (const [key, { group }] of this.#litLines) {
      if (paths.has(key)) continue
      group.remove()
      this.#litLines.delete(key)
    }
    for (const [key, lit] of paths) {
      const manner = signature(lit)
      const known = this.#litLines.get(key)
      if (known?.manner === manner) continue
      known?.group.remove()
      const path = frame.path(lit.from, lit.to, lit.protocol)
      if (!path) continue
      const group = line(this.#lit, path, lit.protocol, lit.bright ? 'bright' : 'open')
      if (lit.encrypted) lock(group, path)
      this.#litLines.set(key, { manner, group })
    }
    const busy = new Set([...this.#litLines.keys()].map((key) => this.#idleLines.get(key)))
    for (const group of new Set(this.#idleLines.values())) group.attr('visibility', busy.has(group) ? 'hidden' : null)
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
function cut(layer: Layer, frame: MapFrame, a: HostName, b: HostName): void {
  const { routes, names } = frame
  const between = routes.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
  const protocols: readonly ProtocolName[] = between.length > 0 ? between.map(({ protocol }) => protocol) : ['TCP']
  for (const protocol of protocols) {
    const path = frame.path(a, b, protocol)
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
