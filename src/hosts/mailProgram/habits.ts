import type { PolicyValue, RefusedChange } from '../../world/reason'

/** The policies of a mail program: what it does by itself. Each is on or off. */

/** It rests: it checks for mail only when its user says so. */
export const RESTS = 'rests'
/** By POP3, fetched messages stay on the server. */
export const LEAVE_ON_SERVER = 'leaveOnServer'

const HABITS = [RESTS, LEAVE_ON_SERVER] as const
export type Habit = (typeof HABITS)[number]

/** The new value of a habit, or why the change is refused. */
export function changeHabit(
  policy: string,
  given: PolicyValue,
): { readonly habit: Habit; readonly value: boolean } | { readonly refused: RefusedChange } {
  const habit = HABITS.find((each) => each === policy)
  if (!habit) return { refused: { id: 'noSuchPolicy', policy, policies: HABITS } }
  if (typeof given !== 'boolean') return { refused: { id: 'notAmong', policy, values: [true, false], given } }
  return { habit, value: given }
}
