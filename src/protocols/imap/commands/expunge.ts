import { end, type SequenceSet, sequenceSet, sequenceSetText, sp } from '../grammar'
import { ok } from '../responses'
import type { ServerContext } from '../serverContext'
import { resolveUids } from '../view'
import { answered, command, type Outcome, SELECTED } from './command'

export const READ_ONLY: Outcome = { status: 'NO', code: 'READ-ONLY', text: 'The mailbox is open for reading only' }

function removal({ selected }: ServerContext, set?: SequenceSet) {
  if (!selected || selected.readOnly) return READ_ONLY
  const { mailbox, uids } = selected
  return { type: 'expungeMessages', mailbox, ...(set ? { uids: resolveUids(set, uids) } : {}) } as const
}

export const expunge = command({
  name: 'EXPUNGE',
  states: SELECTED,
  syntax: 'EXPUNGE',
  meaning: 'Removes the letters marked \\Deleted, for good.',
  effect: 'Letters marked \\Deleted are gone, and later ones move up a number.',
  rfc: 'RFC 9051 section 6.4.3',
  slip: 'A letter has to be marked first: STORE 1 +FLAGS (\\Deleted).',
  example: 'EXPUNGE',
  scan: end,
  gloss: () => 'Throw out everything I marked as deleted.',
  question: (_args, context) => removal(context),
  answer: (_args, _context, answer) => {
    const { length } = answered(answer, 'messagesExpunged').uids
    return ok(length === 0 ? 'Nothing was marked' : 'Removed')
  },
})

export const uidExpunge = command<SequenceSet>({
  name: 'UID EXPUNGE',
  states: SELECTED,
  syntax: 'UID EXPUNGE uid-set',
  meaning: 'Removes the letters marked \\Deleted among those with these UIDs, and no others.',
  effect: 'Those letters are gone, and later ones move up a number.',
  rfc: 'RFC 4315 section 2.1',
  example: 'UID EXPUNGE 1',
  scan(s) {
    sp(s)
    const set = sequenceSet(s)
    end(s)
    return set
  },
  gloss: (set) => `Throw out the letter with UID ${sequenceSetText(set)}, if I marked it.`,
  question: (set, context) => removal(context, set),
  answer: () => ok('Removed'),
})
