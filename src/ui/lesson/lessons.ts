import type { BrokenLesson, Lesson, LessonMeta, Worked } from '../../learning/lesson'
import type { Quiz } from '../../learning/question'
import type { Scenario } from '../../world/scenario'

/** The list of all lessons, as the build made it. A lesson's text is loaded when it is opened. */
const metas = import.meta.glob<LessonMeta>('../../../lessons/*/*/lesson.md', {
  query: '?meta',
  import: 'default',
  eager: true,
})
const texts = import.meta.glob<Lesson | BrokenLesson>('../../../lessons/*/*/lesson.md', {
  query: '?lesson',
  import: 'default',
})
const quizzes = import.meta.glob<Quiz>('../../../lessons/*/*/quiz.yaml', { query: '?quiz', import: 'default' })
const solutions = import.meta.glob<Worked>('../../../lessons/*/*/lesson.md', { query: '?worked', import: 'default' })
const scenarios = import.meta.glob<Scenario>('../../../lessons/scenarios/*.json', { import: 'default' })

const lessonMetas: readonly LessonMeta[] = Object.values(metas)

export interface OpenLesson {
  readonly lesson: Lesson
  readonly quiz: Quiz
  /** The worlds of its runs, by the id of the run. */
  readonly scenarios: Readonly<Record<string, Scenario>>
}

const opened = new Map<string, Promise<OpenLesson | BrokenLesson | undefined>>()

/** The lesson and its worlds, or what is wrong with it; undefined if there is no such lesson. */
export function openLesson(id: string): Promise<OpenLesson | BrokenLesson | undefined> {
  let lesson = opened.get(id)
  if (!lesson) {
    const load = texts[pathOf(id)]
    // The quiz and the worlds load beside it.
    const { worlds = [] } = metas[pathOf(id)] ?? {}
    void Promise.all([quizOfLesson(id), ...worlds.map(loadScenario)]).catch(() => undefined)
    lesson = load ? load().then(withWorlds) : Promise.resolve(undefined)
    opened.set(id, lesson)
    // After a failure, the next call tries again.
    lesson.catch(() => opened.delete(id))
  }
  return lesson
}

/** The quiz of a lesson; undefined if there is no such lesson. */
export const quizOfLesson = async (id: string): Promise<Quiz | undefined> =>
  quizzes[pathOf(id).replace(/lesson\.md$/, 'quiz.yaml')]?.()

/** Deeds that solve the tasks of a lesson, by step. */
export const workedIn = async (id: string): Promise<Worked> => (await solutions[pathOf(id)]?.()) ?? {}

const pathOf = (id: string): string => Object.keys(metas).find((each) => metas[each]?.id === id) ?? ''

async function withWorlds(lesson: Lesson | BrokenLesson): Promise<OpenLesson | BrokenLesson> {
  if ('broken' in lesson) return lesson
  const worlds = await Promise.all(
    Object.entries(lesson.runs).map(async ([run, play]) => [run, await loadScenario(play.scenario)] as const),
  )
  const quiz = await quizOfLesson(lesson.id)
  if (!quiz) throw new Error(`Broken expectation: the lesson "${lesson.id}" has a quiz`)
  return { lesson, quiz, scenarios: Object.fromEntries(worlds) }
}

/** Calls back when a lesson was edited: it is then opened anew. Only in the page that was not built. */
export function onEdited(heard: () => void): () => void {
  if (!import.meta.hot) return () => {}
  const edited = (event: Event): void => {
    const lesson = (event as CustomEvent<Lesson | BrokenLesson>).detail
    opened.set(lesson.id, withWorlds(lesson))
    heard()
  }
  addEventListener('lesson-edited', edited)
  return () => removeEventListener('lesson-edited', edited)
}

export async function loadScenario(name: string): Promise<Scenario> {
  const load = scenarios[`../../../lessons/scenarios/${name}.json`]
  if (!load) throw new Error(`Broken expectation: the scenario "${name}" is in lessons/scenarios`)
  return load()
}

/** The title of a lesson, for lists of questions. */
export const lessonTitle = (id: string): string => lessonMetas.find((each) => each.id === id)?.title ?? id

/** In one sentence, what a learner does in a lesson. */
export const lessonSummary = (id: string): string => lessonMetas.find((each) => each.id === id)?.summary ?? ''

/** How long a lesson takes. */
export const minutesOf = (id: string): number => lessonMetas.find((each) => each.id === id)?.minutes ?? 0
