import type { Simplification } from '../world/scenario'
import type { Check } from './check'
import type { Deed, Play } from './deed'
import type { Measure } from './measure'
import type { Moments } from './moment'
import type { Problem } from './problem'

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
  /** Rows of cells; the first row is the head. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  /** A question of the lesson's quiz, asked before anything else. */
  | { readonly kind: 'recall'; readonly item: string }
  /** The way to the practical exam, and how it went. */
  | { readonly kind: 'exam' }
  /** How sure the learner was against how often right, and what comes back. */
  | { readonly kind: 'curve' }
  /** An invitation to break it; the run can be begun anew. */
  | { readonly kind: 'try'; readonly blocks: readonly Block[] }
  /** Two runs of the lesson side by side at one moment. */
  | {
      readonly kind: 'compare'
      readonly left: string
      readonly right: string
      readonly moment?: string
      /** The two names, by default those of the runs. */
      readonly names?: readonly [string, string]
    }

/** By step: ways to solve a lesson's tasks, and deeds for each recognized mistake. From `solution.yaml`, played in a test. */
export type Solution = Readonly<Record<string, StepSolution>>
export interface StepSolution {
  readonly ways: readonly (readonly Deed[])[]
  /** By the id of the check that recognizes it, or by the reply. */
  readonly slips: Readonly<Record<string, readonly Deed[]>>
}

/** By step: deeds that solve its task, to be watched. */
export type Worked = Readonly<Record<string, readonly Deed[]>>

export interface PredictOption {
  /**
   * A possible answer of the engine in the run's words: a reply code, a host's name, a number. Of a prediction by checks the id of
   * a check, of an order the id of a moment; then it is not shown.
   */
  readonly answer: string
  readonly label: readonly Inline[]
  /** Shown instead once the run has answered. */
  readonly why: readonly Inline[]
}

/**
 * - `reply` the field of a fact: a code, a name;
 * - `happens` the one check that holds, of those that the options name: also that nothing happens;
 * - `several` all checks that hold;
 * - `number` a measure;
 * - `order` the moments in the order of time.
 */
export type PredictionKind = 'reply' | 'happens' | 'several' | 'number' | 'order'

/** A question before an event happens for the first time. The run gives its key. */
export interface Prediction {
  readonly kind: PredictionKind
  readonly question: readonly Inline[]
  /** The moment at which the run answers. */
  readonly moment: string
  /** Of a reply: the field of that moment's fact that is the answer, `means.name`. */
  readonly field: string
  /** Of a number: the id of the measure. */
  readonly measure?: string
  /** Of a number: how far off counts as right, in hundredths of it; by default 0. */
  readonly near?: number
  /** Of several and of an order, the answers separated by spaces. */
  readonly answer: string
  readonly options: readonly PredictOption[]
}

export type HintGrade = 'nudge' | 'pointer' | 'line'
export const HINT_GRADES: readonly HintGrade[] = ['nudge', 'pointer', 'line']

export interface Hint {
  readonly grade: HintGrade
  readonly inlines: readonly Inline[]
}

/** A common mistake with its own repair, recognized in the trace: by a check, or by the last reply of a server. */
export interface Mistake {
  readonly when?: string
  /** The beginning of the reply: `503 5.5.1`, `-ERR [IN-USE]`, `a1 NO`. */
  readonly reply?: string
  readonly inlines: readonly Inline[]
}

/** A part of a task. */
export interface Goal {
  readonly check: string
  readonly inlines: readonly Inline[]
}

export const OPENS = [
  'letter',
  'terminal',
  'dns',
  'mailboxes',
  'machine',
  'zone',
  'settings',
  'chart',
  'ladder',
  'reader',
  'server',
  'resolver',
  'nothing',
] as const
export type Opens = (typeof OPENS)[number]

/** How much of a dialogue is given: every line, all but some, or none. */
export const HELP = ['whole', 'gaps', 'blank'] as const
export type Help = (typeof HELP)[number]

/** A line that a person says in a dialogue; a gap is left to the learner, `line` is one way to fill it. */
export interface DialogueLine {
  readonly line: string
  readonly gap: boolean
}

/** A conversation of which some lines are given. It is said to a server of the run, which judges it. */
export interface GappedDialogue {
  readonly help: Help
  readonly lines: readonly DialogueLine[]
}

/** A thing that must not be harmed while a task is done. */
export interface Care {
  readonly check: string
  /** Told beside the goals: what stays as it is. Empty if it is not told. */
  readonly stays: readonly Inline[]
  /** Told once it was harmed; empty if there is nothing special to say. */
  readonly harmed: readonly Inline[]
}

export interface Task {
  /** The ids of the checks that must hold. */
  readonly goals: readonly Goal[]
  /** Checks that must hold all the while. */
  readonly noHarm?: readonly Care[]
  /** The id of a measure, and the best number that is known. */
  readonly score?: { readonly measure: string; readonly best: number }
  readonly blocks: readonly Block[]
  readonly hints: readonly Hint[]
  readonly mistakes: readonly Mistake[]
  /** Shown when the goals are reached. */
  readonly praise: readonly Inline[]
  readonly dialogue?: GappedDialogue
  /** The panel of the lesson offers to open this. */
  readonly opens: Opens
  /** The host where the person sits: `bob-laptop`. */
  readonly at?: string
  /** The server to call, or the machine to open. */
  readonly to?: string
  readonly port?: number
  /** Of a zone its apex, of a machine a section. */
  readonly section?: string
}

export interface LessonStep {
  readonly id: string
  readonly title: string
  /** The run on the stage: an id of the lesson's runs. */
  readonly run: string
  /** The run's moment when the step opens; without one the run stays at its place. */
  readonly moment?: string
  /** Hosts that are lit; the others are dimmed. Without any all are as usual. */
  readonly focus?: readonly string[]
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
  /** The names of the worlds of its runs, so that they load beside its text. */
  readonly worlds: readonly string[]
}

export interface Lesson extends LessonMeta {
  /** Ids of the lesson's topics, and of its fine print. */
  readonly covers: readonly string[]
  readonly finePrint: readonly string[]
  /** The simplifications of the lesson, beside those of its world. */
  readonly simplifies: readonly Simplification[]
  /** By id; the first is the one that the lesson begins with. */
  readonly runs: Readonly<Record<string, Play>>
  readonly moments: Moments
  readonly checks: Readonly<Record<string, Check>>
  readonly measures: Readonly<Record<string, Measure>>
  readonly steps: readonly LessonStep[]
  /** The questions of the quiz that close the lesson, by id. */
  readonly closing: readonly string[]
}

/** In place of a lesson that cannot be read: what is wrong with it, and where. */
export interface BrokenLesson {
  readonly id: string
  readonly broken: readonly Problem[]
}
