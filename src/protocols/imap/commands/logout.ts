import { end } from '../grammar/grammar'
import { bye, ok } from '../grammar/responses'
import { ANY, command } from './command'

export const logout = command({
  name: 'LOGOUT',
  states: ANY,
  syntax: 'LOGOUT',
  rfc: 'RFC 9051 section 6.1.3',
  example: 'LOGOUT',
  scan: end,
  parsed: () => ({ type: 'LOGOUT' }),
  answer: (_args, { hostName }) => ({
    ...ok('Goodbye'),
    untagged: [bye('logout', `${hostName} closes the session`)],
  }),
})
