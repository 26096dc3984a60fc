import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Solution } from '../../../learning/lesson'
import { lessonId, type ParsedLesson } from '../../../learning/parse'
import { LessonError, type Problem } from '../../../learning/problem'
import type { Quiz } from '../../../learning/question'
import type { Place } from '../../../learning/yaml'
import { lessonFolders, loadLesson, loadQuiz, loadTickets, readSolution } from '../lessons'
import { named } from '../named'
import { Complaint } from '../scenarios'
import { played } from './played'
import { proveDeeds } from './proveDeeds'
import { proveLesson } from './proveLesson'
import { proveNames } from './proveNames'
import { proveQuiz } from './proveQuiz'

const FILES = ['lesson.md', 'solution.yaml', 'quiz.yaml']

/** All problems of a lesson's folder: of its form, and of what its runs do. */
export function proveFolder(folder: string): readonly Problem[] {
  const file = `${named(folder)}/lesson.md`
  try {
    const lesson = loadLesson(folder)
    const { solution, placeOf } = readSolution(folder)
    const questions = readFileSync(join(folder, 'quiz.yaml'), 'utf8').split('\n')
    // A misspelt name makes other things go wrong: it is told alone.
    const names = FILES.flatMap((name) =>
      proveNames(`${named(folder)}/${name}`, readFileSync(join(folder, name), 'utf8')),
    )
    if (names.length > 0) return names
    const problems: Problem[] = []
    const to =
      (name: string) =>
      (place: Place, message: string, remedy: string): void => {
        problems.push({ file: `${named(folder)}/${name}`, ...place, message, remedy })
      }
    proveRuns(lesson, solution, to('lesson.md'), (path, ...said) => to('solution.yaml')(placeOf(path), ...said))
    for (const double of doubleIds(folder, questions)) to('quiz.yaml')(...double)
    if (problems.length > 0) return problems
    proveLesson(lesson, { solution, placeOf, report: to('solution.yaml') }, to('lesson.md'), pagesBeside(folder))
    problems.push(...quizProblems(lesson.quiz, `${named(folder)}/quiz.yaml`, questions))
    return problems
  } catch (error) {
    if (error instanceof LessonError) return error.problems
    if (error instanceof Complaint)
      return [
        { file, line: 1, column: 1, message: error.message.replace(/\.$/, ''), remedy: 'Mend the world of its run.' },
      ]
    throw error
  }
}

/** All problems of a quiz file that belongs to no lesson. Throws a LessonError if it cannot be read. */
export const proveQuizFile = (path: string): readonly Problem[] =>
  quizProblems(loadQuiz(path), named(path), readFileSync(path, 'utf8').split('\n'))

function quizProblems(quiz: Quiz, file: string, lines: readonly string[]): readonly Problem[] {
  const problems: Problem[] = []
  proveQuiz(quiz, (id, message) =>
    problems.push({
      file,
      ...idPlace(lines, id),
      message: message.trimEnd().replace(/\.$/, ''),
      remedy: 'The engine is right: mend the key, the proof or the moment.',
    }),
  )
  return problems
}

type Path = readonly (string | number)[]
type Tell = (place: Place, message: string, remedy: string) => void

/** Tells the deeds of runs, ways and slips that their worlds do not take. */
function proveRuns(
  lesson: ParsedLesson,
  solution: Solution,
  tell: Tell,
  tellSolution: (path: Path, message: string, remedy: string) => void,
): void {
  const isOnly = 'main' in lesson.runs
  for (const [id, play] of Object.entries(lesson.runs)) {
    const path = isOnly && id === 'main' ? ['run', 'deeds'] : ['runs', id, 'deeds']
    proveDeeds(play.deeds, played(play), (at, ...said) => tell(lesson.places.front([...path, ...at]), ...said))
  }
  for (const step of lesson.steps) {
    const play = lesson.runs[step.run]
    const { ways = [], slips = {} } = solution[step.id] ?? {}
    if (!play || !step.task) continue
    const lists: readonly (readonly [Path, Solution[string]['ways'][number]])[] = [
      ...ways.map((way, at) => [['ways', at], way] as const),
      ...Object.entries(slips).map(([name, slip]) => [['slips', name], slip] as const),
    ]
    for (const [path, deeds] of lists)
      proveDeeds(deeds, played(play, deeds), (at, ...said) => tellSolution([step.id, ...path, ...at], ...said))
  }
}

const ID = /(?:^\s*- +|^ {4}|\{ *)id: *([\w-]+)/

/** The place of an id in a quiz. */
function idPlace(lines: readonly string[], id: string): Place {
  const at = lines.findIndex((line) => ID.exec(line)?.[1] === id)
  return { line: at + 1 || 1, column: (lines[at]?.indexOf('id:') ?? 0) + 1 }
}

const QUESTION = /^ {2}- id: *([\w-]+)/

/** The course's folder, above that of a lesson. */
const rootOf = (folder: string): string | undefined =>
  [join(folder, '..'), join(folder, '../..')].find((each) => existsSync(join(each, 'course.yaml')))

/** The pages below `/learn/` of the course to which a lesson belongs; none if it stands alone. */
function pagesBeside(folder: string): readonly string[] {
  const root = rootOf(folder)
  if (root === undefined) return []
  const lessons = lessonFolders(root).map((each) => lessonId(named(each)))
  const file = join(root, 'tickets.yaml')
  const tickets = existsSync(file) ? loadTickets(file).map(({ id }) => `tickets/${id}`) : []
  return [...lessons, 'exam', 'exam/result', 'tickets', ...tickets]
}

/** The ids of the questions in other files of the course. */
function otherIds(folder: string): ReadonlyMap<string, string> {
  const root = rootOf(folder)
  if (root === undefined) return new Map()
  const files = [...lessonFolders(root), join(root, 'quiz')].filter((each) => resolve(each) !== resolve(folder))
  return new Map(
    files
      .map((each) => join(each, 'quiz.yaml'))
      .filter((file) => existsSync(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line) => QUESTION.exec(line)?.[1] ?? [])
          .map((id) => [id, named(file)] as const),
      ),
  )
}

/** Questions whose id another file has already. */
function doubleIds(folder: string, lines: readonly string[]): readonly Parameters<Tell>[] {
  const others = otherIds(folder)
  return lines.flatMap((line, at): readonly Parameters<Tell>[] => {
    const id = QUESTION.exec(line)?.[1] ?? ''
    const file = others.get(id)
    if (file === undefined) return []
    const place = { line: at + 1, column: line.indexOf('id:') + 1 }
    return [[place, `the question "${id}" is in ${file} as well`, 'Progress is kept by this id: rename one of them.']]
  })
}
