import type { ListItem } from 'mdast'
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
import { meant } from './nearest'
import type { LessonPlaces } from './places'
import { type DirectiveName, directiveSchemas } from './schema'
import { mistakesIn } from './schemaIssue'

type Directive = ContainerDirective | LeafDirective

/** Reads one step: prose, at most one prediction, at most one task. */
export class StepReader {
  readonly #complain: Complain
  readonly #places: LessonPlaces
  /** The run of the step before. */
  #run: string
  constructor(runs: readonly string[], places: LessonPlaces, complain: Complain) {
    this.#complain = complain
    this.#places = places
    this.#run = runs[0] ?? ''
  }

  step(node: ContainerDirective): LessonStep | undefined {
    const given = this.#attributes(node, 'step')
    if (!given) return undefined
    let prediction: Prediction | undefined
    let task: Task | undefined
    let watch: Inline[] | undefined
    const blocks: Block[] = []
    const once = new Set<string>()
    for (const child of node.children) {
      if (isDirective(child) && ONCE.includes(child.name)) {
        if (once.has(child.name))
          this.#complain(
            child,
            `the step has a second "${child.name}"`,
            'A step has one: begin a new step for the other.',
          )
        once.add(child.name)
      }
      if (child.type === 'containerDirective' && child.name === 'predict') prediction = this.#prediction(child)
      else if (child.type === 'containerDirective' && child.name === 'task') task = this.#task(child)
      else if (isDirective(child) && child.name === 'watch') watch = this.#line(child)
      else if (isDirective(child) && child.name === 'recall' && blocks.length > 0)
        this.#complain(child, 'a recall stands at the top of its step', 'Move it before the text of the step.')
      else blocks.push(...this.#block(child))
    }
    this.#run = given.run ?? this.#run
    const step: LessonStep = {
      ...given,
      title: typographic(given.title),
      run: this.#run,
      ...(watch && { watch }),
      blocks,
      ...(prediction && { prediction }),
      ...(task && { task }),
    }
    return this.#places.keep(step, node)
  }

