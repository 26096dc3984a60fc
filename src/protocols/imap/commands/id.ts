import { accept, end, expect, expected, peek, type Scanner, sp, string } from '../grammar/grammar'
import { ok, untagged } from '../grammar/responses'
import { ANY, command } from './command'

const MAX_FIELDS = 30

/** id-params-list = "(" [string SP nstring *(SP string SP nstring)] ")" / nil */
function idParameters(s: Scanner): void {
  sp(s)
  if (accept(s, 'NIL')) {
    end(s)
    return
  }
  expect(s, '(', 'NIL or a list in parentheses')
  for (let fields = 0; !accept(s, ')'); fields++) {
    if (fields === MAX_FIELDS) expected(s, `at most ${MAX_FIELDS} fields`)
    if (fields > 0) sp(s)
    string(s, 'the name of a field')
    sp(s)
    if (!(peek(s).toUpperCase() === 'N' && accept(s, 'NIL'))) string(s, 'NIL or a string')
  }
  end(s)
}

export const id = command({
  name: 'ID',
  states: ANY,
  syntax: 'ID (NIL | ("name" "value" ...))',
  rfc: 'RFC 2971 section 3.1',
  example: 'ID NIL',
  scan: idParameters,
  parsed: () => ({ type: 'ID' }),
  answer: () => ({
    ...ok('Pleased to meet you'),
    untagged: [untagged({ type: 'ID' }, 'ID ("name" "EHLO World")')],
  }),
})
