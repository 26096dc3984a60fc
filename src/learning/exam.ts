import type { Instant } from '../base/time'
import type { Fact, FactOf } from '../world/fact'
import type { ConnectionId } from '../world/world'
import { type Check, checkTask, heldSince, type Work } from './check'
import type { Deed } from './deed'
import { type ExamWords, reworded } from './examWorld'
import type { Block, Inline } from './lesson'
import { type FactPattern, matchFact, portsIn } from './moment'
import { type ExamWork, MOST_OF_AN_EXAM_ANSWER } from './progressForm'

export type { ExamWork } from './progressForm'

/** The practical exam: what is wanted of the world and of the learner, and how much it counts. From `lessons/exam.yaml`. */
export interface Exam {
  readonly title: string
  readonly situation: readonly Block[]
  readonly pass: { readonly points: number; readonly parts: readonly string[] }
  readonly parts: readonly ExamPart[]
}

export interface ExamPart {
  readonly id: string
  readonly title: string
  readonly text: readonly Block[]
  /** Ids of lessons that repair it, the best first. */
  readonly lessons: readonly string[]
  readonly goals: readonly ExamGoal[]
  /** One way, told after the exam. */
  readonly how: readonly Inline[]
  /** One way as deeds, whose times count from its beginning. */
  readonly worked: readonly Deed[]
}

export interface ExamGoal {
  readonly id: string
  readonly text: readonly Inline[]
  readonly points: number
  /** The events and the state of the world that are wanted; without one only the answer counts. */
  readonly check?: Check
  /** A question that the learner answers in a word, and its answer. */
  readonly asks?: string
  readonly answer?: string
  /** Words that a right answer does not name beside it: a list of all that it could be is no answer. */
  readonly unlike?: readonly string[]
  /** The event that decides it, if it is not the one by which the check holds. */
  readonly moment?: FactPattern
}

export interface GoalResult {
  readonly id: string
  readonly reached: boolean
  readonly points: number
  /** The instant of the event that decided it. */
  readonly at?: Instant
}

export interface PartResult {
  readonly id: string
  readonly points: number
  readonly of: number
  readonly goals: readonly GoalResult[]
}

export interface ExamResult {
  readonly points: number
  readonly passed: boolean
  readonly parts: readonly PartResult[]
}

/** A line that a server refused to a person. It costs nothing. */
export interface Detour {
  readonly at: Instant
  readonly order: number
  readonly host: string
  /** The reply's first line. */
  readonly said: string
}

/** The exam with the names and records of a drawn world. */
export const examIn = (exam: Exam, words: ExamWords): Exam => reworded(exam, words)

/** The points of a run with its answers. A part counts in whatever way its state was reached. */
export function gradeExam({ parts, pass }: Exam, work: Work, { answers, left }: ExamWork): ExamResult {
  const portOf = work.portOf ?? portsIn(work.trace)
  const known: Work = { ...work, portOf }
  const results = parts.map(({ id, goals }): PartResult => {
    const judged = goals.map((goal): GoalResult => {
      const { check, answer, unlike = [], points, moment } = goal
      const given = answers[goal.id] ?? ''
      const others = unlike.filter((each) => each !== answer)
      const isAnswered = answer === undefined || (names(given, answer) && !others.some((each) => names(given, each)))
      const reached = !left.includes(id) && isAnswered && (check === undefined || checkTask(check, known))
      const at = reached ? (momentOf(moment, known) ?? (check && heldSince(check, known))) : undefined
      return { id: goal.id, reached, points: reached ? points : 0, ...(at !== undefined && { at }) }
    })
    return { id, goals: judged, points: sum(judged), of: sum(goals) }
  })
  const isReached = (id: string): boolean => results.some((part) => part.id === id && part.points === part.of)
  const points = sum(results)
  return { points, passed: points >= pass.points && pass.parts.every(isReached), parts: results }
}

const sum = (list: readonly { readonly points: number }[]): number => list.reduce((all, { points }) => all + points, 0)

/** True if an answer names this, whatever stands around it: letter case and a name's final dot are free. */
function names(given: string, wanted: string): boolean {
  const words = given
    .slice(0, MOST_OF_AN_EXAM_ANSWER)
    .toLowerCase()
    .split(/[\s,;'"“”‘’`()<>[\]]+/)
  return words.some((word) => word.replace(/[.:!?]+$/, '') === wanted.toLowerCase())
}

/** The two lessons that help most: of the parts in which most is missing, each lesson once. */
export function repairs({ parts }: Exam, result: ExamResult): readonly string[] {
  const missing = ({ id }: ExamPart): number => {
    const part = result.parts.find((each) => each.id === id)
    return part ? part.of - part.points : 0
  }
  const missed = parts.filter((part) => missing(part) > 0).toSorted((a, b) => missing(b) - missing(a))
  const most = Math.max(0, ...parts.map(({ lessons }) => lessons.length))
  const rounds = Array.from({ length: most }, (_, round) => missed.flatMap(({ lessons }) => lessons[round] ?? []))
  return [...new Set(rounds.flat())].slice(0, 2)
}

/** The lines that servers refused to persons, in order. */
export function detoursIn({ trace, from = 0, count = trace.length }: Work): readonly Detour[] {
  const typed = new Set<ConnectionId>()
  const detours: Detour[] = []
  for (let at = 0; at < count; at++) {
    const fact = trace[at] as Fact
    if (fact.type !== 'sent') continue
    if (fact.means.kind === 'line') typed.add(fact.connection)
    else if (fact.order >= from && typed.has(fact.connection) && isRefusal(fact))
      detours.push({ at: fact.at, order: fact.order, host: fact.host, said: fact.octets.split('\r\n', 1)[0] ?? '' })
  }
  return detours
}

const isRefusal = ({ means }: FactOf<'sent'>): boolean => means.refused === true || means.refused === 'later'

function momentOf(moment: FactPattern | undefined, { trace, from = 0, count = trace.length, portOf }: Work) {
  if (!moment || !portOf) return undefined
  const fact = trace.slice(0, count).find((each) => each.order >= from && matchFact(each, moment, portOf) !== undefined)
  return fact?.at
}
