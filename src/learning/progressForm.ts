import type { HintGrade } from './lesson'

/** A learner's progress as plain data, in the form of version 2. */

/** How sure a learner was, said before the answer was judged. */
export type Sure = 'guessing' | 'fairly' | 'certain'
export const SURE: readonly Sure[] = ['guessing', 'fairly', 'certain']

export interface LessonProgress {
  /** The last open step. */
  readonly step: string
  /** Steps that were opened. */
  readonly seen: readonly string[]
  /** The predictions, by step. */
  readonly predictions: Readonly<Record<string, string>>
  /** By step how sure its prediction was, and whether it came true, once the run has shown it. */
  readonly bets?: Readonly<Record<string, Bet>>
  readonly hints: Readonly<Record<string, readonly HintGrade[]>>
  /** Steps with a solved task. */
  readonly solved: readonly string[]
  readonly finished: boolean
}

export interface Bet {
  readonly sure: Sure
  readonly right?: boolean
}

/** An answer to a quiz item. */
export interface GivenAnswer {
  /** In Unix milliseconds; 0 if it is not known, since version 1 did not keep it. */
  readonly at: number
  readonly answer: readonly string[]
  readonly right: boolean
  readonly sure?: Sure
  /** The item that was asked in place of this one: another form of the same fact. */
  readonly form?: string
}

/** How well an item is remembered, by FSRS. Times in Unix milliseconds. */
export interface Memory {
  readonly due: number
  readonly last: number
  /** Days until the chance to remember it has fallen to nine in ten. */
  readonly stability: number
  readonly difficulty: number
  /** How often it was asked, and how often it was missed after it had been known. */
  readonly reps: number
  readonly lapses: number
}

export interface ItemProgress {
  /** The newest last, at most `MOST_ANSWERS`. */
  readonly answers: readonly GivenAnswer[]
  /** Without one the item does not come back. */
  readonly memory?: Memory
}

/** The part of an exam that is not in its run. */
export interface ExamWork {
  /** By goal. */
  readonly answers: Readonly<Record<string, string>>
  /** Parts that were left to the machines. They count nothing. */
  readonly left: readonly string[]
}

export interface ExamRecord extends ExamWork {
  /** Draws the world. */
  readonly seed: number
  /** When it was begun. */
  readonly at: number
  /** By part how sure the learner is of it. */
  readonly sure: Readonly<Record<string, Sure>>
  /** Undefined while it is under way. */
  readonly ended?: ExamEnd
}

export interface ExamEnd {
  readonly at: number
  readonly points: number
  readonly passed: boolean
  /** By part, its points and how many there were. */
  readonly parts: Readonly<Record<string, PartEnd>>
}

export interface PartEnd {
  readonly points: number
  readonly of: number
}

/** A repair ticket that was opened. */
export interface TicketProgress {
  /** When it was opened first. */
  readonly at: number
  readonly hints: readonly HintGrade[]
  /** When it was mended first, without harm. */
  readonly mended?: number
}

export interface Progress {
  readonly version: 2
  readonly lessons: Readonly<Record<string, LessonProgress>>
  /** By quiz item. */
  readonly quiz: Readonly<Record<string, ItemProgress>>
  /** Practical exams, the newest last. */
  readonly exams?: readonly ExamRecord[]
  /** Repair tickets that were opened, by id. */
  readonly tickets?: Readonly<Record<string, TicketProgress>>
}

export const MOST_ANSWERS = 20
export const MOST_EXAMS = 20
/** The longest answer in an exam that is kept and looked at. */
export const MOST_OF_AN_EXAM_ANSWER = 200
/** The longest part of an answer that is kept. */
export const MOST_OF_AN_ANSWER = 4000
/** The longest text that is read as a progress file, in characters: a hundred times what a learner can make. */
export const MOST_OF_A_FILE = 5_000_000

export const NO_PROGRESS: Progress = { version: 2, lessons: {}, quiz: {} }
