import { expect, it } from 'vitest'
import { withoutComments } from './comments'

// RFC 5322 section 3.2.2.
it.each([
  ['none at all', 'none at all'],
  ['a (b) c', 'a   c'],
  ['a(b)c', 'a c'],
  ['(a (nested (twice)) one) b', '  b'],
  ['a (with \\) and \\( in it) b', 'a   b'],
  ['"no (comment)" b', '"no (comment)" b'],
  ['"a \\" (still quoted)" (gone)', '"a \\" (still quoted)"  '],
  ['(a " is nothing here) b', '  b'],
  ['a (never closed', 'a '],
  ['a (closed (once) only', 'a '],
  ['a) b', 'a) b'],
])('%j without its comments is %j', (field, rest) => {
  expect(withoutComments(field)).toBe(rest)
})
