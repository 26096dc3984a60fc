import { end } from '../grammar/grammar'
import { ok, untagged } from '../grammar/responses'
import { capabilities } from '../server/capability'
import { ANY, command } from './command'

export const capability = command({
  name: 'CAPABILITY',
  states: ANY,
  syntax: 'CAPABILITY',
  rfc: 'RFC 9051 section 6.1.1',
  example: 'CAPABILITY',
  scan: end,
  parsed: () => ({ type: 'CAPABILITY' }),
  answer: (_args, context) => ({
    ...ok('That is all'),
    untagged: [untagged({ type: 'CAPABILITY' }, `CAPABILITY ${capabilities(context)}`)],
  }),
})
