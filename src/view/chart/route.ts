import { type Box, type Point, piecesOf } from './geometry'

/**
 * Finds ways for arrows around boxes and texts, along the lines of a grid: the shortest one with the fewest corners, that runs
 * through nothing and along no other arrow. Arrows from the same state or to the same state may share a part of their way. The same
 * chart always gives the same ways.
 */

/** The distance of the lines of the grid, in pixels. Boxes lie on it. */
export const GRID = 8

/** An arrow with its way. */
export interface Way {
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
}

export interface Ends {
  readonly from: string
  readonly to: string
  readonly source: Box
  readonly target: Box
}

/** Right, down, left, up. */
const STEPS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const
const BEND = 9
const CROSSING = 14
const NEAR = 2
const BESIDE = 6
const DEAR = 3
/** A way may leave a box off its middle. */
const OFF_MIDDLE = 1.2

interface Port {
  readonly x: number
  readonly y: number
  /** The direction out of the box. */
  readonly way: number
  readonly cost: number
}

/** The cells of a chart: what lies on them, and which arrows run through them. */
export class Grid {
  readonly #columns: number
  readonly #rows: number
  readonly #blocked: Uint8Array
  readonly #near: Uint8Array
  readonly #dear: Uint8Array
  /** For each cell and axis the arrows that run there: 0 across, 1 down. */
  readonly #runs = new Map<number, Set<string>>()
  /** Lines that may be crossed anywhere, but not followed. */
  readonly #borders: Uint8Array

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / GRID) + 1
    this.#rows = Math.ceil(height / GRID) + 1
    this.#blocked = new Uint8Array(this.#columns * this.#rows)
    this.#near = new Uint8Array(this.#columns * this.#rows)
    this.#dear = new Uint8Array(this.#columns * this.#rows)
    this.#borders = new Uint8Array(this.#columns * this.#rows * 2)
  }

  /** Nothing runs through the box, nor closer to it than the gap. */
  block(box: Box, gap: number): void {
    this.#mark(this.#blocked, box, gap)
    this.#mark(this.#near, box, gap + GRID)
  }

  #mark(cells: Uint8Array, { x, y, width, height }: Box, gap: number): void {
    const [left, right] = [Math.ceil((x - gap) / GRID), Math.floor((x + width + gap) / GRID)]
    const [top, bottom] = [Math.ceil((y - gap) / GRID), Math.floor((y + height + gap) / GRID)]
    for (let row = Math.max(top, 0); row <= Math.min(bottom, this.#rows - 1); row++) {
      for (let column = Math.max(left, 0); column <= Math.min(right, this.#columns - 1); column++) {
        const cell = row * this.#columns + column
        cells[cell] = (cells[cell] ?? 0) + 1
      }
    }
  }

  /** Another grid with the same content, to try something out. */
  copy(): Grid {
    const copy = new Grid((this.#columns - 1) * GRID, (this.#rows - 1) * GRID)
    copy.#blocked.set(this.#blocked)
    copy.#near.set(this.#near)
    for (const [key, runs] of this.#runs) copy.#runs.set(key, new Set(runs))
    copy.#borders.set(this.#borders)
    return copy
  }

  /** Makes a way dearer, so that the next one found is another. */
  avoid(points: readonly Point[]): void {
    for (const piece of piecesOf(points)) this.#mark(this.#dear, piece, 0)
  }

  /** The border of a frame: arrows cross it, but do not run along it. */
  border({ x, y, width, height }: Box): void {
    const [left, right] = [Math.round(x / GRID), Math.round((x + width) / GRID)]
    const [top, bottom] = [Math.round(y / GRID), Math.round((y + height) / GRID)]
    for (let column = left; column <= right; column++) {
      this.#borders[this.#key(column, top, 0)] = 1
      this.#borders[this.#key(column, bottom, 0)] = 1
    }
    for (let row = top; row <= bottom; row++) {
      this.#borders[this.#key(left, row, 1)] = 1
      this.#borders[this.#key(right, row, 1)] = 1
    }
  }

  #key = (column: number, row: number, axis: number): number => (row * this.#columns + column) * 2 + axis

  /** Keeps a way free for its arrow and those that begin or end with it. */
  keep({ from, to, points }: Way): void {
    for (let at = 1; at < points.length; at++) {
      const [a, b] = [points[at - 1], points[at]]
      if (!a || !b) continue
      const axis = a.y === b.y ? 0 : 1
      const steps = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) / GRID
      for (let step = 0; step <= steps; step++) {
        const share = steps === 0 ? 0 : step / steps
        const column = Math.round((a.x + (b.x - a.x) * share) / GRID)
        const row = Math.round((a.y + (b.y - a.y) * share) / GRID)
        const key = this.#key(column, row, axis)
        const runs = this.#runs.get(key) ?? new Set()
        this.#runs.set(key, runs.add(`${from}>${to}`))
      }
    }
  }

  /** The way of an arrow, or undefined if there is none. */
  find({ from, to, source, target }: Ends): readonly Point[] | undefined {
    const size = this.#columns * this.#rows
    const cost = new Float64Array(size * 4).fill(Number.POSITIVE_INFINITY)
    const before = new Int32Array(size * 4).fill(-1)
    const settled = new Uint8Array(size * 4)
    const queue = new Queue()
    const ends = new Map<number, Port>()
    const isSibling = (run: string): boolean => run.startsWith(`${from}>`) || run.endsWith(`>${to}`)
    // Asked for each step, so it is found out once.
    const taken = new Uint8Array(size * 2)
    for (const [key, runs] of this.#runs) if (![...runs].every(isSibling)) taken[key] = 1
    const isFree = (column: number, row: number, axis: number): boolean => taken[this.#key(column, row, axis)] !== 1
    /** The piece between a box and the first free cell. */
    const isOpen = ({ x, y, way }: Port): boolean => {
      const [dx, dy] = STEPS[way] ?? STEPS[0]
      for (let step = 0; step <= 2; step++)
        if (!this.#isInside(x + dx * step, y + dy * step) || !isFree(x + dx * step, y + dy * step, way % 2))
          return false
      return true
    }
    for (const port of portsOf(target)) {
      if (!isOpen(port)) continue
      const [dx, dy] = STEPS[port.way] ?? STEPS[0]
      const cell = (port.y + dy * 2) * this.#columns + port.x + dx * 2
      if (this.#blocked[cell] === 0) ends.set(cell * 4 + ((port.way + 2) % 4), port)
    }
    const starts = new Map<number, Port>()
    for (const port of portsOf(source)) {
      if (!isOpen(port)) continue
      const [dx, dy] = STEPS[port.way] ?? STEPS[0]
      const cell = (port.y + dy * 2) * this.#columns + port.x + dx * 2
      if (this.#blocked[cell] !== 0) continue
      const node = cell * 4 + port.way
      cost[node] = port.cost
      starts.set(node, port)
      queue.push(node, port.cost)
    }
    // The least that the rest of a way can cost: no way to any end is shorter, so the search goes towards them first.
    const cells = [...ends.keys()].map((node) => Math.floor(node / 4))
    const [west, east] = extentOf(cells.map((cell) => cell % this.#columns))
    const [north, south] = extentOf(cells.map((cell) => Math.floor(cell / this.#columns)))
    const rest = (column: number, row: number): number =>
      Math.max(west - column, 0, column - east) + Math.max(north - row, 0, row - south)
    let found = -1
    let least = Number.POSITIVE_INFINITY
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      // It was cheaper by another way, and has been here before.
      if (settled[node] === 1) continue
      settled[node] = 1
      const here = cost[node] ?? 0
      const end = ends.get(node)
      if (end && here + end.cost < least) {
        least = here + end.cost
        found = node
      }
      const cell = Math.floor(node / 4)
      const facing = node % 4
      const [column, row] = [cell % this.#columns, Math.floor(cell / this.#columns)]
      if (here + rest(column, row) >= least) break
      for (let way = 0; way < 4; way++) {
        if (way === (facing + 2) % 4) continue
        const [dx, dy] = STEPS[way] ?? STEPS[0]
        const [x, y] = [column + dx, row + dy]
        if (!this.#isInside(x, y)) continue
        const next = y * this.#columns + x
        if (this.#blocked[next] !== 0) continue
        const axis = way % 2
        // A corner on another arrow would look like a junction.
        if (way !== facing && (!isFree(column, row, axis) || !isFree(column, row, facing % 2))) continue
        if (!isFree(x, y, axis) || this.#borders[this.#key(x, y, axis)] === 1) continue
        let step = 1
        if (way !== facing) step += BEND
        if (!isFree(x, y, 1 - axis)) step += CROSSING
        if (this.#near[next] !== 0) step += NEAR
        step += DEAR * (this.#dear[next] ?? 0)
        // Two arrows side by side are hard to tell apart.
        if (!isFree(x + dy, y + dx, axis) || !isFree(x - dy, y - dx, axis)) step += BESIDE
        if (this.#borders[this.#key(x, y, 1 - axis)] === 1) step += CROSSING
        const total = here + step
        const to = next * 4 + way
        if (total >= (cost[to] ?? 0)) continue
        cost[to] = total
        before[to] = node
        queue.push(to, total + rest(x, y))
      }
    }
    if (found === -1) return undefined
    const end = ends.get(found)
    const run: Point[] = end ? [{ x: end.x, y: end.y }] : []
    let node = found
    while (node !== -1) {
      const cell = Math.floor(node / 4)
      run.push({ x: cell % this.#columns, y: Math.floor(cell / this.#columns) })
      const start = starts.get(node)
      if (before[node] === -1 && start) run.push({ x: start.x, y: start.y })
      node = before[node] ?? -1
    }
    return corners(run.reverse()).map(({ x, y }) => ({ x: x * GRID, y: y * GRID }))
  }

  #isInside = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < this.#columns && row < this.#rows
}

const extentOf = (numbers: readonly number[]): readonly [least: number, most: number] => [
  Math.min(...numbers),
  Math.max(...numbers),
]

/** The places on the border of a box where arrows begin and end. The round ends of a box have one in the middle. */
function portsOf({ x, y, width, height }: Box): readonly Port[] {
  const [left, right] = [Math.round(x / GRID), Math.round((x + width) / GRID)]
  const [top, bottom] = [Math.round(y / GRID), Math.round((y + height) / GRID)]
  const [column, row] = [Math.round((x + width / 2) / GRID), Math.round((y + height / 2) / GRID)]
  const ports: Port[] = []
  const add = (x: number, y: number, way: number, off: number): void => {
    ports.push({ x, y, way, cost: Math.abs(off) * OFF_MIDDLE })
  }
  for (const off of [0, 1, -1]) {
    if (Math.abs(off) * GRID > height / 4) continue
    add(right, row + off, 0, off * 2)
    add(left, row + off, 2, off * 2)
  }
  const most = Math.floor((width / 2 - 16) / GRID)
  for (let off = -most; off <= most; off++) {
    // Arrows at the same side stay two lines apart.
    if (off % 2 !== 0) continue
    add(column + off, bottom, 1, off)
    add(column + off, top, 3, off)
  }
  return ports
}

/** The points at which a line of cells begins, turns and ends. */
const corners = (cells: readonly Point[]): readonly Point[] =>
  cells.filter((here, at) => {
    const [before, after] = [cells[at - 1], cells[at + 1]]
    if (!before || !after) return true
    return !(before.x === here.x && here.x === after.x) && !(before.y === here.y && here.y === after.y)
  })

/** A queue that gives the cheapest first; of equals, the one that came first. Its columns are plain numbers: it is asked often. */
class Queue {
  readonly #nodes: number[] = []
  readonly #costs: number[] = []
  readonly #orders: number[] = []
  #order = 0

  push(node: number, cost: number): void {
    const order = this.#order++
    let at = this.#nodes.length
    while (at > 0) {
      const up = (at - 1) >> 1
      // A later one never goes before an equal.
      if ((this.#costs[up] ?? 0) <= cost) break
      this.#move(up, at)
      at = up
    }
    this.#put(at, node, cost, order)
  }

  pop(): number | undefined {
    const first = this.#nodes[0]
    const node = this.#nodes.pop()
    const cost = this.#costs.pop() ?? 0
    const order = this.#orders.pop() ?? 0
    const length = this.#nodes.length
    if (first === undefined || node === undefined || length === 0) return first
    let at = 0
    for (let least = 1; least < length; least = at * 2 + 1) {
      if (least + 1 < length && this.#isLess(least + 1, this.#costs[least] ?? 0, this.#orders[least] ?? 0)) least++
      if (!this.#isLess(least, cost, order)) break
      this.#move(least, at)
      at = least
    }
    this.#put(at, node, cost, order)
    return first
  }

  #isLess(at: number, cost: number, order: number): boolean {
    const own = this.#costs[at] ?? 0
    return own < cost || (own === cost && (this.#orders[at] ?? 0) < order)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#nodes[from] ?? 0, this.#costs[from] ?? 0, this.#orders[from] ?? 0)
  }

  #put(at: number, node: number, cost: number, order: number): void {
    this.#nodes[at] = node
    this.#costs[at] = cost
    this.#orders[at] = order
  }
}
