import { end } from '../grammar/grammar'
import { type Outcome, ok } from '../grammar/responses'
import { command } from './command'

export const ALREADY_SECURE: Outcome = { status: 'BAD', text: 'The wire is encrypted already' }
export const NOT_OFFERED: Outcome = { status: 'BAD', text: 'STARTTLS is not offered here' }

export const starttls = command({
  name: 'STARTTLS',
  states: ['notAuthenticated'],
  syntax: 'STARTTLS',
  rfc: 'RFC 9051 section 6.2.1',
  example: 'STARTTLS',
  scan: end,
  parsed: () => ({ type: 'STARTTLS' }),
  answer: () => ok('Begin TLS now'),
})
