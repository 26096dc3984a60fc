import type { InterventionBody } from '../world/intervention'
import type { Check } from './check'
import type { Moment, Moments } from './moment'

/**
 * A lesson as the page gets it: parsed and checked when the site is built (`parse.ts`), so no Markdown parser is shipped.
 * All of it is plain data.
 */

/** Text within a line. A bare string is plain text. */
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
  /** Where a source simplifies, what holds. */
  | { readonly kind: 'finePrint'; readonly id: string; readonly rfc: string; readonly blocks: readonly Block[] }
  /** What the plain word is called in the standard, and where that is written. */
  | { readonly kind: 'term'; readonly rfc: string; readonly inlines: readonly Inline[] }
  /** The letter's envelope, which fills in as the two servers agree on it at the present moment. */
  | { readonly kind: 'envelope' }

/** Ways to solve a lesson's tasks, and the slips that it recognises, by step: `solution.yaml`, played in a test. */
export type Solution = Readonly<Record<string, StepSolution>>
export interface StepSolution {
  readonly ways: readonly (readonly Deed[])[]
  /** By the id of the check that recognises it. */
  readonly slips: Readonly<Record<string, readonly Deed[]>>
}

export interface PredictOption {
  /** What the engine might do, as the run writes it: a reply code, a host's name. */
  readonly answer: string
  readonly label: readonly Inline[]
  /** Shown in its place once the run has answered. */
  readonly why: readonly Inline[]
}

/** A question asked before a thing happens for the first time. Its key is what the run does. */
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

/** A slip that people make here, recognised in the trace, with its own repair. */
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
  /** Said when the check holds. */
  readonly praise: readonly Inline[]
  /** What the lesson's panel offers to open: the letter form, or a connection to type into. */
  readonly opens: 'letter' | 'terminal'
}

export interface LessonStep {
  readonly id: string
  readonly title: string
  /** Where the run stands when the step opens; without one it stays where it is. */
  readonly moment?: string
  readonly blocks: readonly Block[]
  readonly prediction?: Prediction
  readonly task?: Task
}

/** Something a run is made of: an instant and what is done then. `letter` is composed from the scenario's account and its fields. */
export type Deed =
  | ({ readonly at: number } & InterventionBody)
  | {
      readonly at: number
      readonly type: 'letter'
      readonly to: string
      readonly subject: string
      readonly body: string
    }
  /** The letter that lies ready in the scenario is sent. */
  | { readonly at: number; readonly type: 'readyLetter' }

/** A run to look at: a scenario and what is done in it. It goes on until the world falls quiet. */
export interface Play {
  readonly scenario: string
  readonly deeds: readonly Deed[]
}

export interface LessonMeta {
  /** `the-journey/one-letter-three-steps`: its folder without the numbers. Part of links and the key of progress. */
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly summary: string
  readonly minutes: number
  /** Ids of what the lesson covers, and of the fine print that it carries. */
  readonly covers: readonly string[]
  readonly finePrint: readonly string[]
}

export interface Lesson extends LessonMeta {
  readonly run: Play
  readonly moments: Moments
  readonly checks: Readonly<Record<string, Check>>
  readonly steps: readonly LessonStep[]
  readonly quiz: Quiz
}

/** Something the engine must do, or must never do, for a key to be right. */
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
  /** The claims that it stands for; itself, where it does not say. */
  readonly means?: readonly string[]
}

export interface QuizItem {
  /** Unique over all quizzes: progress is kept by it. */
  readonly id: string
  readonly text: readonly Inline[]
  readonly key: string
  /** For each choice the cause: why it holds, or what is wrong with it. */
  readonly because: Readonly<Record<string, readonly Inline[]>>
  /** By claim: it holds where all its proofs do. The key is the choice that means exactly the claims that hold. */
  readonly proof: Readonly<Record<string, readonly Proof[]>>
  readonly show: { readonly run: string; readonly moment: Moment }
}

/** A table of choices: each item is a row and gets one of the choices. Sorting and matching are both of this form. */
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
