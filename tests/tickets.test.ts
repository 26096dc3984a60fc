import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCourse, loadTickets } from '../src/adapters/node/lessons'
import { proveTickets, ticketOutcome } from '../src/adapters/node/proof/proveTickets'
import { instant } from '../src/base/time'
import type { Deed } from '../src/learning/deed'
import { problemLine } from '../src/learning/problem'
import { ticketsSchema, type WrittenTicket } from '../src/learning/ticketSchema'
import { readYaml } from '../src/learning/yaml'

/** Each broken world: its fault shows, whatever mends it is a repair, and what one tries first is none. */

const FILE = 'lessons/tickets.yaml'
const tickets = loadTickets(FILE)
const { value } = readYaml(readFileSync(FILE, 'utf8'), ticketsSchema, FILE)
const written: readonly WrittenTicket[] = value?.tickets ?? []

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
    const outcome = (more: readonly Deed[]) => ticketOutcome(ticket, symptom, more)

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

describe('an author of tickets is told', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tickets-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const LESSONS = tickets.map(({ after }) => after)
  /** The problems of the first ticket alone after a change. */
  function told(from: string | RegExp, to: string): readonly string[] {
    const path = join(folder, 'tickets.yaml')
    const whole = readFileSync(FILE, 'utf8')
    const first = whole.slice(0, whole.indexOf('  - id: moved-house'))
    const changed = first.replace(from, to)
    if (from !== '') expect(changed).not.toBe(first)
    writeFileSync(path, changed)
    return proveTickets(path, LESSONS).map((problem) => problemLine(problem).replace(/^\S*tickets\.yaml:/, ''))
  }

  it('nothing of what is right', () => {
    expect(told('', '')).toEqual([])
  })
  it.each([
    [
      'a symptom that does not show',
      'symptom: { inOrder: [{ returns: mx-out.paper.example, where: { reason.id: noAddress } }] }',
      'symptom: { inOrder: [{ returns: mx-out.paper.example, where: { reason.id: noSuchDomain } }] }',
      /^\d+:\d+: "doubled-name": its world does not show what the user complains of/,
    ],
    [
      'a repair that does not mend it',
      "records: ['@ MX 10 mx']",
      "records: ['@ MX 10 mx.bird.example']",
      /^\d+:\d+: "doubled-name": the repair "the-short-name" does not mend it/,
    ],
    [
      'a wish that helps',
      "records: ['@ MX 10 mx.bird.example', '@ A 203.0.113.80', 'mx2 A 203.0.113.25']",
      "records: ['@ MX 10 mx.bird.example.']",
      /^\d+:\d+: "doubled-name": the wish "another-address-for-mx" mends it without harm/,
    ],
    [
      'a lesson that is not there',
      'after: finding-the-way/whose-post-office',
      'after: finding-the-way/whose-postoffice',
      /^\d+:\d+: "doubled-name": there is no lesson "finding-the-way\/whose-postoffice"/,
    ],
    ['a field that is misspelt', 'complaint:', 'complain:', /^\d+:\d+: there is no field "complain" here/],
  ])('%s', (_, from, to, expected) => {
    expect(told(from, to)).toEqual([expect.stringMatching(expected)])
  })
})
