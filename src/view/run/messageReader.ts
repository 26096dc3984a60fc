import { assert } from '../../base/assert'
import type { Octets } from '../../base/octets'

/** The identifiers in the Message-ID field of a message (RFC 5322 section 3.6.4), in their canonical form. */
export type MessageIdReader = (message: Octets) => readonly string[]

let given: MessageIdReader | undefined

/** The stage at rest has no message to read, so its reader loads with the engine (`gloss/known.ts`). */
export const giveMessageIdReader = (reader: MessageIdReader): void => {
  given = reader
}

/** Throws a broken expectation if no reader was given. */
export function messageIdsOf(message: Octets): readonly string[] {
  assert(given, 'the reader of messages is given before the first message')
  return given(message)
}
