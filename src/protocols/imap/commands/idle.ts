import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { command, LOGGED_IN } from './command'

export const idle = command({
  name: 'IDLE',
  states: LOGGED_IN,
  syntax: 'IDLE',
  meaning: 'Keeps the line open so that the server can tell news at once. DONE ends it.',
  effect: 'The server tells news at once, until you say DONE.',
  rfc: 'RFC 9051 section 6.3.13',
  slip: 'Only DONE, without a tag, may follow.',
  example: 'IDLE',
  scan: end,
  parsed: () => ({ type: 'IDLE' }),
  answer: () => ok('No longer waiting'),
})
