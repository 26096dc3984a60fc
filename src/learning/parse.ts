import type { Yaml } from 'mdast'
import { directiveFaults } from './directiveLines'
import { type KnownNames, unknownNames } from './knownNames'
import type { Block, Lesson, LessonMeta, LessonStep } from './lesson'
import { type Complain, readMarkdown } from './markdown'
import { meant } from './nearest'
import { parseQuiz, type SharedRuns, type StoredLetters } from './parseQuiz'
import { StepReader } from './parseStep'
import { LessonPlaces } from './places'
import { LessonError, type Problem } from './problem'
import type { Quiz } from './question'
import { type FrontMatter, frontMatterSchema } from './schema'
import { type Place, readYaml } from './yaml'

export interface LessonSource {
  /** The lesson's folder, for problems: `lessons/01-the-journey/01-one-letter-three-steps`. */
  readonly folder: string
  /** `lesson.md` */
  readonly markdown: string
  /** `quiz.yaml` */
  readonly quiz: string
  /** The runs of `lessons/runs.yaml`. */
  readonly shared?: SharedRuns
  /** The stored messages in the folder. */
  readonly letters?: StoredLetters
  /** The names that it may use; without them they are not checked. */
  readonly known?: KnownNames
}

/** A lesson with its quiz, and where its parts stand. The page gets the lesson alone. */
export interface ParsedLesson extends Lesson {
  readonly quiz: Quiz
  readonly places: LessonPlaces
}

/** Parses a lesson. Throws a LessonError with every problem, each with file, line, column and remedy. */
export function parseLesson(source: LessonSource): ParsedLesson {
  const problems: Problem[] = []
  const file = `${source.folder}/lesson.md`
  const front = readFront(source, problems)
  const places = new LessonPlaces(source.markdown, front?.placeOf)
  const steps = readSteps(source, front && Object.keys(runsOf(front.meta)), places, problems)
  const quiz = readQuizOf(source, problems)
  const report = (place: Place, message: string, remedy: string): void => {
    problems.push({ file, ...place, message, remedy })
  }
  if (front) unknownNames(front.meta, source.known, (path, ...said) => report(front.placeOf(path), ...said))
  const isNamed = problems.length === 0
  if (front && steps) {
    checkNames(front.meta, steps, places, report)
    if (isNamed) checkFinePrint(front.meta, steps, places, report)
    if (quiz) checkQuestions(front.meta, steps, quiz, places, report)
  }
  if (!front || !quiz || !steps || problems.length > 0) throw new LessonError(inFileOrder(problems))
  const { moments, checks, measures, simplifies, covers, finePrint } = front.meta
  const closing = closingOf(front.meta, steps, quiz)
  return {
    ...metaOf(source.folder, front.meta),
    covers,
    finePrint,
    simplifies,
    runs: runsOf(front.meta),
    moments,
    checks,
    measures,
    steps,
    closing,
    quiz,
    places,
  }
}

const runsOf = ({ run, runs }: FrontMatter): Lesson['runs'] => ({ ...(run && { [MAIN]: run }), ...runs })

/** The run of a lesson that has only one. */
const MAIN = 'main'

/** From top to bottom, a file after another. */
const inFileOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((a, b) => (a.file === b.file ? a.line - b.line : 0))

function closingOf(front: FrontMatter, steps: readonly LessonStep[], quiz: Quiz): readonly string[] {
  const asked = steps.flatMap(({ blocks }) => itemsAsked(blocks))
  return front.closing ?? quiz.questions.map(({ id }) => id).filter((id) => !asked.includes(id))
}

/** Each fine print is one of the lesson's own. */
function checkFinePrint(
  front: FrontMatter,
  steps: readonly LessonStep[],
  places: LessonPlaces,
  report: (place: Place, message: string, remedy: string) => void,
): void {
  for (const block of steps.flatMap(({ blocks }) => blocks)) {
    if (block.kind === 'finePrint' && ![...front.finePrint, ...front.covers].includes(block.id))
      report(
        places.of(block, 'id'),
        `the fine print "${block.id}" is not of this lesson`,
        'Name it in "finePrint" of the front matter, or take an id of "covers".',
      )
  }
}

