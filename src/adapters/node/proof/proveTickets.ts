import { readFileSync } from 'node:fs'
import { instant } from '../../../base/time'
import { type Check, checkTask } from '../../../learning/check'
import type { Deed } from '../../../learning/deed'
import { gradeTask } from '../../../learning/grade'
import { parseTickets } from '../../../learning/parseTickets'
import { plainText } from '../../../learning/plainText'
import { interventionsOf } from '../../../learning/play'
import { LessonError, type Problem } from '../../../learning/problem'
import { type Ticket, ticketBegins } from '../../../learning/ticket'
import { ticketsSchema } from '../../../learning/ticketSchema'
import { readYaml } from '../../../learning/yaml'
import '../../../view/gloss/known'
import { viewOf } from '../../../view/run/runView'
import { named } from '../named'
import { readScenario } from '../scenarios'
import { played, workIn } from './played'

/** How things stand in a ticket's world after some deeds, as the page judges it. */
export interface TicketOutcome {
  /** The complaint holds. */
  readonly symptom: boolean
  /** The goal is reached, whatever else was done. */
  readonly mended: boolean
  /** It is reached, and no harm is done. */
  readonly solved: boolean
  /** The harms, in the words of the ticket. */
  readonly harm: readonly string[]
  /** The names of the mistakes that are told, the first one first. */
  readonly mistakes: readonly string[]
}

/** The state of things once the ticket has come in and somebody has done this. */
export function ticketOutcome(
  { world, deeds, task, checks }: Ticket,
  symptom: Check,
  more: readonly Deed[],
): TicketOutcome {
  const before = played({ scenario: world, deeds })
  const given = interventionsOf({ deeds }, readScenario(world))
  const run = played({ scenario: world, deeds }, more)
  const cameIn = instant(Math.max(viewOf(before).end, before.until))
  const work = workIn(run)
  const state = gradeTask(task, { checks, measures: {} }, { ...work, from: ticketBegins(run.trace, given, cameIn) })
  return {
    symptom: checkTask(symptom, work),
    mended: state.reached.every(Boolean),
    solved: state.solved,
    harm: state.harm.map(({ harmed }) => plainText(harmed)),
    mistakes: state.mistakes.map(({ when = '' }) => when),
  }
}

/**
 * Proves the repair tickets: in each world the fault shows and does not mend itself, every repair mends it without harm, and
 * every wish fails or harms, and is told. Gives back all problems, those of the file's form too.
 *
 * @param lessons the ids of the course's lessons, one of which each ticket names
 */
export function proveTickets(path: string, lessons: readonly string[]): readonly Problem[] {
  const file = named(path)
  const yaml = readFileSync(path, 'utf8')
  const { value, placeOf } = readYaml(yaml, ticketsSchema, file)
  let tickets: readonly Ticket[]
  try {
    tickets = parseTickets({ file, yaml })
  } catch (error) {
    if (error instanceof LessonError) return error.problems
    throw error
  }
  const problems: Problem[] = []
  for (const [nth, ticket] of tickets.entries()) {
    const written = value?.tickets[nth]
    if (!written) continue
    const say = (field: readonly (string | number)[], message: string, remedy: string): void => {
      problems.push({ file, ...placeOf(['tickets', nth, ...field]), message: `"${ticket.id}": ${message}`, remedy })
    }
    if (!lessons.includes(ticket.after))
      say(['after'], `there is no lesson "${ticket.after}"`, 'Name the lesson from which on one knows enough.')
    const outcome = (more: readonly Deed[]): TicketOutcome => ticketOutcome(ticket, written.symptom, more)
    const begun = outcome([])
    if (!begun.symptom)
      say(['symptom'], 'its world does not show what the user complains of', 'Mend the world, its deeds or the check.')
    if (begun.mended) say(['goal'], 'it is mended before anything is done', 'Make the check more exact.')
    for (const [name, deeds] of Object.entries(written.repairs)) {
      const { solved, mended, harm } = outcome(deeds)
      if (!solved)
        say(
          ['repairs', name],
          mended ? `the repair "${name}" does harm: ${harm.join(' ')}` : `the repair "${name}" does not mend it`,
          'Mend the deeds, or the check.',
        )
    }
    for (const [name, { does, deeds }] of Object.entries(written.wishes)) {
      const { solved, mended, mistakes } = outcome(deeds)
      if (solved) say(['wishes', name], `the wish "${name}" mends it without harm`, 'Put it among the repairs.')
      else if (does === 'harm' && !mended)
        say(
          ['wishes', name],
          `the wish "${name}" does not mend it, so it is no harm that is done`,
          'Write does: nothing.',
        )
      else if (does !== 'harm' && mistakes[0] !== `wish-${name}`)
        say(['wishes', name], `the wish "${name}" is not what is told first`, 'Make its "seen" more exact.')
    }
  }
  return problems
}
