import type { Play } from './deed'
import type { Inline } from './lesson'
import type { Moment } from './moment'
import type { LineSlip, Proof, Proofs, QuestionOption, ReportProof, Show } from './question'
import type {
  ChoiceSource,
  FillSource,
  OptionSource,
  PredictSource,
  ProofSource,
  ProofsSource,
  QuestionSource,
  ReportSource,
} from './questionSchema'

/** The parts of a question as authors write them, which several kinds have in common. */

export type Path = readonly (string | number)[]

/** The file around a question. */
export interface Reading {
  report(path: Path, message: string, remedy: string): void
  inline(text: string, path: Path): Inline[]
  /** A moment by its id, or as it is. */
  moment(when: string | Moment, path: Path): Moment
  /** The id of a run that exists; anything else is reported. */
  run(id: string | undefined, path: Path): string
  play(run: string): Play | undefined
  /** The stored message in that file; anything else is reported. */
  letter(file: string, path: Path): string
}

type WithOptions = ChoiceSource | PredictSource
type Slip<T> = T & { readonly because: string; readonly misconception?: string }

export class QuestionParts {
  readonly #source: QuestionSource
  readonly #path: Path
  readonly #reading: Reading

  constructor(source: QuestionSource, path: Path, reading: Reading) {
    this.#source = source
    this.#path = path
    this.#reading = reading
  }

  asked(source: QuestionSource) {
    const { id, facts, form, show } = source
    return { id, facts, forms: form, ...(show && { show: this.show(show, ['show']) }) }
  }

  text(source: { readonly text: string; readonly letter?: string }) {
    const { letter } = source
    return {
      text: this.inline(source.text, ['text']),
      ...(letter !== undefined && { letter: this.#reading.letter(letter, this.#at(['letter'])) }),
    }
  }

  options(source: WithOptions, options: readonly OptionSource[]): readonly QuestionOption[] {
    const ids = options.map(({ id }) => id)
    for (const [at, id] of ids.entries()) {
      if (ids.indexOf(id) < at) this.say(['options', at, 'id'], `there are two options "${id}"`, 'Rename one of them.')
    }
    return options.map((option, at): QuestionOption => {
      const { id, text, right, because, misconception } = option
      const path = ['options', at]
      return {
        id,
        text: this.inline(text, [...path, 'text']),
        right,
        because: this.inline(because, [...path, 'because']),
        ...(misconception !== undefined && { misconception }),
        proof: this.#proofOf(source, option, path),
      }
    })
  }

  /** An option's own proof, or what the question asks with its value, or the question's proof. */
  #proofOf({ asks, proof }: WithOptions, option: OptionSource, path: Path): Proofs {
    if (option.proof) return this.proofs(option.proof, [...path, 'proof']) ?? []
    if (option.is !== undefined) {
      if (asks) return [this.proof({ ...asks, is: option.is }, ['asks'])]
      this.say([...path, 'is'], 'the question asks no field', 'Say in "asks" at which moment and in which field.')
      return []
    }
    return this.proofs(proof, ['proof']) ?? this.unproven([...path, 'id'])
  }

  unproven(path: Path): Proofs {
    this.say(path, 'nothing proves it', 'Say in "proof" what the engine does, or "proof: { none: why }".')
    return []
  }

  proofs(source: ProofsSource | undefined, path: Path): Proofs | undefined {
    if (source === undefined) return undefined
    if ('none' in source) return source
    return source.map((each, at) =>
      'reports' in each ? this.#report(each, [...path, at]) : this.proof(each, [...path, at]),
    )
  }

  #report(source: ReportSource, path: Path): ReportProof {
    if (!('letter' in this.#source)) this.say(path, 'the question shows no letter', 'Name its file in "letter".')
    return source
  }

  proof(source: ProofSource, path: Path): Proof {
    const run = this.run(source.run, path)
    if ('happens' in source) return { run, happens: this.moment(source.happens, path) }
    if ('never' in source) return { run, never: this.moment(source.never, path) }
    if ('holds' in source) return { run, holds: source.holds }
    return { run, at: this.moment(source.at, path), field: source.field, is: source.is }
  }

  show(source: NonNullable<QuestionSource['show']>, path: Path): Show {
    return { run: this.run(source.run, path), moment: this.moment(source.moment, path) }
  }

  speaker(say: NonNullable<FillSource['say']>, run: string): { host: string; terminal: string } {
    const spoken = [...(this.#reading.play(run)?.deeds ?? [])].reverse().find((deed) => 'terminal' in deed)
    const last = spoken && 'terminal' in spoken ? spoken : undefined
    const host = say.host ?? last?.host
    const terminal = say.terminal ?? last?.terminal
    if (host === undefined || terminal === undefined) {
      this.say(['say'], 'no person has a connection in this run', 'Let somebody connect in the run.')
    }
    return { host: host ?? '', terminal: terminal ?? '' }
  }

  lineSlips(slips: FillSource['slips']): readonly LineSlip[] {
    for (const [at, { name, reply, says }] of slips.entries()) {
      if (name === undefined && reply === undefined && says === undefined) {
        this.say(['slips', at], 'nothing says which line it is', 'Give it a "name", a "reply" or "says".')
      }
    }
    return this.foreseen(slips, ['slips'])
  }

  foreseen<T extends { readonly because: string }>(slips: readonly Slip<T>[], path: Path) {
    return slips.map((slip, at) => ({ ...slip, because: this.inline(slip.because, [...path, at, 'because']) }))
  }

  known(ids: readonly string[], named: readonly string[], path: Path): void {
    for (const id of named) {
      if (!ids.includes(id)) this.say(path, `there is no item "${id}"`, `Name one of: ${ids.join(', ')}.`)
    }
  }

  moment(when: string | Moment, path: Path): Moment {
    return this.#reading.moment(when, this.#at(path))
  }
  run(own: string | undefined, path: Path): string {
    const ofQuestion = own === undefined || own === this.#source.run
    const where = ofQuestion && this.#source.run !== undefined ? ['run'] : own === undefined ? path : [...path, 'run']
    return this.#reading.run(own ?? this.#source.run, this.#at(where))
  }
  inline(text: string, path: Path): Inline[] {
    return this.#reading.inline(text, this.#at(path))
  }
  say(path: Path, message: string, remedy: string): void {
    this.#reading.report(this.#at(path), `${this.#source.id}: ${message}`, remedy)
  }
  #at(path: Path): Path {
    return [...this.#path, ...path]
  }
}
