import type { Instant } from '../../base/time'
import type { RunView } from '../run/runView'
import { waitText } from '../waitText'

/** A mark under the timeline, which has no scale of its own: reading takes more of it than waiting. */
export interface TrackMark {
  /** `tear`: a wait that is left out. `time`: an instant. */
  readonly kind: 'tear' | 'time'
  /** Position on the track in pixels. */
  readonly x: number
  /** How long the wait lasts, or how far the instant is from the beginning: “30 min”. */
  readonly text: string
}

/** Shorter waits are no tear: a reader sees them pass. In milliseconds. */
const SHORTEST = 900
/** Between two marks, in pixels, so that their words stand apart; and from each end of the track. */
const APART = 64
const MARGIN = 20
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const UNITS = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 5 * DAY, 10 * DAY, 50 * DAY] as const

/**
 * The longest waits of a run, on a track of this width. If there are many more than fit, some of them would say nothing: then
 * whole minutes, hours or days instead. In the order of time; the number is bounded by the width.
 */
export function trackMarks(view: RunView, width: number): readonly TrackMark[] {
  const most = Math.floor(width / APART)
  const long = [...view.history.exchanges.waits].filter(({ from, to }) => to - from > SHORTEST)
  if (long.length > 3 * most) return times(view, width, most)
  const { pace } = view
  const marks: TrackMark[] = []
  for (const { from, to } of long.sort((a, b) => b.to - b.from - (a.to - a.from))) {
    const x = ((pace.playingAt(from) + pace.playingAt(to)) / 2 / Math.max(pace.length, 1)) * width
    add(marks, { kind: 'tear', x, text: waitText(to - from) }, width)
  }
  return marks.sort((a, b) => a.x - b.x)
}

function times({ pace, end }: RunView, width: number, most: number): readonly TrackMark[] {
  const unit = UNITS.find((each) => end / each <= most) ?? end
  const marks: TrackMark[] = []
  for (let at = unit; at <= end; at += unit) {
    const x = (pace.playingAt(at as Instant) / Math.max(pace.length, 1)) * width
    add(marks, { kind: 'time', x, text: waitText(at) }, width)
  }
  return marks
}

function add(marks: TrackMark[], mark: TrackMark, width: number): void {
  const { x } = mark
  if (x > MARGIN && x < width - MARGIN && marks.every((other) => Math.abs(other.x - x) >= APART)) marks.push(mark)
}
