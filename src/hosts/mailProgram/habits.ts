import type { PolicyValue, RefusedChange } from '../../world/reason'

/** The policies of a mail program: what it does by itself. */

/** The name of the policy by which a mail program rests. */
export const RESTS = 'rests'

/** Whether the program rests after a change of a policy, or why the change is refused. */
export function changeHabit(
  policy: string,
  given: PolicyValue,
): { readonly rests: boolean } | { readonly refused: RefusedChange } {
  if (policy !== RESTS) return { refused: { id: 'noSuchPolicy', policy, policies: [RESTS] } }
  if (typeof given !== 'boolean') return { refused: { id: 'notAmong', policy, values: [true, false], given } }
  return { rests: given }
}
