import { type Timer, timer } from 'd3-timer'
import type { Instant } from '../../base/time'
import type { Pace } from '../../view/run/pace'

/** Moves a run by real time; `mapMotion.ts` moves the drawing of a step. Nothing else in the page has a clock. */
export interface Playhead {
  /** Plays from the present instant. An earlier movement stops. */
  start(): void
  /** Counts from one instant to another so that it can be watched, however much time lies between. An earlier movement stops. */
  count(from: Instant, to: Instant, then: () => void): void
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

/** Milliseconds in which time is counted over a leap. */
const COUNTING = 900
const A_TICK = 16

export function createPlayhead({ from, moved, ended }: Played): Playhead {
  let clock: Timer | undefined
  let counting: ReturnType<typeof setTimeout> | undefined
  const stop = (): void => {
    clock?.stop()
    clock = undefined
    clearTimeout(counting)
  }
  return {
    stop,
    count: (begins, to, then) => {
      stop()
      const began = performance.now()
      const tick = (): void => {
        const share = Math.min(1, (performance.now() - began) / COUNTING)
        if (share === 1) {
          stop()
          then()
          return
        }
        // It sets out and arrives gently.
        moved((begins + (to - begins) * share * share * (3 - 2 * share)) as Instant)
        counting = setTimeout(tick, A_TICK)
      }
      counting = setTimeout(tick, A_TICK)
    },
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
