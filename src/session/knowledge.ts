import type { CatalogueEntry } from './catalogue'
import type { Meaning, Session } from './session'

/** A command that a server would carry out now. */
export interface LegalCommand {
  readonly name: string
  readonly syntax: string
  /** The first line of the answer, without its line end. */
  readonly reply: string
  /** Continues the name: "DELE marks a message for removal". */
  readonly effect: string
}

/** A command that a server would refuse now for coming at the wrong moment or port. */
export interface RefusedCommand {
  readonly name: string
  readonly reply: string
  /** What the reply says, for the cause in words. */
  readonly means?: Meaning
  /** The cause as the server itself words it. */
  readonly cause?: string
}

/** What a protocol says about itself: the words that it knows, and what its server would answer now. */
export interface Knowledge {
  readonly catalogue: readonly CatalogueEntry[]
  /** Found out by saying each command to a copy of the session: a session is a value, so nothing happens to it. */
  legal?(session: Session): readonly LegalCommand[]
  refused?(session: Session): readonly RefusedCommand[]
}
