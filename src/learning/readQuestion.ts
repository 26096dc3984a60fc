import type {
  FixDialogue,
  NoProof,
  OrderItem,
  OrderQuestion,
  Question,
  QuizItem,
  RecallKey,
  TableQuestion,
} from './question'
import { type Path, QuestionParts, type Reading } from './questionParts'
import type {
  ChoiceSource,
  FillSource,
  FixSource,
  OrderSource,
  PacketSource,
  PredictSource,
  ProofSource,
  QuestionSource,
  RecallSource,
  ShortSource,
  TableSource,
} from './questionSchema'

/** From a question as an author writes it to the one of the page. */

export function readQuestion(source: QuestionSource, path: Path, reading: Reading): Question {
  const read = new QuestionReader(source, path, reading)
  switch (source.kind) {
    case 'single':
    case 'multiple':
      return read.choice(source)
    case 'predict':
      return read.predict(source)
    case 'order':
      return read.order(source, source.items, 'items', source.proof)
    case 'fill':
      return read.fill(source)
    case 'recall':
      return read.recall(source)
    case 'fix':
      return read.fix(source)
    case 'short':
      return read.short(source)
    case 'packet':
      return read.packet(source)
    default:
      return read.table(source)
  }
}

class QuestionReader extends QuestionParts {
  choice(source: ChoiceSource): Question {
    const options = this.options(source, source.options)
    const right = options.filter((option) => option.right).length
    if (source.kind === 'single' && right !== 1) {
      this.say(['options'], `${right} options are right`, 'Of a "single" exactly one is: say "right: true" there.')
    }
    if (source.kind === 'multiple' && right === 0) {
      this.say(['options'], 'no option is right', 'Say "right: true" at each that is.')
    }
    return { kind: source.kind, ...this.asked(source), ...this.text(source), options }
  }

  predict(source: PredictSource): Question {
    const { number, options, from } = source
    const show = this.show(source.show, ['show'])
    const asked = {
      ...this.asked(source),
      ...this.text(source),
      show,
      ...(from !== undefined && { from: this.moment(from, ['from']) }),
    }
    if (!number === !options) {
      this.say(['kind'], 'it has no options and no number, or both', 'Give it either "options" or "number".')
    }
    if (!number) {
      const read = this.options(source, options ?? [])
      const right = read.filter((option) => option.right).length
      if (options && right !== 1) this.say(['options'], `${right} options are right`, 'Exactly one comes true.')
      return { kind: 'predict', ...asked, options: read }
    }
    const { because, slips, ...rest } = number
    return {
      kind: 'number',
      ...asked,
      ...rest,
      run: this.run(source.run, ['number']),
      because: this.inline(because, ['number', 'because']),
      slips: this.foreseen(slips, ['number', 'slips']),
    }
  }

  order(source: OrderSource | PacketSource, items: OrderSource['items'], name: string, proof?: NoProof): OrderQuestion {
    const ids = items.map((item) => item.id)
    this.known(ids, source.ties.flat(), ['ties'])
    this.known(
      ids,
      source.slips.flatMap(({ first, next }) => [first, next]),
      ['slips'],
    )
    for (const [at, { first, next }] of source.slips.entries()) {
      if (ids.indexOf(first) < ids.indexOf(next)) {
        this.say(['slips', at], `"${first}" does come before "${next}"`, 'A slip is a wrong order: change them about.')
      }
    }
    const read = items.map(
      ({ id, text, moment }, at): OrderItem => ({
        id,
        text: this.inline(text, [name, at, 'text']),
        ...(moment !== undefined && { moment: this.moment(moment, [name, at, 'moment']) }),
      }),
    )
    const bare = items.findIndex((item) => item.moment === undefined)
    if (!proof && bare !== -1) {
      this.say([name, bare], `"${ids[bare] ?? ''}" has no moment`, 'Say when it happens, or "proof: { none: why }".')
    }
    return {
      kind: 'order',
      packets: source.kind === 'packet',
      ...this.asked(source),
      ...this.text(source),
      ...(!proof && { run: this.run(source.run, ['id']) }),
      items: read,
      ties: source.ties,
      slips: this.foreseen(source.slips, ['slips']),
      because: this.inline(source.because, ['because']),
      ...(proof && { proof }),
    }
  }

