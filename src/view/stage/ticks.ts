import { faceOf } from '../faces'
import type { Flight } from '../run/flight'
import type { RunView } from '../run/runView'

/** A mark of a line on the timeline. */
export interface Tick extends Pick<Flight, 'protocol' | 'fact'> {
  /** Position on the track in percent. */
  readonly x: number
}

/** More ticks than this cannot be distinguished. Beyond it, one tick of each protocol is drawn in each place. */
const MANY = 600
/** Places along the track. */
const PLACES = 1000

/** One tick per line; in a long run, one of each protocol in each place, so that their number is bounded. */
export function ticksOf({ history, pace }: RunView): readonly Tick[] {
  const { lines, byProtocol } = history.flights
  const length = Math.max(pace.length, 1)
  const tick = (place: number): Tick | undefined => {
    const line = lines.get(place)
    if (!line) return undefined
    const { protocol, fact } = line.flight
    return { x: (pace.playingAt(line.at) / length) * 100, protocol, fact }
  }
  const ticks: Tick[] = []
  for (let place = 0; place < Math.min(MANY, lines.length); place++) ticks.push(...one(tick(place)))
  for (const places of Object.values(byProtocol)) {
    let next = places.countUpTo((place) => place, MANY - 1)
    for (let found = tick(places.get(next) ?? -1); found; found = tick(places.get(next) ?? -1)) {
      ticks.push(found)
      const end = pace.virtualAt(((Math.floor((found.x * PLACES) / 100) + 1) / PLACES) * length)
      next = Math.max(
        next + 1,
        places.countUpTo((place) => lines.get(place)?.at ?? 0, end),
      )
    }
  }
  return ticks
}

/** The marks of one protocol as one shape. */
export interface TickPath extends Pick<Flight, 'protocol'> {
  /** An SVG path. */
  readonly d: string
}

/** One path for each protocol, on a track of this width in pixels: a node for each mark would be styled anew in each frame. */
export function tickPaths(ticks: readonly Tick[], width: number): readonly TickPath[] {
  const drawn = new Map<string, string[]>()
  for (const { x, protocol } of ticks) {
    const at = (x / 100) * width
    const shape = faceOf(protocol).look.tick.replace(/M(-?[\d.]+)/g, (_, from) => `M${(at + Number(from)).toFixed(1)}`)
    const shapes = drawn.get(protocol)
    if (shapes) shapes.push(shape)
    else drawn.set(protocol, [shape])
  }
  return [...drawn].map(([protocol, shapes]) => ({ protocol, d: shapes.join('') }))
}

const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])
