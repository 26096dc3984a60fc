import type { Point, Size } from './geometry'

/** A rectangle by its edges. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  right: x + halfWidth,
  bottom: y + halfHeight,
})

export const meets = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const GAP = 26
const STEP = 8
const MARGIN = 12

/**
 * A free place for a text of the given size near a point: below it if there is room, moved along until it is clear of all
 * boxes, else above or beside. Undefined where there is no such place.
 * @param lane a height that must not lie between the text and the point.
 */
export function freePlace(
  anchor: Point,
  text: Size,
  taken: readonly Box[],
  within: Size,
  lane?: number,
): Box | undefined {
  let best: Box | undefined
  let bestCost = Number.POSITIVE_INFINITY
  const fits = (left: number, top: number, cost: number): void => {
    if (cost >= bestCost) return
    if (
      left < MARGIN ||
      top < MARGIN ||
      left + text.width > within.width - MARGIN ||
      top + text.height > within.height - 6
    )
      return
    const box = { left, top, right: left + text.width, bottom: top + text.height }
    if (lane !== undefined && anchor.y < lane !== top < lane) return
    if (taken.some((other) => meets(box, other))) return
    best = box
    bestCost = cost
  }
  const reach = within.width / 2
  for (let down = GAP; anchor.y + down < within.height; down += STEP) {
    for (let dx = 0; dx <= reach; dx += STEP) {
      const cost = (down - GAP) * 0.7 + dx
      if (cost >= bestCost) break
      fits(anchor.x - text.width / 2 + dx, anchor.y + down, cost)
      fits(anchor.x - text.width / 2 - dx, anchor.y + down, cost + 1)
    }
  }
  for (let up = GAP; anchor.y - up - text.height > 0; up += STEP) {
    for (let dx = 0; dx <= reach; dx += STEP) {
      const cost = 60 + (up - GAP) + dx
      if (cost >= bestCost) break
      fits(anchor.x - text.width / 2 + dx, anchor.y - up - text.height, cost)
      fits(anchor.x - text.width / 2 - dx, anchor.y - up - text.height, cost + 1)
    }
  }
  return best
}

/** Breaks a text at blanks into as few lines as will do, of about the same length, none longer than so many characters. */
export function wrapped(text: string, most: number): readonly string[] {
  const rows = Math.ceil(text.length / most)
  const lines = broken(text, rows <= 1 ? most : Math.ceil(text.length / rows) + 3)
  return lines.length <= rows ? lines : broken(text, most)
}

function broken(text: string, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
