import { type Timer, timer } from 'd3-timer'
import type { Instant } from '../../base/time'
import type { Pace } from '../../view/run/pace'

/** The one thing on the page that moves by the clock on the wall. */
export interface Playhead {
  /** Moves on from an instant, by a pace and a speed; what moved before stops. */
  start(from: Instant, pace: Pace, speed: number): void
  stop(): void
}

/** `moved` is called for each picture with the present instant, `ended` once when the pace is at its end. */
export function createPlayhead(moved: (t: Instant) => void, ended: () => void): Playhead {
  let clock: Timer | undefined
  const stop = (): void => {
    clock?.stop()
    clock = undefined
  }
  return {
    stop,
    start: (from, pace, speed) => {
      stop()
      const began = pace.playingAt(from)
      clock = timer((elapsed) => {
        const playing = began + elapsed * speed
        if (playing < pace.length) moved(pace.virtualAt(playing))
        else {
          stop()
          ended()
        }
      })
    },
  }
}
