import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { command, LOGGED_IN } from './command'

export const idle = command({
  name: 'IDLE',
  states: LOGGED_IN,
  syntax: 'IDLE',
  rfc: 'RFC 9051 section 6.3.13',
  example: 'IDLE',
  scan: end,
  parsed: () => ({ type: 'IDLE' }),
  answer: () => ok('No longer waiting'),
})
