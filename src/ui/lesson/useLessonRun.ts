import { useEffect, useState } from 'react'
import { type Instant, START } from '../../base/time'
import type { Work } from '../../learning/check'
import { factAt, type Moment, type Moments, momentAt } from '../../learning/moment'
import { viewOf } from '../../view/run/runView'
import { shownAt } from '../../view/run/shownAt'
import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'
import type { Run } from '../run/createRun'
import { engine } from '../run/engine'
import { useRun, useRunStore } from '../run/RunContext'

/** The actions of lessons and quizzes on the run that the stage shows. */
export interface Stage {
  /** The instant that shows a moment of the present run; undefined if the learner has changed the run so that it has none. */
  instantOf(moment: string): Instant | undefined
  /** Stops at an instant. */
  standAt(t: Instant): void
  /** Stops at an instant, and the map shows the way there as for a step. */
  stepTo(t: Instant): void
  /**
   * Plays towards an instant at reading pace; from an earlier one, or from the present, if that is between the two. It is there at
   * once if motion is to be reduced.
   */
  playFrom(earlier: Instant, t: Instant): void
  /** The lesson's own run, from its beginning, or from one of its moments. */
  beginAgain(moment?: string): void
}

/** A run of a lesson, with the interventions that it begins with. */
export interface LessonRun {
  readonly run: Run
  readonly begins: readonly Intervention[]
}

/** The actions on a run that need not be on the stage yet. */
export function stageOf({ run, begins }: LessonRun, moments: Moments): Stage {
  const instantOf = (id: string): Instant | undefined => {
    const moment = moments[id]
    return moment && instantIn(run.get().timeline, moment, moments)
  }
  return {
    instantOf,
    standAt: (t) => run.actions.seek(t),
    stepTo: (t) => run.actions.seek(t, true),
    playFrom: (earlier, t) => {
      const { t: present } = run.get()
      if (present < earlier || present > t) run.actions.seek(earlier)
      const isPlayed = t > run.get().t && t <= run.view().end
      if (!isPlayed || matchMedia('(prefers-reduced-motion: reduce)').matches) run.actions.seek(t)
      else run.actions.play()
    },
    beginAgain: (moment) => {
      run.actions.replace(begins, START)
      const t = moment === undefined ? undefined : instantOf(moment)
      if (t !== undefined) run.actions.seek(t)
    },
  }
}

export function useStage(shown: LessonRun, moments: Moments): Stage {
  // The instants are those of the present timeline.
  useRun((state) => state.timeline)
  return stageOf(shown, moments)
}

/** A run for checks, whose conditions may ask for the world at an instant. */
export const workIn = (timeline: Timeline): Work => ({
  trace: timeline.trace,
  worldAt: (t) => engine.worldAt(timeline, t),
})

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b)

/** The instant that shows a moment in a run; undefined if it has none. */
export function instantIn(timeline: Timeline, moment: Moment, moments: Moments): Instant | undefined {
  if ('later' in moment) {
    const t = momentAt(timeline.trace, moment, moments)
    // Nothing happens after the end, so it shows what such a moment would.
    return t === undefined ? undefined : earlier(t, later(viewOf(timeline).end, timeline.until))
  }
  const fact = factAt(timeline.trace, moment, moments)
  return fact && shownAt(viewOf(timeline).history, fact)
}

/** Playing stops at this instant, whoever has begun to play. A learner who goes elsewhere stays there. */
export function useStopAt(goal: Instant | undefined): void {
  const run = useRunStore()
  useEffect(() => {
    if (goal === undefined) return undefined
    let before = run.get().t
    return run.subscribe(() => {
      const { t, playing } = run.get()
      const isCrossed = before < goal && t >= goal && playing
      before = t
      if (isCrossed) run.actions.seek(goal)
    })
  }, [run, goal])
}

/** True once the run has been at an instant or after it, also if it is before it again; until then, or for another key, false. */
export function useReached(instant: Instant | undefined, key: string): boolean {
  const isThere = useRun((state) => instant !== undefined && state.t >= instant)
  const [reached, setReached] = useState<string>()
  if (isThere && reached !== key) setReached(key)
  return isThere || reached === key
}

/** `00:06.482`, the format of the timeline. */
export function clockTime(t: number): string {
  const minutes = Math.floor(t / 60_000)
  const seconds = Math.floor((t - minutes * 60_000) / 1000)
  const ms = Math.floor(t - minutes * 60_000 - seconds * 1000)
  return `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}.${String(ms).padStart(3, '0')}`
}
