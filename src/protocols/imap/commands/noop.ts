import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { ANY, command, SELECTED } from './command'

export const noop = command({
  name: 'NOOP',
  states: ANY,
  syntax: 'NOOP',
  meaning: 'Does nothing, and so gives the server a moment to tell what is new.',
  effect: 'Waiting news of the mailbox is told.',
  rfc: 'RFC 9051 section 6.1.2',
  slip: 'Only here, and in other commands that name no message numbers, may letters vanish from the numbering.',
  example: 'NOOP',
  scan: end,
  parsed: () => ({ type: 'NOOP' }),
  answer: () => ok('Nothing done'),
})

export const check = command({
  name: 'CHECK',
  states: SELECTED,
  syntax: 'CHECK',
  meaning: 'Asks for a checkpoint of the mailbox. Newer servers treat it as NOOP.',
  effect: 'Waiting news of the mailbox is told.',
  rfc: 'RFC 3501 section 6.4.1',
  slip: 'It closes nothing and removes nothing.',
  example: 'CHECK',
  scan: end,
  parsed: () => ({ type: 'CHECK' }),
  answer: () => ok('Everything is in order'),
})
