import type { Selection } from 'd3-selection'
import type { Scenario } from '../../world/scenario'
import type { HostName } from '../../world/world'
import type { ProtocolName } from '../run/flight'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { isBetweenSeen, type SeenHosts } from '../stage/inFog'
import {
  type Camera,
  nearer,
  type Path,
  type Point,
  type Projection,
  pathBetween,
  pointsAlong,
  projectionOf,
  type Size,
} from './geometry'
import { type Box, boxAround } from './placement'
import { type Branching, branchingsOf, type Route, routesOf } from './routes'
import { type Shores, shoresOf } from './shore'
import type { Nearness, Zoom } from './zooming'

/** Shared by the layers of the map: where everything is on screen. */

/** The whole map, before it is moved. */
export const FAR: Nearness = { k: 1, x: 0, y: 0 }

export type Layer = Selection<SVGGElement, unknown, null, undefined>

export interface MapLook {
  readonly size: Size
  /** Small screens: fewer words, the caption is outside, the camera follows. */
  readonly compact: boolean
  /** How much of the height, from the top, the drawing takes. */
  readonly drawn: number
  /** Names each line with its port and what it is for: for a map at rest. */
  readonly notes: boolean
  /** Travellers do not move: each is shown at the end of its path. */
  readonly still: boolean
  /** Space that other elements of the page cover. */
  readonly taken?: readonly Box[]
}

export interface MapEvents {
  /** A host was touched, by this element. */
  host(name: HostName, element: Element): void
  /** A line between two hosts was touched at this point of the window. */
  link(between: readonly [HostName, HostName], at: Point): void
  /** A traveller was touched, which is here in the window. */
  traveller(fact: number, at: Box): void
  /** Called once the map can be zoomed. */
  zoomReady(zoom: Zoom): void
  /** Called with the factor by which the map is drawn larger than the whole. */
  zoomed(factor: number): void
}

/** Known to all layers: the scenario's places and where they are on screen now. */
export interface MapFrame {
  readonly scenario: Scenario
  readonly names: Names
  readonly look: MapLook
  readonly projection: Projection
  readonly shores: Shores
  readonly routes: readonly Route[]
  readonly branchings: readonly Branching[]
  /** The hosts that the step is about. If space is short, their names are placed first. */
  readonly about: readonly HostName[]
  /** In fog: the hosts that are drawn. The others take no space. */
  readonly inSight: SeenHosts
  /** Every line that is drawn, in small pieces. No words cover them. */
  readonly lines: readonly Box[]
  /** The path between two hosts, if both are on the map. */
  path(from: HostName, to: HostName, protocol: ProtocolName): Path | undefined
}

/** Where everything is on screen. */
export function frameOf(
  scenario: Scenario,
  names: Names,
  view: RunView,
  look: MapLook,
  camera: Camera,
  about: readonly HostName[],
  nearness: Nearness = FAR,
  inSight?: SeenHosts,
): MapFrame {
  const projection = nearer(projectionOf(look.size, camera, look.drawn), nearness)
  const routes = routesOf(view, scenario)
  const branchings = branchingsOf(scenario)
  const path = pathsOn(scenario, projection)
  const lines = lineBoxes(
    path,
    routes.filter((each) => isBetweenSeen(each, inSight)),
    inSight === undefined ? branchings : [],
  )
  const shores = shoresOf(projection, scenario.map.regions)
  return { scenario, names, look, projection, shores, routes, branchings, about, inSight, lines, path }
}

/** Paths are looked up in every frame, and where one bows depends on all hosts: each is worked out once. */
function pathsOn({ map }: Scenario, projection: Projection): MapFrame['path'] {
  const known = new Map<string, Path | undefined>()
  return (from, to, protocol) => {
    const key = `${from} ${to} ${protocol}`
    if (!known.has(key)) known.set(key, pathBetween(map, projection, from, to, protocol))
    return known.get(key)
  }
}

function lineBoxes(
  pathOf: MapFrame['path'],
  routes: readonly Route[],
  branchings: readonly Branching[],
): readonly Box[] {
  const paths = [
    ...routes.map(({ from, to, protocol }) => pathOf(from, to, protocol)),
    ...branchings.map(({ parent, child }) => pathOf(parent, child, 'TCP')),
  ]
  return paths.flatMap((path) => (path ? pointsAlong(path, 5).map(({ x, y }) => boxAround(x, y, 2, 2)) : []))
}
