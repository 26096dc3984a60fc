import { describe, expect, it } from 'vitest'
import { lessonFolders, loadLesson, loadQuiz, loadSolution } from '../src/adapters/node/lessons'
import { readScenario } from '../src/adapters/node/scenarios'
import { catalogue } from '../src/hosts/catalogue'
import { answerOf, gradeTask, provenKey, workBegins } from '../src/learning/grade'
import type { Deed, Play, Quiz } from '../src/learning/lesson'
import { factAt, momentAt } from '../src/learning/moment'
import { interventionsOf } from '../src/learning/play'
import type { Fact } from '../src/world/fact'
import { startTimeline } from '../src/world/timeline'

/**
 * Every lesson and quiz is proven by a real run: the simulation is the answer key. A new lesson's folder is found without
 * further changes.
 */

/** Plays a run, with more deeds after its own. */
function trace(play: Play, more: readonly Deed[] = []): readonly Fact[] {
  const scenario = readScenario(play.scenario)
  const interventions = interventionsOf({ deeds: [...play.deeds, ...more] }, scenario)
  return startTimeline(scenario, catalogue, { interventions }).trace
}

function provesQuiz(quiz: Quiz): void {
  const traces = new Map<string, readonly Fact[]>()
  const traceOf = (run: string): readonly Fact[] => {
    const known = traces.get(run) ?? trace(quiz.runs[run] as Play)
    traces.set(run, known)
    return known
  }
  for (const question of quiz.questions) {
    describe(`${question.title} (${question.id})`, () => {
      it.each(question.items.map((item) => [item.id, item] as const))('%s: the engine gives the key', (_, item) => {
        expect(provenKey(question, item, quiz.moments, traceOf)).toBe(item.key)
      })
      it.each(question.items.map((item) => [item.id, item] as const))('%s: its moment is in the run', (_, item) => {
        expect(factAt(traceOf(item.show.run), item.show.moment, quiz.moments)).toBeDefined()
      })
    })
  }
}

const folders = lessonFolders('lessons')

it('finds lessons, each with an id of its own', () => {
  const ids = folders.map((folder) => loadLesson(folder).id)
  expect(ids.length).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(folders)('%s', (folder) => {
  const lesson = loadLesson(folder)
  const solution = loadSolution(folder)
  const start = trace(lesson.run)
  const begins = interventionsOf(lesson.run, readScenario(lesson.run.scenario))

  it.each(Object.keys(lesson.moments))('the moment "%s" is in the run', (id) => {
    expect(factAt(start, lesson.moments[id] ?? { fact: 'intervened' }, lesson.moments)).toBeDefined()
  })

  it('tells the run in the order of time', () => {
    const instants = lesson.steps.flatMap(({ moment }) => {
      const found = moment === undefined ? undefined : lesson.moments[moment]
      return found ? [momentAt(start, found, lesson.moments)] : []
    })
    expect(instants).toEqual([...instants].sort((a, b) => (a ?? 0) - (b ?? 0)))
  })

  const predictions = lesson.steps.flatMap((step) => (step.prediction ? [{ step, prediction: step.prediction }] : []))
  it('asks for at least one prediction, sets a task and has a quiz', () => {
    expect(predictions.length).toBeGreaterThan(0)
    expect(lesson.steps.filter((step) => step.task).length).toBeGreaterThan(0)
    expect(lesson.quiz.questions.length).toBeGreaterThan(0)
  })
  describe.each(predictions)('prediction of step $step.id', ({ step, prediction }) => {
    it('is answered by the run as the lesson says', () => {
      expect(answerOf(prediction, lesson.moments, start)).toBe(prediction.answer)
    })
    it('is asked before the run shows it', () => {
      const asked = factAt(start, lesson.moments[step.moment ?? ''] ?? { fact: 'intervened' }, lesson.moments)
      const shown = factAt(start, lesson.moments[prediction.moment] ?? { fact: 'intervened' }, lesson.moments)
      expect(asked?.order).toBeLessThan(shown?.order ?? -1)
    })
  })

  const tasks = lesson.steps.flatMap((step) => (step.task ? [{ step, task: step.task }] : []))
  describe.each(tasks)('task of step $step.id', ({ step, task }) => {
    const { ways = [], slips = {} } = solution[step.id] ?? {}
    const grade = (facts: readonly Fact[]) =>
      gradeTask(task, lesson.checks, { trace: facts, from: workBegins(facts, begins) })

    it('is not solved at the start, and shows no mistake', () => {
      expect(grade(start)).toEqual({ solved: false, mistakes: [] })
      // Facts of the lesson's own run must not count either for a learner who began the world anew.
      expect(gradeTask(task, lesson.checks, { trace: start }).solved).toBe(false)
    })
    it('has a solution', () => expect(ways.length).toBeGreaterThan(0))
    it.each(ways.map((way, at) => [at + 1, way] as const))('is solved by way %i of the solution', (_, way) => {
      expect(grade(trace(lesson.run, way))).toEqual({ solved: true, mistakes: [] })
    })
    it.each(ways.map((way, at) => [at + 1, way] as const))('is solved by way %i in a world begun anew', (_, way) => {
      expect(grade(trace({ ...lesson.run, deeds: [] }, way)).solved).toBe(true)
    })
    it.each(task.mistakes.map(({ when }) => when))(
      'recognises the mistake "%s" first, and is not solved by it',
      (when) => {
        const { solved, mistakes } = grade(trace(lesson.run, slips[when]))
        expect(solved).toBe(false)
        expect(mistakes[0]?.when).toBe(when)
      },
    )
  })

  describe('its quiz', () => {
    provesQuiz(lesson.quiz)
    it('shows moments of the run that the lesson has on its stage', () => {
      for (const { items } of lesson.quiz.questions) {
        for (const { show } of items) expect(lesson.quiz.runs[show.run]).toEqual(lesson.run)
      }
    })
  })
})

describe("the article's three questions", () => {
  provesQuiz(loadQuiz('lessons/quiz/quiz.yaml'))
})

describe('the answer keys of the quiz', () => {
  const quiz = loadQuiz('lessons/quiz/quiz.yaml')
  const traces = new Map(Object.entries(quiz.runs).map(([id, play]) => [id, trace(play)]))
  it('are the only choices that satisfy the engine', () => {
    for (const question of quiz.questions) {
      for (const item of question.items) {
        for (const choice of question.choices.filter(({ id }) => id !== item.key)) {
          const wrong = { ...item, key: choice.id }
          expect(provenKey(question, wrong, quiz.moments, (run) => traces.get(run) ?? [])).not.toBe(wrong.key)
        }
      }
    }
  })
})
