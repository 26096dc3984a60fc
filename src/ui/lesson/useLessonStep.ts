import { useEffect, useEffectEvent, useState } from 'react'
import type { Instant } from '../../base/time'
import { START } from '../../base/time'
import type { Lesson, LessonStep } from '../../learning/lesson'
import { finishedLesson, type LessonProgress, lessonProgress, openedStep, type Progress } from '../../learning/progress'
import { isTable, type Quiz } from '../../learning/question'
import { type LessonRuns, runAt } from './lessonRuns'
import type { OpenLesson } from './lessons'
import { useProgress } from './progressStore'
import { type LessonRun, type Stage, stageOf, useReached, useStage, useStopAt } from './useLessonRun'

/** The last step of every lesson: its quiz. */
export const LOOK_BACK = 'look-back'

/** A lesson at its present step. */
export interface LessonState {
  readonly lesson: Lesson
  readonly quiz: Quiz
  readonly runs: LessonRuns
  readonly shown: LessonRun
  readonly stage: Stage
  readonly mine: LessonProgress
  readonly notice: string | undefined
  /** All steps, the quiz too. */
  readonly ids: readonly string[]
  /** The place of the present step among them. */
  readonly at: number
  readonly id: string
  /** The present step; undefined at the quiz. */
  readonly step: LessonStep | undefined
  /** The instant that shows the step's moment. */
  readonly instant: Instant | undefined
  /** The stage has shown that moment. */
  readonly isReached: boolean
  /** A recall is asked first, and the rest of the step comes after it. */
  readonly asksFirst: boolean
  /** The learner went on without it. */
  readonly isAside: boolean
  /** The learner has predicted, and the stage has shown the answer. */
  readonly isAnswered: boolean
  /** The instant that shows the answer. */
  readonly answersAt: Instant | undefined
  /** The time after the present is hidden, since it is still to be predicted. */
  readonly veiled: boolean
  change(next: (progress: Progress) => Progress): void
  /** Goes on with the step without what is asked first. */
  putAside(): void
  /** Opens a step. Its run is ready before the page turns to it. */
  open(to: number): void
}

export function useLessonStep({ lesson, quiz }: OpenLesson, runs: LessonRuns, shown: LessonRun): LessonState {
  const { progress, notice, change } = useProgress()
  const stage = useStage(shown, lesson.moments)
  const mine = lessonProgress(progress, lesson.id)
  const ids = [...lesson.steps.map((step) => step.id), LOOK_BACK]
  const at = Math.max(0, ids.indexOf(mine.step))
  const step = lesson.steps[at]
  const id = ids[at] ?? LOOK_BACK
  const instant = step?.moment === undefined ? undefined : stage.instantOf(step.moment)
  const isReached = useReached(instant, id) || instant === undefined
  const [aside, setAside] = useState<string>()
  const recalls = step?.blocks.flatMap((block) => (block.kind === 'recall' ? [block.item] : [])) ?? []
  const asksFirst =
    aside !== id &&
    !mine.seen.includes(ids[at + 1] ?? '') &&
    !itemsOf(quiz, recalls).every((item) => progress.quiz[item])
  const made = step && mine.predictions[step.id]
  const answersAt = step?.prediction && stage.instantOf(step.prediction.moment)
  const isAnswered = useReached(answersAt, `${id} ${made ?? ''}`) && made !== undefined
  useStopAt(!isReached ? instant : made !== undefined && !isAnswered ? answersAt : undefined)

  const first = lesson.steps[0]?.id
  // A lesson begins at its first moment: there is no step before, from which a way would lead.
  const begins = useEffectEvent(() => {
    if (instant !== undefined && shown.run.get().t < instant) stage.standAt(instant)
  })
  useEffect(() => {
    if (mine.step !== '' || first === undefined) return
    begins()
    change((was) => openedStep(was, lesson.id, first))
  }, [mine.step, first, lesson.id, change])

  const open = (to: number): void => {
    const next = ids[to]
    if (next === undefined) return
    const target = lesson.steps[to]
    const run = runAt(lesson, target)
    const turn = (): void => {
      const goal = stageOf(runs.of(run), lesson.moments)
      const there = target?.moment === undefined ? undefined : goal.instantOf(target.moment)
      const isNext = to === at + 1
      if (there !== undefined) {
        const from = wayFrom(lesson, at, run, goal)
        const isOther = run !== step?.run
        // Another run is shown on its way only if the author says where to look.
        if (isNext && from < there && !(isOther && target?.watch === undefined)) goal.playFrom(from, there)
        else goal.standAt(there)
      }
      change((was) => openedStep(next === LOOK_BACK ? finishedLesson(was, lesson.id) : was, lesson.id, next))
    }
    if (runs.of(run).run === shown.run) turn()
    else {
      shown.run.actions.pause()
      void runs.begun(run).then(turn)
    }
  }
  return {
    lesson,
    quiz,
    runs,
    shown,
    stage,
    mine,
    notice,
    ids,
    at,
    id,
    step,
    instant,
    isReached,
    asksFirst,
    isAside: aside === id,
    isAnswered,
    answersAt,
    veiled: isToBePredicted(lesson, mine, at, isAnswered),
    change,
    putAside: () => setAside(id),
    open,
  }
}

/** The items of these questions: the rows of a table, or the question itself. */
export function itemsOf({ questions }: Quiz, ids: readonly string[]): readonly string[] {
  const asked = questions.filter(({ id }) => ids.includes(id))
  return asked.flatMap((question) => (isTable(question) ? question.items.map(({ id }) => id) : [question.id]))
}

/** The instant of the last step in this run up to the present one, from which the way to the next begins. */
function wayFrom({ steps }: Lesson, at: number, run: string, stage: Stage): Instant {
  const moment = steps.slice(0, at + 1).findLast((each) => each.run === run && each.moment !== undefined)?.moment
  return (moment === undefined ? undefined : stage.instantOf(moment)) ?? START
}

/** True if the answer to a prediction of this step, or of a later one with the same run, has not been played. */
function isToBePredicted({ steps }: Lesson, { predictions }: LessonProgress, at: number, isAnswered: boolean): boolean {
  return steps.some(
    ({ id, run, prediction }, place) =>
      prediction !== undefined &&
      run === steps[at]?.run &&
      (place === at ? !isAnswered : place > at && predictions[id] === undefined),
  )
}

/** Something of the step is still to be predicted or done. */
export const isUnfinished = (step: LessonStep, mine: LessonProgress): boolean =>
  (step.prediction !== undefined && mine.predictions[step.id] === undefined) ||
  (step.task !== undefined && !mine.solved.includes(step.id))
