/** Shapes of a chart, in pixels. */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** True if they overlap, or come nearer than the gap. */
export const overlap = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap

export const around = ({ x, y }: Point, width: number, height: number): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
})

export const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 })

/** The straight pieces of a line of points, each as a box without breadth. */
export const piecesOf = (points: readonly Point[]): readonly Box[] =>
  points.slice(1).map((to, at) => {
    const from = points[at] ?? to
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    }
  })

/** An SVG path through these points, with round corners. */
export function pathThrough(points: readonly Point[], radius = 12): string {
  const [first] = points
  if (!first) return ''
  let path = `M${first.x} ${first.y}`
  for (let at = 1; at < points.length; at++) {
    const [before, here, after] = [points[at - 1], points[at], points[at + 1]]
    if (!before || !here) break
    if (!after) {
      path += `L${here.x} ${here.y}`
      break
    }
    const r = Math.min(radius, distance(before, here) / 2, distance(here, after) / 2)
    const [from, to] = [towards(here, before, r), towards(here, after, r)]
    path += `L${from.x} ${from.y}Q${here.x} ${here.y} ${to.x} ${to.y}`
  }
  return path
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)

/** The point this far from one point in the direction of another, on a line along an axis. */
const towards = (from: Point, to: Point, by: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * by,
  y: from.y + Math.sign(to.y - from.y) * by,
})
