import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plugin, Rollup } from 'vite'
import {
  lessonFolders,
  letterFiles,
  loadExam,
  loadLesson,
  loadQuiz,
  loadSolution,
  loadTickets,
  readCourse,
  sharedRunsFile,
} from '../src/adapters/node/lessons'
import { named } from '../src/adapters/node/named'
import type { BrokenLesson, LessonMeta, Worked } from '../src/learning/lesson'
import { lessonId, parseLessonMeta } from '../src/learning/parse'
import { ticketMetas } from '../src/learning/parseTickets'
import { LessonError, type Problem, problemLine } from '../src/learning/problem'
import { type ItemEntry, itemsOf, type Quiz } from '../src/learning/question'

/** A folder with more lessons, beside lessons/. They are opened by their address and have no place in the course. */
const MORE = process.env['EHLO_MORE_LESSONS']

const LIST = /\/src\/ui\/lesson\/lessons\.ts$/
const GLOB = /'\.\.\/\.\.\/\.\.(\/lessons\/\*\/\*\/(?:lesson\.md|quiz\.yaml))'/g

/**
 * Turns lessons into JSON when the site is built, so that the page needs no parser:
 * - `lesson.md?lesson` the whole lesson, without its quiz,
 * - `lesson.md?meta`   the lesson's entry in the course list,
 * - `lesson.md?worked` for each task the first way to solve it,
 * - `quiz.yaml?quiz`   the quiz of a lesson, or the separate one,
 * - `course.yaml?course` the units with their lessons in order,
 * - `course.yaml?items`  all items of all quizzes, without their answers,
 * - `exam.yaml?exam`    the practical exam,
 * - `tickets.yaml?tickets` the repair tickets, `?ticketList` their entries in the list.
 * A lesson with a problem does not stop the build, since the other lessons are whole: there is a warning with file, line and
 * remedy, and the page says the same in the lesson's place. `tests/lessons.test.ts` keeps it out of a release. In the running
 * page a lesson that is edited comes again.
 */
export function lessonsPlugin(): Plugin {
  return {
    name: 'ehlo-world:lessons',
    enforce: 'pre',
    transform(code, id) {
      if (MORE === undefined || !LIST.test(id)) return null
      const more = resolve(MORE).slice(this.environment.config.root.length)
      return {
        code: code.replace(GLOB, (glob, path: string) => `[${glob}, '${more}${path.slice('/lessons'.length)}']`),
        map: null,
      }
    },
    load(id) {
      const found =
        /^(.*\/(?:lesson\.md|(?:quiz|course|exam|tickets)\.yaml))\?(lesson|meta|worked|quiz|course|items|exam|tickets|ticketList)$/.exec(
          id,
        )
      if (!found) return null
      const [, file = '', query = ''] = found
      const folder = dirname(file)
      this.addWatchFile(file)
      if (query === 'lesson') this.addWatchFile(`${folder}/quiz.yaml`)
      if (query === 'lesson' || query === 'quiz')
        for (const name of letterFiles(folder)) this.addWatchFile(`${folder}/${name}`)
      const runs = query === 'quiz' ? sharedRunsFile(folder) : undefined
      if (runs !== undefined) this.addWatchFile(runs)
      if (query === 'worked') this.addWatchFile(`${folder}/solution.yaml`)
      if (query === 'course') for (const each of lessonFolders(folder)) this.addWatchFile(`${each}/lesson.md`)
      if (query === 'items') for (const each of lessonFolders(folder)) this.addWatchFile(`${each}/quiz.yaml`)
      const data = dataOf(file, query, this)
      return {
        code: `const ${query} = ${JSON.stringify(JSON.stringify(data))}
export default JSON.parse(${query})
${COMES_AGAIN[query] ?? ''}`,
        map: null,
        moduleType: 'js',
      }
    },
  }
}

/** Code for the running page: it takes an edited lesson in its place, and begins anew if the list of lessons has changed. */
const COMES_AGAIN: Readonly<Record<string, string>> = {
  lesson: `import.meta.hot?.accept((next) => next && dispatchEvent(new CustomEvent('lesson-edited', { detail: next.default })))`,
  meta: `if (import.meta.hot) {
  const { data } = import.meta.hot
  data.last ??= meta
  import.meta.hot.accept((next) => { if (next && JSON.stringify(next.default) !== data.last) location.reload() })
}`,
}

function dataOf(file: string, query: string, context: Rollup.PluginContext): unknown {
  const folder = dirname(file)
  const warn = (problems: readonly Problem[]): void => {
    for (const problem of problems) context.warn(problemLine(problem))
  }
  const orElse = <T, U>(read: () => T, instead: (problems: readonly Problem[]) => U): T | U => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof LessonError)) throw error
      return instead(error.problems)
    }
  }
  // A lesson says itself that its quiz cannot be read.
  if (query === 'quiz' && isOfLesson(folder))
    return orElse(
      () => loadQuiz(file),
      () => NO_QUIZ,
    )
  if (query === 'quiz') return loadQuiz(file)
  if (query === 'exam') return loadExam(file)
  if (query === 'tickets') return loadTickets(file)
  if (query === 'ticketList') return ticketMetas(loadTickets(file))
  if (query === 'course') {
    const { units, problems } = readCourse(file)
    if (!units) context.error(problems.map(problemLine).join('\n'))
    warn(problems)
    return units
  }
  if (query === 'items') {
    const ofLessons = lessonFolders(folder).flatMap((each) =>
      orElse(
        () => itemsOf(loadQuiz(`${each}/quiz.yaml`), lessonId(named(each))),
        (): readonly ItemEntry[] => [],
      ),
    )
    return [...itemsOf(loadQuiz(`${folder}/quiz/quiz.yaml`)), ...ofLessons]
  }
  if (query === 'meta')
    return orElse(
      () => parseLessonMeta({ folder, markdown: readFileSync(file, 'utf8') }),
      () => standIn(folder),
    )
  if (query === 'worked')
    return orElse(
      () => workedIn(folder),
      () => ({}),
    )
  return orElse(
    () => {
      const { quiz: _, places: __, ...lesson } = loadLesson(folder)
      return lesson
    },
    (problems): BrokenLesson => {
      warn(problems)
      return { id: lessonId(folder), broken: problems }
    },
  )
}

const NO_QUIZ: Quiz = { runs: {}, moments: {}, questions: [] }
const isOfLesson = (folder: string): boolean => existsSync(`${folder}/lesson.md`)

/** The entry of a lesson whose own cannot be read. */
function standIn(folder: string): LessonMeta {
  const id = lessonId(named(folder))
  return { id, unit: '', title: id, summary: '', minutes: 1, worlds: [] }
}

const workedIn = (folder: string): Worked =>
  Object.fromEntries(Object.entries(loadSolution(folder)).map(([step, { ways }]) => [step, ways[0] ?? []]))