/** Each question that the lesson asks is one of its quiz. */
function checkQuestions(
  front: FrontMatter,
  steps: readonly LessonStep[],
  quiz: Quiz,
  places: LessonPlaces,
  report: (place: Place, message: string, remedy: string) => void,
): void {
  const known = quiz.questions.map(({ id }) => id)
  const isMissing = (id: string): boolean => !known.includes(id)
  const say = (place: Place, id: string): void =>
    report(place, `there is no question "${id}"`, meant(id, known, 'Write one into quiz.yaml.'))
  for (const [at, id] of (front.closing ?? []).entries()) if (isMissing(id)) say(places.front(['closing', at]), id)
  for (const block of steps.flatMap(({ blocks }) => blocks))
    if (block.kind === 'recall' && isMissing(block.item)) say(places.of(block, 'item'), block.item)
}

/** The questions that a text asks. */
const itemsAsked = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'recall' ? [block.item] : []))

/** The lesson's entry in the course list, without its text. */
export function parseLessonMeta(source: Pick<LessonSource, 'folder' | 'markdown'>): LessonMeta {
  const problems: Problem[] = []
  const front = readFront(source, problems)
  if (!front) throw new LessonError(problems)
  return metaOf(source.folder, front.meta)
}

/** `lessons/01-the-journey/01-one-letter-three-steps` is the lesson `the-journey/one-letter-three-steps`. */
export function lessonId(folder: string): string {
  const [unit = '', name = ''] = folder.split('/').slice(-2)
  return `${unit.replace(/^\d+-/, '')}/${name.replace(/^\d+-/, '')}`
}

function metaOf(folder: string, front: FrontMatter): LessonMeta {
  const { unit, title, summary, minutes, run, runs = {} } = front
  const plays = [...(run ? [run] : []), ...Object.values(runs)]
  const worlds = [...new Set(plays.map(({ scenario }) => scenario))]
  return { id: lessonId(folder), unit, title, summary, minutes, worlds }
}

interface Front {
  readonly meta: FrontMatter
  readonly placeOf: (path: readonly (string | number)[]) => Place
}

function readFront(
  { folder, markdown }: Pick<LessonSource, 'folder' | 'markdown'>,
  problems: Problem[],
): Front | undefined {
  const file = `${folder}/lesson.md`
  const yaml = readMarkdown(markdown).children.find((node): node is Yaml => node.type === 'yaml')
  if (!yaml) {
    problems.push({ file, line: 1, column: 1, ...noFront(markdown) })
    return undefined
  }
  const read = readYaml(yaml.value, frontMatterSchema, file, (yaml.position?.start.line ?? 1) + 1)
  problems.push(...read.problems)
  const { value, placeOf } = read
  if (value && Object.keys(runsOf(value)).length === 0) {
    const remedy = 'Write run: { scenario: two-towns, deeds: [...] }, or several below runs:, each with an id.'
    problems.push({ file, ...placeOf([]), message: 'the lesson has no run', remedy })
  }
  return value && { meta: value, placeOf }
}

function noFront(markdown: string): Pick<Problem, 'message' | 'remedy'> {
  if (markdown.trim() === '')
    return { message: 'the file is empty', remedy: 'npm run --silent ehlo -- lesson new makes a lesson to begin with.' }
  if (/^\uFEFF?---\s*\n/.test(markdown))
    return { message: 'the front matter is not closed', remedy: 'Write a line --- after its last field.' }
  if (/^\s+---/.test(markdown))
    return {
      message: 'the front matter does not begin in the first line',
      remedy: 'Remove what stands before its ---.',
    }
  return { message: 'there is no front matter', remedy: 'Begin the file with a line ---, YAML, and a line ---.' }
}

