import type { Inline, Proof, Quiz, QuizQuestion } from './lesson'
import { readInline } from './markdown'
import type { Moment } from './moment'
import { LessonError, type Problem } from './problem'
import { type QuizSource, quizSchema } from './schema'
import { readYaml } from './yaml'

export interface QuizText {
  /** As problems name it: `lessons/quiz/quiz.yaml`. */
  readonly file: string
  readonly yaml: string
}

type Report = (needle: string, message: string, remedy: string) => void

/** Text to quiz. Throws a LessonError with every problem found. */
export function parseQuiz({ file, yaml }: QuizText): Quiz {
  const read = readYaml(yaml, quizSchema, file)
  if (!read.value) throw new LessonError(read.problems)
  const problems: Problem[] = []
  const report: Report = (needle, message, remedy) => {
    const at = Math.max(0, yaml.indexOf(needle))
    const before = yaml.slice(0, at)
    problems.push({ file, line: before.split('\n').length, column: at - before.lastIndexOf('\n'), message, remedy })
  }
  const { runs, moments, questions } = read.value
  const quiz: Quiz = { runs, moments, questions: questions.map((question) => questionOf(question, report)) }
  checkNames(read.value, report)
  if (problems.length > 0) throw new LessonError(problems)
  return quiz
}

function questionOf(question: QuizSource['questions'][number], report: Report): QuizQuestion {
  const inline = (text: string): Inline[] =>
    readInline(text, (_, message, remedy) => report(text.slice(0, 40), message, remedy))
  const choices = question.choices.map(({ about: _, ...choice }) => choice)
  return {
    ...question,
    choices,
    items: question.items.map((item) => ({
      ...item,
      text: inline(item.text),
      because: Object.fromEntries(
        question.choices.flatMap(({ id, about }) => {
          const text = item.because[id] ?? (id === item.key ? undefined : about)
          return text === undefined ? [] : [[id, inline(text)] as const]
        }),
      ),
    })),
  }
}

/** Keys, causes, runs and moments that are named must be there, and each item must have an id of its own. */
function checkNames({ runs, moments, questions }: QuizSource, report: Report): void {
  const seen = new Set<string>()
  for (const { choices, items } of questions) {
    const known = choices.map((choice) => choice.id)
    for (const item of items) {
      const place = `id: ${item.id}`
      if (seen.has(item.id))
        report(place, `there are two items "${item.id}"`, 'Progress is kept by this id: give one of them another.')
      seen.add(item.id)
      if (!known.includes(item.key))
        report(place, `the key "${item.key}" of "${item.id}" is no choice`, `Choose one of: ${known.join(', ')}.`)
      for (const { id, about } of choices) {
        const explained = id in item.because || (about !== undefined && id !== item.key)
        if (!explained)
          report(
            place,
            `"${item.id}" does not explain the choice "${id}"`,
            'Say in "because" why it holds or what is wrong with it.',
          )
      }
      for (const run of [...item.proof.map((proof) => proof.run), item.show.run]) {
        if (!(run in runs))
          report(
            place,
            `"${item.id}" names the run "${run}", which is not there`,
            `Name one of: ${Object.keys(runs).join(', ')}.`,
          )
      }
      for (const { after } of [...item.proof.map(momentOf), item.show.moment]) {
        if (after !== undefined && !(after in moments)) {
          report(
            place,
            `"${item.id}" counts from the moment "${after}", which is not there`,
            `Name one of: ${Object.keys(moments).join(', ')}.`,
          )
        }
      }
    }
  }
}

const momentOf = (proof: Proof): Moment =>
  'happens' in proof ? proof.happens : 'never' in proof ? proof.never : proof.at
