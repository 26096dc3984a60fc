import type { Instant } from '../../base/time'
import { interventionsOf } from '../../learning/play'
import type { Quiz, QuizItem } from '../../learning/question'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import type { Timeline } from '../../world/timeline'
import { loadScenario } from '../lesson/lessons'
import { instantIn } from '../lesson/useLessonRun'
import { engine } from '../run/engine'

const quizzes = import.meta.glob<Quiz>('../../../lessons/quiz/quiz.yaml', { query: '?quiz', import: 'default' })

/** A run that a quiz is about. It is played on first use, in a few milliseconds. */
export interface QuizRun {
  readonly scenario: Scenario
  readonly interventions: readonly Intervention[]
  timeline(): Timeline
}

export interface OpenQuiz {
  readonly quiz: Quiz
  readonly runs: Readonly<Record<string, QuizRun>>
}

let opened: Promise<OpenQuiz> | undefined
export function openQuiz(): Promise<OpenQuiz> {
  opened ??= loadQuiz()
  return opened
}

async function loadQuiz(): Promise<OpenQuiz> {
  const [load] = Object.values(quizzes)
  if (!load) throw new Error('Broken expectation: there is lessons/quiz/quiz.yaml')
  const quiz = await load()
  const runs = await Promise.all(
    Object.entries(quiz.runs).map(async ([id, play]) => {
      const scenario = await loadScenario(play.scenario)
      const interventions = interventionsOf(play, scenario)
      let timeline: Timeline | undefined
      const run: QuizRun = {
        scenario,
        interventions,
        timeline: () => {
          timeline ??= engine.start(scenario, { interventions })
          return timeline
        },
      }
      return [id, run] as const
    }),
  )
  return { quiz, runs: Object.fromEntries(runs) }
}

/** The instant that shows the item's moment in its run. */
export function instantOf({ quiz, runs }: OpenQuiz, item: QuizItem): Instant | undefined {
  const timeline = item.show && runs[item.show.run]?.timeline()
  return item.show && timeline && instantIn(timeline, item.show.moment, quiz.moments)
}
