import type { Octets } from '../base/octets'
import type { CatalogueEntry } from './catalogue'
import type { Answer, Meaning, Question, Session } from './session'

/** A command that a server would carry out now. */
export interface LegalCommand {
  readonly name: string
  readonly syntax: string
  /** The first line of the answer, without its line end. */
  readonly reply: string
  /** Names the effect that it has now, if it differs from the usual one: `withoutLogin`. */
  readonly variant?: string
}

/** A command that a server would refuse now, because of its state or its port. */
export interface RefusedCommand {
  readonly name: string
  readonly reply: string
  /** The reply's meaning: the view makes the cause of it. */
  readonly means: Meaning
}

/**
 * The names by which the parsed lines of a protocol can be asked, each with the places of its value in `Meaning.parsed`; the
 * first one that a line has counts: `{ type: ['question.type'] }`.
 */
export type ProtocolFields = Readonly<Record<string, readonly string[]>>

/** The lines and answers of a dialogue that is tried with a copy of a session. */
export interface Rehearsal {
  /** A line, with its end, that says a legal command; undefined for input that cannot be made up, such as a proof. */
  line(session: Session, name: string): Octets | undefined
  /** The answer of a host that agrees to everything; undefined where it would have to know more. */
  agrees(question: Question): Answer | undefined
  /** Commands that forget more than others: they are said where no other line would do. */
  readonly reluctant?: readonly string[]
}

/** A protocol's own description: the words of its catalogue, and what its server would answer now. */
export interface Knowledge {
  readonly catalogue: readonly CatalogueEntry[]
  /** Without them, every property of a parsed line is a field of its own name. */
  readonly fields?: ProtocolFields
  /** Says each command to a copy of the session. A session is a value, so the original does not change. */
  legal?(session: Session): readonly LegalCommand[]
  refused?(session: Session): readonly RefusedCommand[]
  readonly rehearsal?: Rehearsal
}
