import type { Check } from './check'
import type { Play } from './deed'
import type { Inline } from './lesson'
import type { Measure } from './measure'
import type { Moment, Moments } from './moment'

/**
 * Questions in the page's form: parsed and checked when the site is built (`parseQuiz.ts`). All of it is plain data. How authors
 * write each kind is in `questionSchema.ts`, and with an example each in the README.
 */

/** A condition for a key: something that the engine must do, or must never do. */
export type Proof =
  | { readonly run: string; readonly happens: Moment }
  | { readonly run: string; readonly never: Moment }
  | { readonly run: string; readonly holds: Check }
  /** The fact at the moment has this value in this field. */
  | { readonly run: string; readonly at: Moment; readonly field: string; readonly is: string }

/** A field of the delivery report in the question's stored message (RFC 3464) has this value. */
export interface ReportProof {
  readonly reports: string
  readonly is: string
}

/** The reason why no run can prove it: it is a definition, or a figure from outside the world. */
export interface NoProof {
  readonly none: string
}

export type Proofs = readonly (Proof | ReportProof)[] | NoProof

export const isNoProof = (proofs: Proofs): proofs is NoProof => 'none' in proofs

/** A moment of a run at which something is to be seen. */
export interface Show {
  readonly run: string
  readonly moment: Moment
}

interface Asked {
  /** Unique over all quizzes: the key of progress. */
  readonly id: string
  /** The facts of the course that it asks about: C4, F6. Questions with a common fact are forms of each other. */
  readonly facts: readonly string[]
  /** Names that make questions forms of each other beyond their facts. */
  readonly forms: readonly string[]
  readonly show?: Show
}

/** A question that is answered as a whole, with how sure one is. */
interface Whole extends Asked {
  readonly text: readonly Inline[]
  /** A stored message that is shown with it. */
  readonly letter?: string
}

/** A wrong answer that is foreseen: an idea that many people have. */
interface Foreseen {
  readonly because: readonly Inline[]
  /** The idea's number in the list of misconceptions: M11. */
  readonly misconception?: string
}

export interface QuestionOption extends Foreseen {
  readonly id: string
  readonly text: readonly Inline[]
  readonly right: boolean
  /** It says that the option is right: it holds if the option is right, and does not if it is wrong. */
  readonly proof: Proofs
}

/** One of the options is right, or each is right or wrong for itself. */
export interface ChoiceQuestion extends Whole {
  readonly kind: 'single' | 'multiple'
  readonly options: readonly QuestionOption[]
}

/** The further course of a run. It is played after the answer, and `show` is where it answers. */
export interface PredictQuestion extends Whole {
  readonly kind: 'predict'
  readonly show: Show
  /** The moment at which the stage stands while it is asked. */
  readonly from?: Moment
  readonly options: readonly QuestionOption[]
}

/** A number in the further course of a run. */
export interface NumberQuestion extends Whole {
  readonly kind: 'number'
  readonly show: Show
  readonly from?: Moment
  readonly key: number
  /** An answer that differs from the key by no more than this is right. */
  readonly within: number
  readonly unit?: string
  readonly because: readonly Inline[]
  /** Foreseen wrong numbers. */
  readonly slips: readonly (Foreseen & { readonly number: number })[]
  readonly run: string
  readonly measure: Measure
}

export interface OrderItem {
  readonly id: string
  readonly text: readonly Inline[]
  /** When it happens in the question's run; moments of one instant may stand either way. */
  readonly moment?: Moment
}

/** Put in order; the items stand in the right order here. */
export interface OrderQuestion extends Whole {
  readonly kind: 'order'
  /** They are packets, and drawn as such. */
  readonly packets: boolean
  readonly run?: string
  readonly items: readonly OrderItem[]
  /** Items whose order among each other does not matter. */
  readonly ties: readonly (readonly string[])[]
  /** Foreseen wrong pairs: `first` was put before `next`. */
  readonly slips: readonly (Foreseen & { readonly first: string; readonly next: string })[]
  readonly because: readonly Inline[]
  readonly proof?: NoProof
}

/** A foreseen wrong line: by its verb, by the reply that it draws, or by text in either. */
export interface LineSlip extends Foreseen {
  readonly name?: string
  readonly reply?: string
  readonly says?: string
}

/** One line, said to a server in the state that a run has come to. Right if it means what a key means. */
export interface CommandQuestion extends Whole {
  readonly kind: 'command'
  readonly run: string
  readonly host: string
  readonly terminal: string
  /** The line is said at this moment; by default at the end of the run. */
  readonly at?: Moment
  /** Lines that are right. Any other spelling of the same meaning is right too. */
  readonly keys: readonly string[]
  /** Parts of the meaning that may be anything: `helloName`. */
  readonly free: readonly string[]
  readonly slips: readonly LineSlip[]
  readonly because: readonly Inline[]
}

/** A sentence with blanks: `____` in its text. */
export interface FillQuestion extends Whole {
  readonly kind: 'fill'
  readonly blanks: readonly Blank[]
  /** Blanks, counted from 1, whose answers may change places. */
  readonly anyOrder: readonly (readonly number[])[]
  readonly because: readonly Inline[]
  readonly proof: Proofs
}

