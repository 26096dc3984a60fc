import { type Selection, select } from 'd3-selection'
import { zoom, zoomIdentity } from 'd3-zoom'

/** The zoom and position of the map: `k` times the size, moved by `x` and `y` pixels. */
export interface Nearness {
  readonly k: number
  readonly x: number
  readonly y: number
}

/** The map's zoom for buttons. */
export interface Zoom {
  /** The largest zoom factor. */
  readonly most: number
  /** Multiplies the zoom by a factor, around the traveller in focus or else the map's middle; a factor below 1 zooms out. */
  by(factor: number): void
  /** The whole map again. */
  reset(): void
}

const MOST = 4
/** The factor of one press of a key. */
const STEP = 1.5
/** The pixels by which an arrow key moves the map. */
const MOVES: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [120, 0],
  ArrowRight: [-120, 0],
  ArrowUp: [0, 80],
  ArrowDown: [0, -80],
}

export interface ZoomEvents {
  /** Whether the map can be moved now. A map that follows the step by itself cannot. */
  canMove(): boolean
  moved(nearness: Nearness): void
}

/** Lets a person zoom and drag the map. It is loaded separately, since a map can be read before it can be moved. */
export function letZoom(element: SVGSVGElement, { canMove, moved }: ZoomEvents): Zoom {
  const svg: Selection<SVGSVGElement, unknown, null, undefined> = select(element)
  let nearness = 1
  const behaviour = zoom<SVGSVGElement, unknown>()
    .extent(() => [
      [0, 0],
      [element.clientWidth, element.clientHeight],
    ])
    .scaleExtent([1, MOST])
    // The wheel scrolls the page; with Ctrl, which browsers also report for a pinch, it zooms. A map that is wholly in sight is
    // not dragged.
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
  /** The middle of the host that has the focus, or of the traveller in focus: it stays where it is. */
  const middleOf = (target?: EventTarget | null): [number, number] | undefined => {
    const around =
      target instanceof Element && target !== element ? target : element.querySelector('.traveller:not(.dim)')
    if (!around) return undefined
    const box = around.getBoundingClientRect()
    const { left, top } = element.getBoundingClientRect()
    return [(box.left + box.right) / 2 - left, (box.top + box.bottom) / 2 - top]
  }
  // Single letters and signs are keys only while the map has the focus. With Shift the arrow keys move the map: alone they move
  // the focus among its hosts, and the time.
  svg.on('keydown.zoom', (event: KeyboardEvent) => {
    if (!canMove() || event.ctrlKey || event.metaKey || event.altKey) return
    const moving = event.shiftKey && nearness > 1 ? MOVES[event.key] : undefined
    const by = { '+': STEP, '=': STEP, '-': 1 / STEP }[event.key]
    if (moving) svg.call(behaviour.translateBy, moving[0] / nearness, moving[1] / nearness)
    else if (by !== undefined) svg.call(behaviour.scaleBy, by, middleOf(event.target))
    else if (event.key === '0') reset()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  new ResizeObserver(() => {
    // The map always fills the picture.
    behaviour.translateExtent([
      [0, 0],
      [element.clientWidth, element.clientHeight],
    ])
    // At another size, the part in sight may be beyond the edge, so the whole map is shown again.
    if (nearness > 1) reset()
  }).observe(element)
  return {
    most: MOST,
    by: (factor) => {
      svg.call(behaviour.scaleBy, factor, middleOf())
    },
    reset,
  }
}

const isPinch = (event: Event): boolean => 'touches' in event && (event as TouchEvent).touches.length > 1
