import { end } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { ANY, command, SELECTED } from './command'

export const noop = command({
  name: 'NOOP',
  states: ANY,
  syntax: 'NOOP',
  rfc: 'RFC 9051 section 6.1.2',
  example: 'NOOP',
  scan: end,
  parsed: () => ({ type: 'NOOP' }),
  answer: () => ok('Nothing done'),
})

export const check = command({
  name: 'CHECK',
  states: SELECTED,
  syntax: 'CHECK',
  rfc: 'RFC 3501 section 6.4.1',
  example: 'CHECK',
  scan: end,
  parsed: () => ({ type: 'CHECK' }),
  answer: () => ok('Everything is in order'),
})
