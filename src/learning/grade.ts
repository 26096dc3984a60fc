import type { Fact } from '../world/fact'
import type { Intervention } from '../world/intervention'
import { type Check, checkTask, type Work } from './check'
import type { Lesson, Mistake, Prediction, Proof, Quiz, QuizItem, QuizQuestion, Task } from './lesson'
import { factAt, fieldOf, type Moments } from './moment'

export interface TaskState {
  readonly solved: boolean
  /** Mistakes that were recognized, in the lesson's order. Empty if the task is solved. */
  readonly mistakes: readonly Mistake[]
}

/** The run's answer to a prediction; undefined if the run has not reached it yet. */
export function answerOf(
  prediction: Pick<Prediction, 'moment' | 'field'>,
  moments: Moments,
  trace: readonly Fact[],
): string | undefined {
  const moment = moments[prediction.moment]
  const fact = moment && factAt(trace, moment, moments)
  const value = fact && fieldOf(fact, prediction.field)
  return value === undefined ? undefined : String(value)
}

/** The state of a task, judged by the facts since it was set. */
export function gradeTask(task: Task, checks: Lesson['checks'], work: Work): TaskState {
  const holds = (id: string): boolean => {
    const check: Check | undefined = checks[id]
    return check !== undefined && checkTask(check, work)
  }
  const solved = holds(task.check)
  return { solved, mistakes: solved ? [] : task.mistakes.filter((mistake) => holds(mistake.when)) }
}

/**
 * The order of the first fact that the learner caused, not the lesson's run. If the learner began the world anew without the
 * lesson's message, all facts are the learner's. Infinity if the learner has done nothing among the first `count` facts.
 */
export function workBegins(trace: readonly Fact[], given: readonly Intervention[], count = trace.length): number {
  let own = 0
  for (let at = 0; at < count; at++) {
    const fact = trace[at]
    if (fact?.type !== 'intervened') continue
    const next = given[own]
    if (!next || JSON.stringify(next) !== JSON.stringify(fact.intervention)) return fact.order
    own++
  }
  return Number.POSITIVE_INFINITY
}

/** True if the run proves a claim of a quiz key. */
export function proven(proof: Proof, trace: readonly Fact[], moments: Quiz['moments']): boolean {
  if ('happens' in proof) return factAt(trace, proof.happens, moments) !== undefined
  if ('holds' in proof) return checkTask(proof.holds, { trace })
  if ('is' in proof) {
    const fact = factAt(trace, proof.at, moments)
    return fact !== undefined && String(fieldOf(fact, proof.field)) === proof.is
  }
  return factAt(trace, proof.never, moments) === undefined
}

/** The engine's own choice for an item: the one that means exactly the claims that hold. `traceOf` plays a run by its id. */
export function provenKey(
  question: QuizQuestion,
  item: QuizItem,
  moments: Quiz['moments'],
  traceOf: (run: string) => readonly Fact[],
): string | undefined {
  const holding = Object.keys(item.proof).filter((claim) =>
    item.proof[claim]?.every((proof) => proven(proof, traceOf(proof.run), moments)),
  )
  const said = (claims: readonly string[]): string => [...claims].sort().join()
  return question.choices.find((choice) => said(choice.means ?? [choice.id]) === said(holding))?.id
}

export const isRight = (item: QuizItem, choice: string): boolean => item.key === choice