export interface Blank {
  /** Spellings that are right; the first is shown. */
  readonly accept: readonly string[]
  readonly slips: readonly (Foreseen & { readonly says: readonly string[] })[]
}

/** A list from memory, typed freely. */
export interface RecallQuestion extends Whole {
  readonly kind: 'recall'
  readonly keys: readonly RecallKey[]
  /** Recognized and praised, but not asked for. */
  readonly bonus: readonly RecallKey[]
  /** How many of the keys are enough. */
  readonly enough: number
  readonly slips: readonly (Foreseen & { readonly label: string; readonly says: readonly string[] })[]
  readonly because: readonly Inline[]
  readonly proof: Proofs
}

export interface RecallKey {
  readonly label: string
  /** All by which it is recognized, its label among them. */
  readonly says: readonly string[]
  readonly because?: readonly Inline[]
  readonly proof?: Proofs
}

/** A dialogue with a flaw: mended by the learner, and played again from the beginning. */
export interface FixQuestion extends Whole {
  readonly kind: 'fix'
  /** The world before the dialogues. */
  readonly run: string
  readonly dialogues: readonly FixDialogue[]
  /** Must hold at the end, however it was reached. */
  readonly goal: Check
  readonly slips: readonly LineSlip[]
  readonly because: readonly Inline[]
}

export interface FixDialogue {
  readonly host: string
  readonly to: string
  readonly port: number
  readonly implicitTls?: true
  /** With the flaw, and mended: what a person says. A line `(hang up)` cuts the connection. */
  readonly script: readonly string[]
  readonly mended: readonly string[]
}

/** Two or three sentences, compared with a model by the learner. */
export interface ShortQuestion extends Whole {
  readonly kind: 'short'
  readonly model: readonly Inline[]
  /** The parts of a good answer. */
  readonly parts: readonly { readonly id: string; readonly text: readonly Inline[] }[]
  /** How many of the parts are enough. */
  readonly enough: number
}

/** A packet or message with some of its fields blanked. */
export interface PacketQuestion extends Whole {
  readonly kind: 'packet'
  readonly run: string
  readonly moment: Moment
  readonly rows: readonly PacketRow[]
  readonly because: readonly Inline[]
}

export interface PacketRow {
  readonly label: string
  /** Of the moment's fact: `packet.destination.port`. */
  readonly field: string
  readonly blank?: {
    /** Other spellings of the value that are right. */
    readonly accept: readonly string[]
    readonly slips: readonly (Foreseen & { readonly says: readonly string[] })[]
  }
}

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
  /** No run can prove it, for this reason. */
  readonly unproven?: string
  readonly show?: Show
}

/** A table of choices: each item is a row and gets one of the choices. Sorting and matching questions both have this form. */
export interface TableQuestion extends Asked {
  readonly kind: 'sort' | 'match'
  readonly title: string
  readonly from?: string
  readonly prompt: string
  readonly choices: readonly QuizChoice[]
  readonly items: readonly QuizItem[]
}

/** A question that is answered as a whole; a table is answered row by row. */
export type WholeQuestion =
  | ChoiceQuestion
  | PredictQuestion
  | NumberQuestion
  | OrderQuestion
  | CommandQuestion
  | FillQuestion
  | RecallQuestion
  | FixQuestion
  | ShortQuestion
  | PacketQuestion

export type Question = TableQuestion | WholeQuestion

export const isTable = (question: Question): question is TableQuestion =>
  question.kind === 'sort' || question.kind === 'match'

export interface Quiz {
  /** Those of its own file, and those of `lessons/runs.yaml` that it names. */
  readonly runs: Readonly<Record<string, Play>>
  readonly moments: Moments
  readonly questions: readonly Question[]
}

/** An item for the review: a question, or a row of a table. Without its text it is known what it is about. */
export interface ItemEntry {
  /** The key of progress. */
  readonly id: string
  readonly question: string
  readonly kind: Question['kind']
  /** The lesson's id; undefined for a question of the separate quiz. */
  readonly lesson?: string
  readonly facts: readonly string[]
  readonly forms: readonly string[]
  readonly text: readonly Inline[]
  /** Of a row: the title of its table. */
  readonly title?: readonly Inline[]
}

/** The items of a quiz: each is asked, kept and brought back for itself. */
export function itemsOf(quiz: Quiz, lesson?: string): readonly ItemEntry[] {
  return quiz.questions.flatMap((question): readonly ItemEntry[] => {
    const { id, kind, facts, forms } = question
    const entry = { question: id, kind, ...(lesson !== undefined && { lesson }), facts, forms }
    if (isTable(question))
      return question.items.map((item) => ({ id: item.id, ...entry, text: item.text, title: [question.title] }))
    return [{ id, ...entry, text: question.text }]
  })
}

/** The id of the question in which an item stands. */
export const questionOf = (quiz: Quiz, item: string): string =>
  quiz.questions.find((question) => isTable(question) && question.items.some(({ id }) => id === item))?.id ?? item