function readQuizOf({ folder, quiz, shared, letters, known }: LessonSource, problems: Problem[]): Quiz | undefined {
  try {
    return parseQuiz({
      file: `${folder}/quiz.yaml`,
      yaml: quiz,
      ...(shared && { shared }),
      ...(letters && { letters }),
      ...(known && { known }),
    })
  } catch (error) {
    if (!(error instanceof LessonError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

/** The steps; undefined if the colons of the text do not say where they begin and end, which is told alone. */
function readSteps(
  { folder, markdown }: LessonSource,
  runs: readonly string[] | undefined,
  places: LessonPlaces,
  problems: Problem[],
): readonly LessonStep[] | undefined {
  const file = `${folder}/lesson.md`
  const root = readMarkdown(markdown)
  // Without an end of the front matter all of the file is another text.
  if (root.children[0]?.type !== 'yaml') return undefined
  const faults = directiveFaults(markdown)
  if (faults.length > 0) {
    problems.push(...faults.map((fault) => ({ file, ...fault })))
    return undefined
  }
  const complain: Complain = (node, message, remedy) => {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 }
    problems.push({ file, line, column, message, remedy })
  }
  const reader = new StepReader(runs ?? [], places, complain)
  const steps: LessonStep[] = []
  let count = 0
  for (const node of root.children) {
    if (node.type === 'yaml') continue
    if (node.type === 'containerDirective' && node.name === 'step') {
      count++
      const step = reader.step(node)
      if (step) steps.push(step)
    } else {
      complain(
        node,
        'this stands outside of every step',
        'Put it between ::::step{#id title="..."} and ::::, with more colons than what is inside.',
      )
    }
  }
  if (count === 0) complain({}, 'the lesson has no step', 'Write ::::step{#id title="..."} with prose and ::::.')
  return steps
}

/** Checks that all referenced moments, checks, measures and runs exist. */
function checkNames(
  front: FrontMatter,
  steps: readonly LessonStep[],
  places: LessonPlaces,
  report: (place: Place, message: string, remedy: string) => void,
): void {
  const seen = new Set<string>()
  const titles = new Set<string>()
  for (const step of steps) {
    if (seen.has(step.id))
      report(
        places.of(step),
        `there are two steps "${step.id}"`,
        'Progress is kept by this id: give one of them another.',
      )
    else if (titles.has(step.title))
      report(places.of(step, 'title'), `two steps have the title "${step.title}"`, 'Give one of them another.')
    seen.add(step.id)
    titles.add(step.title)
    const { prediction, task } = step
    const wants = (kind: string, known: object, id: string | undefined, part: object, attribute?: string): void => {
      if (id === undefined || Object.hasOwn(known, id)) return
      report(
        places.of(part, attribute),
        `there is no ${kind} "${id}"`,
        meant(id, Object.keys(known), `Write ${kind}s: into the front matter.`),
      )
    }
    wants('run', runsOf(front), step.run, step, 'run')
    wants('moment', front.moments, step.moment, step, 'moment')
    for (const block of step.blocks) {
      if (block.kind === 'compare') {
        wants('run', runsOf(front), block.left, block, 'left')
        wants('run', runsOf(front), block.right, block, 'right')
        wants('moment', front.moments, block.moment, block, 'moment')
      }
    }
    if (prediction) {
      wants('moment', front.moments, prediction.moment, prediction, 'moment')
      for (const option of prediction.options) {
        if (prediction.kind === 'order') wants('moment', front.moments, option.answer, option)
        if (prediction.kind === 'happens' || prediction.kind === 'several')
          wants('check', front.checks, option.answer, option)
      }
      if (prediction.kind === 'number' && prediction.measure === undefined)
        report(
          places.of(prediction),
          'the prediction says not what is counted',
          'Add measure="id", one of the front matter.',
        )
      else if (prediction.kind === 'number') wants('measure', front.measures, prediction.measure, prediction, 'measure')
    }
    if (!task) continue
    for (const goal of task.goals) wants('check', front.checks, goal.check, goal, 'check')
    for (const harm of task.noHarm ?? []) wants('check', front.checks, harm.check, task, 'no-harm')
    for (const mistake of task.mistakes) wants('check', front.checks, mistake.when, mistake, 'when')
    wants('measure', front.measures, task.score?.measure, task, 'score')
  }
  for (const [id, moment] of Object.entries(front.moments)) {
    if (moment.after !== undefined && !(moment.after in front.moments)) {
      report(
        places.front(['moments', id, 'after']),
        `there is no moment "${moment.after}"`,
        meant(moment.after, Object.keys(front.moments), 'Name another moment of the same lesson.'),
      )
    }
  }
}
