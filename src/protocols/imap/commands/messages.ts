import type { Outcome, Response } from '../grammar/responses'
import { resolveNumbers, resolveUids, type SequenceSet, tooHigh } from '../grammar/sequenceSet'
import { recentOf, type ServerContext } from '../session/serverContext'
import { type FlagNews, flagsResponse, messages, type SelectedMailbox, sequenceNumberOf } from '../session/view'

/** The UIDs of the messages in a set, or the reason why there are none. */
export function namedMessages(
  set: SequenceSet,
  selected: SelectedMailbox,
  byUid: boolean,
): readonly number[] | Outcome {
  if (byUid) return resolveUids(set, selected)
  return (
    resolveNumbers(set, selected) ?? {
      status: 'BAD',
      text: `There is no letter ${tooHigh(set, selected.uids.length)}: the mailbox has ${messages(selected.uids.length)}`,
    }
  )
}

export const isNamed = (named: readonly number[] | Outcome): named is readonly number[] => Array.isArray(named)

/** The untagged FETCH with a message's flags for this session, with `\Recent` if it applies. */
export function tellFlags(
  context: ServerContext,
  message: FlagNews,
  tells: { readonly uid: boolean; readonly modSeq: boolean; readonly flags?: boolean },
): Response {
  const at = sequenceNumberOf(context.selected?.uids ?? [], message.uid)
  return flagsResponse(at, message, { ...tells, recent: sequenceNumberOf(recentOf(context), message.uid) > 0 })
}

/** The open mailbox in the form of questions. */
export const ofOpen = ({ mailbox, uidValidity }: SelectedMailbox) => ({ mailbox, uidValidity })

export const NOT_OPEN: Outcome = { status: 'BAD', text: 'No mailbox is open' }
export const READ_ONLY: Outcome = { status: 'NO', code: 'READ-ONLY', text: 'The mailbox is open for reading only' }

/**
 * The response if another session has removed some of the named messages and this one has not been told (RFC 5530 section 3).
 */
export function missingAmong(
  set: SequenceSet,
  selected: SelectedMailbox | null,
  byUid: boolean,
  found: number,
  keepsNumbers = true,
): Outcome | undefined {
  if (byUid || !selected || set === '$') return undefined
  const named = resolveNumbers(set, selected)?.length ?? 0
  if (named === found) return undefined
  return {
    status: 'NO',
    code: 'EXPUNGEISSUED',
    text: keepsNumbers
      ? 'Another session removed some of these letters; NOOP tells which'
      : 'Another session removed some of these letters',
  }
}
