import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Plugin } from 'vite'
import { lessonFolders, loadCourse, loadLesson, loadQuiz, sharedRunsFile } from '../src/adapters/node/lessons'
import { parseLessonMeta } from '../src/learning/parse'
import { LessonError, problemLine } from '../src/learning/problem'

/**
 * Turns lessons into JSON when the site is built, so that the page needs no parser:
 * - `lesson.md?lesson` the whole lesson, without its quiz,
 * - `lesson.md?meta`   the lesson's entry in the course list,
 * - `quiz.yaml?quiz`   the quiz of a lesson, or the separate one,
 * - `course.yaml?course` the units with their lessons in order.
 * A lesson with a problem stops the build with file, line and remedy.
 */
export function lessonsPlugin(): Plugin {
  return {
    name: 'ehlo-world:lessons',
    enforce: 'pre',
    load(id) {
      const found = /^(.*\/(?:lesson\.md|quiz\.yaml|course\.yaml))\?(lesson|meta|quiz|course)$/.exec(id)
      if (!found) return null
      const [, file = '', query] = found
      const folder = dirname(file)
      this.addWatchFile(file)
      const runs = query === 'quiz' ? sharedRunsFile(folder) : undefined
      if (runs !== undefined) this.addWatchFile(runs)
      if (query === 'course') for (const each of lessonFolders(folder)) this.addWatchFile(`${each}/lesson.md`)
      try {
        const data = dataOf(file, query)
        return {
          code: `export default JSON.parse(${JSON.stringify(JSON.stringify(data))})`,
          map: null,
          moduleType: 'js',
        }
      } catch (error) {
        if (!(error instanceof LessonError)) throw error
        const [first] = error.problems
        this.error({
          message: error.problems.map(problemLine).join('\n'),
          id: file,
          ...(first && { loc: { file: first.file, line: first.line, column: first.column } }),
        })
      }
    },
  }
}

function dataOf(file: string, query: string | undefined): unknown {
  const folder = dirname(file)
  if (query === 'quiz') return loadQuiz(file)
  if (query === 'course') return loadCourse(file)
  if (query === 'meta') return parseLessonMeta({ folder, markdown: readFileSync(file, 'utf8') })
  const { quiz: _, ...lesson } = loadLesson(folder)
  return lesson
}
