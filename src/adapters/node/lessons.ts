import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CourseUnit } from '../../learning/course'
import type { Exam } from '../../learning/exam'
import type { KnownNames } from '../../learning/knownNames'
import type { LessonMeta, Solution } from '../../learning/lesson'
import { lessonId, type ParsedLesson, parseLesson, parseLessonMeta } from '../../learning/parse'
import { courseIn, parseCourse, type ReadCourse } from '../../learning/parseCourse'
import { parseExam } from '../../learning/parseExam'
import { parseQuiz, parseRuns, type SharedRuns, type StoredLetters } from '../../learning/parseQuiz'
import { parseTickets } from '../../learning/parseTickets'
import { LessonError } from '../../learning/problem'
import type { Quiz } from '../../learning/question'
import { type FactTable, factsSchema, solutionSchema } from '../../learning/schema'
import type { Ticket } from '../../learning/ticket'
import { type Place, readYaml } from '../../learning/yaml'
import { named } from './named'
import { scenarioNames } from './scenarios'

/** Reads a lesson's folder. Throws a LessonError whose message names file, line, column and remedy. */
export function loadLesson(folder: string): ParsedLesson {
  return parseLesson({
    folder: named(folder),
    markdown: read(folder, 'lesson.md'),
    quiz: read(folder, 'quiz.yaml'),
    shared: sharedRuns(folder),
    letters: storedLetters(folder),
    known: knownNames(folder),
  })
}

/** Reads a quiz file. Throws a LessonError as above. */
export function loadQuiz(file: string): Quiz {
  const folder = file.slice(0, file.lastIndexOf('/'))
  return parseQuiz({
    file: named(file),
    yaml: read(folder, file.slice(folder.length + 1)),
    shared: sharedRuns(folder),
    letters: storedLetters(folder),
    known: knownNames(folder),
  })
}

/** Reads the practical exam. Throws a LessonError as above. */
export const loadExam = (file: string): Exam => parseExam({ file: named(file), yaml: textOf(file) })

/** Reads the repair tickets. Throws a LessonError as above. */
export const loadTickets = (file: string): readonly Ticket[] => parseTickets({ file: named(file), yaml: textOf(file) })

/** The files of stored messages in a folder. */
export const letterFiles = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : []

/** Their octets. A checkout may have changed the line ends: here they are those of a message. */
const storedLetters = (folder: string): StoredLetters =>
  Object.fromEntries(
    letterFiles(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1').replace(/\r?\n/g, '\r\n')]),
  )

/** A file beside the course's, in a folder above. */
function courseFile(folder: string, name: string): string | undefined {
  const root = [folder, join(folder, '..'), join(folder, '../..')].find((each) => existsSync(join(each, 'course.yaml')))
  const file = root && join(root, name)
  return file !== undefined && existsSync(file) ? file : undefined
}

/** The file with the runs that several quizzes look at. */
export const sharedRunsFile = (folder: string): string | undefined => courseFile(folder, 'runs.yaml')

function sharedRuns(folder: string): SharedRuns {
  const file = sharedRunsFile(folder)
  return file === undefined
    ? {}
    : parseRuns({ file: named(file), yaml: textOf(file), known: { scenarios: scenarioNames() } })
}

/** Reads `lessons/facts.yaml`. Throws a LessonError as above. */
export function factTable(file: string): FactTable {
  const { value, problems } = readYaml(textOf(file), factsSchema, named(file))
  if (!value) throw new LessonError(problems)
  return value
}

/** The ids of the course's facts and the worlds that there are. */
export function knownNames(folder: string): KnownNames {
  const file = courseFile(folder, 'facts.yaml')
  const scenarios = scenarioNames()
  if (file === undefined) return { scenarios }
  const { facts, finePrint, misconceptions } = factTable(file)
  return {
    scenarios,
    facts: Object.keys(facts),
    finePrint: Object.keys(finePrint),
    misconceptions: Object.keys(misconceptions),
  }
}

/** Reads the solution that a lesson carries. Throws a LessonError as above. */
export const loadSolution = (folder: string): Solution => readSolution(folder).solution

/** The same with the places of its fields. */
export function readSolution(folder: string): {
  readonly solution: Solution
  readonly placeOf: (path: readonly (string | number)[]) => Place
} {
  const { value, problems, placeOf } = readYaml(
    read(folder, 'solution.yaml'),
    solutionSchema,
    `${named(folder)}/solution.yaml`,
  )
  if (!value) throw new LessonError(problems)
  return { solution: value, placeOf }
}

/** Reads the course's file and compares it with the lessons in the folders beside it. Throws a LessonError as above. */
export function loadCourse(file: string): readonly CourseUnit[] {
  const root = dirname(file)
  const written = lessonFolders(root).map((folder) =>
    parseLessonMeta({ folder: named(folder), markdown: read(folder, 'lesson.md') }),
  )
  return parseCourse({ file: named(file), yaml: read(root, file.slice(root.length + 1)) }, written)
}

/** The same for a page on which the rest of the course works though a lesson cannot be read. */
export function readCourse(file: string): ReadCourse {
  const root = dirname(file)
  const written: LessonMeta[] = []
  const unreadable: string[] = []
  for (const folder of lessonFolders(root)) {
    try {
      written.push(parseLessonMeta({ folder: named(folder), markdown: read(folder, 'lesson.md') }))
    } catch (error) {
      if (!(error instanceof LessonError)) throw error
      unreadable.push(lessonId(named(folder)))
    }
  }
  return courseIn({ file: named(file), yaml: read(root, file.slice(root.length + 1)) }, written, unreadable)
}

/** The folders of all lessons below a root, in the order of the course: their names begin with a number. */
export function lessonFolders(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const folder = join(root, entry.name)
      return existsSync(join(folder, 'lesson.md')) ? [folder] : lessonFolders(folder)
    })
    .sort()
}

/** A text of a lesson is no longer. */
const MOST_OCTETS = 1_000_000

const read = (folder: string, name: string): string => textOf(join(folder, name))

/** A file of text. Throws a LessonError if it is not there, too long or not in UTF-8. */
function textOf(path: string): string {
  const fail = (message: string, remedy: string, line = 1, column = 1): never => {
    throw new LessonError([{ file: named(path), line, column, message, remedy }])
  }
  if (!existsSync(path))
    return fail('there is no such file', 'A lesson is a folder with lesson.md, quiz.yaml and solution.yaml.')
  const { size } = statSync(path)
  if (size > MOST_OCTETS)
    return fail(
      `the file has ${size} octets, and a lesson has ${MOST_OCTETS} at most`,
      'Divide it, or remove what does not belong to it.',
    )
  const octets = readFileSync(path)
  const zero = octets.indexOf(0)
  const good = isUtf8(octets) ? (zero < 0 ? undefined : zero) : firstOdd(octets)
  if (good === undefined) return octets.toString('utf8')
  const before = octets.subarray(0, good).toString('utf8').split('\n')
  return fail(
    'here begins something that is no text in UTF-8',
    'Save the file in your editor with the encoding UTF-8.',
    before.length,
    (before.at(-1)?.length ?? 0) + 1,
  )
}

/** The index of the first octet that is not UTF-8. */
function firstOdd(octets: Buffer): number {
  let [good, bad] = [0, octets.length]
  while (good < bad - 1) {
    const middle = (good + bad) >> 1
    // A character may be cut in two: up to three octets more complete it.
    if ([0, 1, 2, 3].some((more) => isUtf8(octets.subarray(0, middle + more)))) good = middle
    else bad = middle
  }
  return good
}
