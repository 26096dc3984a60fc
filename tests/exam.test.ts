import { describe, expect, it } from 'vitest'
import { loadCourse, loadExam } from '../src/adapters/node/lessons'
import { readScenario } from '../src/adapters/node/scenarios'
import type { Instant } from '../src/base/time'
import { catalogue } from '../src/hosts/catalogue'
import type { Deed } from '../src/learning/deed'
import { detoursIn, type Exam, type ExamResult, type ExamWork, examIn, gradeExam, repairs } from '../src/learning/exam'
import { type ExamWorld, examWorld } from '../src/learning/examWorld'
import { workBegins } from '../src/learning/grade'
import { interventionsOf } from '../src/learning/play'
import { startTimeline, type Timeline, worldAt } from '../src/world/timeline'

/** The practical exam: each way to take it is played in the engine, and judged. */

const written = loadExam('lessons/exam.yaml')
const base = readScenario('exam')
/** The drawn things differ in each of them. */
const SEEDS = Array.from({ length: 24 }, (_, at) => at * 7919 + 3)

interface Taken {
  readonly exam: Exam
  readonly world: ExamWorld
  readonly run: Timeline
  readonly result: ExamResult
}

/** Plays deeds after the beginning, and judges them with the answers. */
function take(seed: number, deeds: (exam: Exam) => readonly Deed[], work: Partial<ExamWork> = {}): Taken {
  const world = examWorld(base, seed)
  const exam = examIn(written, world.words)
  const { before = [] } = world.scenario
  const own = interventionsOf({ deeds: deeds(exam) }, { ...world.scenario, before: [] })
  const run = startTimeline(world.scenario, catalogue, { interventions: [...before, ...own] })
  const result = gradeExam(exam, workOf(run, world), { answers: {}, left: [], ...work })
  return { exam, world, run, result }
}

const workOf = (run: Timeline, { scenario }: ExamWorld) => ({
  trace: run.trace,
  from: workBegins(run.trace, scenario.before ?? []),
  worldAt: (t: Instant) => worldAt(run, catalogue, t),
})

const LONG = 100_000
/** The worked parts, one after the other. */
const worked =
  (...ids: readonly string[]) =>
  ({ parts }: Exam): readonly Deed[] =>
    parts
      .filter(({ id }) => ids.includes(id))
      .flatMap((part, nth) => part.worked.map((deed) => ({ ...deed, at: deed.at + 10_000 + nth * LONG })))
const ALL = written.parts.map(({ id }) => id)
const answersOf = ({ parts }: Exam): Record<string, string> =>
  Object.fromEntries(parts.flatMap(({ goals }) => goals.flatMap(({ id, answer }) => (answer ? [[id, answer]] : []))))
const rightIn = (seed: number): Record<string, string> => answersOf(examIn(written, examWorld(base, seed).words))
const pointsOf = ({ parts }: ExamResult): Record<string, number> =>
  Object.fromEntries(parts.map(({ id, points }) => [id, points]))

