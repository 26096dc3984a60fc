import { type Timer, timer } from 'd3-timer'
import type { Instant } from '../../base/time'
import { viewOf } from '../../view/run/runView'
import { motionOf, shownAt } from '../../view/stage/stepMotion'
import type { Run } from './createRun'
import type { RunState } from './run'

/** Milliseconds in which the map shows a step. */
const STEP = 550

export interface MapMotion {
  /** Draws the present instant; after a step, first the way there. Call it when the run has changed. */
  follow(): void
  stop(): void
}

/**
 * The map moves to where a step has led. Only the drawing does: the run, its panels and its words are there at once.
 *
 * @param draw shows an instant; `stepped` after a step.
 * @param isStill true if nothing may move.
 */
export function createMapMotion(
  run: Run,
  draw: (t: Instant, stepped: boolean) => void,
  isStill: () => boolean,
): MapMotion {
  let clock: Timer | undefined
  let shown: Pick<RunState, 't' | 'steppedFrom' | 'timeline'> | undefined
  const stop = (): void => {
    clock?.stop()
    clock = undefined
  }
  return {
    stop,
    follow: () => {
      const { timeline, t, steppedFrom, stepBy } = run.get()
      const isSame = shown?.t === t && shown.steppedFrom === steppedFrom && shown.timeline === timeline
      // A step under way goes on when something else has changed, such as the selection.
      if (isSame && clock) return
      stop()
      shown = { t, steppedFrom, timeline }
      const begins =
        steppedFrom === undefined || isSame || isStill()
          ? undefined
          : motionOf(viewOf(timeline), steppedFrom, t, stepBy === 'packet')
      if (begins === undefined) {
        draw(t, steppedFrom !== undefined)
        return
      }
      draw(begins, true)
      clock = timer((elapsed) => {
        if (elapsed >= STEP) stop()
        draw(shownAt(begins, t, elapsed / STEP), true)
      })
    },
  }
}
