import {
  array,
  boolean,
  int,
  literal,
  minimum,
  number,
  enum as oneOf,
  optional,
  record,
  safeParse,
  strictObject,
  string,
} from 'zod/mini'
import { HINT_GRADES, type HintGrade } from './lesson'

/**
 * What a learner has done, as plain data, and the functions that change it. `now` is always handed in, in Unix milliseconds.
 * Being wrong and taking hints is remembered for review, and for nothing else.
 */

export interface LessonProgress {
  /** The step that was open last. */
  readonly step: string
  /** Steps that were opened. */
  readonly seen: readonly string[]
  /** What was predicted, by step. */
  readonly predictions: Readonly<Record<string, string>>
  readonly hints: Readonly<Record<string, readonly HintGrade[]>>
  /** Steps whose task was solved. */
  readonly solved: readonly string[]
  readonly finished: boolean
}

export interface ItemProgress {
  /** The choice made last. */
  readonly answer: string
  readonly right: boolean
  /** How often it was missed, all in all. */
  readonly missed: number
  /** Which of the intervals it waits in; there once it was missed. */
  readonly round?: number | undefined
  /** When it comes back. */
  readonly dueAt?: number | undefined
}

export interface Progress {
  readonly version: 1
  readonly lessons: Readonly<Record<string, LessonProgress>>
  /** By quiz item. */
  readonly quiz: Readonly<Record<string, ItemProgress>>
}

export const NO_PROGRESS: Progress = { version: 1, lessons: {}, quiz: {} }
const NEW_LESSON: LessonProgress = { step: '', seen: [], predictions: {}, hints: {}, solved: [], finished: false }

const DAY = 86_400_000
/** Days until a missed item returns: longer each time that it was known. */
export const REVIEW_DAYS: readonly number[] = [2, 5, 12, 30]

const stored = strictObject({
  version: literal(1),
  lessons: record(
    string(),
    strictObject({
      step: string(),
      seen: array(string()),
      predictions: record(string(), string()),
      hints: record(string(), array(oneOf(HINT_GRADES))),
      solved: array(string()),
      finished: boolean(),
    }),
  ),
  quiz: record(
    string(),
    strictObject({
      answer: string(),
      right: boolean(),
      missed: int().check(minimum(0)),
      round: optional(int().check(minimum(0))),
      dueAt: optional(number()),
    }),
  ),
})

/** What was stored or imported, or undefined where it is damaged or from another version. */
export function readProgress(data: unknown): Progress | undefined {
  const result = safeParse(stored, data)
  return result.success ? result.data : undefined
}

/** Two records of one learner as one: all that is in either, and where both know a thing differently, what the later one says. */
export function mergedProgress(earlier: Progress, later: Progress): Progress {
  const lessons: Record<string, LessonProgress> = { ...earlier.lessons }
  for (const [id, now] of Object.entries(later.lessons)) {
    const was = lessons[id]
    lessons[id] = was ? mergedLesson(was, now) : now
  }
  return { version: 1, lessons, quiz: { ...earlier.quiz, ...later.quiz } }
}

function mergedLesson(was: LessonProgress, now: LessonProgress): LessonProgress {
  const hints: Record<string, readonly HintGrade[]> = { ...was.hints }
  for (const [step, taken] of Object.entries(now.hints)) {
    hints[step] = HINT_GRADES.filter((each) => taken.includes(each) || hints[step]?.includes(each))
  }
  return {
    step: now.step,
    seen: [...new Set([...was.seen, ...now.seen])],
    predictions: { ...now.predictions, ...was.predictions },
    hints,
    solved: [...new Set([...was.solved, ...now.solved])],
    finished: was.finished || now.finished,
  }
}

export const lessonProgress = (progress: Progress, lesson: string): LessonProgress =>
  progress.lessons[lesson] ?? NEW_LESSON

export function openedStep(progress: Progress, lesson: string, step: string): Progress {
  return inLesson(progress, lesson, (was) => ({ ...was, step, seen: withOne(was.seen, step) }))
}

/** The first prediction stands: seeing the answer and choosing again is no prediction. */
export function predicted(progress: Progress, lesson: string, step: string, answer: string): Progress {
  return inLesson(progress, lesson, (was) => ({ ...was, predictions: { [step]: answer, ...was.predictions } }))
}

/** A hint brings those before it along. */
export function tookHint(progress: Progress, lesson: string, step: string, grade: HintGrade): Progress {
  const taken = HINT_GRADES.slice(0, HINT_GRADES.indexOf(grade) + 1)
  return inLesson(progress, lesson, (was) => ({
    ...was,
    hints: {
      ...was.hints,
      [step]: HINT_GRADES.filter((each) => taken.includes(each) || was.hints[step]?.includes(each)),
    },
  }))
}

export function solvedTask(progress: Progress, lesson: string, step: string): Progress {
  return inLesson(progress, lesson, (was) => ({ ...was, solved: withOne(was.solved, step) }))
}

export function finishedLesson(progress: Progress, lesson: string): Progress {
  return inLesson(progress, lesson, (was) => ({ ...was, finished: true }))
}

/** A missed item comes back after the first interval; known again, after the next; known past the last, never. */
export function answeredItem(progress: Progress, item: string, answer: string, right: boolean, now: number): Progress {
  const was = progress.quiz[item]
  const missed = (was?.missed ?? 0) + (right ? 0 : 1)
  const round = right ? (was?.round === undefined ? undefined : was.round + 1) : 0
  const days = round === undefined ? undefined : REVIEW_DAYS[round]
  const waiting = days === undefined || round === undefined ? {} : { round, dueAt: now + days * DAY }
  return { ...progress, quiz: { ...progress.quiz, [item]: { answer, right, missed, ...waiting } } }
}

/** True where the item is open: never answered, or missed before and due again. */
export function isOpen(progress: Progress, item: string, now: number): boolean {
  const was = progress.quiz[item]
  return was === undefined || (was.dueAt !== undefined && was.dueAt <= now)
}

/** Items that come back, whether they are due or not. */
export function dueItems(progress: Progress, now: number): readonly string[] {
  return Object.keys(progress.quiz).filter(
    (item) => progress.quiz[item]?.dueAt !== undefined && isOpen(progress, item, now),
  )
}

/** Whole days until an item comes back, at least one; undefined where it does not. */
export function daysUntilDue(progress: Progress, item: string, now: number): number | undefined {
  const dueAt = progress.quiz[item]?.dueAt
  return dueAt === undefined ? undefined : Math.max(1, Math.ceil((dueAt - now) / DAY))
}

function inLesson(progress: Progress, lesson: string, change: (was: LessonProgress) => LessonProgress): Progress {
  return { ...progress, lessons: { ...progress.lessons, [lesson]: change(lessonProgress(progress, lesson)) } }
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one]
