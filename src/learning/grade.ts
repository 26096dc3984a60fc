import type { Fact, FactOf } from '../world/fact'
import type { Intervention } from '../world/intervention'
import type { ConnectionId } from '../world/world'
import { type Check, checkTask, type Work } from './check'
import type { Care, Lesson, Mistake, Prediction, Task } from './lesson'
import { measured } from './measure'
import { factAt, factsUntil, fieldOf, type Moments, momentAt } from './moment'
import type { Proof, Quiz, QuizItem, TableQuestion } from './question'

export interface TaskState {
  readonly solved: boolean
  /** For each goal, whether it is reached. */
  readonly reached: readonly boolean[]
  /** Harm that was done: the goals alone do not solve it. */
  readonly harm: readonly Care[]
  /** The number that the task counts, if it is known. */
  readonly score?: number
  /** Mistakes that were recognized, in the lesson's order. Empty if the task is solved. */
  readonly mistakes: readonly Mistake[]
  /** The last reply to what the learner said by hand, if it is a refusal: for a mistake that the author did not foresee. */
  readonly refusal?: FactOf<'sent'>
}

/** The run's answer to a prediction; undefined if the run has not reached it yet. */
export function answerOf(
  prediction: Prediction,
  { moments, checks, measures }: Pick<Lesson, 'moments' | 'checks' | 'measures'>,
  { trace, worldAt }: Work,
): string | undefined {
  const moment = moments[prediction.moment]
  const fact = moment && factAt(trace, moment, moments)
  if (!moment || !fact) return undefined
  if (prediction.kind === 'reply') {
    const value = fieldOf(fact, prediction.field)
    // A line of the wire without its line end.
    return value === undefined ? undefined : String(value).replace(/\r\n$/, '')
  }
  const until: Work = {
    trace,
    count: factsUntil(trace, momentAt(trace, moment, moments) ?? fact.at),
    ...(worldAt && { worldAt }),
  }
  const ids = prediction.options.map(({ answer }) => answer)
  if (prediction.kind === 'number') {
    const measure = measures[prediction.measure ?? '']
    const number = measure && measured(measure, until)
    return number === undefined ? undefined : String(number)
  }
  if (prediction.kind === 'order') return inTimeOrder(ids, moments, trace)
  const holding = ids.filter((id) => checks[id] !== undefined && checkTask(checks[id] as Check, until))
  return holding.length === 0 ? undefined : holding.join(' ')
}

function inTimeOrder(ids: readonly string[], moments: Moments, trace: readonly Fact[]): string | undefined {
  const orders = ids.map((id) => [id, moments[id] && factAt(trace, moments[id], moments)?.order] as const)
  if (orders.some(([, order]) => order === undefined)) return undefined
  return orders
    .toSorted(([, a], [, b]) => (a ?? 0) - (b ?? 0))
    .map(([id]) => id)
    .join(' ')
}

/** True if the learner's prediction is the run's answer: of several the same ones, of a number one that is near enough. */
export function isAsPredicted(prediction: Prediction, made: string, answer: string): boolean {
  if (prediction.kind === 'number') {
    const [given, wanted] = [Number(made.replace(',', '.')), Number(answer)]
    return made.trim() !== '' && Math.abs(given - wanted) <= (Math.abs(wanted) * (prediction.near ?? 0)) / 100
  }
  if (prediction.kind === 'several') return sorted(made) === sorted(answer)
  return made === answer
}

const sorted = (ids: string): string => ids.split(' ').toSorted().join(' ')

/** The state of a task, judged by the facts since it was set. */
export function gradeTask(
  task: Task,
  { checks, measures }: Pick<Lesson, 'checks' | 'measures'>,
  work: Work,
): TaskState {
  const holds = (id: string): boolean => {
    const check: Check | undefined = checks[id]
    return check !== undefined && checkTask(check, work)
  }
  const reached = task.goals.map(({ check }) => holds(check))
  // Before the first deed no harm is done.
  const acted = work.from !== Number.POSITIVE_INFINITY
  const harm = acted ? (task.noHarm ?? []).filter(({ check }) => !holds(check)) : []
  const solved = reached.every(Boolean) && harm.length === 0
  const measure = task.score && measures[task.score.measure]
  const score = measure && measured(measure, work)
  const last = solved ? undefined : lastReply(work)
  const isMade = ({ when, reply }: Mistake): boolean =>
    (when === undefined || holds(when)) && (reply === undefined || (last !== undefined && begins(last.octets, reply)))
  return {
    solved,
    reached,
    harm,
    ...(score !== undefined && { score }),
    mistakes: solved ? [] : task.mistakes.filter(isMade),
    ...(last?.means.refused && { refusal: last }),
  }
}

/**
 * The last line that a server said to a person who types by hand, if the person has said something since the task was set. Other
 * conversations may have gone on meanwhile.
 */
function lastReply({ trace, from = 0, count = trace.length }: Work): FactOf<'sent'> | undefined {
  const replies = new Map<ConnectionId, FactOf<'sent'>>()
  for (let at = count - 1; at >= 0; at--) {
    const fact = trace[at] as Fact
    // In a new call nothing has been answered yet.
    if (fact.order < from || (fact.type === 'intervened' && fact.intervention.type === 'connected')) return undefined
    if (fact.type !== 'sent') continue
    if (fact.means.kind === 'line') return replies.get(fact.connection)
    if (!replies.has(fact.connection)) replies.set(fact.connection, fact)
  }
  return undefined
}

/** `503 5.5.1` begins `503 5.5.1 Need MAIL command first`, and `NO [TRYCREATE]` begins `a1 NO [TRYCREATE] …` after its tag. */
function begins(octets: string, reply: string): boolean {
  const [line, wanted] = [octets.toLowerCase(), reply.toLowerCase()]
  return line.startsWith(wanted) || line.slice(line.indexOf(' ') + 1).startsWith(wanted)
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
    if (!next || written(next) !== written(fact.intervention)) return fact.order
    own++
  }
  return Number.POSITIVE_INFINITY
}

/** An intervention as text, its fields in one order: a run that was stored may have them in another. */
const written = (intervention: Intervention): string => JSON.stringify(inOneOrder(intervention))

function inOneOrder(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(inOneOrder)
  if (typeof data !== 'object' || data === null) return data
  const fields = Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([key, value]) => [key, inOneOrder(value)]))
}

/** True if the run proves a claim of a quiz key. */
export function proven(proof: Proof, run: Work, moments: Quiz['moments']): boolean {
  const { trace } = run
  if ('happens' in proof) return factAt(trace, proof.happens, moments) !== undefined
  if ('holds' in proof) return checkTask(proof.holds, run)
  if ('is' in proof) {
    const fact = factAt(trace, proof.at, moments)
    return fact !== undefined && String(fieldOf(fact, proof.field)) === proof.is
  }
  return factAt(trace, proof.never, moments) === undefined
}

/** The engine's own choice for an item: the one that means exactly the claims that hold. `played` plays a run by its id. */
export function provenKey(
  question: TableQuestion,
  item: QuizItem,
  moments: Quiz['moments'],
  played: (run: string) => Work,
): string | undefined {
  const holding = Object.keys(item.proof).filter((claim) =>
    item.proof[claim]?.every((proof) => proven(proof, played(proof.run), moments)),
  )
  const said = (claims: readonly string[]): string => [...claims].sort().join()
  return question.choices.find((choice) => said(choice.means ?? [choice.id]) === said(holding))?.id
}

export const isRight = (item: QuizItem, choice: string): boolean => item.key === choice
