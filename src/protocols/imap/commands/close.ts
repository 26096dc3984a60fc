import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { tellsVanished } from '../session/serverContext'
import { command, SELECTED } from './command'
import { NOT_OPEN, ofOpen } from './messages'

export const close = command({
  name: 'CLOSE',
  states: SELECTED,
  syntax: 'CLOSE',
  rfc: 'RFC 9051 section 6.4.1',
  example: 'CLOSE',
  scan: end,
  parsed: () => ({ type: 'CLOSE' }),
  question: (_args, { selected }) => (selected ? { type: 'expungeMessages', ...ofOpen(selected) } : NOT_OPEN),
  answer: (_args, context, answer) => {
    const modSeq =
      answer?.type === 'messagesExpunged' && answer.uids.length > 0 && tellsVanished(context)
        ? (`HIGHESTMODSEQ ${answer.highestModSeq}` as const)
        : undefined
    return ok('Closed', modSeq)
  },
})

export const unselect = command({
  name: 'UNSELECT',
  states: SELECTED,
  syntax: 'UNSELECT',
  rfc: 'RFC 9051 section 6.4.2',
  example: 'UNSELECT',
  scan: end,
  parsed: () => ({ type: 'UNSELECT' }),
  answer: () => ok('Closed'),
})
