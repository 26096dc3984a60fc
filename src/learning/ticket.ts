import type { Instant } from '../base/time'
import type { Fact } from '../world/fact'
import type { Intervention } from '../world/intervention'
import type { Check } from './check'
import type { Deed } from './deed'
import { workBegins } from './grade'
import type { Inline, Task } from './lesson'

/** A repair ticket in the page's form: a world with something wrong in it, and what a user says about it. */

/** The entry of a ticket in the list. */
export interface TicketMeta {
  /** Part of links, and the key of progress. */
  readonly id: string
  /** The name of the fault. It gives the answer away, so it is shown once the ticket is mended. */
  readonly title: string
  /** The user who complains. */
  readonly from: { readonly name: string; readonly address: string }
  /** The complaint in a few words of the user. */
  readonly subject: string
  readonly practises: readonly Inline[]
  /** The id of the lesson from which on one knows enough. */
  readonly after: string
}

export interface Ticket extends TicketMeta {
  /** A world of lessons/scenarios/. */
  readonly world: string
  readonly complaint: readonly Inline[]
  /** The deeds before the ticket comes in, beside those that its world begins with. */
  readonly deeds: readonly Deed[]
  /** The goal, the things that must not be harmed, hints, and a word on whatever one tries first; judged by `checks`. */
  readonly task: Task
  readonly checks: Readonly<Record<string, Check>>
  /** The closing card. */
  readonly was: readonly Inline[]
  readonly couldBeKnown: readonly Inline[]
  /** One repair, to be watched. */
  readonly repair: readonly Deed[]
}

/**
 * The order of the first fact that counts for a ticket: whatever comes after it came in, since waiting may be all that mends it,
 * and what the learner did before that. Infinity if there is nothing yet among the first `count` facts.
 */
export function ticketBegins(
  trace: readonly Fact[],
  given: readonly Intervention[],
  cameIn: Instant,
  count = trace.length,
): number {
  const own = workBegins(trace, given, count)
  const after = trace.findIndex(({ at }) => at > cameIn)
  return after < 0 || after >= count ? own : Math.min(own, trace[after]?.order ?? own)
}
