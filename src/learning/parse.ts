import type { Yaml } from 'mdast'
import type { Block, Lesson, LessonMeta, LessonStep } from './lesson'
import { type Complain, readMarkdown } from './markdown'
import { parseQuiz, type SharedRuns, type StoredLetters } from './parseQuiz'
import { StepReader } from './parseStep'
import { LessonError, type Problem } from './problem'
import type { Quiz } from './question'
import { type FrontMatter, frontMatterSchema } from './schema'
import { readYaml } from './yaml'

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
}

/** A lesson with its quiz. The page gets the two apart. */
export interface ParsedLesson extends Lesson {
  readonly quiz: Quiz
}

/** Parses a lesson. Throws a LessonError with every problem, each with file, line, column and remedy. */
export function parseLesson(source: LessonSource): ParsedLesson {
  const problems: Problem[] = []
  const front = readFront(source, problems)
  const steps = readSteps(source, Object.keys(front ? runsOf(front.meta) : {}), problems)
  const quiz = readQuizOf(source, problems)
  if (front) {
    checkNames(front.meta, steps, (place, message, remedy) =>
      problems.push({ file: `${source.folder}/lesson.md`, ...place, message, remedy }),
    )
  }
  if (!front || !quiz || problems.length > 0) throw new LessonError(problems)
  const { moments, checks, measures, simplifies, covers, finePrint } = front.meta
  const asked = steps.flatMap(({ step }) => itemsAsked(step.blocks))
  const closing = front.meta.closing ?? quiz.questions.map(({ id }) => id).filter((id) => !asked.includes(id))
  const missing = [...asked, ...closing].filter((id) => !quiz.questions.some((question) => question.id === id))
  if (missing.length > 0) {
    throw new LessonError(
      missing.map((id) => ({
        file: `${source.folder}/lesson.md`,
        line: 1,
        column: 1,
        message: `there is no question "${id}"`,
        remedy: `The questions of quiz.yaml are: ${quiz.questions.map((question) => question.id).join(', ')}.`,
      })),
    )
  }
  return {
    ...metaOf(source.folder, front.meta),
    covers,
    finePrint,
    simplifies,
    runs: runsOf(front.meta),
    moments,
    checks,
    measures,
    steps: steps.map(({ step }) => step),
    closing,
    quiz,
  }
}

const runsOf = ({ run, runs }: FrontMatter): Lesson['runs'] => ({ ...(run && { [MAIN]: run }), ...runs })

/** The run of a lesson that has only one. */
const MAIN = 'main'

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

function readFront(
  { folder, markdown }: Pick<LessonSource, 'folder' | 'markdown'>,
  problems: Problem[],
): { meta: FrontMatter } | undefined {
  const file = `${folder}/lesson.md`
  const yaml = readMarkdown(markdown).children.find((node): node is Yaml => node.type === 'yaml')
  if (!yaml) {
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'there is no front matter',
      remedy: 'Begin the file with a line ---, YAML, and a line ---.',
    })
    return undefined
  }
  const read = readYaml(yaml.value, frontMatterSchema, file, (yaml.position?.start.line ?? 1) + 1)
  problems.push(...read.problems)
  if (read.value && Object.keys(runsOf(read.value)).length === 0) {
    const remedy = 'Write run: { scenario: two-towns, deeds: [...] }, or several below runs:, each with an id.'
    problems.push({ file, ...read.placeOf([]), message: 'the lesson has no run', remedy })
  }
  return read.value && { meta: read.value }
}

function readQuizOf({ folder, quiz, shared, letters }: LessonSource, problems: Problem[]): Quiz | undefined {
  try {
    return parseQuiz({
      file: `${folder}/quiz.yaml`,
      yaml: quiz,
      ...(shared && { shared }),
      ...(letters && { letters }),
    })
  } catch (error) {
    if (!(error instanceof LessonError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

interface Placed {
  readonly step: LessonStep
  readonly place: { readonly line: number; readonly column: number }
}

function readSteps({ folder, markdown }: LessonSource, runs: readonly string[], problems: Problem[]): Placed[] {
  const complain: Complain = (node, message, remedy) => {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 }
    problems.push({ file: `${folder}/lesson.md`, line, column, message, remedy })
  }
  const reader = new StepReader(runs, complain)
  const steps: Placed[] = []
  for (const node of readMarkdown(markdown).children) {
    if (node.type === 'yaml') continue
    if (node.type === 'containerDirective' && node.name === 'step') {
      const step = reader.step(node)
      if (step)
        steps.push({ step, place: { line: node.position?.start.line ?? 1, column: node.position?.start.column ?? 1 } })
    } else {
      complain(
        node,
        'this stands outside of every step',
        'Put it between ::::step{#id title="..."} and ::::, with more colons than what is inside.',
      )
    }
  }
  if (steps.length === 0) complain({}, 'the lesson has no step', 'Write ::::step{#id title="..."} with prose and ::::.')
  return steps
}

/** Checks that all referenced moments and checks exist. */
function checkNames(
  front: FrontMatter,
  steps: readonly Placed[],
  report: (place: Placed['place'], message: string, remedy: string) => void,
): void {
  const seen = new Set<string>()
  for (const { step, place } of steps) {
    if (seen.has(step.id))
      report(place, `there are two steps "${step.id}"`, 'Progress is kept by this id: give one of them another.')
    seen.add(step.id)
    const { prediction, task } = step
    const wants = (kind: string, known: object, ids: readonly (string | undefined)[]): void => {
      for (const id of ids.filter((id): id is string => id !== undefined && !Object.hasOwn(known, id))) {
        report(
          place,
          `there is no ${kind} "${id}"`,
          Object.keys(known).length === 0
            ? `Write ${kind}s: into the front matter.`
            : `Name one of the front matter's: ${Object.keys(known).join(', ')}.`,
        )
      }
    }
    const options = prediction?.options.map(({ answer }) => answer) ?? []
    const compared = step.blocks.flatMap((block) => (block.kind === 'compare' ? [block] : []))
    wants('run', runsOf(front), [step.run, ...compared.flatMap(({ left, right }) => [left, right])])
    wants('moment', front.moments, [step.moment, prediction?.moment, ...compared.map(({ moment }) => moment)])
    if (prediction?.kind === 'order') wants('moment', front.moments, options)
    if (prediction?.kind === 'happens' || prediction?.kind === 'several') wants('check', front.checks, options)
    wants('check', front.checks, [
      ...(task?.goals ?? []).map(({ check }) => check),
      ...(task?.noHarm ?? []).map(({ check }) => check),
      ...(task?.mistakes ?? []).map(({ when }) => when),
    ])
    wants('measure', front.measures, [
      prediction?.kind === 'number' ? (prediction.measure ?? '') : undefined,
      task?.score?.measure,
    ])
  }
  for (const [id, moment] of Object.entries(front.moments)) {
    if (moment.after !== undefined && !(moment.after in front.moments)) {
      report(
        { line: 1, column: 1 },
        `moment "${id}" counts from "${moment.after}", which is not there`,
        'Name another moment of the same lesson.',
      )
    }
  }
}
