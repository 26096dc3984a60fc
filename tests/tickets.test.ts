import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadCourse, loadTickets } from '../src/adapters/node/lessons'
import { played, workIn } from '../src/adapters/node/proof/played'
import { readScenario } from '../src/adapters/node/scenarios'
import { instant } from '../src/base/time'
import { checkTask } from '../src/learning/check'
import type { Deed } from '../src/learning/deed'
import { gradeTask } from '../src/learning/grade'
import type { Inline } from '../src/learning/lesson'
import { plainText } from '../src/learning/plainText'
import { interventionsOf } from '../src/learning/play'
import { type Ticket, ticketBegins } from '../src/learning/ticket'
import { ticketsSchema, type WrittenTicket } from '../src/learning/ticketSchema'
import { readYaml } from '../src/learning/yaml'
import '../src/view/gloss/known'
import { viewOf } from '../src/view/run/runView'

/** Each broken world: its fault shows, whatever mends it is a repair, and what one tries first is none. */

const FILE = 'lessons/tickets.yaml'
const tickets = loadTickets(FILE)
const { value } = readYaml(readFileSync(FILE, 'utf8'), ticketsSchema, FILE)
const written: readonly WrittenTicket[] = value?.tickets ?? []

/** The state of things once the ticket has come in and somebody has done this, as the page judges it. */
function outcomeOf({ world, deeds, task, checks }: Ticket, symptom: WrittenTicket['symptom'], more: readonly Deed[]) {
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
    harm: state.harm.map(({ harmed }) => said(harmed)),
    mistakes: state.mistakes.map(({ when }) => when),
  }
}

const said = (inlines: readonly Inline[]): string => plainText(inlines)

it('each broken world has a ticket, and each ticket a lesson from which on one knows enough', () => {
  const worlds = Array.from({ length: 10 }, (_, nth) => `broken-${String(nth + 1).padStart(2, '0')}`)
  expect(tickets.map(({ world }) => world)).toEqual(worlds)
  expect(new Set(tickets.map(({ id }) => id)).size).toBe(10)
  const lessons = loadCourse('lessons/course.yaml').flatMap((unit) => unit.lessons.map(({ id }) => id))
  for (const { after } of tickets) expect(lessons).toContain(after)
})

describe.each(tickets.map((ticket, nth) => [ticket.title, ticket, written[nth] as WrittenTicket] as const))(
  '%s',
  (_, ticket, { symptom, repairs, wishes }) => {
    const outcome = (more: readonly Deed[]) => outcomeOf(ticket, symptom, more)

    it('shows what the user complains of, and is not mended by itself', () => {
      expect(outcome([])).toEqual({ symptom: true, mended: false, solved: false, harm: [], mistakes: [] })
    })
    it('is mended by more than one repair, without harm', () => {
      expect(Object.keys(repairs).length).toBeGreaterThan(1)
      for (const [name, deeds] of Object.entries(repairs))
        expect({ name, ...outcome(deeds) }).toMatchObject({ name, mended: true, solved: true, harm: [] })
    })
    it('is not mended by what one tries first, or harm is done; either is told', () => {
      for (const [name, { does, deeds }] of Object.entries(wishes)) {
        const came = outcome(deeds)
        expect({ name, ...came }).toMatchObject({ name, mended: does === 'harm', solved: false })
        if (does === 'harm') expect({ name, harms: came.harm.length }).toEqual({ name, harms: 1 })
        else expect({ name, told: came.mistakes[0] }).toEqual({ name, told: `wish-${name}` })
      }
    })
    it('is not done if it was mended and a server was opened to strangers', () => {
      const [first = []] = Object.values(repairs)
      const last = Math.max(...first.map(({ at }) => at))
      const open = {
        at: last,
        type: 'policyChanged',
        host: 'mx-out.paper.example',
        policy: 'relayForStrangers',
      } as const
      expect(outcome([...first, { ...open, at: instant(last), value: true }])).toMatchObject({
        mended: true,
        solved: false,
        harm: [expect.stringContaining('anybody')],
      })
    })
  },
)
