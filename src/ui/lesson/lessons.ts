import type { CourseUnit } from '../../learning/course'
import type { Lesson, LessonMeta } from '../../learning/lesson'
import type { Quiz } from '../../learning/question'
import { homeText } from '../../messages/home'
import type { Scenario } from '../../world/scenario'

/** The list of all lessons, as the build made it. A lesson's text is loaded when it is opened. */
const metas = import.meta.glob<LessonMeta>('../../../lessons/*/*/lesson.md', {
  query: '?meta',
  import: 'default',
  eager: true,
})
const texts = import.meta.glob<Lesson>('../../../lessons/*/*/lesson.md', { query: '?lesson', import: 'default' })
const quizzes = import.meta.glob<Quiz>('../../../lessons/*/*/quiz.yaml', { query: '?quiz', import: 'default' })
const scenarios = import.meta.glob<Scenario>('../../../lessons/scenarios/*.json', { import: 'default' })

const courses = import.meta.glob<readonly CourseUnit[]>('../../../lessons/course.yaml', {
  query: '?course',
  import: 'default',
  eager: true,
})

const lessonMetas: readonly LessonMeta[] = Object.values(metas)

/** The units in their order, as `lessons/course.yaml` has them. */
export const COURSE: readonly CourseUnit[] = Object.values(courses).flat()

export interface OpenLesson {
  readonly lesson: Lesson
  readonly quiz: Quiz
  /** The worlds of its runs, by the id of the run. */
  readonly scenarios: Readonly<Record<string, Scenario>>
}

const opened = new Map<string, Promise<OpenLesson | undefined>>()

/** The lesson and its world, or undefined if there is no such lesson. */
export function openLesson(id: string): Promise<OpenLesson | undefined> {
  let lesson = opened.get(id)
  if (!lesson) {
    lesson = loadLesson(id)
    opened.set(id, lesson)
  }
  return lesson
}

async function loadLesson(id: string): Promise<OpenLesson | undefined> {
  const path = Object.keys(metas).find((each) => metas[each]?.id === id)
  if (path === undefined) return undefined
  const text = texts[path]
  if (!text) return undefined
  const quiz = quizzes[path.replace(/lesson\.md$/, 'quiz.yaml')]
  if (!quiz) throw new Error(`Broken expectation: the lesson "${id}" has a quiz`)
  const [lesson, asked] = await Promise.all([text(), quiz()])
  const scenarios = await Promise.all(
    Object.entries(lesson.runs).map(async ([run, play]) => [run, await loadScenario(play.scenario)] as const),
  )
  return { lesson, quiz: asked, scenarios: Object.fromEntries(scenarios) }
}

export async function loadScenario(name: string): Promise<Scenario> {
  const load = scenarios[`../../../lessons/scenarios/${name}.json`]
  if (!load) throw new Error(`Broken expectation: the scenario "${name}" is in lessons/scenarios`)
  return load()
}

/** A place in the course: a lesson that is written, or the title of a planned one. */
export interface CourseStop {
  readonly title: string
  readonly meta?: LessonMeta
}

/** The stops of a unit in order. */
export const stopsOf = (unit: CourseUnit): readonly CourseStop[] =>
  unit.lessons.map(({ title, id }) => {
    const meta = lessonMetas.find((each) => each.id === id)
    return meta ? { title, meta } : { title }
  })

/** Says in one line how much of the course is written. */
export function writtenSoFar(): string {
  const stops = COURSE.flatMap(stopsOf)
  return homeText('written', { written: stops.filter(({ meta }) => meta !== undefined).length, count: stops.length })
}
