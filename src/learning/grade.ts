import type { Fact } from '../world/fact'
import type { Check } from './check'
import { checkTask } from './check'
import type { Lesson, Mistake, Proof, Quiz, QuizItem, Task } from './lesson'
import { factAt } from './moment'

export interface TaskState {
  readonly solved: boolean
  /** Slips seen in what was done, in the order in which the lesson lists them. None where the task is solved. */
  readonly mistakes: readonly Mistake[]
}

/** How far a task is, judged by what happened since it was set. `from` is the order of the first fact that counts. */
export function gradeTask(task: Task, checks: Lesson['checks'], trace: readonly Fact[], from = 0): TaskState {
  const holds = (id: string): boolean => {
    const check: Check | undefined = checks[id]
    return check !== undefined && checkTask(check, trace, from)
  }
  const solved = holds(task.check)
  return { solved, mistakes: solved ? [] : task.mistakes.filter((mistake) => holds(mistake.when)) }
}

/** Where the learner's own work begins: after all that the lesson's run did by itself. */
export function workBegins(trace: readonly Fact[], interventions: number): number {
  let seen = 0
  for (const fact of trace) if (fact.type === 'intervened' && ++seen > interventions) return fact.order
  return trace.length
}

/** True where the run does what a quiz key claims. */
export function proven(proof: Proof, trace: readonly Fact[], moments: Quiz['moments']): boolean {
  if ('happens' in proof) return factAt(trace, proof.happens, moments) !== undefined
  return factAt(trace, proof.never, moments) === undefined
}

export const isRight = (item: QuizItem, choice: string): boolean => item.key === choice
