import { type Selection, select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'

/** How far the map is drawn near, and what of it is at the left: `k` times the size, moved by `x` pixels. */
export interface Nearness {
  readonly k: number
  readonly x: number
}

/** Lets hands move the map. Comes in a part of its own: a map can be read before it can be moved. */
export function letZoom(element: SVGSVGElement, onZoom: (nearness: Nearness) => void): void {
  const svg: Selection<SVGSVGElement, unknown, null, undefined> = select(element)
  let nearness = 1
  const behaviour = zoom<SVGSVGElement, unknown>()
    .scaleExtent([1, 4])
    // The wheel scrolls the page; with Ctrl, as a pinch comes, it zooms. A map that is whole is not dragged.
    .filter((event: Event) =>
      event.type === 'wheel'
        ? (event as WheelEvent).ctrlKey
        : event.type !== 'dblclick' && (nearness > 1 || isPinch(event)),
    )
    .on('zoom', (event: { transform: Nearness }) => {
      nearness = event.transform.k
      onZoom(event.transform)
    })
  svg.call(behaviour).on('dblclick.zoom', () => svg.call(behaviour.transform, zoomIdentity))
}

const isPinch = (event: Event): boolean => 'touches' in event && (event as TouchEvent).touches.length > 1
