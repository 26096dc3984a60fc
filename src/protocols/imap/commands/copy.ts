import { end, type Scanner, sp } from '../grammar/grammar'
import { type Outcome, ok, untaggedStatus } from '../grammar/responses'
import { type SequenceSet, sequenceSet, sequenceSetText } from '../grammar/sequenceSet'
import { mailboxArgument } from '../session/mailboxNames'
import { type ServerContext, tellsVanished } from '../session/serverContext'
import { uidSet } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered, command, type ImapCommand, SELECTED } from './command'
import { isNamed, missingAmong, NOT_OPEN, namedMessages, ofOpen } from './messages'

interface CopyArguments {
  readonly set: SequenceSet
  readonly to: string
}

function scan(s: Scanner): CopyArguments {
  sp(s)
  const set = sequenceSet(s)
  sp(s)
  const to = mailboxArgument(s)
  end(s)
  return { set, to }
}

const question =
  (move: boolean, byUid: boolean) =>
  ({ set, to }: CopyArguments, { selected }: ServerContext) => {
    if (!selected) return NOT_OPEN
    const uids = namedMessages(set, selected, byUid)
    if (!isNamed(uids)) return uids
    // COPY is atomic (RFC 9051 section 6.4.7); by UID, missing messages are skipped.
    const all = !move && !byUid && set !== '$'
    return { type: 'copyMessages', ...ofOpen(selected), uids, to, move, all } as const
  }

const answer =
  (byUid: boolean) =>
  ({ set }: CopyArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const { uidValidity, from, to, moved, highestModSeq } = answered(given, 'messagesCopied')
    const missing = missingAmong(set, context.selected, byUid, from.length, false)
    if (from.length === 0) return missing ?? { ...ok('There was nothing to take'), count: 0 }
    const code = `COPYUID ${uidValidity} ${uidSet(from)} ${uidSet(to)}` as const
    if (!moved) return missing ?? { ...ok('Copied', code), count: from.length }
    // MOVE reports the new UIDs before the removals (RFC 6851 section 4.3).
    const told = [untaggedStatus('OK', 'New UIDs', code)]
    const done = ok('Moved', tellsVanished(context) ? `HIGHESTMODSEQ ${highestModSeq}` : undefined)
    return { ...(missing ?? { ...done, count: from.length }), untagged: told }
  }

function nameOf(move: boolean, byUid: boolean) {
  if (byUid) return move ? 'UID MOVE' : 'UID COPY'
  return move ? 'MOVE' : 'COPY'
}

const spec = (
  move: boolean,
  byUid: boolean,
): Omit<ImapCommand<CopyArguments>, 'name' | 'syntax' | 'example' | 'rfc'> => ({
  states: SELECTED,
  scan,
  parsed: ({ set, to }) => ({ type: nameOf(move, byUid), set: sequenceSetText(set), to }),
  question: question(move, byUid),
  answer: answer(byUid),
})

export const copy = command<CopyArguments>({
  name: 'COPY',
  syntax: 'COPY numbers mailbox',
  rfc: 'RFC 9051 section 6.4.7',
  example: 'COPY 1 Trash',
  ...spec(false, false),
})
export const uidCopy = command<CopyArguments>({
  name: 'UID COPY',
  syntax: 'UID COPY uid-set mailbox',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID COPY 1 Trash',
  ...spec(false, true),
})
export const move = command<CopyArguments>({
  name: 'MOVE',
  syntax: 'MOVE numbers mailbox',
  rfc: 'RFC 9051 section 6.4.8',
  example: 'MOVE 1 Trash',
  ...spec(true, false),
})
export const uidMove = command<CopyArguments>({
  name: 'UID MOVE',
  syntax: 'UID MOVE uid-set mailbox',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID MOVE 1 Trash',
  ...spec(true, true),
})
