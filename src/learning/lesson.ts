import type { Simplification } from '../world/scenario'
import type { Check } from './check'
import type { Deed, Play } from './deed'
import type { Moment, Moments } from './moment'

/**
 * A lesson in the page's form: parsed and checked when the site is built (`parse.ts`), so the page needs no Markdown parser.
 * All of it is plain data.
 */

/** Inline text. A bare string is plain text. */
export type Inline =
  | string
  | { readonly kind: 'wire'; readonly text: string }
  | { readonly kind: 'emphasis' | 'strong'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly inlines: readonly Inline[] }

export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  /** A line of the wire in plain words. */
  | { readonly kind: 'gloss'; readonly inlines: readonly Inline[] }
  /** The exact facts that a source simplifies. */
  | { readonly kind: 'finePrint'; readonly id: string; readonly rfc: string; readonly blocks: readonly Block[] }
  /** The standard's term for the plain word, and its source. */
  | { readonly kind: 'term'; readonly rfc: string; readonly inlines: readonly Inline[] }
  /** The letter's envelope, which fills in as the two servers agree on it. */
  | { readonly kind: 'envelope' }

/** By step: ways to solve a lesson's tasks, and deeds for each recognized mistake. From `solution.yaml`, played in a test. */
export type Solution = Readonly<Record<string, StepSolution>>
export interface StepSolution {
  readonly ways: readonly (readonly Deed[])[]
  /** By the id of the check that recognizes it. */
  readonly slips: Readonly<Record<string, readonly Deed[]>>
}

export interface PredictOption {
  /** A possible answer of the engine in the run's words: a reply code, a host's name. */
  readonly answer: string
  readonly label: readonly Inline[]
  /** Shown instead once the run has answered. */
  readonly why: readonly Inline[]
}

/** A question before an event happens for the first time. The run gives its key. */
export interface Prediction {
  readonly question: readonly Inline[]
  /** The moment at which the run answers. */
  readonly moment: string
  /** The field of that moment's fact that is the answer: `means.name`. */
  readonly field: string
  readonly answer: string
  readonly options: readonly PredictOption[]
}

export type HintGrade = 'nudge' | 'pointer' | 'line'
export const HINT_GRADES: readonly HintGrade[] = ['nudge', 'pointer', 'line']

export interface Hint {
  readonly grade: HintGrade
  readonly inlines: readonly Inline[]
}

/** A common mistake, recognized in the trace, with its own repair. */
export interface Mistake {
  readonly when: string
  readonly inlines: readonly Inline[]
}

export interface Task {
  /** The id of one of the lesson's checks. */
  readonly check: string
  readonly blocks: readonly Block[]
  readonly hints: readonly Hint[]
  readonly mistakes: readonly Mistake[]
  /** Shown when the check holds. */
  readonly praise: readonly Inline[]
  /** The lesson's panel offers to open this: the letter form, or a connection to type into. */
  readonly opens: 'letter' | 'terminal'
}

export interface LessonStep {
  readonly id: string
  readonly title: string
  /** The run's moment when the step opens; without one the run stays at its place. */
  readonly moment?: string
  /** For the way from the step before: where to look. It may speak of nothing as seen. */
  readonly watch?: readonly Inline[]
  readonly blocks: readonly Block[]
  readonly prediction?: Prediction
  readonly task?: Task
}

export interface LessonMeta {
  /** `the-journey/one-letter-three-steps`: its folder without the numbers. Part of links, and the key of progress. */
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
}

export interface Lesson extends LessonMeta {
  /** Ids of the lesson's topics, and of its fine print. */
  readonly covers: readonly string[]
  readonly finePrint: readonly string[]
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies: readonly Simplification[]
  readonly run: Play
  readonly moments: Moments
  readonly checks: Readonly<Record<string, Check>>
  readonly steps: readonly LessonStep[]
  readonly quiz: Quiz
}

/** A condition for a key: something that the engine must do, or must never do. */
export type Proof =
  | { readonly run: string; readonly happens: Moment }
  | { readonly run: string; readonly never: Moment }
  | { readonly run: string; readonly holds: Check }
  /** The fact at the moment has this value in this field. */
  | { readonly run: string; readonly at: Moment; readonly field: string; readonly is: string }

export interface QuizChoice {
  readonly id: string
  readonly label: string
  /** A second line in small print: the protocol's own word. */
  readonly note?: string
  readonly sign?: 'SMTP' | 'DNS' | 'IMAP' | 'POP3' | 'POP3 IMAP'
  readonly wire?: boolean
  /** The claims that it stands for; by default its own id. */
  readonly means?: readonly string[]
}

export interface QuizItem {
  /** Unique over all quizzes: the key of progress. */
  readonly id: string
  readonly text: readonly Inline[]
  readonly key: string
  /** For each choice the cause: why it is right or wrong. */
  readonly because: Readonly<Record<string, readonly Inline[]>>
  /** By claim: it holds if all its proofs hold. The key is the choice that means exactly the claims that hold. */
  readonly proof: Readonly<Record<string, readonly Proof[]>>
  readonly show: { readonly run: string; readonly moment: Moment }
}

/** A table of choices: each item is a row and gets one of the choices. Sorting and matching questions both have this form. */
export interface QuizQuestion {
  readonly id: string
  readonly kind: 'sort' | 'match'
  readonly title: string
  readonly from: string
  readonly prompt: string
  readonly choices: readonly QuizChoice[]
  readonly items: readonly QuizItem[]
}

export interface Quiz {
  readonly runs: Readonly<Record<string, Play>>
  readonly moments: Moments
  readonly questions: readonly QuizQuestion[]
}
