import type { Inline, Proof, Quiz, QuizItem, QuizQuestion } from './lesson'
import { readInline } from './markdown'
import type { Moment } from './moment'
import { LessonError, type Problem } from './problem'
import { type QuizSource, quizSchema } from './schema'
import { readYaml } from './yaml'

export interface QuizText {
  /** The file's name in problems: `lessons/quiz/quiz.yaml`. */
  readonly file: string
  readonly yaml: string
}

type Report = (needle: string, message: string, remedy: string) => void

/** Parses a quiz. Throws a LessonError with every problem. */
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
  checkNames(quiz, report)
  if (problems.length > 0) throw new LessonError(problems)
  return quiz
}

function questionOf(question: QuizSource['questions'][number], report: Report): QuizQuestion {
  const inline = (text: string): Inline[] =>
    readInline(text, (_, message, remedy) => report(text.slice(0, 40), message, remedy))
  const { proof: shared, ...rest } = question
  return {
    ...rest,
    choices: question.choices.map(({ about: _, ...choice }) => choice),
    items: question.items.map(({ subject, ...item }) => ({
      ...item,
      text: inline(item.text),
      because: Object.fromEntries(
        question.choices.flatMap(({ id, about }) => {
          const text = item.because[id] ?? (id === item.key ? undefined : about)
          return text === undefined ? [] : [[id, inline(text)] as const]
        }),
      ),
      proof: { ...(subject === undefined ? {} : withSubject(shared, subject)), ...item.proof },
    })),
  }
}

/** The question's proofs for one item. */
function withSubject(proofs: QuizItem['proof'], subject: string): QuizItem['proof'] {
  return JSON.parse(JSON.stringify(proofs), (_, value: unknown) =>
    value === '$subject' ? subject : value,
  ) as QuizItem['proof']
}

/** Checks that all referenced keys, causes, runs and moments exist, and that each item has its own id. */
function checkNames({ runs, moments, questions }: Quiz, report: Report): void {
  const seen = new Set<string>()
  for (const { choices, items } of questions) {
    const known = choices.map((choice) => choice.id)
    for (const item of items) {
      const say = (message: string, remedy: string): void => report(`id: ${item.id}`, message, remedy)
      if (seen.has(item.id)) say(`there are two items "${item.id}"`, 'Progress is kept by this id: rename one of them.')
      seen.add(item.id)
      if (!known.includes(item.key)) say(`its key "${item.key}" is no choice`, `Choose one of: ${known.join(', ')}.`)
      for (const choice of known.filter((each) => !(each in item.because))) {
        say(`"${item.id}" does not explain "${choice}"`, 'Say in "because" why it holds or what is wrong with it.')
      }
      const proofs = Object.values(item.proof).flat()
      if (proofs.length === 0) say(`"${item.id}" has no proof`, 'Say in "proof" what the engine does.')
      for (const run of [...proofs.map((proof) => proof.run), item.show.run].filter((each) => !(each in runs))) {
        say(`there is no run "${run}"`, `Name one of: ${Object.keys(runs).join(', ')}.`)
      }
      for (const { after } of [...proofs.flatMap(momentsOf), item.show.moment]) {
        if (after !== undefined && !(after in moments)) {
          say(`there is no moment "${after}"`, `Name one of: ${Object.keys(moments).join(', ')}.`)
        }
      }
    }
  }
}

function momentsOf(proof: Proof): readonly Moment[] {
  if ('happens' in proof) return [proof.happens]
  if ('never' in proof) return [proof.never]
  return 'at' in proof ? [proof.at] : []
}