  fill(source: FillSource): Question {
    const { say, blanks } = source
    if (!say === !blanks) {
      this.say(['kind'], 'it says no line and has no blanks, or both', 'Give it either "say" or "blanks".')
    }
    // Blanks are no Markdown.
    const text = this.inline(source.text.replaceAll('____', String.raw`\_\_\_\_`), ['text'])
    const asked = { ...this.asked(source), text, because: this.inline(source.because, ['because']) }
    if (say) {
      const run = this.run(say.run, ['say'])
      return {
        kind: 'command',
        ...asked,
        run,
        ...this.speaker(say, run),
        ...(say.at !== undefined && { at: this.moment(say.at, ['say', 'at']) }),
        keys: say.right,
        free: say.free,
        slips: this.lineSlips(source.slips),
      }
    }
    const holes = source.text.split('____').length - 1
    if (blanks && holes !== blanks.length) {
      this.say(['text'], `the text has ${holes} blanks and "blanks" ${blanks.length}`, 'Write ____ for each of them.')
    }
    for (const nth of source.anyOrder.flat()) {
      if (nth > (blanks?.length ?? 0)) this.say(['anyOrder'], `there is no blank ${nth}`, 'They are counted from 1.')
    }
    return {
      kind: 'fill',
      ...asked,
      blanks: (blanks ?? []).map(({ accept, slips }, at) => ({
        accept,
        slips: this.foreseen(slips, ['blanks', at, 'slips']),
      })),
      anyOrder: source.anyOrder,
      proof: this.proofs(source.proof, ['proof']) ?? this.unproven([]),
    }
  }

  recall(source: RecallSource): Question {
    const proof = this.proofs(source.proof, ['proof'])
    const keysOf = (keys: RecallSource['keys'], name: string): readonly RecallKey[] =>
      keys.map(({ label, says, because, proof: own }, at) => {
        const proven = this.proofs(own, [name, at, 'proof'])
        if (!proven && !proof && name === 'keys') this.unproven([name, at])
        return {
          label,
          says: [label, ...says],
          ...(because !== undefined && { because: this.inline(because, [name, at, 'because']) }),
          ...(proven && { proof: proven }),
        }
      })
    const enough = source.enough ?? source.keys.length
    if (enough > source.keys.length) {
      this.say(['enough'], `${enough} keys are asked for and ${source.keys.length} are there`, 'Ask for fewer.')
    }
    return {
      kind: 'recall',
      ...this.asked(source),
      ...this.text(source),
      keys: keysOf(source.keys, 'keys'),
      bonus: keysOf(source.bonus, 'bonus'),
      enough,
      slips: this.foreseen(
        source.slips.map((slip) => ({ ...slip, says: [slip.label, ...slip.says] })),
        ['slips'],
      ),
      because: this.inline(source.because, ['because']),
      proof: proof ?? [],
    }
  }

  fix(source: FixSource): Question {
    return {
      kind: 'fix',
      ...this.asked(source),
      ...this.text(source),
      run: this.run(source.run, ['id']),
      dialogues: source.dialogues.map(
        ({ script, mended, ...call }): FixDialogue => ({ ...call, script: linesOf(script), mended: linesOf(mended) }),
      ),
      goal: source.goal,
      slips: this.lineSlips(source.slips),
      because: this.inline(source.because, ['because']),
    }
  }

  short(source: ShortSource): Question {
    const { model, parts, enough } = source
    return {
      kind: 'short',
      ...this.asked(source),
      ...this.text(source),
      model: this.inline(model, ['model']),
      parts: parts.map(({ id, text }, at) => ({ id, text: this.inline(text, ['parts', at, 'text']) })),
      enough: Math.min(enough ?? parts.length, parts.length),
    }
  }

