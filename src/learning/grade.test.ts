import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json'
import { instant } from '../base/time'
import { catalogue } from '../hosts/catalogue'
import { bundledScenario } from '../world/bundledScenario'
import type { Intervention } from '../world/intervention'
import { startTimeline, worldAt } from '../world/timeline'
import type { Work } from './check'
import { checkSchema, measureSchema } from './checkSchema'
import { playSchema } from './deedSchema'
import { answerOf, gradeTask, isAsPredicted, workBegins } from './grade'
import type { Lesson, Prediction, Task } from './lesson'
import { momentSchema } from './patternSchema'
import { interventionsOf } from './play'

const scenario = bundledScenario(twoTowns)
function workOf(lines: readonly string[]): Work {
  const talk = { at: 1000, type: 'talk', host: 'alice-laptop', to: 'mx.bird.example', port: 25, lines }
  const play = playSchema.parse({ scenario: 'two-towns', deeds: [talk] })
  const timeline = startTimeline(scenario, catalogue, { interventions: interventionsOf(play, scenario) })
  return { trace: timeline.trace, worldAt: (t) => worldAt(timeline, catalogue, t) }
}

const hears = (word: string) => checkSchema.parse({ inOrder: [{ hears: 'mx.bird.example', word }] })
const lesson: Pick<Lesson, 'moments' | 'checks' | 'measures'> = {
  moments: {
    greeted: momentSchema.parse({ says: 'mx.bird.example', code: 220 }),
    agreed: momentSchema.parse({ says: 'mx.bird.example', word: '250', nth: 2 }),
    later: momentSchema.parse({ later: 2000, after: 'agreed' }),
  },
  checks: {
    mail: hears('MAIL'),
    recipient: hears('RCPT'),
    reset: hears('RSET'),
    'no-reset': checkSchema.parse({ not: { inOrder: [{ hears: 'mx.bird.example', word: 'RSET' }] } }),
  },
  measures: { commands: measureSchema.parse({ count: { says: 'alice-laptop', typed: true } }) },
}
const task: Task = {
  goals: [
    { check: 'mail', inlines: [] },
    { check: 'recipient', inlines: [] },
  ],
  noHarm: [{ check: 'no-reset', stays: [], harmed: ['begun anew'] }],
  score: { measure: 'commands', best: 3 },
  blocks: [],
  hints: [],
  mistakes: [
    { reply: '503 5.5.1', inlines: ['out of turn'] },
    { when: 'reset', inlines: ['reset'] },
  ],
  praise: [],
  opens: 'terminal',
}
const [HELLO, MAIL, RCPT] = ['EHLO laptop', 'MAIL FROM:<alice@paper.example>', 'RCPT TO:<bob@bird.example>'] as const
const graded = (...lines: readonly string[]) => gradeTask(task, lesson, workOf(lines))

describe('a task', () => {
  it('tells which goals are reached, and is solved by all of them', () => {
    expect(graded(HELLO, MAIL)).toMatchObject({ solved: false, reached: [true, false] })
    expect(graded(HELLO, MAIL, RCPT)).toMatchObject({ solved: true, harm: [], score: 3 })
  })
  it('is not solved if harm was done, whatever goals are reached', () => {
    expect(graded(HELLO, 'RSET', MAIL, RCPT)).toMatchObject({
      solved: false,
      reached: [true, true],
      harm: [{ check: 'no-reset' }],
    })
  })
  it('knows a mistake by the last reply, and tells of a refusal that its author did not foresee', () => {
    expect(graded(HELLO, RCPT).mistakes[0]).toMatchObject({ reply: '503 5.5.1' })
    const { mistakes, refusal } = graded(HELLO, 'BLURB')
    expect(mistakes).toEqual([])
    expect(refusal?.octets).toMatch(/^500 /)
  })
})

describe('a prediction', () => {
  const asked = (kind: Prediction['kind'], answers: readonly string[], more: Partial<Prediction> = {}): Prediction => ({
    kind,
    question: [],
    moment: 'later',
    field: 'means.name',
    answer: answers[0] ?? '',
    options: answers.map((answer) => ({ answer, label: [], why: [] })),
    ...more,
  })
  const work = workOf([HELLO, MAIL, RCPT])
  it('is answered by the one check that holds, by several, by a number and by the order of time', () => {
    expect(answerOf(asked('happens', ['mail', 'reset']), lesson, work)).toBe('mail')
    expect(answerOf(asked('several', ['no-reset', 'reset', 'mail']), lesson, work)).toBe('no-reset mail')
    expect(answerOf(asked('number', ['3'], { measure: 'commands' }), lesson, work)).toBe('3')
    expect(answerOf(asked('order', ['agreed', 'greeted']), lesson, work)).toBe('greeted agreed')
    expect(answerOf(asked('reply', ['250'], { moment: 'agreed' }), lesson, work)).toBe('250')
  })
  it('is right as a set, and near enough as a number', () => {
    const number = (made: string) => isAsPredicted(asked('number', ['200'], { near: 10 }), made, '200')
    expect(['190', '219', '180'].map(number)).toEqual([true, true, true])
    expect(['179', '221', '', 'many'].map(number)).toEqual([false, false, false, false])
    expect(isAsPredicted(asked('several', ['a', 'b']), 'b a', 'a b')).toBe(true)
    expect(isAsPredicted(asked('several', ['a', 'b']), 'a', 'a b')).toBe(false)
  })
})

describe('the work of a learner', () => {
  it('begins after the lesson’s own deeds, also in a run that was stored, whose fields stand in another order', () => {
    const deeds = [{ at: 1000, type: 'readyLetter' }]
    const begins = interventionsOf(playSchema.parse({ scenario: 'two-towns', deeds }), scenario)
    const stored = begins.map((each) => Object.fromEntries(Object.entries(each).toReversed()) as typeof each)
    const run = (interventions: typeof begins) => startTimeline(scenario, catalogue, { interventions }).trace
    expect(workBegins(run(begins), begins)).toBe(Number.POSITIVE_INFINITY)
    expect(workBegins(run(stored), begins)).toBe(Number.POSITIVE_INFINITY)
    const own: Intervention = { type: 'hostStopped', host: 'bob-laptop', at: instant(60_000) }
    expect(workBegins(run([...stored, own]), begins)).toBeGreaterThan(0)
    expect(workBegins(run([own]), begins)).toBeLessThan(Number.POSITIVE_INFINITY)
  })
})
