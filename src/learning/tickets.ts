import { HINT_GRADES, type HintGrade } from './lesson'
import type { Progress, TicketProgress } from './progressForm'

/** Repair tickets as a part of a learner's progress. `now` in Unix milliseconds. */

export const ticketProgress = ({ tickets = {} }: Progress, id: string): TicketProgress | undefined => tickets[id]

/** The ticket was opened. */
export const begunTicket = (progress: Progress, id: string, now: number): Progress =>
  ticketProgress(progress, id) ? progress : withTicket(progress, id, { at: now, hints: [] })

/** A hint includes those before it. */
export function tookTicketHint(progress: Progress, id: string, grade: HintGrade, now: number): Progress {
  const was = ticketProgress(progress, id) ?? { at: now, hints: [] }
  const taken = HINT_GRADES.slice(0, HINT_GRADES.indexOf(grade) + 1)
  const hints = HINT_GRADES.filter((each) => taken.includes(each) || was.hints.includes(each))
  return withTicket(progress, id, { ...was, hints })
}

/** The first time counts. */
export function mendedTicket(progress: Progress, id: string, now: number): Progress {
  const was = ticketProgress(progress, id) ?? { at: now, hints: [] }
  return was.mended === undefined ? withTicket(progress, id, { ...was, mended: now }) : progress
}

const withTicket = (progress: Progress, id: string, ticket: TicketProgress): Progress => ({
  ...progress,
  tickets: { ...progress.tickets, [id]: ticket },
})

/** The tickets of two records of one learner: of each the earlier times, and the hints of both. */
export function mergedTickets(earlier: Progress, later: Progress): Readonly<Record<string, TicketProgress>> {
  const all: Record<string, TicketProgress> = { ...earlier.tickets }
  for (const [id, now] of Object.entries(later.tickets ?? {})) {
    const was = all[id]
    const mended = [was?.mended, now.mended].filter((at) => at !== undefined)
    all[id] = {
      at: Math.min(was?.at ?? now.at, now.at),
      hints: HINT_GRADES.filter((each) => now.hints.includes(each) || was?.hints.includes(each)),
      ...(mended.length > 0 && { mended: Math.min(...mended) }),
    }
  }
  return all
}
