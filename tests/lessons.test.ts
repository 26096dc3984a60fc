import { describe, expect, it } from 'vitest'
import { lessonFolders, loadCourse, loadLesson, loadQuiz } from '../src/adapters/node/lessons'
import { played } from '../src/adapters/node/proof/played'
import { proveFolder } from '../src/adapters/node/proof/proveFolder'
import { proveQuiz } from '../src/adapters/node/proof/proveQuiz'
import { type Stage, stageAt } from '../src/adapters/node/proof/stage'
import type { Play } from '../src/learning/deed'
import { provenKey } from '../src/learning/grade'
import type { Moment, Moments } from '../src/learning/moment'
import { problemLine } from '../src/learning/problem'
import { isTable } from '../src/learning/question'
import type { Fact } from '../src/world/fact'
import type { Timeline } from '../src/world/timeline'

/**
 * Every lesson and quiz is proven by a real run: the simulation is the answer key. A new lesson's folder is found without
 * further changes.
 */

const trace = (play: Play): readonly Fact[] => played(play).trace

/** The stage of a moment that the run must have. */
function stageOf(timeline: Timeline, moment: Moment, moments: Moments): Stage {
  const stage = stageAt(timeline, moment, moments)
  if (!stage) throw new Error('The run has no such moment')
  return stage
}

const folders = lessonFolders('lessons')

it('finds lessons, each with an id of its own', () => {
  const ids = folders.map((folder) => loadLesson(folder).id)
  expect(ids.length).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(ids.length)
})

it.each(folders)('%s is proven by its runs', (folder) => {
  expect(proveFolder(folder).map(problemLine)).toEqual([])
})

describe('the journey of the first lesson', () => {
  const lesson = loadLesson('lessons/01-the-journey/01-one-letter-three-steps')
  const run = played(Object.values(lesson.runs)[0] as Play)
  const step = (id: string): Stage => {
    const { moment } = lesson.steps.find((each) => each.id === id) ?? {}
    return stageOf(run, lesson.moments[moment ?? ''] as Moment, lesson.moments)
  }
  it.each([
    [
      'handed-over',
      'SMTP',
      ['alice-laptop', 'mx-out.paper.example'],
      'The letter travels from Alice’s laptop to mx-out.',
    ],
    ['whose-door', 'SMTP', ['mx-out.paper.example', 'alice-laptop'], 'The letter waits in the queue of mx-out.'],
    ['way-known', 'DNS', ['resolver', 'mx-out.paper.example'], 'mx-out asks the DNS where mail for bird.example goes.'],
    [
      'before-the-letter',
      'SMTP',
      ['mx-out.paper.example', 'mx.bird.example'],
      'mx-out is handing the letter to mx.bird.',
    ],
    ['it-stays', 'IMAP', ['store.bird.example', 'bob-phone'], 'The letter travels from store to Bob’s phone.'],
    ['it-goes', 'POP3', ['bob-laptop', 'store.bird.example'], 'Bob’s phone has fetched the letter by IMAP.'],
    [
      'both-told',
      'IMAP',
      ['store.bird.example', 'bob-phone'],
      'Bob’s laptop has carried the letter home: POP3 took it off the server.',
    ],
  ])('step "%s" is seen while it is read', (id, protocol, ends, headline) => {
    expect(step(id)).toMatchObject({ protocol, ends, headline })
  })
  it('shows that a letter that is pulled by IMAP stays in the mailbox', () => {
    expect(step('it-stays').holds('store.bird.example')).toBe(1)
  })
})

it("the keys of the article's three questions are proven by their runs", () => {
  const problems: string[] = []
  proveQuiz(loadQuiz('lessons/quiz/quiz.yaml'), (id, problem) => problems.push(`${id}: ${problem}`))
  expect(problems).toEqual([])
})

it('takes no other text for known: whoever never saw one understands every remark', () => {
  const texts = [
    ...folders.map((folder) => loadLesson(folder)),
    loadQuiz('lessons/quiz/quiz.yaml'),
    loadCourse('lessons/course.yaml'),
  ]
  const KNOWN =
    /.{0,60}(?:\byou (?:may|might|will) have (?:read|heard|seen|in mind|learnt)|slip of the pen|\barticle\b).{0,60}/gi
  expect(JSON.stringify(texts).match(KNOWN) ?? []).toEqual([])
})

describe('the answer keys of the quiz', () => {
  const quiz = loadQuiz('lessons/quiz/quiz.yaml')
  const traces = new Map(Object.entries(quiz.runs).map(([id, play]) => [id, trace(play)]))
  it('are the only choices that satisfy the engine', () => {
    for (const question of quiz.questions.filter(isTable)) {
      for (const item of question.items) {
        for (const choice of question.choices.filter(({ id }) => id !== item.key)) {
          const wrong = { ...item, key: choice.id }
          expect(provenKey(question, wrong, quiz.moments, (run) => ({ trace: traces.get(run) ?? [] }))).not.toBe(
            wrong.key,
          )
        }
      }
    }
  })
})
