import type { ProtocolName } from '../flights'
import type { LitPath, Scene } from '../scene'
import { aside, type Path, pathBetween, pathData } from './geometry'
import type { Layer, MapFrame } from './networkMap'
import { routeKey } from './routes'

/** Lines between hosts in their protocol's form: SMTP solid, DNS dots, IMAP double, POP3 dashes. */
export class PathLayer {
  readonly #tree: Layer
  readonly #idle: Layer
  readonly #lit: Layer
  #shown = ''

  constructor(layer: Layer) {
    this.#tree = layer.append('g')
    this.#idle = layer.append('g')
    this.#lit = layer.append('g')
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
    for (const { from, to, protocol } of routes) {
      const path = pathBetween(scenario.map, projection, from, to, protocol)
      if (path)
        line(this.#idle, path, protocol, look.notes ? 'route' : 'idle').attr('data-route', routeKey(from, to, protocol))
    }
  }

  draw(frame: MapFrame, scene: Scene): void {
    const shown = scene.paths.map(signature).join()
    if (shown === this.#shown) return
    this.#shown = shown
    this.#lit.selectAll('*').remove()
    const lit = new Set(scene.paths.map(({ from, to, protocol }) => routeKey(from, to, protocol)))
    this.#idle.selectAll<SVGGElement, unknown>('g').attr('visibility', function () {
      return lit.has(this.getAttribute('data-route') ?? '') ? 'hidden' : null
    })
    for (const { from, to, protocol, bright } of scene.paths) {
      const path = pathBetween(frame.scenario.map, frame.projection, from, to, protocol)
      if (path) line(this.#lit, path, protocol, bright ? 'bright' : 'open')
    }
  }
}

const signature = ({ from, to, protocol, bright }: LitPath): string => `${from}>${to} ${protocol}${bright ? '!' : ''}`

function line(layer: Layer, path: Path, protocol: ProtocolName, manner: string): Layer {
  const group = layer.append('g').attr('class', `path ${protocol.toLowerCase()} ${manner}`)
  const parts = protocol === 'IMAP' ? [aside(path, 2), aside(path, -2)] : [path]
  for (const part of parts) group.append('path').attr('d', pathData(part))
  return group
}
