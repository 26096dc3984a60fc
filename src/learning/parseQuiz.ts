import type { Play } from './deed'
import { type KnownNames, unknownNames } from './knownNames'
import { readInline } from './markdown'
import type { Moment } from './moment'
import { meant } from './nearest'
import { LessonError, type Problem, problemLine } from './problem'
import { isTable, type Question, type Quiz } from './question'
import type { Path, Reading } from './questionParts'
import { quizSchema, runsSchema } from './questionSchema'
import { readQuestion } from './readQuestion'
import { readYaml } from './yaml'

/** The octets of messages by the names of their files. */
export type StoredLetters = Readonly<Record<string, string>>

export type SharedRuns = Readonly<Record<string, Play>>

export interface QuizText {
  /** The file's name in problems: `lessons/quiz/quiz.yaml`. */
  readonly file: string
  readonly yaml: string
  /** The runs of `lessons/runs.yaml`. A run of the quiz's own with the same id comes first. */
  readonly shared?: SharedRuns
  /** The stored messages beside the file, by name: `notice.eml`. */
  readonly letters?: StoredLetters
  /** The names that it may use; without them they are not checked. */
  readonly known?: KnownNames
}

const FIELDS = 'Each kind of question has an example in src/learning/README.md.'

/** Parses `lessons/runs.yaml`. Throws a LessonError with every problem. */
export function parseRuns({ file, yaml, known }: Pick<QuizText, 'file' | 'yaml' | 'known'>): SharedRuns {
  const read = readYaml(yaml, runsSchema, file, 1, FIELDS)
  if (!read.value) throw new LessonError(read.problems)
  const problems: Problem[] = []
  unknownNames(read.value, known, (path, message, remedy) => {
    problems.push({ file, ...read.placeOf(path), message, remedy })
  })
  if (problems.length > 0) throw new LessonError(problems)
  return read.value.runs
}

/** Parses a quiz. Throws a LessonError with every problem. */
export function parseQuiz({ file, yaml, shared = {}, letters = {}, known: names }: QuizText): Quiz {
  const read = readYaml(yaml, quizSchema, file, 1, FIELDS)
  if (!read.value) throw new LessonError(read.problems)
  const { moments } = read.value
  const known = { ...shared, ...read.value.runs }
  const problems: Problem[] = []
  const used = new Set(Object.keys(read.value.runs))
  const report: Reading['report'] = (path, message, remedy) => {
    const problem = { file, ...read.placeOf(path), message, remedy }
    // A run that several parts of a question share is told once.
    if (!problems.some((other) => problemLine(other) === problemLine(problem))) problems.push(problem)
  }
  unknownNames(read.value, names, report)
  const checked = (moment: Moment, path: Path): Moment => {
    const { after } = moment
    if (after !== undefined && !(after in moments)) {
      report(path, `there is no moment "${after}"`, meant(after, Object.keys(moments), ADD))
    }
    return moment
  }
  const reading: Reading = {
    report,
    inline: (text, path) => readInline(text, (_, message, remedy) => report(path, message, remedy)),
    moment: (when, path) => {
      if (typeof when !== 'string') return checked(when, path)
      const found = moments[when]
      if (!found) report(path, `there is no moment "${when}"`, meant(when, Object.keys(moments), ADD))
      return found ?? { fact: 'intervened' }
    },
    run: (id, path) => {
      if (id === undefined) report(path, 'no run is named', 'Say "run" here, or once for the whole question.')
      else if (!(id in known)) report(path, `there is no run "${id}"`, meant(id, Object.keys(known), ADD))
      used.add(id ?? '')
      return id ?? ''
    },
    play: (id) => known[id],
    letter: (name, path) => {
      const found = letters[name]
      if (found === undefined)
        report(
          path,
          `there is no file "${name}" beside the quiz`,
          meant(name, Object.keys(letters), 'Put the file there.'),
        )
      return found ?? ''
    },
  }
  for (const [name, moment] of Object.entries(moments)) checked(moment, ['moments', name])
  const questions = read.value.questions.map((source, at) => readQuestion(source, ['questions', at], reading))
  checkIds(questions, report)
  if (problems.length > 0) throw new LessonError(problems)
  const runs = Object.fromEntries(Object.entries(known).filter(([id]) => used.has(id)))
  return { runs, moments, questions }
}

const ADD = 'Add it to this file.'

/** Each item has an id of its own. */
function checkIds(questions: readonly Question[], report: Reading['report']): void {
  const seen = new Set<string>()
  const take = (id: string, path: Path): void => {
    if (seen.has(id)) report(path, `there are two items "${id}"`, 'Progress is kept by this id: rename one of them.')
    seen.add(id)
  }
  for (const [at, question] of questions.entries()) {
    if (isTable(question)) {
      for (const [nth, item] of question.items.entries()) take(item.id, ['questions', at, 'items', nth, 'id'])
    }
    take(question.id, ['questions', at, 'id'])
  }
}