  #prediction(node: ContainerDirective): Prediction | undefined {
    const given = this.#attributes(node, 'predict')
    const [question, list, ...more] = node.children
    if (question?.type !== 'paragraph' || list?.type !== 'list' || more.length > 0) {
      if (question?.type === 'paragraph' && list?.type === 'list' && more[0]?.type === 'paragraph')
        this.#complain(
          more[0],
          'this paragraph belongs to no option',
          'Indent it by two spaces, as far as the text above it.',
        )
      else this.#complain(node, 'a prediction is a question and a list of answers', 'Write one paragraph, then a list.')
      return undefined
    }
    if (!given) return undefined
    const read = list.children.map((item) => this.#option(item))
    const options = read.filter((option): option is PredictOption => option !== undefined)
    // An option that cannot be read may be the answer.
    if (options.length < read.length) return undefined
    const codes = options.map(({ answer }) => answer)
    for (const [at, option] of options.entries()) {
      if (codes.indexOf(option.answer) < at)
        this.#complain(
          at === 0 ? node : (list.children[at] ?? node),
          `there are two options "${option.answer}"`,
          'Give one of them another code.',
        )
    }
    if (options.length < 2)
      this.#complain(list, 'the prediction has one option', 'Add another that one could take for right.')
    const wanted = MANY.includes(given.kind) ? given.answer.split(/[\s,]+/) : [given.answer]
    for (const answer of wanted.filter((each) => !codes.includes(each))) {
      this.#complain(
        this.#at(node, 'answer'),
        `no option is the answer "${answer}"`,
        meant(answer, codes, 'Write the options.'),
      )
    }
    if (given.kind === 'order' && wanted.length !== options.length)
      this.#complain(node, 'the answer does not name every option', 'Write all of them in the order of time.')
    const prediction: Prediction = {
      ...given,
      answer: wanted.join(' '),
      question: inlinesOf(question.children, this.#complain),
      options,
    }
    return this.#places.keep(prediction, node)
  }

  /** `- \`250\` Yes`, and an indented paragraph. */
  #option(item: ListItem): PredictOption | undefined {
    const [head, why, ...more] = item.children
    const [answer, ...label] = head?.type === 'paragraph' ? head.children : []
    if (answer?.type !== 'inlineCode') {
      this.#complain(item, 'the option does not begin with its code', 'Write - `250` Yes, with the code between two `.')
      return undefined
    }
    if (why?.type !== 'paragraph' || more.length > 0) {
      const message = why
        ? `more than one paragraph says why of "${answer.value}"`
        : `the option "${answer.value}" does not say why`
      this.#complain(item, message, 'Add below it an empty line and one paragraph, indented by two spaces.')
      return undefined
    }
    const words = trimmed(inlinesOf(label, this.#complain))
    if (words.every((word) => typeof word === 'string' && word.trim() === '')) {
      this.#complain(item, `the option "${answer.value}" has no label`, 'Write after its code the answer in words.')
      return undefined
    }
    const option = { answer: answer.value, label: words, why: inlinesOf(why.children, this.#complain) }
    return this.#places.keep(option, item)
  }

  /** The place of an attribute, for a complaint. */
  #at(node: Directive, attribute: string): Pick<Directive, 'position'> {
    const { line, column } = this.#places.of(this.#places.keep({}, node), attribute)
    const start = { line, column }
    return { position: { start, end: start } }
  }

  #task(node: ContainerDirective): Task | undefined {
    const given = this.#attributes(node, 'task')
    const blocks: Block[] = []
    const hints: Hint[] = []
    const mistakes: Mistake[] = []
    const goals: Goal[] = []
    let dialogue: GappedDialogue | undefined
    let asked = 0
    let unread = false
    let praise: Inline[] = []
    for (const child of node.children) {
      const name = isDirective(child) ? child.name : undefined
      if (isDirective(child) && name === 'hint') {
        const hint = this.#attributes(child, 'hint')
        asked++
        if (hint) hints.push(this.#places.keep({ ...hint, inlines: this.#line(child) }, child))
      } else if (isDirective(child) && name === 'mistake') {
        const mistake = this.#attributes(child, 'mistake')
        if (mistake && mistake.when === undefined && mistake.reply === undefined)
          this.#complain(child, 'a mistake is known by a check or by a reply', 'Add {when="..."} or {reply="503"}.')
        if (mistake) mistakes.push(this.#places.keep({ ...mistake, inlines: this.#line(child) }, child))
      } else if (isDirective(child) && name === 'goal') {
        const goal = this.#attributes(child, 'goal')
        if (goal) goals.push(this.#places.keep({ ...goal, inlines: this.#line(child) }, child))
        else unread = true
      } else if (isDirective(child) && name === 'praise') praise = this.#line(child)
      else if (child.type === 'containerDirective' && name === 'dialogue') dialogue = this.#dialogue(child)
      else blocks.push(...this.#block(child))
    }
    if (given && asked === hints.length && hints.map(({ grade }) => grade).join() !== 'nudge,pointer,line') {
      this.#complain(
        node,
        `a task has three hints, nudge, pointer and line, in that order; here ${hints.length === 0 ? 'are none' : `stand ${hints.map(({ grade }) => grade).join(', ')}`}`,
        'Write ::hint[...]{grade="nudge"} and so on.',
      )
    }
    if (!given) return undefined
    const { check, 'no-harm': noHarm, score, best, ...rest } = given
    if (check !== undefined) goals.unshift(this.#places.keep({ check, inlines: [] }, node))
    if (goals.length === 0 && !unread)
      this.#complain(node, 'a task has a check, or goals with a check each', 'Write :::task{check="..."}.')
    if ((score === undefined) !== (best === undefined))
      this.#complain(
        node,
        'a score is a measure and the best number that is known',
        'Write both score="..." and best="9".',
      )
    const task: Task = {
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
    return this.#places.keep(task, node)
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
    const lines = code.value.split('\n').map((line, at): DialogueLine => {
      const gap = /^____\s*=\s?(.*)$/.exec(line)
      if (!gap && line.startsWith('____')) {
        const start = { line: (code.position?.start.line ?? 0) + at + 1, column: 1 }
        this.#complain(
          { position: { start, end: start } },
          'a gap has no line that fills it',
          'Write ____ = and the line.',
        )
      }
      return gap ? { line: gap[1] ?? '', gap: true } : { line, gap: false }
    })
    return given && this.#places.keep({ ...given, lines }, node)
  }

  #block(node: MarkdownNode): readonly Block[] {
    const block = blockOf(node, this.#complain)
    if (block) return [block]
    if (!isDirective(node)) {
      const [message, remedy] = UNKNOWN_BLOCKS[node.type] ?? [
        `"${node.type}" is not known in a lesson`,
        'Use paragraphs, lists, tables and the directives of the guide.',
      ]
      this.#complain(node, message, remedy)
      return []
    }
    return this.#directive(node).map((each) => this.#places.keep(each, node))
  }

  #directive(node: Directive): readonly Block[] {
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
          node.name in directiveSchemas
            ? `"${node.name}" cannot stand here`
            : `there is no directive "${node.name}" here`,
          node.name in directiveSchemas
            ? (PLACES[node.name] ?? 'The guide, lessons/README.md, says where it stands.')
            : meant(node.name, Object.keys(directiveSchemas), ''),
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
    const attributes = { ...node.attributes }
    // {saved title="…"}: the sign before the id is forgotten.
    const bare = Object.entries(attributes).find(([, value]) => value === '')?.[0]
    if (name === 'step' && attributes['id'] === undefined && bare !== undefined) {
      this.#complain(node, `the id of the step has no #`, `Write {#${bare} title="…"}.`)
      return undefined
    }
    for (const { path, message, remedy } of mistakesIn(
      directiveSchemas[name],
      attributes,
      result.error.issues,
      'The guide, lessons/README.md, has an example.',
    )) {
      const field = String(path[0] ?? '')
      const words = message.replace('no field', 'no attribute').replace(/ here$/, ` of "${name}"`)
      this.#complain(
        this.#at(node, field),
        words.replace(/^"[\w-]+" is missing$/, `"${name}" has no ${field === 'id' && name === 'step' ? 'id' : field}`),
        remedy
          .replace(/^Add [\w-]+: .*/, `Write ${name}{${field === 'id' && name === 'step' ? '#…' : `${field}="…"`}}.`)
          .replace(/^Remove it, or name one of/, 'Remove it, or write one of'),
      )
    }
    return undefined
  }
}

/** Directives that a step has once at most. */
const ONCE: readonly string[] = ['predict', 'task', 'watch']

/** For a directive at a place where it cannot be. */
const PLACES: Readonly<Record<string, string>> = {
  step: 'A step stands in no other: close the one before it.',
  goal: 'Put it into a task.',
  hint: 'Put it into a task.',
  mistake: 'Put it into a task.',
  praise: 'Put it into a task.',
  dialogue: 'Put it into a task.',
  predict: 'Put it into a step, beside its task.',
  task: 'Put it into a step.',
  watch: 'Put it into a step, before its text.',
}

const UNKNOWN_BLOCKS: Readonly<Record<string, readonly [string, string]>> = {
  heading: [
    'a heading cannot stand in a step',
    'The title of a step is its heading: begin a new step, or write **weight**.',
  ],
  blockquote: ['a quotation with > cannot stand in a step', 'Write it as a paragraph, in *words* or `wire text`.'],
  code: ['a block of code cannot stand in a step', 'Write each line as `wire text`, in a list for instance.'],
  thematicBreak: ['a line of hyphens cannot stand in a step', 'Begin a new step.'],
}

/** The kinds of predictions whose answer names several options. */
const MANY: readonly PredictionKind[] = ['several', 'order']

const isDirective = (node: MarkdownNode): node is Directive =>
  node.type === 'containerDirective' || node.type === 'leafDirective'

/** Removes the space between the answer and its label. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline, at) => (at === 0 && typeof inline === 'string' ? inline.trimStart() : inline))
}
