import { saidInExams } from './exams'
import { type Progress, SURE, type Sure } from './progressForm'

/** How well a learner knows what is known: what was said before the answers against how often they were right. */

/** The answers right of a hundred that each word stands for. */
export const SAID: Readonly<Record<Sure, number>> = { guessing: 35, fairly: 65, certain: 95 }
/** With fewer answers a level says little. */
const FEW = 4
/** How far the answers may be from what was said for it to be well aimed. */
const NEAR = 8

export interface Level {
  readonly sure: Sure
  readonly count: number
  readonly right: number
  /** Too few answers to say much. */
  readonly few: boolean
}

/** `bold`: surer than right. `modest`: more often right than said. */
export type Aim = 'wellAimed' | 'bold' | 'modest'

export interface Calibration {
  readonly levels: readonly Level[]
  readonly count: number
  /** Undefined without an answer. */
  readonly aim: Aim | undefined
  /** The level, of those with enough answers, that is farthest from what was said. */
  readonly farthest: (Level & { readonly aim: Aim }) | undefined
}

interface Said {
  readonly sure?: Sure
  readonly right?: boolean
}

/** Of all answers that said how sure they were, predictions of lessons among them; or of some answers only. */
export function calibrationOf(said: readonly Said[]): Calibration {
  const levels = SURE.map((sure): Level => {
    const answers = said.filter((answer) => answer.sure === sure && answer.right !== undefined)
    const right = answers.filter((answer) => answer.right).length
    return { sure, count: answers.length, right, few: answers.length < FEW }
  })
  const count = levels.reduce((sum, level) => sum + level.count, 0)
  const over = levels.reduce((sum, level) => sum + overOf(level) * level.count, 0) / count
  const far = levels.filter(({ few }) => !few).toSorted((a, b) => Math.abs(overOf(b)) - Math.abs(overOf(a)))[0]
  return {
    levels,
    count,
    aim: count === 0 ? undefined : aimOf(over),
    farthest: far && { ...far, aim: aimOf(overOf(far)) },
  }
}

export const saidIn = (progress: Progress): readonly Said[] => [
  ...Object.values(progress.quiz).flatMap(({ answers }) => answers),
  ...Object.values(progress.lessons).flatMap(({ bets = {} }) => Object.values(bets)),
  ...saidInExams(progress),
]

/** By how many of a hundred answers one was surer than right. */
const overOf = ({ sure, count, right }: Level): number => (count === 0 ? 0 : SAID[sure] - (100 * right) / count)

const aimOf = (over: number): Aim => (Math.abs(over) < NEAR ? 'wellAimed' : over > 0 ? 'bold' : 'modest')
