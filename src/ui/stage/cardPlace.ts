import type { Size } from '../../view/network/geometry'

export interface Rect {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const GAP = 10
const EDGE = 8

/** The left upper corner of a card beside a thing: at its right if there is space, else at its left, and never beyond the window. */
export function placedAt(
  at: Rect,
  { width, height }: Size,
  window: Size,
): { readonly left: number; readonly top: number } {
  const right = at.right + GAP
  const left = at.left - GAP - width
  const beside = right + width <= window.width - EDGE ? right : left
  const within = (value: number, most: number): number => Math.max(EDGE, Math.min(value, most))
  return {
    left: within(beside, window.width - width - EDGE),
    top: within((at.top + at.bottom) / 2 - height / 3, window.height - height - EDGE),
  }
}
