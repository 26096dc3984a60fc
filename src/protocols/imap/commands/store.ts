import {
  end,
  type Scanner,
  type SequenceSet,
  type StoreAttFlags,
  sequenceSet,
  sequenceSetText,
  sp,
  storeAttFlags,
} from '../grammar'
import { ok } from '../responses'
import type { ServerContext } from '../serverContext'
import type { StoreAnswer } from '../storeQuestions'
import { flagInWords, flagsResponse, sequenceNumberOf } from '../view'
import { answered, command, type Outcome, SELECTED } from './command'
import { READ_ONLY } from './expunge'
import { missingAmong, namedMessages } from './messages'

interface StoreArguments extends StoreAttFlags {
  readonly set: SequenceSet
}

function scan(s: Scanner): StoreArguments {
  sp(s)
  const set = sequenceSet(s)
  sp(s)
  const change = storeAttFlags(s)
  end(s)
  return { set, ...change }
}

function gloss({ set, operation, flags }: StoreArguments, of: string): string {
  const which = `${of} ${sequenceSetText(set)}`
  const marks = flags.map(flagInWords).join(', ')
  if (operation === 'remove') return `Take off ${which} the mark: ${marks}.`
  if (operation === 'add') return `Mark ${which} as ${marks}.`
  return flags.length === 0 ? `Take all marks off ${which}.` : `Let ${which} have only this mark: ${marks}.`
}

const question =
  (byUid: boolean) =>
  ({ set, operation, flags }: StoreArguments, { selected }: ServerContext) => {
    if (!selected || selected.readOnly) return READ_ONLY
    const uids = namedMessages(set, selected.uids, byUid)
    return Array.isArray(uids)
      ? ({ type: 'storeFlags', mailbox: selected.mailbox, uids, operation, flags } as const)
      : (uids as Outcome)
  }

const answer =
  (byUid: boolean) =>
  ({ set, silent }: StoreArguments, { selected }: ServerContext, given: StoreAnswer | undefined) => {
    const { messages } = answered(given, 'flagsStored')
    const known = selected?.uids ?? []
    const told = silent
      ? []
      : messages.map(({ uid, flags }) => flagsResponse(sequenceNumberOf(known, uid), flags, byUid ? uid : undefined))
    return { ...(missingAmong(set, known, byUid, messages.length) ?? ok('Marked')), untagged: told }
  }

export const store = command<StoreArguments>({
  name: 'STORE',
  states: SELECTED,
  keepsNumbers: true,
  syntax: 'STORE numbers (FLAGS | +FLAGS | -FLAGS)[.SILENT] (flags)',
  meaning:
    'Changes flags: FLAGS replaces them, +FLAGS adds, -FLAGS takes away. With .SILENT the server does not tell the new flags.',
  effect: 'The letters have other flags, and other devices hear of it.',
  rfc: 'RFC 9051 section 6.4.6',
  slip: 'FLAGS without + replaces all flags.',
  example: 'STORE 1 +FLAGS (\\Seen)',
  scan,
  gloss: (args) => gloss(args, 'letter'),
  question: question(false),
  answer: answer(false),
})

export const uidStore = command<StoreArguments>({
  name: 'UID STORE',
  states: SELECTED,
  syntax: 'UID STORE uid-set (FLAGS | +FLAGS | -FLAGS)[.SILENT] (flags)',
  meaning: 'As STORE, but names the letters by UID, which never changes.',
  effect: 'The letters have other flags, and other devices hear of it.',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID STORE 1 +FLAGS (\\Seen)',
  scan,
  gloss: (args) => gloss(args, 'the letter with UID'),
  question: question(true),
  answer: answer(true),
})
