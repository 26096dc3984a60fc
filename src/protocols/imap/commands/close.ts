import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { tellsVanished } from '../session/serverContext'
import { command, SELECTED } from './command'
import { ofOpen } from './messages'

export const close = command({
  name: 'CLOSE',
  states: SELECTED,
  syntax: 'CLOSE',
  meaning: 'Closes the mailbox and removes the letters marked \\Deleted, without a word about them.',
  effect: 'The mailbox is closed; letters marked \\Deleted are gone.',
  rfc: 'RFC 9051 section 6.4.1',
  slip: 'UNSELECT closes the mailbox and removes nothing.',
  example: 'CLOSE',
  scan: end,
  parsed: () => ({ type: 'CLOSE' }),
  question: (_args, { selected }) =>
    !selected || selected.readOnly ? ok('Closed') : { type: 'expungeMessages', ...ofOpen(selected) },
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
  meaning: 'Closes the mailbox and removes nothing.',
  effect: 'The mailbox is closed; every letter stays.',
  rfc: 'RFC 9051 section 6.4.2',
  slip: 'CLOSE would remove the letters that are marked \\Deleted.',
  example: 'UNSELECT',
  scan: end,
  parsed: () => ({ type: 'UNSELECT' }),
  answer: () => ok('Closed'),
})
