import { HIERARCHY_DELIMITER } from '../../../mail/store'
import { end } from '../grammar/grammar'
import { ok, untagged } from '../grammar/responses'
import { command, LOGGED_IN } from './command'

export const namespace = command({
  name: 'NAMESPACE',
  states: LOGGED_IN,
  syntax: 'NAMESPACE',
  rfc: 'RFC 9051 section 6.3.10',
  example: 'NAMESPACE',
  scan: end,
  parsed: () => ({ type: 'NAMESPACE' }),
  answer: () => ({
    ...ok('That is all'),
    untagged: [untagged({ type: 'NAMESPACE' }, `NAMESPACE (("" "${HIERARCHY_DELIMITER}")) NIL NIL`)],
  }),
})
