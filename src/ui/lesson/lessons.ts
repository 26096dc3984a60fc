import type { Lesson, LessonMeta } from '../../learning/lesson'
import { homeText } from '../../messages/home'
import type { Scenario } from '../../world/scenario'

/** The lessons that there are, as the build made them. A lesson's text comes when it is opened. */
const metas = import.meta.glob<LessonMeta>('../../../lessons/*/*/lesson.md', {
  query: '?meta',
  import: 'default',
  eager: true,
})
const texts = import.meta.glob<Lesson>('../../../lessons/*/*/lesson.md', { query: '?lesson', import: 'default' })
const scenarios = import.meta.glob<Scenario>('../../../lessons/scenarios/*.json', { import: 'default' })

/** In the order of the course. */
export const lessonMetas: readonly LessonMeta[] = Object.keys(metas)
  .sort()
  .map((path) => metas[path] as LessonMeta)

export interface OpenLesson {
  readonly lesson: Lesson
  readonly scenario: Scenario
}

const opened = new Map<string, Promise<OpenLesson | undefined>>()

/** The lesson and its world, or undefined where there is no such lesson. */
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
  const text = path === undefined ? undefined : texts[path]
  if (!text) return undefined
  const lesson = await text()
  return { lesson, scenario: await loadScenario(lesson.run.scenario) }
}

export async function loadScenario(name: string): Promise<Scenario> {
  const load = scenarios[`../../../lessons/scenarios/${name}.json`]
  if (!load) throw new Error(`Broken expectation: the scenario "${name}" is in lessons/scenarios`)
  return load()
}

/** A part of the course, with the titles of the lessons that are planned for it. */
export interface CourseUnit {
  readonly title: string
  readonly about: string
  readonly protocol: 'SMTP' | 'DNS' | 'POP3' | 'IMAP' | 'all'
  readonly lessons: readonly string[]
}

export const COURSE: readonly CourseUnit[] = [
  {
    title: 'The journey',
    about: 'push, find, collect',
    protocol: 'all',
    lessons: ['One letter, three steps', 'Who does what'],
  },
  {
    title: 'Pushing with SMTP',
    about: 'ports 25, 587, 465',
    protocol: 'SMTP',
    lessons: [
      'The post office and its doors',
      'Hello',
      'The envelope',
      'The letter',
      'Second thoughts',
      'When the answer is no',
      'What SMTP cannot do',
    ],
  },
  {
    title: 'Finding the way',
    about: 'DNS: MX and A',
    protocol: 'DNS',
    lessons: ['Whose post office?', 'Preferences, fallbacks and no mail here'],
  },
  {
    title: 'Collecting with POP3',
    about: 'ports 110, 995',
    protocol: 'POP3',
    lessons: ['Collect and carry home', 'Gone from the server'],
  },
  {
    title: 'Living in the mailbox with IMAP',
    about: 'ports 143, 993',
    protocol: 'IMAP',
    lessons: ['The mailbox stays', 'Folders, flags, search', 'Two devices, one truth', 'On the train'],
  },
  { title: 'Choosing', about: 'one mailbox, two ways', protocol: 'all', lessons: ['POP3 or IMAP, side by side'] },
  {
    title: 'By hand',
    about: 'every word is yours',
    protocol: 'all',
    lessons: ['Be every machine', 'The three questions, and the exam'],
  },
]

/** A place in the course: a lesson that is written, or only the title of one. */
export interface CourseStop {
  readonly title: string
  readonly meta?: LessonMeta
}

/** The stops of a unit in order: those that were planned, then any that were written beyond the plan. */
export function stopsOf(unit: CourseUnit): readonly CourseStop[] {
  const written = lessonMetas.filter((meta) => meta.unit === unit.title)
  const planned = unit.lessons.map((title) => {
    const meta = written.find((each) => each.title === title)
    return meta ? { title, meta } : { title }
  })
  const beyond = written
    .filter(({ title }) => !unit.lessons.includes(title))
    .map((meta) => ({ title: meta.title, meta }))
  return [...planned, ...beyond]
}

/** How far the course has been written, in one line. */
export function writtenSoFar(): string {
  const stops = COURSE.flatMap(stopsOf)
  return homeText('written', { written: stops.filter(({ meta }) => meta !== undefined).length, count: stops.length })
}
