import {
  accept,
  end,
  expect,
  modSequence,
  type Scanner,
  type StoreAttFlags,
  sp,
  storeAttFlags,
} from '../grammar/grammar'
import { type Outcome, ok } from '../grammar/responses'
import { type SequenceSet, sequenceSet, sequenceSetText } from '../grammar/sequenceSet'
import type { ParsedCommand } from '../meaning'
import { type ServerContext, tellsModSeq } from '../session/serverContext'
import { keptAmong, sequenceNumberOf, uidSet } from '../session/view'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered, command, SELECTED } from './command'
import { isNamed, missingAmong, NOT_OPEN, namedMessages, ofOpen, tellFlags } from './messages'

interface StoreArguments extends StoreAttFlags {
  readonly set: SequenceSet
  /** Skips messages that changed after this mod-sequence (RFC 7162 section 3.1.3). */
  readonly unchangedSince?: number
}

function scan(s: Scanner): StoreArguments {
  sp(s)
  const set = sequenceSet(s)
  sp(s)
  let unchangedSince: number | undefined
  if (accept(s, '(')) {
    expect(s, 'UNCHANGEDSINCE ', 'UNCHANGEDSINCE and a mod-sequence')
    unchangedSince = modSequence(s)
    expect(s, ') ', 'a closing parenthesis and a space')
  }
  const change = storeAttFlags(s)
  end(s)
  return { set, ...change, ...(unchangedSince === undefined ? {} : { unchangedSince }) }
}

const question =
  (byUid: boolean) =>
  ({ set, operation, flags, unchangedSince }: StoreArguments, { selected }: ServerContext) => {
    if (!selected) return NOT_OPEN
    const uids = namedMessages(set, selected, byUid)
    if (!isNamed(uids)) return uids
    return {
      type: 'storeFlags',
      ...ofOpen(selected),
      uids,
      ...(byUid ? {} : { kept: keptAmong(selected, uids) }),
      operation,
      flags,
      ...(unchangedSince === undefined ? {} : { unchangedSince }),
    } as const
  }

const answer =
  (byUid: boolean) =>
  ({ set, silent }: StoreArguments, context: ServerContext, given: StoreAnswer | undefined): Outcome => {
    const { messages, modified } = answered(given, 'flagsStored')
    const known = context.selected?.uids ?? []
    const modSeq = tellsModSeq(context)
    // Once a client uses mod-sequences, even .SILENT reports them: the next conditional STORE needs them (RFC 7162 section
    // 3.1.3).
    const tells = { uid: byUid || modSeq, modSeq, flags: !silent }
    const told = silent && !modSeq ? [] : messages.map((each) => tellFlags(context, each, tells))
    const missing = missingAmong(set, context.selected, byUid, messages.length + modified.length)
    const numbers = byUid ? modified : modified.map((uid) => sequenceNumberOf(known, uid))
    if (modified.length === 0) return { ...(missing ?? ok('Marked')), untagged: told }
    // Skipped messages are named whatever else fails (RFC 7162 section 3.1.3).
    const code = `MODIFIED ${uidSet(numbers)}` as const
    const done = missing ? { ...missing, code } : ok('Some had changed', code)
    return { ...done, untagged: told }
  }

const parsed =
  (type: 'STORE' | 'UID STORE') =>
  ({ set, operation, flags }: StoreArguments): ParsedCommand => ({ type, set: sequenceSetText(set), operation, flags })

const spec = (byUid: boolean) => ({
  states: SELECTED,
  parsed: parsed(byUid ? 'UID STORE' : 'STORE'),
  scan,
  enables: ({ unchangedSince }: StoreArguments) => (unchangedSince === undefined ? [] : (['CONDSTORE'] as const)),
  question: question(byUid),
  answer: answer(byUid),
})

export const store = command<StoreArguments>({
  name: 'STORE',
  keepsNumbers: true,
  syntax: 'STORE numbers [(UNCHANGEDSINCE modseq)] (FLAGS | +FLAGS | -FLAGS)[.SILENT] (flags)',
  rfc: 'RFC 9051 section 6.4.6',
  example: 'STORE 1 +FLAGS (\\Seen)',
  ...spec(false),
})

export const uidStore = command<StoreArguments>({
  name: 'UID STORE',
  syntax: 'UID STORE uid-set [(UNCHANGEDSINCE modseq)] (FLAGS | +FLAGS | -FLAGS)[.SILENT] (flags)',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID STORE 1 +FLAGS (\\Seen)',
  ...spec(true),
})
