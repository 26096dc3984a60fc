import { HIERARCHY_DELIMITER } from '../../../mail/store'
import { end } from '../grammar/grammar'
import { ok, untagged } from '../grammar/responses'
import { command, LOGGED_IN } from './command'

export const namespace = command({
  name: 'NAMESPACE',
  states: LOGGED_IN,
  syntax: 'NAMESPACE',
  meaning: "Tells under which names one's own, others' and shared mailboxes lie.",
  effect: 'Nothing changes.',
  rfc: 'RFC 9051 section 6.3.10',
  slip: 'Others’ and shared mailboxes may be NIL: there are none.',
  example: 'NAMESPACE',
  scan: end,
  parsed: () => ({ type: 'NAMESPACE' }),
  answer: () => ({
    ...ok('That is all'),
    untagged: [untagged({ type: 'NAMESPACE' }, `NAMESPACE (("" "${HIERARCHY_DELIMITER}")) NIL NIL`)],
  }),
})
