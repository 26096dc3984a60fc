import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { played, workIn } from '../src/adapters/node/proof/played'
import { checkTask } from '../src/learning/check'
import type { Deed } from '../src/learning/deed'
import { problemLine } from '../src/learning/problem'
import { type Ticket, ticketsSchema } from '../src/learning/ticketSchema'
import { readYaml } from '../src/learning/yaml'

/** Each broken world: its fault shows, whatever mends it is a repair, and what one tries first is none. */

const FILE = 'lessons/tickets.yaml'
const { value, problems } = readYaml(readFileSync(FILE, 'utf8'), ticketsSchema, FILE)
const tickets: readonly Ticket[] = value?.tickets ?? []

/** The state of things once the ticket has come in and somebody has done this. */
function outcomeOf({ world, deeds, symptom, goal, noHarm }: Ticket, more: readonly Deed[]) {
  const work = workIn(played({ scenario: world, deeds }, more))
  return {
    symptom: checkTask(symptom, work),
    mended: checkTask(goal, work),
    harm: noHarm !== undefined && !checkTask(noHarm, work),
  }
}

it('the tickets can be read, and each broken world has one', () => {
  expect(problems.map(problemLine)).toEqual([])
  const worlds = Array.from({ length: 10 }, (_, nth) => `broken-${String(nth + 1).padStart(2, '0')}`)
  expect(tickets.map(({ world }) => world)).toEqual(worlds)
  expect(new Set(tickets.map(({ id }) => id)).size).toBe(10)
})

describe.each(tickets.map((ticket) => [ticket.title, ticket] as const))('%s', (_, ticket) => {
  it('shows what the user complains of, and is not mended by itself', () => {
    expect(outcomeOf(ticket, [])).toEqual({ symptom: true, mended: false, harm: false })
  })
  it('is mended by more than one repair, without harm', () => {
    expect(Object.keys(ticket.repairs).length).toBeGreaterThan(1)
    for (const [name, deeds] of Object.entries(ticket.repairs))
      expect({ name, ...outcomeOf(ticket, deeds) }).toMatchObject({ name, mended: true, harm: false })
  })
  it('is not mended by what one tries first, or harm is done', () => {
    for (const [name, { does, deeds }] of Object.entries(ticket.wishes))
      expect({ name, ...outcomeOf(ticket, deeds) }).toMatchObject(
        does === 'harm' ? { name, mended: true, harm: true } : { name, mended: false },
      )
  })
})
