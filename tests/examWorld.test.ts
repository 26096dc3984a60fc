import { describe, expect, it } from 'vitest'
import { readScenario } from '../src/adapters/node/scenarios'
import { instant } from '../src/base/time'
import { catalogue } from '../src/hosts/catalogue'
import { lettersIn } from '../src/hosts/inspect'
import { type ExamWorld, examWorld } from '../src/learning/examWorld'
import { scenarioProblem } from '../src/learning/scenarioSchema'
import type { Fact, FactOf, FactType } from '../src/world/fact'
import type { Intervention, InterventionBody } from '../src/world/intervention'
import { type Snapshot, startTimeline, type Timeline } from '../src/world/timeline'

/** The exam can be passed, whatever is drawn: the engine is asked. */

const base = readScenario('exam')
const SEEDS = Array.from({ length: 200 }, (_, at) => at * 7919)

function play({ scenario }: ExamWorld, deeds: readonly (readonly [number, InterventionBody])[]): Timeline {
  const own = deeds.map(([at, body]): Intervention => ({ at: instant(at), ...body }))
  return startTimeline(scenario, catalogue, { interventions: [...(scenario.before ?? []), ...own] })
}

const of = <T extends FactType>({ trace }: Timeline, type: T): readonly FactOf<T>[] =>
  trace.filter((fact: Fact): fact is FactOf<T> => fact.type === type)

const townOf = (address: string): string => address.replace(/^.*@|\.example$/g, '')

/** A learner's way through the parts of the exam that the world must allow. */
function taken(exam: ExamWorld): Timeline {
  const { sender, reader, exchangers, wrong } = exam.key
  const clerk = `${townOf(sender)}-clerk`
  const ask = (name: string, rrType: string): InterventionBody => ({
    type: 'dug',
    host: clerk,
    name,
    rrType,
    recursion: true,
  })
  const call = (terminal: string, to: string): InterventionBody => ({
    type: 'connected',
    host: clerk,
    terminal,
    to,
    port: 25,
  })
  return play(exam, [
    [5000, ask(reader.replace(/^.*@/, ''), 'MX')],
    [6000, ask(exchangers[0].host, 'A')],
    [7000, ask(exchangers[1].host, 'A')],
    [8000, call('first', exchangers[0].host)],
    [8000, call('second', exchangers[1].host)],
    [90_000, { type: 'zoneEdited', host: wrong.host, apex: wrong.apex, text: wrong.mended }],
    [4_000_000, { type: 'waited' }],
  ])
}

describe.each(SEEDS.map((seed) => [seed]))('the exam of seed %i', (seed) => {
  const exam = examWorld(base, seed)
  const { sender, reader, exchangers, secret, wrong } = exam.key

  it('can be passed', () => {
    expect(scenarioProblem(exam.scenario)).toBeUndefined()
    const run = taken(exam)
    const [first, second] = exchangers
    // The way to the reader is known to the DNS.
    const asked = of(run, 'lookupEnded').filter(({ host }) => host === `${townOf(sender)}-clerk`)
    expect(asked.map(({ outcome }) => outcome)).toEqual(asked.map(() => 'answered'))
    const answers = of(run, 'responded')
      .filter(({ to }) => to === '192.0.2.11')
      .map(({ means }) => JSON.stringify(means))
    expect(answers[0]).toContain(first.host)
    expect(answers[0]).toContain(second.host)
    expect(answers[1]).toContain(first.address)
    expect(answers[2]).toContain(second.address)
    expect(first.preference).toBeLessThan(second.preference)
    // The first choice is dark, the second answers.
    expect(of(run, 'connectionFailed').some(({ server, why }) => server === first.host && why === 'timedOut')).toBe(
      true,
    )
    expect(of(run, 'sent').some(({ host, octets }) => host === second.host && octets.startsWith('220 '))).toBe(true)
    // A letter lies in the reader's mailbox, with the word.
    const { world } = run.snapshots.at(-1) as Snapshot
    const inBox = lettersIn(world, `store.${townOf(reader)}.example`, reader)
    expect(inBox.map(({ text }) => text)).toEqual([expect.stringContaining(secret)])
    // The reader's letter waits until the record is right, and then arrives by itself.
    const home = `mx-out.${townOf(sender)}.example`
    expect(of(run, 'messageDeferred').length).toBeGreaterThan(0)
    expect(of(run, 'messageDeferred').every(({ at }) => at < 90_000)).toBe(true)
    expect(of(run, 'messageBounced')).toEqual([])
    expect(of(run, 'zoneChanged')).toHaveLength(1)
    expect(of(run, 'messageDelivered').filter(({ host }) => host === home)).toHaveLength(1)
    expect(wrong.mended).toContain(wrong.right)
    expect(wrong.mended).not.toContain(`${wrong.line}\n`)
  })
})

describe('an exam', () => {
  it('is the same for the same seed, and others are drawn by others', () => {
    expect(examWorld(base, 42)).toEqual(examWorld(base, 42))
    const exams = SEEDS.map((seed) => examWorld(base, seed).key)
    const varied = (of: (key: ExamWorld['key']) => string): number => new Set(exams.map(of)).size
    expect(varied(({ sender, reader }) => `${sender} ${reader}`)).toBeGreaterThan(60)
    expect(varied(({ exchangers }) => exchangers[0].host.split('.')[0] ?? '')).toBe(2)
    expect(varied(({ wrong }) => wrong.line.replace(/[a-z]{3,}/g, ''))).toBeGreaterThanOrEqual(5)
    expect(varied(({ secret }) => secret)).toBe(10)
  })

  it('without the mended record keeps the letter waiting', () => {
    const exam = examWorld(base, 1)
    const run = play(exam, [[4_000_000, { type: 'waited' }]])
    expect(of(run, 'messageDeferred').length).toBeGreaterThan(1)
    expect(of(run, 'messageDelivered').filter(({ host }) => host.startsWith('mx-out'))).toEqual([])
  })

  it('has two towns with different names, in all of its text', () => {
    for (const seed of SEEDS) {
      const { scenario, key } = examWorld(base, seed)
      expect(townOf(key.sender)).not.toBe(townOf(key.reader))
      expect(JSON.stringify(scenario)).not.toMatch(/\b(?:paper|bird)\b/)
    }
  })
})
