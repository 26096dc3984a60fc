import type { Instant } from '../../base/time'
import { interventionsOf } from '../../learning/play'
import type { Ticket } from '../../learning/ticket'
import { viewOf } from '../../view/run/runView'
import { loadScenario } from '../lesson/lessons'
import type { LessonRun } from '../lesson/useLessonRun'
import { begun } from '../run/begun'
import { openRun } from '../run/createRun'
import { engine } from '../run/engine'
import { playedAhead } from '../run/playedAhead'

/** A ticket with the run of its broken world, which goes on where it was left. */
export interface OpenTicket extends LessonRun {
  readonly ticket: Ticket
  /** The symptom has shown, and the ticket comes in. */
  readonly cameIn: Instant
}

const files = import.meta.glob<readonly Ticket[]>('../../../lessons/tickets.yaml', {
  query: '?tickets',
  import: 'default',
})

const opened = new Map<string, Promise<OpenTicket | undefined>>()

/** The ticket; undefined if there is none of that name. */
export function openTicket(id: string): Promise<OpenTicket | undefined> {
  let ticket = opened.get(id)
  if (!ticket) {
    ticket = open(id)
    opened.set(id, ticket)
    // After a failure, the next call tries again.
    ticket.catch(() => opened.delete(id))
  }
  return ticket
}

async function open(id: string): Promise<OpenTicket | undefined> {
  const tickets = (await Promise.all(Object.values(files).map((load) => load()))).flat()
  const ticket = tickets.find((each) => each.id === id)
  if (!ticket) return undefined
  const scenario = await loadScenario(ticket.world)
  const run = openRun(`ticket:${id}`, scenario)
  const begins = interventionsOf(ticket, scenario)
  const { seed } = run.get().timeline
  const before = playedAhead(engine, scenario, { seed, interventions: begins })
  const cameIn = Math.max(viewOf(before).end, before.until) as Instant
  await begun(run, begins, () => cameIn)
  return { ticket, run, begins, cameIn }
}
