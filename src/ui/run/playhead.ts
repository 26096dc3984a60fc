import { type Timer, timer } from 'd3-timer'
import type { Instant } from '../../base/time'
import type { Pace } from '../../view/run/pace'

/** The only part of the page that moves by real time. */
export interface Playhead {
  /** Plays from an instant, by a pace and a speed. An earlier movement stops. */
  start(from: Instant, pace: Pace, speed: number): void
  stop(): void
}

/** `moved` is called for each frame with the present instant, `ended` once at the end of the pace. */
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
