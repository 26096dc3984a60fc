import { lookedThrough } from '../../view/run/runView'
import type { Progress, Steps, Timeline } from '../../world/timeline'

/** The number of facts that are made or viewed in one slice. Between slices the page can draw and handle input. */
const SLICE = 1000

export interface SlicedWork {
  /** After each slice but the last. */
  told(progress: Progress): void
  done(timeline: Timeline): void
  failed(error: unknown): void
}

/** Runs are made in slices, one at a time. */
export interface Slices {
  /** Makes a run and its view, the first slice at once, so that no long work is left for later. Earlier work is given up. */
  begin(steps: Steps, work: SlicedWork): void
  /** Gives up the work that is under way. */
  giveUp(): void
}

export function createSlices(): Slices {
  let present = 0
  return {
    begin: (steps, { told, done, failed }) => {
      const mine = ++present
      const both = withView(steps)
      let facts = 0
      const slice = (): void => {
        if (mine !== present) return
        try {
          const enough = facts + SLICE
          let step = both.next()
          while (!step.done && step.value.facts < enough) step = both.next()
          if (step.done) {
            done(step.value)
            return
          }
          ;({ facts } = step.value)
          told(step.value)
          setTimeout(slice, 0)
        } catch (error) {
          failed(error)
        }
      }
      slice()
    },
    giveUp: () => {
      present++
    },
  }
}

/** The steps that make a run, and then those that make its view. */
function* withView(steps: Steps): Steps {
  const timeline = yield* steps
  const { until: at } = timeline
  // The count goes on from the facts that were made.
  const made = timeline.snapshots.at(-1)?.facts ?? 0
  for (const facts of lookedThrough(timeline)) yield { at, facts: made + facts, soFar: () => timeline }
  return timeline
}

/** For work whose failure is a fault of the engine. */
export const rethrown = (error: unknown): never => {
  throw error
}
