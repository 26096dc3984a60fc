import type { ContainerDirective, LeafDirective } from 'mdast-util-directive'
import type { z } from 'zod'
import type {
  Block,
  DialogueLine,
  GappedDialogue,
  Goal,
  Hint,
  Inline,
  LessonStep,
  Mistake,
  Prediction,
  PredictionKind,
  PredictOption,
  Task,
} from './lesson'
import { blockOf, type Complain, inlinesOf, type MarkdownNode, typographic } from './markdown'
import { type DirectiveName, directiveSchemas } from './schema'

type Directive = ContainerDirective | LeafDirective

/** Reads one step: prose, at most one prediction, at most one task. */
export class StepReader {
  readonly #complain: Complain
  /** The run of the step before. */
  #run: string
  constructor(runs: readonly string[], complain: Complain) {
    this.#complain = complain
    this.#run = runs[0] ?? ''
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
    this.#run = given.run ?? this.#run
    return {
      ...given,
      title: typographic(given.title),
      run: this.#run,
      ...(watch && { watch }),
      blocks,
      ...(prediction && { prediction }),
      ...(task && { task }),
    }
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
    const wanted = MANY.includes(given.kind) ? given.answer.split(/\s+/) : [given.answer]
    for (const answer of wanted.filter((each) => !options.some((option) => option.answer === each))) {
      this.#complain(
        node,
        `no option is the answer "${answer}"`,
        `The options are: ${options.map((option) => option.answer).join(', ')}.`,
      )
    }
    if (given.kind === 'order' && wanted.length !== options.length)
      this.#complain(node, 'the answer does not name every option', 'Write all of them in the order of time.')
    return { ...given, question: inlinesOf(question.children, this.#complain), options }
  }

  #task(node: ContainerDirective): Task | undefined {
    const given = this.#attributes(node, 'task')
    const blocks: Block[] = []
    const hints: Hint[] = []
    const mistakes: Mistake[] = []
    const goals: Goal[] = []
    let dialogue: GappedDialogue | undefined
    let praise: Inline[] = []
    for (const child of node.children) {
      const name = isDirective(child) ? child.name : undefined
      if (isDirective(child) && name === 'hint') {
        const hint = this.#attributes(child, 'hint')
        if (hint) hints.push({ ...hint, inlines: this.#line(child) })
      } else if (isDirective(child) && name === 'mistake') {
        const mistake = this.#attributes(child, 'mistake')
        if (mistake && mistake.when === undefined && mistake.reply === undefined)
          this.#complain(child, 'a mistake is known by a check or by a reply', 'Add {when="..."} or {reply="503"}.')
        if (mistake) mistakes.push({ ...mistake, inlines: this.#line(child) })
      } else if (isDirective(child) && name === 'goal') {
        const goal = this.#attributes(child, 'goal')
        if (goal) goals.push({ ...goal, inlines: this.#line(child) })
      } else if (isDirective(child) && name === 'praise') praise = this.#line(child)
      else if (child.type === 'containerDirective' && name === 'dialogue') dialogue = this.#dialogue(child)
      else blocks.push(...this.#block(child))
    }
    if (given && hints.map(({ grade }) => grade).join() !== 'nudge,pointer,line') {
      this.#complain(
        node,
        'a task has three hints: nudge, pointer, line',
        'Write ::hint[...]{grade="nudge"} and so on, in that order.',
      )
    }
    if (!given) return undefined
    const { check, 'no-harm': noHarm, score, best, ...rest } = given
    if (check !== undefined) goals.unshift({ check, inlines: [] })
    if (goals.length === 0)
      this.#complain(node, 'a task has a check, or goals with a check each', 'Write :::task{check="..."}.')
    if ((score === undefined) !== (best === undefined))
      this.#complain(
        node,
        'a score is a measure and the best number that is known',
        'Write both score="..." and best="9".',
      )
    return {
      ...rest,
      goals,
      ...(noHarm !== undefined && { noHarm: [{ check: noHarm, stays: [], harmed: [] }] }),
      ...(score !== undefined && best !== undefined && { score: { measure: score, best } }),
      blocks,
      hints,
      mistakes,
      praise,
      ...(dialogue && { dialogue }),
    }
  }

  /** A block of code: a line `____ = MAIL FROM:<…>` is a gap with one way to fill it, every other line is given. */
  #dialogue(node: ContainerDirective): GappedDialogue | undefined {
    const given = this.#attributes(node, 'dialogue')
    const [code, ...more] = node.children
    if (code?.type !== 'code' || more.length > 0) {
      this.#complain(
        node,
        'a dialogue is one block of code',
        'Write ``` and the lines, a gap as ____ = the line, and ```.',
      )
      return undefined
    }
    const lines = code.value.split('\n').map((line): DialogueLine => {
      const gap = /^____\s*=\s?(.*)$/.exec(line)
      return gap ? { line: gap[1] ?? '', gap: true } : { line, gap: false }
    })
    return given && { ...given, lines }
  }

  #block(node: MarkdownNode): readonly Block[] {
    const block = blockOf(node, this.#complain)
    if (block) return [block]
    if (!isDirective(node)) {
      this.#complain(
        node,
        `"${node.type}" is not known in a lesson`,
        'Use paragraphs, lists, tables and the directives of src/learning/schema.ts.',
      )
      return []
    }
    switch (node.name) {
      case 'envelope':
      case 'exam':
      case 'curve':
        return this.#attributes(node, node.name) ? [{ kind: node.name }] : []
      case 'gloss':
        return [{ kind: 'gloss', inlines: this.#line(node) }]
      case 'term': {
        const given = this.#attributes(node, 'term')
        return given ? [{ kind: 'term', ...given, inlines: this.#line(node) }] : []
      }
      case 'recall': {
        const given = this.#attributes(node, 'recall')
        return given ? [{ kind: 'recall', ...given }] : []
      }
      case 'compare': {
        const given = this.#attributes(node, 'compare')
        if (!given) return []
        const { names, ...rest } = given
        const [left, right] = names?.split('|').map((name) => name.trim()) ?? []
        return [{ kind: 'compare', ...rest, ...(left && right && { names: [left, right] as const }) }]
      }
      case 'fine-print': {
        const given = this.#attributes(node, 'fine-print')
        return given ? [{ kind: 'finePrint', ...given, blocks: this.#blocksIn(node) }] : []
      }
      case 'try':
        return this.#attributes(node, 'try') ? [{ kind: 'try', blocks: this.#blocksIn(node) }] : []
      default:
        this.#complain(
          node,
          `there is no directive "${node.name}" here`,
          `Known are: ${Object.keys(directiveSchemas).join(', ')}.`,
        )
        return []
    }
  }

  #blocksIn(node: Directive): readonly Block[] {
    return node.children.flatMap((child) => blockOf(child as MarkdownNode, this.#complain) ?? [])
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

/** The kinds of predictions whose answer names several options. */
const MANY: readonly PredictionKind[] = ['several', 'order']

const isDirective = (node: MarkdownNode): node is Directive =>
  node.type === 'containerDirective' || node.type === 'leafDirective'

/** Removes the space between the answer and its label. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline, at) => (at === 0 && typeof inline === 'string' ? inline.trimStart() : inline))
}
