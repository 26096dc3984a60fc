import type { ExamResult } from './exam'
import { type ExamRecord, MOST_EXAMS, MOST_OF_AN_EXAM_ANSWER, type Progress, type Sure } from './progressForm'

/** The exams of a learner, as a part of the progress: the one under way, and the results of those before. `now` in Unix milliseconds. */

export const examsIn = ({ exams = [] }: Progress): readonly ExamRecord[] => exams

/** The exam under way; undefined if there is none. */
export function examUnderWay(progress: Progress): ExamRecord | undefined {
  const last = examsIn(progress).at(-1)
  return last?.ended ? undefined : last
}

/** The newest exam that was handed in. */
export const lastExam = (progress: Progress): ExamRecord | undefined =>
  examsIn(progress).findLast(({ ended }) => ended !== undefined)

/** Begins an exam in the world of a seed. One that is under way goes on. */
export function begunExam(progress: Progress, seed: number, now: number): Progress {
  if (examUnderWay(progress)) return progress
  const begun: ExamRecord = { seed, at: now, answers: {}, left: [], sure: {} }
  return { ...progress, exams: [...examsIn(progress), begun].slice(-MOST_EXAMS) }
}

export const answeredInExam = (progress: Progress, goal: string, answer: string): Progress =>
  underWay(progress, (exam) => ({
    ...exam,
    answers: { ...exam.answers, [goal]: answer.slice(0, MOST_OF_AN_EXAM_ANSWER) },
  }))

export const sureInExam = (progress: Progress, part: string, sure: Sure): Progress =>
  underWay(progress, (exam) => ({ ...exam, sure: { ...exam.sure, [part]: sure } }))

/** A part was left to the machines. */
export const leftInExam = (progress: Progress, part: string): Progress =>
  underWay(progress, (exam) => (exam.left.includes(part) ? exam : { ...exam, left: [...exam.left, part] }))

export function endedExam(progress: Progress, { points, passed, parts }: ExamResult, now: number): Progress {
  const ends = Object.fromEntries(parts.map((part) => [part.id, { points: part.points, of: part.of }]))
  return underWay(progress, (exam) => ({ ...exam, ended: { at: now, points, passed, parts: ends } }))
}

function underWay(progress: Progress, change: (exam: ExamRecord) => ExamRecord): Progress {
  const exam = examUnderWay(progress)
  if (!exam) return progress
  const changed = change(exam)
  return changed === exam ? progress : { ...progress, exams: [...examsIn(progress).slice(0, -1), changed] }
}

/** The exams of two records of one learner, in the order of their beginning: of the same one the version that was handed in. */
export function mergedExams(earlier: Progress, later: Progress): readonly ExamRecord[] {
  const all = new Map(examsIn(earlier).map((exam) => [exam.at, exam]))
  for (const exam of examsIn(later)) if (!all.get(exam.at)?.ended) all.set(exam.at, exam)
  const sorted = [...all.values()].toSorted((a, b) => a.at - b.at)
  // Only the last can be under way.
  return sorted.filter(({ ended }, at) => ended !== undefined || at === sorted.length - 1).slice(-MOST_EXAMS)
}

/** Of each part of which the learner said how sure they were, whether it was reached whole: for the curve. */
export const saidInExams = (progress: Progress): readonly { readonly sure: Sure; readonly right: boolean }[] =>
  examsIn(progress).flatMap(({ sure, left, ended }) =>
    Object.entries(ended?.parts ?? {}).flatMap(([id, { points, of }]) => {
      // A part that was left to the machines was no bet.
      const said = left.includes(id) ? undefined : sure[id]
      return said ? [{ sure: said, right: points === of }] : []
    }),
  )
