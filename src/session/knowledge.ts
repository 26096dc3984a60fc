import type { CatalogueEntry } from './catalogue'
import type { Meaning, Session } from './session'

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

/** A protocol's own description: the words of its catalogue, and what its server would answer now. */
export interface Knowledge {
  readonly catalogue: readonly CatalogueEntry[]
  /** Without them, every property of a parsed line is a field of its own name. */
  readonly fields?: ProtocolFields
  /** Says each command to a copy of the session. A session is a value, so the original does not change. */
  legal?(session: Session): readonly LegalCommand[]
  refused?(session: Session): readonly RefusedCommand[]
}
