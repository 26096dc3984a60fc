import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CourseUnit } from '../../learning/course'
import type { Exam } from '../../learning/exam'
import type { LessonMeta, Solution } from '../../learning/lesson'
import { lessonId, type ParsedLesson, parseLesson, parseLessonMeta } from '../../learning/parse'
import { courseIn, parseCourse, type ReadCourse } from '../../learning/parseCourse'
import { parseExam } from '../../learning/parseExam'
import { parseQuiz, parseRuns, type SharedRuns, type StoredLetters } from '../../learning/parseQuiz'
import { parseTickets } from '../../learning/parseTickets'
import { LessonError } from '../../learning/problem'
import type { Quiz } from '../../learning/question'
import { solutionSchema } from '../../learning/schema'
import type { Ticket } from '../../learning/ticket'
import { readYaml } from '../../learning/yaml'
import { named } from './named'

/** Reads a lesson's folder. Throws a LessonError whose message names file, line, column and remedy. */
export function loadLesson(folder: string): ParsedLesson {
  return parseLesson({
    folder: named(folder),
    markdown: read(folder, 'lesson.md'),
    quiz: read(folder, 'quiz.yaml'),
    shared: sharedRuns(folder),
    letters: storedLetters(folder),
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
  })
}

/** Reads the practical exam. Throws a LessonError as above. */
export const loadExam = (file: string): Exam => parseExam({ file: named(file), yaml: readFileSync(file, 'utf8') })

/** Reads the repair tickets. Throws a LessonError as above. */
export const loadTickets = (file: string): readonly Ticket[] =>
  parseTickets({ file: named(file), yaml: readFileSync(file, 'utf8') })

/** The files of stored messages in a folder. */
export const letterFiles = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : []

/** Their octets. A checkout may have changed the line ends: here they are those of a message. */
const storedLetters = (folder: string): StoredLetters =>
  Object.fromEntries(
    letterFiles(folder).map((name) => [name, readFileSync(join(folder, name), 'latin1').replace(/\r?\n/g, '\r\n')]),
  )

/** The file with the runs that several quizzes look at: beside the course's file, in a folder above. */
export function sharedRunsFile(folder: string): string | undefined {
  const root = [folder, join(folder, '..'), join(folder, '../..')].find((each) => existsSync(join(each, 'course.yaml')))
  const file = root && join(root, 'runs.yaml')
  return file !== undefined && existsSync(file) ? file : undefined
}

function sharedRuns(folder: string): SharedRuns {
  const file = sharedRunsFile(folder)
  return file === undefined ? {} : parseRuns({ file: named(file), yaml: readFileSync(file, 'utf8') })
}

/** Reads the solution that a lesson carries. Throws a LessonError as above. */
export function loadSolution(folder: string): Solution {
  const { value, problems } = readYaml(read(folder, 'solution.yaml'), solutionSchema, `${named(folder)}/solution.yaml`)
  if (!value) throw new LessonError(problems)
  return value
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

function read(folder: string, name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8')
  } catch {
    throw new LessonError([
      {
        file: `${named(folder)}/${name}`,
        line: 1,
        column: 1,
        message: 'there is no such file',
        remedy: 'A lesson is a folder with lesson.md, quiz.yaml and solution.yaml.',
      },
    ])
  }
}
