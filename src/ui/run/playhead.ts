import { type Timer, timer } from 'd3-timer'
import type { Instant } from '../../base/time'
import type { Pace } from '../../view/run/pace'

/** The only part of the page that moves by real time. */
export interface Playhead {
  /** Plays from the present instant. An earlier movement stops. */
  start(): void
  stop(): void
}

export interface Played {
  /** The present instant, with the pace of the run and the learner's speed. */
  from(): { readonly t: Instant; readonly pace: Pace; readonly speed: number }
  /** For each frame. */
  moved(t: Instant): void
  /** Once, at the end of the pace. */
  ended(): void
}

export function createPlayhead({ from, moved, ended }: Played): Playhead {
  let clock: Timer | undefined
  const stop = (): void => {
    clock?.stop()
    clock = undefined
  }
  return {
    stop,
    start: () => {
      stop()
      const { t, pace, speed } = from()
      const began = pace.playingAt(t)
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
