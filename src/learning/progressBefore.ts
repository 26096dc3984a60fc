import {
  array,
  boolean,
  int,
  literal,
  minimum,
  number,
  enum as oneOf,
  optional,
  record,
  safeParse,
  strictObject,
  string,
} from 'zod/mini'
import { HINT_GRADES } from './lesson'
import type { ItemProgress, Progress } from './progressForm'

/** Progress as version 1 kept it, carried over. */

const DAY = 86_400_000
/** The days after which version 1 brought a missed item back, by round. */
const ROUNDS: readonly number[] = [2, 5, 12, 30]
/** In the middle of the scale from 1 to 10. */
const DIFFICULTY = 5.5

const firstVersion = strictObject({
  version: literal(1),
  lessons: record(
    string(),
    strictObject({
      step: string(),
      seen: array(string()),
      predictions: record(string(), string()),
      hints: record(string(), array(oneOf(HINT_GRADES))),
      solved: array(string()),
      finished: boolean(),
    }),
  ),
  quiz: record(
    string(),
    strictObject({
      answer: string(),
      right: boolean(),
      missed: int().check(minimum(0)),
      round: optional(int().check(minimum(0))),
      dueAt: optional(number()),
    }),
  ),
})

/** Undefined if the data are not in that form. Items come back when version 1 would have brought them, and those it let go stay gone. */
export function fromFirstVersion(data: unknown): Progress | undefined {
  const read = safeParse(firstVersion, data)
  if (!read.success) return undefined
  const { lessons, quiz } = read.data
  return {
    version: 2,
    lessons,
    quiz: Object.fromEntries(
      Object.entries(quiz).map(([id, { answer, right, missed, round = 0, dueAt }]): [string, ItemProgress] => {
        const days = ROUNDS[round] ?? 30
        const at = dueAt === undefined ? 0 : Math.max(0, dueAt - days * DAY)
        const memory = dueAt !== undefined && {
          due: dueAt,
          last: at,
          stability: days,
          difficulty: DIFFICULTY,
          reps: missed + round,
          lapses: missed,
        }
        return [id, { answers: [{ at, answer: [answer], right }], ...(memory && { memory }) }]
      }),
    ),
  }
}