describe('the practical exam', () => {
  it('has a hundred points', () => {
    const { parts } = take(1, () => []).result
    expect(Object.fromEntries(parts.map(({ id, of }) => [id, of]))).toEqual({
      'hand-over': 15,
      'ask-the-way': 15,
      'carry-on': 20,
      deliver: 10,
      read: 15,
      collect: 10,
      mend: 15,
    })
  })

  it.each(SEEDS)('is solved whole in the world of seed %i, by the way that is told after it', (seed) => {
    const { result, run, world } = take(seed, worked(...ALL), { answers: rightIn(seed) })
    expect(result).toMatchObject({ points: 100, passed: true })
    expect(result.parts.flatMap(({ goals }) => goals).every(({ at }) => at !== undefined)).toBe(true)
    expect(detoursIn(workOf(run, world))).toEqual([])
  })

  it.each(SEEDS.slice(0, 4))('counts nothing before something is done, though all is answered: seed %i', (seed) => {
    expect(take(seed, () => [], { answers: rightIn(seed) }).result).toMatchObject({
      points: 0,
      passed: false,
    })
    const waited = (): readonly Deed[] => [{ at: 5_000_000, type: 'waited' }]
    expect(take(seed, waited).result.points).toBe(0)
  })

  it.each(ALL)('gives nothing for %s if it was left to the machines, and all else', (part) => {
    const { result } = take(7, worked(...ALL), { answers: rightIn(7), left: [part] })
    const lost = result.parts.find(({ id }) => id === part)
    expect(lost?.points).toBe(0)
    expect(result.points).toBe(100 - (lost?.of ?? 0))
  })

  it('takes any way that reaches the state', () => {
    // Past the exchanger; read by POP3; collected by IMAP; the exchanger that has no power gets some.
    const talk = (host: string, port: number, lines: readonly (string | readonly string[])[], at: number): Deed =>
      ({ at, type: 'talk', host, terminal: `${host}-${at}`, to: `store.TOWN`, port, every: 400, lines }) as Deed
    const { world } = take(7, () => [])
    const town = world.key.reader.replace(/^.*@/, '')
    const inTown = (deed: Deed): Deed => ({ ...deed, to: `store.${town}` }) as Deed
    const { result } = take(
      7,
      (exam) => [
        ...worked('hand-over', 'deliver')(exam),
        { at: 300_000, type: 'hostStarted', host: world.key.exchangers[0].host },
        ...worked('carry-on')(exam).map(
          (deed): Deed => ({ ...deed, at: 310_000, to: world.key.exchangers[0].host }) as Deed,
        ),
        inTown(talk('bob-laptop', 110, ['USER bob', 'PASS birdsong', 'RETR 1', 'QUIT'], 400_000)),
        inTown(
          talk(
            'bob-laptop',
            143,
            [
              'a LOGIN bob birdsong',
              'b SELECT INBOX',
              'c UID FETCH 2 BODY[]',
              'd UID STORE 2 +FLAGS (\\Deleted)',
              'e EXPUNGE',
            ],
            500_000,
          ),
        ),
      ],
      { answers: { word: `It says: "${world.key.secret.toUpperCase()}".` } },
    )
    expect(pointsOf(result)).toEqual({
      'hand-over': 15,
      'ask-the-way': 0,
      'carry-on': 20,
      deliver: 10,
      read: 15,
      collect: 10,
      mend: 0,
    })
    expect(result).toMatchObject({ points: 70, passed: true })
  })

  it('sees a trace on the letter that was to be read unseen', () => {
    const open = ({ parts }: Exam): readonly Deed[] =>
      (parts.find(({ id }) => id === 'read')?.worked ?? []).map((deed) => {
        const told = JSON.parse(JSON.stringify(deed).replace('BODY.PEEK', 'BODY')) as Deed
        return { ...told, at: 10_000 }
      })
    expect(pointsOf(take(7, open, { answers: rightIn(7) }).result)['read']).toBe(0)
  })

  it('is not passed with seventy points if the letter did not arrive', () => {
    const parts = ALL.filter((id) => id !== 'deliver' && id !== 'collect')
    const { result } = take(7, worked(...parts), { answers: rightIn(7) })
    expect(result).toMatchObject({ points: 80, passed: false })
  })

  it('names two lessons for what is missing most, and none if nothing is', () => {
    const { exam, result } = take(7, worked('hand-over', 'deliver', 'read'), { answers: { word: 'acorn' } })
    const lessons = repairs(exam, result)
    expect(lessons).toHaveLength(2)
    expect(lessons[0]).toBe('finding-the-way/preferences-fallbacks-no-mail')
    expect(repairs(exam, take(7, worked(...ALL), { answers: rightIn(7) }).result)).toEqual([])
  })

  it('sends to lessons of the course', () => {
    const known = loadCourse('lessons/course.yaml').flatMap(({ lessons }) => lessons.map(({ id }) => id))
    for (const { lessons } of written.parts) expect(known).toEqual(expect.arrayContaining([...lessons]))
  })

  it('lists what servers refused to the person, and no refusal among machines', () => {
    const { run, world } = take(7, () => [
      {
        at: 10_000,
        type: 'talk',
        host: 'alice-laptop',
        terminal: 'a',
        to: `mx-out.${examWorld(base, 7).key.sender.replace(/^.*@/, '')}`,
        port: 587,
        every: 400,
        lines: ['EHLO laptop', 'MAIL FROM:<a@b>', 'RUBBISH', 'QUIT'],
      } as Deed,
    ])
    expect(detoursIn(workOf(run, world)).map(({ said }) => said.slice(0, 3))).toEqual(['530', '500'])
  })

  it('judges an answer by the name in it, and looks at no more than its beginning', () => {
    const { address } = rightIn(7)
    const given = (text: string): number => take(7, worked('ask-the-way'), { answers: { address: text } }).result.points
    expect(given(` ${address}. `)).toBe(5)
    expect(given(`(${address})`)).toBe(5)
    expect(given(`1${address}`)).toBe(0)
    expect(given('')).toBe(0)
    expect(given(`${'x '.repeat(500_000)}${address}`)).toBe(0)
    expect(given(`\`${address}\``)).toBe(5)
  })

  it('takes no list of all that it could be for an answer', () => {
    const { exchanger = '', fallback = '' } = rightIn(7)
    const both = `${exchanger} ${fallback}`
    const points = (answers: Record<string, string>): number =>
      take(7, worked('ask-the-way'), { answers }).result.points
    expect(points({ exchanger, fallback })).toBe(10)
    expect(points({ exchanger: both, fallback: both })).toBe(0)
    const { word = '' } = rightIn(7)
    expect(take(7, worked('read'), { answers: { word: `acorn kettle ladder marble ${word}` } }).result.points).toBe(0)
  })

  it('counts a question asked from any machine, and no letter that was removed unread', () => {
    const { exchanger = '', address = '', fallback = '' } = rightIn(7)
    const asked = ({ parts }: Exam): readonly Deed[] =>
      (parts.find(({ id }) => id === 'ask-the-way')?.worked ?? []).map(
        (deed) => ({ ...deed, at: deed.at + 10_000, host: 'bob-phone' }) as Deed,
      )
    expect(take(7, asked, { answers: { exchanger, address, fallback } }).result.points).toBe(15)
    const unread = (exam: Exam): readonly Deed[] =>
      worked(
        'deliver',
        'read',
        'collect',
      )(exam).map((deed) => JSON.parse(JSON.stringify(deed).replace('"RETR 2",', '')) as Deed)
    expect(pointsOf(take(7, unread).result)['collect']).toBe(0)
  })
})
