import { type Selection, select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'

/** How far the map is drawn near, and what of it is in sight: `k` times the size, moved by `x` and `y` pixels. */
export interface Nearness {
  readonly k: number
  readonly x: number
  readonly y: number
}

/** The map's zoom for buttons. */
export interface Zoom {
  /** The largest factor that there is. */
  readonly most: number
  /** Draws the map nearer, around its middle, or below 1 farther. */
  by(factor: number): void
  /** The whole map again. */
  reset(): void
}

const MOST = 4

export interface ZoomEvents {
  /** Whether the map can be moved now: one that follows the step by itself cannot. */
  canMove(): boolean
  moved(nearness: Nearness): void
}

/** Lets hands move the map. Comes in a part of its own: a map can be read before it can be moved. */
export function letZoom(element: SVGSVGElement, { canMove, moved }: ZoomEvents): Zoom {
  const svg: Selection<SVGSVGElement, unknown, null, undefined> = select(element)
  let nearness = 1
  const behaviour = zoom<SVGSVGElement, unknown>()
    .extent(() => [
      [0, 0],
      [element.clientWidth, element.clientHeight],
    ])
    .scaleExtent([1, MOST])
    // The wheel scrolls the page; with Ctrl, as a pinch comes, it zooms. A map that is whole is not dragged.
    .filter(
      (event: Event) =>
        canMove() &&
        (event.type === 'wheel'
          ? (event as WheelEvent).ctrlKey
          : event.type !== 'dblclick' && (nearness > 1 || isPinch(event))),
    )
    .on('zoom', (event: { transform: Nearness }) => {
      nearness = event.transform.k
      moved(event.transform)
    })
  const reset = (): void => {
    svg.call(behaviour.transform, zoomIdentity)
  }
  svg.call(behaviour).on('dblclick.zoom', reset)
  new ResizeObserver(() => {
    // No edge of the map comes into the picture.
    behaviour.translateExtent([
      [0, 0],
      [element.clientWidth, element.clientHeight],
    ])
    // What was in sight may lie beyond the edge of another size: the whole map fits any.
    if (nearness > 1) reset()
  }).observe(element)
  return {
    most: MOST,
    by: (factor) => {
      svg.call(behaviour.scaleBy, factor)
    },
    reset,
  }
}

const isPinch = (event: Event): boolean => 'touches' in event && (event as TouchEvent).touches.length > 1
