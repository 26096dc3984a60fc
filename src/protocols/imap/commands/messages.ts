import { type SequenceSet, sequenceSetText } from '../grammar'
import { letters, resolveNumbers, resolveUids } from '../view'
import type { Outcome } from './command'

/** The UIDs of the messages that a set names, or why it names none. */
export function namedMessages(set: SequenceSet, uids: readonly number[], byUid: boolean): readonly number[] | Outcome {
  if (byUid) return resolveUids(set, uids)
  return (
    resolveNumbers(set, uids) ?? {
      status: 'BAD',
      text: `There is no letter ${sequenceSetText(set)}: the mailbox has ${letters(uids.length)}`,
    }
  )
}

/** Where another session removed some of the named messages and this one has not been told (RFC 5530 section 3). */
export function missingAmong(
  set: SequenceSet,
  uids: readonly number[],
  byUid: boolean,
  found: number,
): Outcome | undefined {
  if (byUid) return undefined
  const named = resolveNumbers(set, uids)?.length ?? 0
  if (named === found) return undefined
  return {
    status: 'NO',
    code: 'EXPUNGEISSUED',
    text: 'Another session removed some of these letters; NOOP tells which',
  }
}
