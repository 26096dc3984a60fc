import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { catalogue } from '../hosts/catalogue'
import { bundledScenario } from '../world/bundledScenario'
import { startTimeline, worldAt } from '../world/timeline'
import { checkTask, type Work } from './check'
import { checkSchema, measureSchema } from './checkSchema'
import { playSchema } from './deedSchema'
import { measured } from './measure'
import { interventionsOf } from './play'

const scenario = bundledScenario(twoTowns)
function workOf(...deeds: readonly object[]): Work {
  const play = playSchema.parse({ scenario: 'two-towns', deeds })
  const timeline = startTimeline(scenario, catalogue, { interventions: interventionsOf(play, scenario) })
  return { trace: timeline.trace, worldAt: (t) => worldAt(timeline, catalogue, t) }
}
const holds = (check: object, work: Work): boolean => checkTask(checkSchema.parse(check), work)

const letter = (at: number, subject: string) => ({ at, type: 'letter', to: 'bob@bird.example', subject, body: 'Hello' })
const forged = {
  at: 1000,
  type: 'talk',
  host: 'alice-laptop',
  to: 'mx.bird.example',
  port: 25,
  lines: [
    'EHLO laptop',
    'MAIL FROM:<alice@paper.example>',
    'RCPT TO:<bob@bird.example>',
    'RSET',
    'MAIL FROM:<alice@paper.example>',
    'RCPT TO:<bob@bird.example>',
    'DATA',
    ['From: The King <king@castle.example>', 'Subject: A decree', '', 'first', '..', 'last', '.'],
    'QUIT',
  ],
}
/** Bob's laptop collects at five seconds and removes what it has fetched. */
const off = { at: 0, type: 'powerOff', host: 'bob-laptop' }
const decree = workOf(off, forged)

describe('a check of the order of events', () => {
  const hears = (word: string) => ({ hears: 'mx.bird.example', word, connection: '$c' })
  it('holds for events of one call in their order', () => {
    expect(holds({ inOrder: [hears('RCPT'), hears('RSET'), hears('QUIT')] }, decree)).toBe(true)
    expect(holds({ inOrder: [hears('RSET'), hears('EHLO')] }, decree)).toBe(false)
  })
  it('fails if something lies between that must not', () => {
    const between = (from: string) => ({ inOrder: [hears(from), hears('DATA')], without: hears('RSET') })
    expect(holds(between('MAIL'), decree)).toBe(true)
    expect(holds({ ...between('EHLO') }, decree)).toBe(false)
  })
  it('counts from the last such event, so that a slip can be made good', () => {
    const none = { not: { inOrder: [hears('RSET')] } }
    expect(holds(none, decree)).toBe(false)
    expect(holds({ since: { hears: 'mx.bird.example', word: 'RSET' }, check: none }, decree)).toBe(true)
    expect(holds({ since: { hears: 'mx.bird.example', word: 'NOOP' }, check: none }, decree)).toBe(false)
  })
  it('counts events, or different values of a field', () => {
    expect(holds({ count: { hears: 'mx.bird.example', word: 'MAIL' }, exactly: 2 }, decree)).toBe(true)
    expect(holds({ count: { hears: 'mx.bird.example', word: 'MAIL' }, distinct: 'host', exactly: 1 }, decree)).toBe(
      true,
    )
    expect(holds({ count: { hears: 'mx.bird.example', word: 'MAIL' }, atMost: 1 }, decree)).toBe(false)
  })
})

describe('a check of the state', () => {
  it('finds a letter by what it says, and a forged one by its envelope', () => {
    const holdsLetter = (pattern: object) => holds({ mailbox: 'bob@bird.example', includes: [pattern] }, decree)
    expect(holdsLetter({ subject: 'a decree', forged: true, sender: 'alice@paper.example' })).toBe(true)
    expect(holdsLetter({ line: '.', text: 'last' })).toBe(true)
    expect(holdsLetter({ line: '..' })).toBe(false)
    expect(holdsLetter({ forged: false })).toBe(false)
  })
  it('wants a letter of its own for each that is asked for', () => {
    const two = workOf(off, letter(1000, 'One'), letter(2000, 'Two'))
    const box = (exactly: readonly object[]) => holds({ mailbox: 'bob@bird.example', exactly }, two)
    expect(box([{}, { subject: 'One' }])).toBe(true)
    expect(box([{ subject: 'One' }, { subject: 'One' }])).toBe(false)
    expect(box([{ subject: 'One' }])).toBe(false)
  })
  it('is asked at the instant of an event', () => {
    const work = workOf(letter(1000, 'One'), off, { at: 0, type: 'powerOff', host: 'bob-phone' })
    const at = { delivers: 'store.bird.example' }
    expect(holds({ when: at, check: { machinesOff: { atLeast: 2 } } }, work)).toBe(true)
    expect(holds({ when: at, check: { machinesOff: { atLeast: 3 } } }, work)).toBe(false)
    expect(holds({ machine: 'bob-phone', is: 'off' }, work)).toBe(true)
  })
  it('reads the records of a zone, whatever the space in them', () => {
    const zone = (has: string) => holds({ zone: 'bird.example.', at: 'ns.bird.example', has }, decree)
    expect(zone('@  MX 10   mx.bird.example.')).toBe(true)
    expect(zone('@ MX 5 store')).toBe(false)
  })
})

describe('a measure', () => {
  it('counts, weighs and reads what a run gives', () => {
    const measure = (of: object) => measured(measureSchema.parse(of), decree)
    expect(measure({ count: { hears: 'mx.bird.example', word: 'RCPT' } })).toBe(2)
    expect(
      measure({ count: { hears: 'mx.bird.example', word: 'RCPT' }, since: { hears: 'mx.bird.example', word: 'RSET' } }),
    ).toBe(1)
    expect(measure({ linesInNewest: 'bob@bird.example' })).toBe(3)
    expect(measure({ machinesOffAt: { delivers: 'anybody' } })).toBe(1)
    expect(measure({ octets: { hears: 'mx.bird.example', word: 'QUIT' } })).toBe(6)
  })
  it('counts the machines without power at the best of several events', () => {
    const work = workOf(letter(1000, 'One'), { at: 4000, type: 'powerOff', host: 'root' }, letter(5000, 'Two'))
    const dark = measureSchema.parse({ machinesOffAt: { delivers: 'store.bird.example' } })
    expect(measured(dark, work)).toBe(1)
  })
})