  packet(source: PacketSource): Question {
    const { rows, packets, moment } = source
    if (!rows === !packets) {
      this.say(['kind'], 'it has no rows and no packets, or both', 'Give it either "rows" or "packets".')
    }
    if (packets) return this.order(source, packets, 'packets')
    if (moment === undefined) this.say(['id'], 'it names no packet', 'Say in "moment" when it is sent.')
    if (rows?.every((row) => !row.blank)) this.say(['rows'], 'no row is blank', 'Write "blank: {}" at one of them.')
    return {
      kind: 'packet',
      ...this.asked(source),
      ...this.text(source),
      run: this.run(source.run, ['id']),
      moment: moment === undefined ? { fact: 'packetSent' } : this.moment(moment, ['moment']),
      rows: (rows ?? []).map(({ blank, ...row }, at) => ({
        ...row,
        ...(blank && {
          blank: { accept: blank.accept, slips: this.foreseen(blank.slips, ['rows', at, 'blank', 'slips']) },
        }),
      })),
      because: this.inline(source.because, ['because']),
    }
  }

  table(source: TableSource): TableQuestion {
    const { proof: _, form: __, run: ___, show: ____, ...rest } = source
    return {
      ...rest,
      ...this.asked(source),
      choices: source.choices.map(({ about: _, ...choice }) => choice),
      items: source.items.map((item, at) => this.#item(source, item, at)),
    }
  }

  #item(table: TableSource, source: TableSource['items'][number], at: number): QuizItem {
    const { subject, proof, show, ...item } = source
    const path = ['items', at]
    const known = table.choices.map(({ id }) => id)
    if (!known.includes(item.key)) {
      this.say([...path, 'key'], `its key "${item.key}" is no choice`, `Choose one of: ${known.join(', ')}.`)
    }
    const because = Object.fromEntries(
      table.choices.flatMap(({ id, about }) => {
        const text = item.because[id] ?? (id === item.key ? undefined : about)
        return text === undefined ? [] : [[id, this.inline(text, [...path, 'because', id])] as const]
      }),
    )
    for (const choice of known.filter((each) => !(each in because))) {
      this.say(
        [...path, 'id'],
        `"${item.id}" does not explain "${choice}"`,
        'Say in "because" why it holds or what is wrong with it.',
      )
    }
    const own = isReason(proof) ? {} : proof
    const claims = { ...(subject === undefined ? {} : withSubject(table.proof, subject)), ...own }
    if (!isReason(proof) && Object.keys(claims).length === 0) {
      this.say([...path, 'id'], `"${item.id}" has no proof`, 'Say in "proof" what the engine does.')
    }
    return {
      id: item.id,
      text: this.inline(item.text, [...path, 'text']),
      key: item.key,
      because,
      proof: Object.fromEntries(
        Object.entries(claims).map(([claim, proofs]) => [
          claim,
          proofs.map((each) => this.proof(each, [...path, 'proof', claim])),
        ]),
      ),
      ...(isReason(proof) && { unproven: proof.none }),
      ...(show && { show: this.show(show, [...path, 'show']) }),
    }
  }
}

const isReason = (proof: TableSource['items'][number]['proof']): proof is NoProof =>
  'none' in proof && typeof proof['none'] === 'string'

/** The lines of a script. The empty one at the end belongs to YAML. */
const linesOf = (script: string): readonly string[] => script.replace(/\n$/, '').split('\n')

/** The question's proofs for one item. */
function withSubject(
  proofs: Readonly<Record<string, readonly ProofSource[]>>,
  subject: string,
): Record<string, ProofSource[]> {
  return JSON.parse(JSON.stringify(proofs), (_, value: unknown) => (value === '$subject' ? subject : value)) as Record<
    string,
    ProofSource[]
  >
}
