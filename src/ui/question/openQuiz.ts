import type { Instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import type { Lab } from '../../learning/inWorld'
import { interventionsOf } from '../../learning/play'
import type { ItemEntry, Quiz, Show } from '../../learning/question'
import type { Intervention } from '../../world/intervention'
import type { Scenario } from '../../world/scenario'
import { intervene, type Timeline, worldAt } from '../../world/timeline'
import { loadScenario, quizOfLesson } from '../lesson/lessons'
import { instantIn } from '../lesson/useLessonRun'
import { engine } from '../run/engine'

const articles = import.meta.glob<Quiz>('../../../lessons/quiz/quiz.yaml', { query: '?quiz', import: 'default' })

/** A run that a quiz is about. It is played on first use, in a few milliseconds. */
export interface QuizRun {
  readonly scenario: Scenario
  readonly interventions: readonly Intervention[]
  timeline(): Timeline
}

export interface OpenQuiz {
  readonly quiz: Quiz
  readonly runs: Readonly<Record<string, QuizRun>>
  readonly lab: Lab
}

const opened = new Map<string, Promise<OpenQuiz>>()

/** The quiz of a lesson, or without one the article's three questions. */
export function openQuiz(lesson?: string): Promise<OpenQuiz> {
  const key = lesson ?? ''
  let quiz = opened.get(key)
  if (!quiz) {
    quiz = loadQuiz(lesson)
    opened.set(key, quiz)
  }
  return quiz
}

async function loadQuiz(lesson: string | undefined): Promise<OpenQuiz> {
  const quiz = lesson === undefined ? await Object.values(articles)[0]?.() : await quizOfLesson(lesson)
  if (!quiz) throw new Error(`Broken expectation: there is a quiz of "${lesson ?? 'the article'}"`)
  const runs: Readonly<Record<string, QuizRun>> = Object.fromEntries(
    await Promise.all(
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
    ),
  )
  const lab: Lab = {
    moments: quiz.moments,
    played: (id) => {
      const run = runs[id]
      if (!run) throw new Error(`Broken expectation: the quiz has the run "${id}"`)
      return run.timeline()
    },
    intervene: (timeline, intervention) => intervene(timeline, catalogue, intervention),
    worldAt: (timeline, t) => worldAt(timeline, catalogue, t),
  }
  return { quiz, runs, lab }
}

/** The instant that shows a moment in its run; undefined if there is none to show. */
export function instantOf({ quiz, lab }: OpenQuiz, show: Show | undefined): Instant | undefined {
  return show && instantIn(lab.played(show.run), show.moment, quiz.moments)
}

/** The quiz in which an item stands. */
export const quizOf = (entry: ItemEntry): Promise<OpenQuiz> => openQuiz(entry.lesson)
