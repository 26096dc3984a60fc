import { end } from '../grammar'
import { ok } from '../responses'
import { command, SELECTED } from './command'

export const idle = command({
  name: 'IDLE',
  states: SELECTED,
  syntax: 'IDLE',
  meaning: 'Keeps the line open so that the server can tell news at once. DONE ends it.',
  effect: 'The server tells news at once, until you say DONE.',
  rfc: 'RFC 2177 section 3',
  slip: 'Only DONE, without a tag, may follow.',
  example: 'IDLE',
  scan: end,
  gloss: () => 'Tell me when something comes.',
  answer: () => ok('No longer waiting', 'Good, let us go on.'),
})
