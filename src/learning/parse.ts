import type { Yaml } from 'mdast'
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { z } from 'zod'
import type {
  Block,
  Hint,
  Inline,
  Lesson,
  LessonMeta,
  LessonStep,
  Mistake,
  Prediction,
  PredictOption,
  Quiz,
  Task,
} from './lesson'
import { blockOf, type Complain, inlinesOf, type MarkdownNode, readMarkdown } from './markdown'
import { parseQuiz } from './parseQuiz'
import { LessonError, type Problem } from './problem'
import { type DirectiveName, directiveSchemas, type FrontMatter, frontMatterSchema } from './schema'
import { readYaml } from './yaml'

type Directive = ContainerDirective | LeafDirective

export interface LessonSource {
  /** The lesson's folder, for problems: `lessons/01-the-journey/01-one-letter-three-steps`. */
  readonly folder: string
  /** `lesson.md` */
  readonly markdown: string
  /** `quiz.yaml` */
  readonly quiz: string
}

/** Parses a lesson. Throws a LessonError with every problem, each with file, line, column and remedy. */
export function parseLesson(source: LessonSource): Lesson {
  const problems: Problem[] = []
  const front = readFront(source, problems)
  const steps = readSteps(source, problems)
  const quiz = readQuizOf(source, problems)
  if (front) {
    checkNames(front.meta, steps, (place, message, remedy) =>
      problems.push({ file: `${source.folder}/lesson.md`, ...place, message, remedy }),
    )
  }
  if (!front || !quiz || problems.length > 0) throw new LessonError(problems)
  const { run, moments, checks, simplifies, covers, finePrint } = front.meta
  return {
    ...metaOf(source.folder, front.meta),
    covers,
    finePrint,
    simplifies,
    run,
    moments,
    checks,
    steps: steps.map(({ step }) => step),
    quiz,
  }
}

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
  const { unit, title, summary, minutes } = front
  return { id: lessonId(folder), unit, title, summary, minutes }
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
  return read.value && { meta: read.value }
}

