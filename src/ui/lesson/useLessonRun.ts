import { useEffect, useRef, useState } from 'react'
import type { Instant } from '../../base/time'
import { factAt, type Moment, type Moments } from '../../learning/moment'
import { viewOf } from '../../view/run/runView'
import { shownAt } from '../../view/run/shownAt'
import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import type { Run } from '../run/createRun'
import { useRun, useRunStore } from '../run/RunContext'

/** The actions of lessons and quizzes on the run that the stage shows. */
export interface Stage {
  /** The instant of a moment in the present run; undefined if the learner has changed the run so that it has no such moment. */
  instantOf(moment: string): Instant | undefined
  /** Stops at an instant. */
  standAt(t: Instant): void
  /**
   * Plays to an instant at reading pace and stops there; from an earlier one, or from the present, if that is between the two. It
   * is there at once if motion is to be reduced.
   */
  playFrom(earlier: Instant, t: Instant): void
  /** Goes at once to the instant to which it plays; undefined while it does not. */
  readonly skip: (() => void) | undefined
  /** The lesson's own run, from its beginning. */
  beginAgain(): void
}

export function useStage(moments: Moments, begins: readonly Intervention[]): Stage {
  const run = useRunStore()
  const timeline = useRun((state) => state.timeline)
  const [target, setTarget] = useState<Instant>()
  /** Ends the playing to an instant; the run stays where it is. */
  const end = useRef<() => void>(undefined)
  useEffect(() => {
    return () => {
      end.current?.()
    }
  }, [])
  const standAt = (t: Instant): void => {
    end.current?.()
    run.actions.seek(t)
  }
  const playTo = (t: Instant): void => {
    end.current?.()
    if (t <= run.get().t || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      run.actions.seek(t)
      return
    }
    setTarget(t)
    end.current = whenReached(run, t, () => {
      end.current = undefined
      setTarget(undefined)
    })
  }
  return {
    instantOf: (id) => {
      const moment = moments[id]
      return moment && instantIn(timeline, moment, moments)
    },
    standAt,
    playFrom: (earlier, t) => {
      const { t: present } = run.get()
      if (present < earlier || present > t) standAt(earlier)
      playTo(t)
    },
    skip: target === undefined ? undefined : () => standAt(target),
    beginAgain: () => run.actions.replace(begins, 0 as Instant),
  }
}

/** The instant that shows a moment in a run; undefined if it has none. */
export function instantIn(timeline: Timeline, moment: Moment, moments: Moments): Instant | undefined {
  const fact = factAt(timeline.trace, moment, moments)
  return fact && shownAt(viewOf(timeline).history, fact)
}

/**
 * Plays until the run is at an instant, stops it there, and says that it has ended; also if the learner stops it before. Returns
 * the function that gives it up.
 */
function whenReached(run: Run, target: Instant, ended: () => void): () => void {
  const end = (): void => {
    leave()
    ended()
  }
  const leave = run.subscribe(() => {
    const { t, playing } = run.get()
    if (t < target && playing) return
    end()
    // A learner who went elsewhere stays there.
    if (playing) run.actions.seek(target)
  })
  run.actions.play()
  if (!run.get().playing) end()
  return end
}

/** `00:06.482`, the format of the timeline. */
export function clockTime(t: number): string {
  const minutes = Math.floor(t / 60_000)
  const seconds = Math.floor((t - minutes * 60_000) / 1000)
  const ms = Math.floor(t - minutes * 60_000 - seconds * 1000)
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${String(ms).padStart(3, '0')}`
}
