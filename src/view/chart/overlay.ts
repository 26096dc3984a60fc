import type { Protocol, Session } from '../../session/session'
import { leadsFrom } from '../../session/transitions'
import { type Box, middle, type Point } from './geometry'
import { type Chart, type ChartNode, freeSpot, wayBetween } from './layout'
import { GRID } from './route'
import type { Happened } from './story'
import type { WayStep } from './way'

/** Lines drawn over a chart for a while: the last transitions, a refused command, the way to a legal one. */

/** The state whose room a session is in, or would come back to. */
export function roomOf(chart: Chart, state: string, protocol: Protocol, session: Session | undefined): string {
  const { back, frames } = chart.table
  if (frames?.some(({ room }) => room === state) || back === undefined || !session) return state
  return leadsFrom(protocol, session, back) ?? state
}

/** The place of a state: of several that in the room where the session is. */
export function nodeOf(chart: Chart, state: string, room: string): ChartNode | undefined {
  const places = chart.nodes.filter(({ path }) => path === state)
  return places.find((node) => node.room === room) ?? places[0]
}

/** An arrow that has been taken, with the place that it led to. */
export interface TakenArrow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly points: readonly Point[]
}

/** The arrows of what happened at the last instant; none where the machine stayed. */
export function takenArrows(chart: Chart, happened: readonly Happened[], room: string): readonly TakenArrow[] {
  const last = happened.at(-1)
  return happened.flatMap(({ at, from, to }) => {
    if (at !== last?.at || from === to) return []
    const [source, target] = [nodeOf(chart, from, room), nodeOf(chart, to, room)]
    const points = source && target && source !== target ? wayBetween(chart, source.id, target.id) : undefined
    return source && target && points
      ? [{ id: `${source.id}>${target.id}`, from: source.id, to: target.id, points }]
      : []
  })
}

/** A refused command: a line that leads to nothing but its name and code. */
export interface Stub {
  readonly points: readonly Point[]
  readonly text: string
  readonly box: Box
}

const LETTER = 7.7
const CROSS = 24

/** Where a refused command is drawn; undefined if there is no room for it. */
export function stubOf(chart: Chart, from: ChartNode, text: string): Stub | undefined {
  const width = Math.ceil((text.length * LETTER + CROSS + GRID) / (2 * GRID)) * 2 * GRID
  const at = middle(from.box)
  for (const near of [
    { x: at.x + width, y: at.y - 48 },
    { x: at.x, y: at.y + 72 },
  ]) {
    const box = freeSpot(chart, near, width, 2 * GRID)
    const points = box && chart.grid.find({ from: from.id, to: 'refused', source: from.box, target: box })
    if (box && points) return { points, text, box }
  }
  return undefined
}

/** The arrows along which a way leads, from where the session is. */
export function arrowsOfWay(chart: Chart, from: ChartNode, steps: readonly WayStep[]): readonly (readonly Point[])[] {
  let here = from
  return steps
    .flatMap(({ states }) => states)
    .flatMap((state) => {
      const next = nodeOf(chart, state, here.room ?? here.path)
      const points = next && next !== here ? wayBetween(chart, here.id, next.id) : undefined
      if (next) here = next
      return points ? [points] : []
    })
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The place that one comes to from another in a direction: along an arrow where there is one, else the nearest. */
export function neighbourOf(chart: Chart, id: string, direction: Direction): string | undefined {
  const from = chart.nodes.find((node) => node.id === id)
  if (!from) return undefined
  const linked = new Set(
    chart.arrows.flatMap((arrow) => (arrow.from === id ? [arrow.to] : arrow.to === id ? [arrow.from] : [])),
  )
  const here = middle(from.box)
  let found: { readonly id: string; readonly far: number } | undefined
  for (const node of chart.nodes) {
    if (node === from) continue
    const at = middle(node.box)
    const [dx, dy] = [at.x - here.x, at.y - here.y]
    const along = { left: -dx, right: dx, up: -dy, down: dy }[direction]
    const across = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx)
    if (along <= 0 || across > along * 2) continue
    const far = along + across * 2 + (linked.has(node.id) ? 0 : 2000)
    if (!found || far < found.far) found = { id: node.id, far }
  }
  return found?.id
}
