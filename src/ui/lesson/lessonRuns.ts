import { use, useMemo } from 'react'
import type { Lesson, LessonStep } from '../../learning/lesson'
import { interventionsOf } from '../../learning/play'
import type { LessonProgress } from '../../learning/progress'
import { begun } from '../run/begun'
import { openRun, type Run } from '../run/createRun'
import type { OpenLesson } from './lessons'
import { instantIn, type LessonRun } from './useLessonRun'

/** The runs of a lesson by their id. Each is opened when it is first asked for, and stays as it was left. */
export interface LessonRuns {
  of(id: string): LessonRun
  /** Resolves when the run can be shown; a new one stands at a moment, if one is named. */
  begun(id: string, moment?: string): Promise<void>
}

/** Runs that have begun, so that they are shown without waiting. */
const there = new WeakSet<Run>()

function lessonRuns({ lesson, scenarios }: Pick<OpenLesson, 'lesson' | 'scenarios'>): LessonRuns {
  const runs = new Map<string, LessonRun>()
  const of = (id: string): LessonRun => {
    const known = runs.get(id)
    if (known) return known
    const [play, scenario] = [lesson.runs[id], scenarios[id]]
    if (!play || !scenario) throw new Error(`Broken expectation: the lesson "${lesson.id}" has a run "${id}"`)
    const made = { run: openRun(keyOf(lesson, id), scenario), begins: interventionsOf(play, scenario) }
    runs.set(id, made)
    return made
  }
  return {
    of,
    begun: (id, moment) => {
      const { run, begins } = of(id)
      const ready = begun(run, begins, () => {
        const wanted = lesson.moments[moment ?? '']
        return wanted && instantIn(run.get().timeline, wanted, lesson.moments)
      })
      ready.then(
        () => there.add(run),
        () => undefined,
      )
      return ready
    },
  }
}

/** Nothing to wait for: React reads the state of a promise from these fields, and does not suspend. */
const THERE: Promise<void> = Object.assign(Promise.resolve(), { status: 'fulfilled', value: undefined })

export function useLessonRuns({ lesson, scenarios }: OpenLesson): LessonRuns {
  return useMemo(() => lessonRuns({ lesson, scenarios }), [lesson, scenarios])
}

/** The run that a lesson opens with, at the step where its learner is. A lesson that is new begins at its first moment. */
export function firstShown(
  lesson: Lesson,
  { step: id }: LessonProgress,
): { readonly run: string; readonly moment?: string } {
  const step = id === '' ? lesson.steps[0] : lesson.steps.find((each) => each.id === id)
  const moment = id === '' ? step?.moment : undefined
  return { run: runAt(lesson, step), ...(moment !== undefined && { moment }) }
}

/** A run that is shown; waits until it has begun, at a moment if one is named. */
export function useBegun(runs: LessonRuns, id: string, moment?: string): LessonRun {
  const shown = runs.of(id)
  use(there.has(shown.run) ? THERE : runs.begun(id, moment))
  return shown
}

/** The first run has the name that a lesson's only run has, under which it may be stored. */
const keyOf = (lesson: Lesson, id: string): string =>
  id === Object.keys(lesson.runs)[0] ? `lesson:${lesson.id}` : `lesson:${lesson.id}:${id}`

/** The run that the stage shows at a step; after the last step it is the one that was shown there. */
export const runAt = ({ steps, runs }: Lesson, step: LessonStep | undefined): string =>
  (step ?? steps.at(-1))?.run ?? Object.keys(runs)[0] ?? ''
