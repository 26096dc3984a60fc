import type { Answer, Graded } from '../../learning/gradeQuestion'
import type { Lab } from '../../learning/inWorld'
import type { WholeQuestion } from '../../learning/question'

/** The part of a question in which the answer is given. After it is sealed it shows the same, and what was right. */
export interface FieldsProps<Q extends WholeQuestion = WholeQuestion> {
  readonly question: Q
  readonly lab: Lab
  /** Ids in the order in which they stand. */
  readonly options: readonly string[]
  readonly answer: Answer
  readonly graded: Graded | undefined
  /** The model answer has been shown. */
  readonly isCompared: boolean
  readonly name: string
  onChange(answer: Answer): void
}
