import { end, sp } from '../grammar/grammar'
import { type Outcome, ok } from '../grammar/responses'
import { resolveUids, type SequenceSet, sequenceSet, sequenceSetText } from '../grammar/sequenceSet'
import { type ServerContext, tellsVanished } from '../session/serverContext'
import type { StoreAnswer } from '../store/storeQuestions'
import { answered, command, SELECTED } from './command'
import { NOT_OPEN, ofOpen } from './messages'

function removal({ selected }: ServerContext, set?: SequenceSet) {
  if (!selected) return NOT_OPEN
  return {
    type: 'expungeMessages',
    ...ofOpen(selected),
    ...(set ? { uids: resolveUids(set, selected) } : {}),
  } as const
}

/** A client with mod-sequences gets the new one (RFC 7162 section 3.2.7). */
function removed(context: ServerContext, answer: StoreAnswer | undefined): Outcome {
  const { uids, highestModSeq } = answered(answer, 'messagesExpunged')
  if (uids.length === 0) return { ...ok('Nothing was marked'), count: 0 }
  const code = tellsVanished(context) ? (`HIGHESTMODSEQ ${highestModSeq}` as const) : undefined
  return { ...ok('Removed', code), count: uids.length }
}

export const expunge = command({
  name: 'EXPUNGE',
  states: SELECTED,
  syntax: 'EXPUNGE',
  rfc: 'RFC 9051 section 6.4.3',
  example: 'EXPUNGE',
  scan: end,
  parsed: () => ({ type: 'EXPUNGE' }),
  question: (_args, context) => removal(context),
  answer: (_args, context, answer) => removed(context, answer),
})

export const uidExpunge = command<SequenceSet>({
  name: 'UID EXPUNGE',
  states: SELECTED,
  syntax: 'UID EXPUNGE uid-set',
  rfc: 'RFC 9051 section 6.4.9',
  example: 'UID EXPUNGE 1',
  scan(s) {
    sp(s)
    const set = sequenceSet(s)
    end(s)
    return set
  },
  parsed: (set) => ({ type: 'UID EXPUNGE', set: sequenceSetText(set) }),
  question: (set, context) => removal(context, set),
  answer: (_args, context, answer) => removed(context, answer),
})
