import { end, type Scanner, type SequenceSet, sequenceSet, sequenceSetText, sp } from '../grammar'
import { mailboxArgument } from '../mailboxNames'
import { ok, untaggedStatus } from '../responses'
import type { ServerContext } from '../serverContext'
import type { StoreAnswer } from '../storeQuestions'
import { uidSet } from '../view'
import { answered, command, type ImapCommand, type Outcome, SELECTED } from './command'
import { READ_ONLY } from './expunge'
import { namedMessages } from './messages'

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
    if (!selected || (move && selected.readOnly)) return READ_ONLY
    const uids = namedMessages(set, selected.uids, byUid)
    return Array.isArray(uids)
      ? ({ type: 'copyMessages', mailbox: selected.mailbox, uids, to, move } as const)
      : (uids as Outcome)
  }

function answer(_args: CopyArguments, _context: ServerContext, given: StoreAnswer | undefined): Outcome {
  const { uidValidity, from, to, moved } = answered(given, 'messagesCopied')
  if (from.length === 0) return ok('There was nothing to take')
  const code = `COPYUID ${uidValidity} ${uidSet(from)} ${uidSet(to)}`
  if (!moved) return ok('Copied', 'The copies are made.', code)
  // MOVE tells the new UIDs before the removals (RFC 6851 section 4.3).
  return { ...ok('Moved'), untagged: [untaggedStatus('OK', 'New UIDs', 'These are the new UIDs.', code)] }
}

const spec = (
  move: boolean,
  byUid: boolean,
): Omit<ImapCommand<CopyArguments>, 'name' | 'syntax' | 'example' | 'rfc'> => ({
  states: SELECTED,
  meaning: move
    ? 'Puts letters into another mailbox and takes them out of this one.'
    : 'Puts copies of letters into another mailbox.',
  effect: move ? 'The letters are in the other mailbox, with new UIDs.' : 'The other mailbox has copies.',
  slip: 'The mailbox must exist: the server answers NO [TRYCREATE] and makes none.',
  scan,
  gloss: ({ set, to }) =>
    `${move ? 'Move' : 'Copy'} ${byUid ? 'the letter with UID' : 'letter'} ${sequenceSetText(set)} to ${to}.`,
  question: question(move, byUid),
  answer,
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
