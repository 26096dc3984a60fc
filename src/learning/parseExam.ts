import { z } from 'zod'
import { checkSchema } from './checkSchema'
import { deedSchema, idSchema as id } from './deedSchema'
import type { Exam } from './exam'
import type { Block } from './lesson'
import { blockOf, type Complain, readInline, readMarkdown } from './markdown'
import { patternSchema } from './patternSchema'
import { LessonError, type Problem } from './problem'
import { readYaml } from './yaml'

const text = z.string().min(1)
const points = z.int().min(1).max(100)

const goal = z
  .strictObject({
    id,
    text: text.describe('What was reached, as one sentence.'),
    points,
    check: checkSchema.exactOptional().describe('What must have happened, or how the world must be.'),
    asks: text.exactOptional().describe('A question that is answered in a word.'),
    answer: text.exactOptional().describe('Its answer.'),
    unlike: z.array(text).exactOptional().describe('Words that a right answer does not name beside it.'),
    moment: patternSchema.exactOptional().describe('The event that decides it.'),
  })
  .refine(({ check, answer }) => check !== undefined || answer !== undefined, 'a goal has a check or an answer')
  .refine(({ asks, answer }) => (asks === undefined) === (answer === undefined), 'a question has an answer')

const examSchema = z.strictObject({
  title: text,
  situation: text.describe('Markdown: who one is, and what one knows.'),
  pass: z.strictObject({ points, parts: z.array(id).describe('Parts that must be reached whole.') }),
  parts: z
    .array(
      z.strictObject({
        id,
        title: text,
        text: text.describe('Markdown: what is wanted.'),
        lessons: z.array(text).min(1).describe('Ids of lessons that repair it, the best first.'),
        goals: z.array(goal).min(1),
        how: text.describe('One way, told after the exam.'),
        worked: z.array(deedSchema).min(1).describe('One way as deeds; their times count from its beginning.'),
      }),
    )
    .min(1),
})

export interface ExamText {
  /** The file's name in problems: `lessons/exam.yaml`. */
  readonly file: string
  readonly yaml: string
}

/** Parses the exam. Throws a LessonError with every problem, each with file, line, column and remedy. */
export function parseExam({ file, yaml }: ExamText): Exam {
  const read = readYaml(yaml, examSchema, file, 1, 'The fields and what they mean are in src/learning/parseExam.ts.')
  if (!read.value) throw new LessonError(read.problems)
  const problems: Problem[] = []
  const report = (path: readonly (string | number)[], message: string, remedy: string): void => {
    problems.push({ file, ...read.placeOf(path), message, remedy })
  }
  const complain =
    (...path: readonly (string | number)[]): Complain =>
    (_, message, remedy) =>
      report(path, message, remedy)
  const { title, situation, pass, parts } = read.value
  const exam: Exam = {
    title,
    pass,
    situation: blocksOf(situation, complain('situation')),
    parts: parts.map(({ goals, ...part }, at) => ({
      ...part,
      text: blocksOf(part.text, complain('parts', at, 'text')),
      how: readInline(part.how, complain('parts', at, 'how')),
      goals: goals.map((each, nth) => ({
        ...each,
        text: readInline(each.text, complain('parts', at, 'goals', nth, 'text')),
      })),
    })),
  }
  for (const each of pass.parts.filter((part) => !parts.some((known) => known.id === part)))
    report(['pass', 'parts'], `there is no part "${each}"`, `Name one of: ${parts.map((part) => part.id).join(', ')}.`)
  const ids = parts.flatMap((part) => [part.id, ...part.goals.map((each) => each.id)])
  for (const twice of ids.filter((each, at) => ids.indexOf(each) !== at))
    report(['parts'], `there are two "${twice}"`, 'Answers are kept by this id: rename one of them.')
  if (problems.length > 0) throw new LessonError(problems)
  return exam
}

function blocksOf(source: string, complain: Complain): readonly Block[] {
  return readMarkdown(source).children.flatMap((node) => {
    const block = blockOf(node, complain)
    if (!block) complain(node, `"${node.type}" is not known here`, 'Use paragraphs, lists and tables.')
    return block ?? []
  })
}
