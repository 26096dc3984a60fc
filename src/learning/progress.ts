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
 * A learner's progress as plain data, and the functions that change it. `now` is always a parameter, in Unix milliseconds.
 * Mistakes and hints are stored for review only.
 */

export interface LessonProgress {
  /** The last open step. */
  readonly step: string
  /** Steps that were opened. */
  readonly seen: readonly string[]
  /** The predictions, by step. */
  readonly predictions: Readonly<Record<string, string>>
  readonly hints: Readonly<Record<string, readonly HintGrade[]>>
  /** Steps with a solved task. */
  readonly solved: readonly string[]
  readonly finished: boolean
}

export interface ItemProgress {
  /** The last choice. */
  readonly answer: string
  readonly right: boolean
  /** The total number of misses. */
  readonly missed: number
  /** The index of its review interval; present after the first miss. */
  readonly round?: number | undefined
  /** When it returns, in Unix milliseconds. */
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
/** Days until a missed item returns: the interval grows with every right answer. */
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

/** Stored or imported progress, or undefined if it is damaged or from another version. */
export function readProgress(data: unknown): Progress | undefined {
  const result = safeParse(stored, data)
  return result.success ? result.data : undefined
}

/** Merges two records of one learner: everything from both, and the later value if they differ. */
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

/** The first prediction stands: a choice after the answer was shown is no prediction. */
export function predicted(progress: Progress, lesson: string, step: string, answer: string): Progress {
  return inLesson(progress, lesson, (was) => ({ ...was, predictions: { [step]: answer, ...was.predictions } }))
}

/** A hint includes those before it. */
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

/** A missed item returns after the first interval; after a right answer, after the next one; after the last interval, never. */
export function answeredItem(progress: Progress, item: string, answer: string, right: boolean, now: number): Progress {
  const was = progress.quiz[item]
  const missed = (was?.missed ?? 0) + (right ? 0 : 1)
  const round = right ? (was?.round === undefined ? undefined : was.round + 1) : 0
  const days = round === undefined ? undefined : REVIEW_DAYS[round]
  const waiting = days === undefined || round === undefined ? {} : { round, dueAt: now + days * DAY }
  return { ...progress, quiz: { ...progress.quiz, [item]: { answer, right, missed, ...waiting } } }
}

/** True if the item is open: never answered, or missed before and due again. */
export function isOpen(progress: Progress, item: string, now: number): boolean {
  const was = progress.quiz[item]
  return was === undefined || (was.dueAt !== undefined && was.dueAt <= now)
}

/** Items that will return, due or not. */
export function dueItems(progress: Progress, now: number): readonly string[] {
  return Object.keys(progress.quiz).filter(
    (item) => progress.quiz[item]?.dueAt !== undefined && isOpen(progress, item, now),
  )
}

/** Whole days until an item returns, at least one; undefined if it does not. */
export function daysUntilDue(progress: Progress, item: string, now: number): number | undefined {
  const dueAt = progress.quiz[item]?.dueAt
  return dueAt === undefined ? undefined : Math.max(1, Math.ceil((dueAt - now) / DAY))
}

function inLesson(progress: Progress, lesson: string, change: (was: LessonProgress) => LessonProgress): Progress {
  return { ...progress, lessons: { ...progress.lessons, [lesson]: change(lessonProgress(progress, lesson)) } }
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one]
