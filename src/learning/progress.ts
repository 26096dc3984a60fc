import {
  array,
  boolean,
  literal,
  maxLength,
  minLength,
  number,
  enum as oneOf,
  optional,
  record,
  safeParse,
  strictObject,
  string,
} from 'zod/mini'
import { mergedExams } from './exams'
import { HINT_GRADES, type HintGrade } from './lesson'
import { fromFirstVersion } from './progressBefore'
import {
  type GivenAnswer,
  type ItemProgress,
  type LessonProgress,
  MOST_ANSWERS,
  MOST_EXAMS,
  MOST_OF_A_FILE,
  type Progress,
  SURE,
  type Sure,
} from './progressForm'
import { mergedTickets } from './tickets'

export {
  type Bet,
  type ExamEnd,
  type ExamRecord,
  type GivenAnswer,
  type ItemProgress,
  type LessonProgress,
  MOST_OF_A_FILE,
  NO_PROGRESS,
  type Progress,
  SURE,
  type Sure,
  type TicketProgress,
} from './progressForm'

/**
 * The functions that read and change a learner's progress. `now` is always a parameter, in Unix milliseconds. Answers
 * are given and brought back in `review.ts`.
 */

const NEW_LESSON: LessonProgress = { step: '', seen: [], predictions: {}, hints: {}, solved: [], finished: false }

const sureSchema = oneOf(SURE)
const stored = strictObject({
  version: literal(2),
  lessons: record(
    string(),
    strictObject({
      step: string(),
      seen: array(string()),
      predictions: record(string(), string()),
      bets: optional(record(string(), strictObject({ sure: sureSchema, right: optional(boolean()) }))),
      hints: record(string(), array(oneOf(HINT_GRADES))),
      solved: array(string()),
      finished: boolean(),
    }),
  ),
  quiz: record(
    string(),
    strictObject({
      answers: array(
        strictObject({
          at: number(),
          answer: array(string()),
          right: boolean(),
          sure: optional(sureSchema),
          form: optional(string()),
        }),
      ).check(minLength(1), maxLength(MOST_ANSWERS)),
      memory: optional(
        strictObject({
          due: number(),
          last: number(),
          stability: number(),
          difficulty: number(),
          reps: number(),
          lapses: number(),
        }),
      ),
    }),
  ),
  exams: optional(
    array(
      strictObject({
        seed: number(),
        at: number(),
        answers: record(string(), string()),
        left: array(string()),
        sure: record(string(), sureSchema),
        ended: optional(
          strictObject({
            at: number(),
            points: number(),
            passed: boolean(),
            parts: record(string(), strictObject({ points: number(), of: number() })),
          }),
        ),
      }),
    ).check(maxLength(MOST_EXAMS)),
  ),
  tickets: optional(
    record(string(), strictObject({ at: number(), hints: array(oneOf(HINT_GRADES)), mended: optional(number()) })),
  ),
})

/** Why stored or imported data are no progress: of a newer version of this page, not in its form, no JSON at all, or too long. */
export type Refusal = 'newer' | 'damaged' | 'notJson' | 'tooLong'
export interface Refused {
  readonly refused: Refusal
  /** The place of the first thing that is not as it should be: `lessons, hello, seen`. */
  readonly where?: string
}
export type ReadProgress = { readonly progress: Progress } | Refused

/** Stored or imported progress. That of version 1 is carried over. */
export function readProgress(data: unknown): ReadProgress {
  const version = versionOf(data)
  if (version > 2) return { refused: 'newer' }
  if (version === 1) {
    const before = fromFirstVersion(data)
    return before ? { progress: before } : { refused: 'damaged' }
  }
  const result = safeParse(stored, data)
  if (result.success) return { progress: result.data as Progress }
  // A key of a stranger's file may be as long as the file.
  const path = (result.error.issues[0]?.path ?? []).slice(0, 4).map((key) => String(key).slice(0, 60))
  return { refused: 'damaged', ...(path.length > 0 && { where: path.join(', ') }) }
}

/** The text of a progress file. */
export function readProgressFile(text: string): ReadProgress {
  if (text.length > MOST_OF_A_FILE) return { refused: 'tooLong' }
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return { refused: 'notJson' }
  }
  return readProgress(data)
}

function versionOf(data: unknown): number {
  const version = typeof data === 'object' && data !== null && 'version' in data ? data.version : undefined
  return typeof version === 'number' ? version : 0
}

/** Merges two records of one learner: everything from both, and the later value if they differ. */
export function mergedProgress(earlier: Progress, later: Progress): Progress {
  const lessons: Record<string, LessonProgress> = { ...earlier.lessons }
  for (const [id, now] of Object.entries(later.lessons)) {
    const was = lessons[id]
    lessons[id] = was ? mergedLesson(was, now) : now
  }
  const quiz: Record<string, ItemProgress> = { ...earlier.quiz }
  for (const [id, now] of Object.entries(later.quiz)) {
    const was = quiz[id]
    quiz[id] = was ? mergedItem(was, now) : now
  }
  const exams = mergedExams(earlier, later)
  const tickets = mergedTickets(earlier, later)
  return {
    version: 2,
    lessons,
    quiz,
    ...(exams.length > 0 && { exams }),
    ...(Object.keys(tickets).length > 0 && { tickets }),
  }
}

/** The answers of both, and the memory that knows the latest of them. */
function mergedItem(was: ItemProgress, now: ItemProgress): ItemProgress {
  const isKnown = (answer: GivenAnswer): boolean =>
    now.answers.some(({ at, form }) => at === answer.at && form === answer.form)
  const answers = [...was.answers.filter((answer) => !isKnown(answer)), ...now.answers].toSorted((a, b) => a.at - b.at)
  const memory = (was.memory?.last ?? 0) > (now.memory?.last ?? 0) ? was.memory : (now.memory ?? was.memory)
  return { answers: answers.slice(-MOST_ANSWERS), ...(memory && { memory }) }
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
    ...((was.bets || now.bets) && { bets: { ...now.bets, ...was.bets } }),
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
export function predicted(progress: Progress, lesson: string, step: string, answer: string, sure?: Sure): Progress {
  return inLesson(progress, lesson, (was) => ({
    ...was,
    predictions: { [step]: answer, ...was.predictions },
    ...(sure && !(step in was.predictions) && { bets: { ...was.bets, [step]: { sure } } }),
  }))
}

/** The run has shown whether a prediction came true. It is kept for those that had a confidence. */
export function predictionCame(progress: Progress, lesson: string, step: string, right: boolean): Progress {
  const bet = lessonProgress(progress, lesson).bets?.[step]
  if (!bet || bet.right === right) return progress
  return inLesson(progress, lesson, (was) => ({ ...was, bets: { ...was.bets, [step]: { ...bet, right } } }))
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

function inLesson(progress: Progress, lesson: string, change: (was: LessonProgress) => LessonProgress): Progress {
  return { ...progress, lessons: { ...progress.lessons, [lesson]: change(lessonProgress(progress, lesson)) } }
}

const withOne = (list: readonly string[], one: string): readonly string[] =>
  list.includes(one) ? list : [...list, one]
