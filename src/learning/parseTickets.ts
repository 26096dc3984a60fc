import type { Check } from './check'
import { HINT_GRADES, type Inline } from './lesson'
import { readInline } from './markdown'
import { LessonError, type Problem } from './problem'
import type { Ticket, TicketMeta } from './ticket'
import { ticketsSchema, type WrittenTicket } from './ticketSchema'
import { readYaml } from './yaml'

export interface TicketsText {
  /** The file's name in problems: `lessons/tickets.yaml`. */
  readonly file: string
  readonly yaml: string
}

/** Parses the repair tickets. Throws a LessonError with every problem, each with file, line, column and remedy. */
export function parseTickets({ file, yaml }: TicketsText): readonly Ticket[] {
  const read = readYaml(yaml, ticketsSchema, file)
  if (!read.value) throw new LessonError(read.problems)
  const problems: Problem[] = []
  const { tickets } = read.value
  const lineOf =
    (nth: number) =>
    (source: string, ...field: readonly (string | number)[]): readonly Inline[] =>
      readInline(source, (_, message, remedy) =>
        problems.push({ file, ...read.placeOf(['tickets', nth, ...field]), message, remedy }),
      )
  const parsed = tickets.map((ticket, nth) => ticketOf(ticket, lineOf(nth)))
  for (const [nth, { id }] of tickets.entries()) {
    if (tickets.findIndex((each) => each.id === id) < nth)
      problems.push({
        file,
        ...read.placeOf(['tickets', nth, 'id']),
        message: `there are two "${id}"`,
        remedy: 'Progress is kept by this id: rename one of them.',
      })
  }
  if (problems.length > 0) throw new LessonError(problems)
  return parsed
}

/** The list of tickets, without what only their own pages need. */
export const ticketMetas = (tickets: readonly Ticket[]): readonly TicketMeta[] =>
  tickets.map(({ id, title, from, subject, practises, after }) => ({ id, title, from, subject, practises, after }))

const GOAL = 'goal'

type LineOf = (source: string, ...field: readonly (string | number)[]) => readonly Inline[]

function ticketOf(written: WrittenTicket, line: LineOf): Ticket {
  const { id, title, subject, after, world, deeds, goal, noHarm, wishes, repairs } = written
  const told = Object.entries(wishes).flatMap(([name, { seen, says }]) =>
    seen === undefined || says === undefined ? [] : [{ name, seen, says }],
  )
  const checks: Record<string, Check> = { [GOAL]: goal }
  for (const [nth, { check }] of noHarm.entries()) checks[`care-${nth}`] = check
  for (const { name, seen } of told) checks[`wish-${name}`] = seen
  const [, name = '', address = ''] = /^(.+) <(.+)>$/.exec(written.from) ?? []
  return {
    id,
    title,
    from: { name, address },
    subject,
    practises: line(written.practises, 'practises'),
    after,
    world,
    complaint: line(written.complaint, 'complaint'),
    deeds,
    checks,
    task: {
      goals: [{ check: GOAL, inlines: line(written.wanted, 'wanted') }],
      noHarm: noHarm.map(({ stays, harmed }, nth) => ({
        check: `care-${nth}`,
        stays: line(stays, 'noHarm', nth, 'stays'),
        harmed: line(harmed, 'noHarm', nth, 'harmed'),
      })),
      blocks: [],
      hints: HINT_GRADES.map((grade, nth) => ({ grade, inlines: line(written.hints[nth] ?? '', 'hints', nth) })),
      mistakes: told.map((wish) => ({
        when: `wish-${wish.name}`,
        inlines: line(wish.says, 'wishes', wish.name, 'says'),
      })),
      praise: [],
      opens: 'machine',
    },
    was: line(written.was, 'was'),
    couldBeKnown: line(written.couldBeKnown, 'couldBeKnown'),
    repair: Object.values(repairs)[0] ?? [],
  }
}
