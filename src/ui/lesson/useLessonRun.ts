import type { Instant } from '../../base/time'
import type { Moments } from '../../learning/moment'
import { momentAt } from '../../learning/moment'
import type { Intervention } from '../../world/intervention'
import type { Run } from '../run/createRun'
import { useRun, useRunStore } from '../run/RunContext'

/** The actions of lessons and quizzes on the run that the stage shows. */
export interface Stage {
  /** The instant of a moment in the present run; undefined if the learner has changed the run so that it has no such moment. */
  instantOf(moment: string): Instant | undefined
  /** Stops at an instant. */
  standAt(t: Instant): void
  /** Plays on to an instant and stops there; at once if motion is to be reduced or the instant has passed. */
  playTo(t: Instant): void
  /** The lesson's own run, from its beginning. */
  beginAgain(): void
}

export function useStage(moments: Moments, begins: readonly Intervention[]): Stage {
  const run = useRunStore()
  const trace = useRun((state) => state.timeline.trace)
  return {
    instantOf: (id) => {
      const moment = moments[id]
      return moment && momentAt(trace, moment, moments)
    },
    standAt: (t) => run.actions.seek(t),
    playTo: (t) => playTo(run, t),
    beginAgain: () => run.actions.replace(begins, 0 as Instant),
  }
}

function playTo(run: Run, target: Instant): void {
  if (target <= run.get().t || matchMedia('(prefers-reduced-motion: reduce)').matches) {
    run.actions.seek(target)
    return
  }
  const leave = run.subscribe(() => {
    const { t, playing } = run.get()
    if (t < target && playing) return
    leave()
    if (t >= target) run.actions.seek(target)
  })
  run.actions.play()
  if (!run.get().playing) leave()
}

/** `00:06.482`, the format of the timeline. */
export function clockTime(t: number): string {
  const minutes = Math.floor(t / 60_000)
  const seconds = Math.floor((t - minutes * 60_000) / 1000)
  const ms = Math.floor(t - minutes * 60_000 - seconds * 1000)
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${String(ms).padStart(3, '0')}`
}
