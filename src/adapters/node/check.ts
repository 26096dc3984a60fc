import { catalogue } from '../../hosts/catalogue'
import { LessonError } from '../../learning/problem'
import { buildWorld } from '../../world/build'
import { loadCourse, loadLesson, loadQuiz, loadSolution } from './lessons'
import { Complaint, readScenario, unusable } from './scenarios'

/** Reads scenarios, quizzes, lessons and the course as the program does, and reports their errors. Returns the exit code. */
export function check(paths: readonly string[], outlet: { out(text: string): void; err(text: string): void }): number {
  if (paths.length === 0) throw new Complaint('Name what to check, as in: check lessons/scenarios/two-towns.json.')
  let code = 0
  for (const path of paths) {
    const problem = problemOf(path)
    if (problem === undefined) outlet.out(`${path}: nothing is wrong\n`)
    else {
      outlet.err(`${problem}\n`)
      code = 1
    }
  }
  return code
}

function problemOf(path: string): string | undefined {
  try {
    if (path.endsWith('.json')) buildWorld(readScenario(path), catalogue)
    else if (/(^|[\\/])course\.yaml$/.test(path)) loadCourse(path)
    else if (/\.ya?ml$/.test(path)) loadQuiz(path)
    else {
      loadLesson(path.replace(/\/$/, ''))
      loadSolution(path.replace(/\/$/, ''))
    }
    return undefined
  } catch (thrown) {
    const error = unusable(path, thrown)
    if (error instanceof LessonError || error instanceof Complaint) return error.message
    throw error
  }
}
