/** An error in a lesson's file, with its place and its remedy. */
export interface Problem {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly message: string
  readonly remedy: string
}

/** `lessons/01-x/01-y/lesson.md:12:1: there is no moment "sent". Name one of: start, arrived.` */
export function problemLine(problem: Problem): string {
  const { file, line, column, message, remedy } = problem
  return `${file}:${line}:${column}: ${message}. ${remedy}`
}

/** Carries all problems of one reading, so that an author can mend them at once. */
export class LessonError extends Error {
  override readonly name = 'LessonError'
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(problemLine).join('\n'))
    this.problems = problems
  }
}
