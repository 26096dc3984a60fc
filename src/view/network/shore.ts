import { curveCatmullRom, line } from 'd3-shape'
import { LAYOUT_HEIGHT, type Point, type Projection } from './geometry'

/** Where the shores lie at the top and bottom of the layout, in its units. */
const WEST = { at: 290, lean: 0.022 }
const EAST = { at: 735, lean: -0.145 }
const RIPPLES = [7, 14, 22]

/** A fixed sum of sines: the same coast at every visit. In pixels off the line, for a place along it in pixels. */
const waves = (y: number, phase: number): number =>
  6 * Math.sin(y / 62 + phase) + 3.4 * Math.sin(y / 27 + phase * 2.3) + 1.6 * Math.sin(y / 9.5 + phase * 5.1)

export interface Shores {
  readonly sea: string
  readonly coasts: readonly [string, string]
  readonly ripples: readonly { readonly d: string; readonly fade: number }[]
  /** The edge of the sea at a height. */
  west(y: number): number
  east(y: number): number
}

const draw = line<Point>(
  (p) => Math.round(p.x * 10) / 10,
  (p) => Math.round(p.y * 10) / 10,
).curve(curveCatmullRom)

export function shoresOf(projection: Projection): Shores {
  const { size, scaleX } = projection
  const top = projection.y(0)
  const swing = Math.min(1, scaleX * 0.9)
  const lean = (edge: typeof WEST, y: number): number => {
    const share = Math.min(1, Math.max(0, (y - top) / (projection.y(LAYOUT_HEIGHT) - top)))
    // The eastern coast runs in towards the lane and then straight down, as the lands do not meet.
    return edge.lean * 1000 * (edge === EAST ? Math.min(share, 0.62) : share)
  }
  // Names take more room on a narrow map: there the eastern land begins further west.
  const narrow = Math.min(16, Math.max(0, (1.04 - scaleX) * 120))
  const edge = (shore: typeof WEST, phase: number) => (y: number) =>
    projection.x(shore.at - (shore === EAST ? narrow : 0) + lean(shore, y)) + waves(y, phase) * swing
  const west = edge(WEST, 0.6)
  const east = edge(EAST, 2.4)

  const ys: number[] = []
  for (let y = -12; y <= size.height + 12; y += 12) ys.push(y)
  const along = (x: (y: number) => number, off: number, grow: number): readonly Point[] =>
    ys.map((y) => ({ x: x(y) + off + grow * Math.sin(y / 41 + off), y }))

  const westCoast = along(west, 0, 0)
  const eastCoast = along(east, 0, 0)
  const d = (points: readonly Point[]): string => draw(points) ?? ''
  return {
    sea: `${d(westCoast)}L${d([...eastCoast].reverse()).slice(1)}Z`,
    coasts: [d(westCoast), d(eastCoast)],
    ripples: RIPPLES.flatMap((off, i) => [
      { d: d(along(west, off, 1 + i * 0.6)), fade: 0.75 - i * 0.24 },
      { d: d(along(east, -off, 1 + i * 0.6)), fade: 0.75 - i * 0.24 },
    ]),
    west,
    east,
  }
}
