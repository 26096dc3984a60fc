import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LessonError, type Problem } from '../../../learning/problem'
import { loadLesson, loadSolution } from '../lessons'
import { named } from '../named'
import { Complaint } from '../scenarios'
import { proveLesson } from './proveLesson'
import { proveNames } from './proveNames'
import { proveQuiz } from './proveQuiz'

const FILES = ['lesson.md', 'solution.yaml', 'quiz.yaml']

/** All problems of a lesson's folder: of its form, and of what its runs do. */
export function proveFolder(folder: string): readonly Problem[] {
  const file = `${named(folder)}/lesson.md`
  try {
    const lesson = loadLesson(folder)
    const solution = loadSolution(folder)
    const lines = readFileSync(join(folder, 'lesson.md'), 'utf8').split('\n')
    const questions = readFileSync(join(folder, 'quiz.yaml'), 'utf8').split('\n')
    // A misspelt name makes other things go wrong: it is told alone.
    const names = FILES.flatMap((name) =>
      proveNames(`${named(folder)}/${name}`, readFileSync(join(folder, name), 'utf8')),
    )
    if (names.length > 0) return names
    const problems: Problem[] = []
    proveLesson(lesson, solution, (near, message, remedy) => {
      const at = lines.findIndex((line) => line.includes(near))
      problems.push({ file, line: at + 1 || 1, column: 1, message, remedy })
    })
    proveQuiz(lesson.quiz, (id, message) => {
      const at = questions.findIndex((line) => line.includes(`id: ${id}`))
      problems.push({
        file: `${named(folder)}/quiz.yaml`,
        line: at + 1 || 1,
        column: 1,
        message: message.replace(/\.$/, ''),
        remedy: 'The engine is right: mend the key, the proof or the moment.',
      })
    })
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