function readQuizOf({ folder, quiz }: LessonSource, problems: Problem[]): Quiz | undefined {
  try {
    return parseQuiz({ file: `${folder}/quiz.yaml`, yaml: quiz })
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

function readSteps({ folder, markdown }: LessonSource, problems: Problem[]): Placed[] {
  const complain: Complain = (node, message, remedy) => {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 }
    problems.push({ file: `${folder}/lesson.md`, line, column, message, remedy })
  }
  const reader = new StepReader(complain)
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

/** Reads one step: prose, at most one prediction, at most one task. */
class StepReader {
  readonly #complain: Complain
  constructor(complain: Complain) {
    this.#complain = complain
  }

  step(node: ContainerDirective): LessonStep | undefined {
    const given = this.#attributes(node, 'step')
    if (!given) return undefined
    let prediction: Prediction | undefined
    let task: Task | undefined
    let watch: Inline[] | undefined
    const blocks: Block[] = []
    for (const child of node.children) {
      if (child.type === 'containerDirective' && child.name === 'predict') prediction = this.#prediction(child)
      else if (child.type === 'containerDirective' && child.name === 'task') task = this.#task(child)
      else if (isDirective(child) && child.name === 'watch') watch = this.#line(child)
      else blocks.push(...this.#block(child))
    }
    return { ...given, ...(watch && { watch }), blocks, ...(prediction && { prediction }), ...(task && { task }) }
  }

  #prediction(node: ContainerDirective): Prediction | undefined {
    const given = this.#attributes(node, 'predict')
    const [question, list, ...more] = node.children
    if (question?.type !== 'paragraph' || list?.type !== 'list' || more.length > 0) {
      this.#complain(node, 'a prediction is a question and a list of answers', 'Write one paragraph, then a list.')
      return undefined
    }
    if (!given) return undefined
    const options = list.children.map((item): PredictOption => {
      const [head, ...why] = item.children
      const [answer, ...label] = head?.type === 'paragraph' ? head.children : []
      if (answer?.type !== 'inlineCode' || why.length !== 1 || why[0]?.type !== 'paragraph') {
        this.#complain(
          item,
          'an answer is `what the run says`, a label, and a paragraph that explains it',
          'Write - `250` Yes, then an indented paragraph.',
        )
        return { answer: '', label: [], why: [] }
      }
      return {
        answer: answer.value,
        label: trimmed(inlinesOf(label, this.#complain)),
        why: inlinesOf(why[0].children, this.#complain),
      }
    })
    if (!options.some((option) => option.answer === given.answer)) {
      this.#complain(
        node,
        `no option is the answer "${given.answer}"`,
        `The options are: ${options.map((option) => option.answer).join(', ')}.`,
      )
    }
    return { ...given, question: inlinesOf(question.children, this.#complain), options }
  }

  #task(node: ContainerDirective): Task | undefined {
    const given = this.#attributes(node, 'task')
    const blocks: Block[] = []
    const hints: Hint[] = []
    const mistakes: Mistake[] = []
    let praise: Inline[] = []
    for (const child of node.children) {
      const name = isDirective(child) ? child.name : undefined
      if (isDirective(child) && name === 'hint') {
        const hint = this.#attributes(child, 'hint')
        if (hint) hints.push({ ...hint, inlines: this.#line(child) })
      } else if (isDirective(child) && name === 'mistake') {
        const mistake = this.#attributes(child, 'mistake')
        if (mistake) mistakes.push({ ...mistake, inlines: this.#line(child) })
      } else if (isDirective(child) && name === 'praise') praise = this.#line(child)
      else blocks.push(...this.#block(child))
    }
    if (given && hints.map(({ grade }) => grade).join() !== 'nudge,pointer,line') {
      this.#complain(
        node,
        'a task has three hints: nudge, pointer, line',
        'Write ::hint[...]{grade="nudge"} and so on, in that order.',
      )
    }
    return given && { ...given, blocks, hints, mistakes, praise }
  }

  #block(node: MarkdownNode): readonly Block[] {
    const block = blockOf(node, this.#complain)
    if (block) return [block]
    if (!isDirective(node)) {
      this.#complain(
        node,
        `"${node.type}" is not known in a lesson`,
        'Use paragraphs, lists and the directives of src/learning/schema.ts.',
      )
      return []
    }
    if (node.name === 'envelope') return [{ kind: 'envelope' }]
    if (node.name === 'gloss') return [{ kind: 'gloss', inlines: this.#line(node) }]
    if (node.name === 'term') {
      const given = this.#attributes(node, 'term')
      return given ? [{ kind: 'term', ...given, inlines: this.#line(node) }] : []
    }
    if (node.name === 'fine-print') {
      const given = this.#attributes(node, 'fine-print')
      return given
        ? [
            {
              kind: 'finePrint',
              ...given,
              blocks: node.children.flatMap((child) => blockOf(child as MarkdownNode, this.#complain) ?? []),
            },
          ]
        : []
    }
    const known = Object.keys(directiveSchemas).join(', ')
    this.#complain(node, `there is no directive "${node.name}" here`, `Known are: ${known}.`)
    return []
  }

  /** The text of a directive: its label, or its one paragraph. */
  #line(node: Directive): Inline[] {
    if (node.type === 'leafDirective') return inlinesOf(node.children, this.#complain)
    const [paragraph, ...more] = node.children
    if (paragraph?.type === 'paragraph' && more.length === 0) return inlinesOf(paragraph.children, this.#complain)
    this.#complain(
      node,
      `"${node.name}" holds one paragraph`,
      'Make it one paragraph, or use the short form ::name[text].',
    )
    return []
  }

  #attributes<N extends DirectiveName>(node: Directive, name: N): z.output<(typeof directiveSchemas)[N]> | undefined {
    const result = directiveSchemas[name].safeParse({ ...node.attributes })
    if (result.success) return result.data as z.output<(typeof directiveSchemas)[N]>
    for (const issue of result.error.issues) {
      this.#complain(
        node,
        `${name} ${issue.path.join('.')}: ${issue.message.toLowerCase()}`,
        'The attributes are in src/learning/schema.ts.',
      )
    }
    return undefined
  }
}

const isDirective = (node: MarkdownNode): node is Directive =>
  node.type === 'containerDirective' || node.type === 'leafDirective'

/** Removes the space between the answer and its label. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline, at) => (at === 0 && typeof inline === 'string' ? inline.trimStart() : inline))
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
    for (const moment of [step.moment, step.prediction?.moment]) {
      if (moment !== undefined && !(moment in front.moments)) {
        report(
          place,
          `there is no moment "${moment}"`,
          `Name one of the front matter's: ${Object.keys(front.moments).join(', ')}.`,
        )
      }
    }
    for (const check of [step.task?.check, ...(step.task?.mistakes ?? []).map(({ when }) => when)]) {
      if (check !== undefined && !(check in front.checks)) {
        report(
          place,
          `there is no check "${check}"`,
          `Name one of the front matter's: ${Object.keys(front.checks).join(', ')}.`,
        )
      }
    }
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
