import type { Scene, Traveller } from '../stage/scene'
import type { MapFrame } from './frame'
import { type Path, type Point, pointOn } from './geometry'
import { shareOf, TRAVELLER_BOX } from './travelling'

/** Which travellers are drawn, where, and how large. */

/** More travellers than these are a crowd, in which only the one in focus is drawn in full. */
export const FEW = 24

/**
 * The travellers to draw, with their paths; the one in focus is the last, above all others. If several on the same path are so
 * close that they would cover each other, only one of them is drawn.
 */
export function drawnTravellers(frame: MapFrame, { travellers }: Scene): readonly DrawnTraveller[] {
  const drawn: DrawnTraveller[] = []
  for (const traveller of [...travellers].sort((a, b) => Number(b.focus) - Number(a.focus))) {
    const { from, to, protocol, shape } = traveller
    const path = frame.path(from, to, protocol)
    if (!path) continue
    const u = shareOf(frame, path, traveller)
    const at = pointOn(path, u)
    const isHidden = drawn.some(
      (other) =>
        other.traveller.from === from &&
        other.traveller.to === to &&
        Math.hypot(other.at.x - at.x, other.at.y - at.y) < 2 * TRAVELLER_BOX[shape][0],
    )
    if (!isHidden) drawn.push({ traveller, path, u, at })
  }
  return drawn.reverse()
}

interface FullAndSmall {
  readonly full: readonly DrawnTraveller[]
  readonly small: readonly DrawnTraveller[]
}

/** The travellers that are drawn in full, and those that are small because there are many. */
export function fullAndSmall(drawn: readonly DrawnTraveller[]): FullAndSmall {
  if (drawn.length <= FEW) return { full: drawn, small: [] }
  const isFull = ({ traveller }: DrawnTraveller): boolean => traveller.focus
  return { full: drawn.filter(isFull), small: drawn.filter((each) => !isFull(each)) }
}

export interface DrawnTraveller {
  readonly traveller: Traveller
  readonly path: Path
  readonly u: number
  readonly at: Point
}
