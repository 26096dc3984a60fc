import { curveCatmullRom, line } from 'd3-shape'
import type { MapRegion } from '../../world/scenario'
import { LAYOUT_HEIGHT, type Point, type Projection } from './geometry'

/** How a border leans from the top to the bottom of the layout, in its units; a coast with the land in the east leans west. */
const LEAN = { coastEast: 22, coastWest: -145, frontier: 0 } as const
/** A coast with the land in the east leans down to this height: it runs in towards the lane and then straight down. */
const LEANS_UNTIL = 0.62
const RIPPLES = [7, 14, 22]

/** A fixed sum of sines, so that the coast is the same at every visit. Gives pixels off the line for pixels along it. */
const waves = (y: number, phase: number): number =>
  6 * Math.sin(y / 62 + phase) + 3.4 * Math.sin(y / 27 + phase * 2.3) + 1.6 * Math.sin(y / 9.5 + phase * 5.1)

/** A border between two regions. A coast also says on which side the sea is. */
export interface Border {
  readonly sea: 'east' | 'west' | 'both' | 'neither'
  /** Where it is at a height, in pixels. */
  at(y: number): number
}

export interface Shores {
  readonly seas: readonly string[]
  readonly coasts: readonly string[]
  /** Borders between two lands, or between two seas. */
  readonly frontiers: readonly string[]
  readonly ripples: readonly { readonly d: string; readonly fade: number }[]
  /** From west to east, one fewer than regions. */
  readonly borders: readonly Border[]
  /** The region that a place is in, counted from the west, and its kind. */
  regionAt(x: number, y: number): { readonly index: number; readonly kind: MapRegion['kind'] }
  /** The western and eastern bounds of a region at a height; infinite at the edges of the map. */
  extent(index: number, y: number): { readonly west: number; readonly east: number }
}

const draw = line<Point>(
  (p) => Math.round(p.x * 10) / 10,
  (p) => Math.round(p.y * 10) / 10,
).curve(curveCatmullRom)

export function shoresOf(projection: Projection, regions: readonly MapRegion[]): Shores {
  const { size } = projection
  const borders = regions.slice(1).map((region, i) => borderOf(projection, regions[i] as MapRegion, region, i))
  const extent = (index: number, y: number) => ({
    west: borders[index - 1]?.at(y) ?? Number.NEGATIVE_INFINITY,
    east: borders[index]?.at(y) ?? Number.POSITIVE_INFINITY,
  })

  const ys: number[] = []
  for (let y = -12; y <= size.height + 12; y += 12) ys.push(y)
  const along = (x: (y: number) => number, off: number, grow: number): readonly Point[] =>
    ys.map((y) => ({ x: x(y) + off + grow * Math.sin(y / 41 + off), y }))
  const d = (points: readonly Point[]): string => draw(points) ?? ''
  const lineOf = (border: Border): string => d(along(border.at, 0, 0))
  /** A border, or the edge of the map if there is none. */
  const side = (index: number, edge: number): readonly Point[] => along(borders[index]?.at ?? (() => edge), 0, 0)
  const isCoast = ({ sea }: Border): boolean => sea === 'east' || sea === 'west'
  return {
    seas: regions.flatMap(({ kind }, i) =>
      kind === 'sea' ? [`${d(side(i - 1, 0))}L${d([...side(i, size.width)].reverse()).slice(1)}Z`] : [],
    ),
    coasts: borders.filter(isCoast).map(lineOf),
    frontiers: borders.filter((border) => !isCoast(border)).map(lineOf),
    ripples: RIPPLES.flatMap((off, i) =>
      borders.filter(isCoast).map(({ at, sea }) => ({
        d: d(along(at, sea === 'east' ? off : -off, 1 + i * 0.6)),
        fade: 0.75 - i * 0.24,
      })),
    ),
    borders,
    extent,
    regionAt: (x, y) => {
      const passed = borders.findIndex(({ at }) => x < at(y))
      const index = passed < 0 ? borders.length : passed
      return { index, kind: regions[index]?.kind ?? 'land' }
    },
  }
}

function borderOf(projection: Projection, west: MapRegion, east: MapRegion, index: number): Border {
  const { scaleX } = projection
  const sea =
    west.kind === east.kind ? (west.kind === 'sea' ? 'both' : 'neither') : east.kind === 'sea' ? 'east' : 'west'
  const top = projection.y(0)
  const swing = Math.min(1, scaleX * 0.9)
  // Names take a larger share of a narrow map, so there a land in the east begins further west.
  const narrow = sea === 'west' ? Math.min(16, Math.max(0, (1.04 - scaleX) * 120)) : 0
  const lean = (y: number): number => {
    const share = Math.min(1, Math.max(0, (y - top) / (projection.y(LAYOUT_HEIGHT) - top)))
    if (sea === 'east') return LEAN.coastEast * share
    if (sea === 'west') return LEAN.coastWest * Math.min(share, LEANS_UNTIL)
    return LEAN.frontier
  }
  const phase = 0.6 + 1.8 * index
  return { sea, at: (y) => projection.x((west.east ?? 1000) - narrow + lean(y)) + waves(y, phase) * swing }
}
