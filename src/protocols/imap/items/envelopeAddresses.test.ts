import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../../base/octets'
import { addressesOf } from './envelopeAddresses'
import { envelopeStructure } from './envelopeStructure'

/** The To of the envelope structure (RFC 9051 section 7.5.2). */
function told(field: string): string {
  const structure = envelopeStructure(fromText(`To: ${field}\r\n\r\n`))
  expect(structure).toMatch(/^\(NIL NIL NIL NIL NIL .* NIL NIL NIL NIL\)$/)
  return structure.slice('(NIL NIL NIL NIL NIL '.length, -' NIL NIL NIL NIL)'.length)
}

describe('an address literal (RFC 5322 section 3.4.1)', () => {
  it.each([
    ['a@[IPv6:2001:db8::1]', '((NIL NIL "a" "[IPv6:2001:db8::1]"))'],
    ['A <a@[IPv6:::1]>', '(("A" NIL "a" "[IPv6:::1]"))'],
    [
      'a@[192.0.2.1], b@[IPv6:::1], c@x.test',
      '((NIL NIL "a" "[192.0.2.1]")(NIL NIL "b" "[IPv6:::1]")(NIL NIL "c" "x.test"))',
    ],
    [
      'G: a@[IPv6:::1], B <b@[IPv6:::2]>;, c@x.test',
      '((NIL NIL "G" NIL)(NIL NIL "a" "[IPv6:::1]")("B" NIL "b" "[IPv6:::2]")(NIL NIL NIL NIL)(NIL NIL "c" "x.test"))',
    ],
    ['<@[IPv6:::1],@y.test:a@x.test>', '((NIL "@[IPv6:::1],@y.test" "a" "x.test"))'],
    ['a@[x@y;z], b@x.test', '((NIL NIL "a" "[x@y;z]")(NIL NIL "b" "x.test"))'],
    ['a@[x\\]y:z]', '((NIL NIL "a" "[x\\\\]y:z]"))'],
    ['[List: one] A <a@x.test>', '(("[List: one] A" NIL "a" "x.test"))'],
    ['List[2] <a@x.test>', '(("List[2]" NIL "a" "x.test"))'],
    ['a@[never.closed, b@x.test', '((NIL NIL "a" "[never.closed")(NIL NIL "b" "x.test"))'],
  ])('in %j', (field, list) => {
    expect(told(field)).toBe(list)
  })
})

describe('a name (RFC 5322 section 3.2.2, 3.2.5)', () => {
  it.each([
    ['A(mid)B <a@x.test>', 'A B'],
    ['A (mid) B <a@x.test>', 'A B'],
    ['"A"B <a@x.test>', 'A B'],
    ['A"B" <a@x.test>', 'A B'],
    ['"A""B" <a@x.test>', 'A B'],
    ['A  \t B <a@x.test>', 'A B'],
    ['John Q. Public <a@x.test>', 'John Q. Public'],
    ['"Public, John" <a@x.test>', 'Public, John'],
    ['a@x.test <a@x.test>', 'a@x.test'],
    ['"A"@x.test <a@x.test>', 'A@x.test'],
  ])('%j', (field, name) => {
    expect(addressesOf(field)).toEqual([{ name, mailbox: 'a', host: 'x.test' }])
  })
})

describe('a malformed address', () => {
  it.each([
    ['of several words is a name', 'John Q Public', '(("John Q Public" NIL "" ""))'],
    ['in quotation marks is one, too', '"John Public"', '(("John Public" NIL "" ""))'],
    ['beside others', 'John Public, a@x.test', '(("John Public" NIL "" "")(NIL NIL "a" "x.test"))'],
    ['of one word is a mailbox', 'root (Charlie Root)', '(("Charlie Root" NIL "root" ""))'],
    ['with an @ in quotation marks has no domain', '"a@b"', '((NIL NIL "a@b" ""))'],
    ['has an empty path', 'John <>', '(("John" NIL "" ""))'],
  ])('%s', (_what, field, list) => {
    expect(told(field)).toBe(list)
  })

  it.each([
    ['a comma is missing', 'a@x.test b@y.test', '((NIL NIL "a" "x.test")(NIL NIL "b" "y.test"))'],
    ['and there is a comment', 'a@x.test (A) b@y.test', '((NIL NIL "a" "x.test")(NIL NIL "b" "y.test"))'],
    ['between brackets', '<a@x.test> <b@y.test>', '((NIL NIL "a" "x.test")(NIL NIL "b" "y.test"))'],
    ['the brackets are missing', 'John Public a@x.test', '(("John Public" NIL "a" "x.test"))'],
    ['a name follows', 'a@x.test John Public', '((NIL NIL "a" "x.test"))'],
    ['a local part has a blank in it', '<John Public@x.test>', '((NIL NIL "John Public" "x.test"))'],
  ])('%s', (_what, field, list) => {
    expect(told(field)).toBe(list)
  })

  // obs-local-part and obs-domain, RFC 5322 section 4.4.
  it.each(['john . q @ x . test', 'john(a).(b)q(c)@(d)x.(e)test', '"john".q@x.test'])('but %j is one', (field) => {
    expect(addressesOf(field)).toMatchObject([{ mailbox: 'john.q', host: 'x.test' }])
  })
})

it('no group without its end, and no end without its group', () => {
  for (const field of ['G:', 'G: a@x.test', 'G: a@x.test;', 'a@x.test;', 'G:;;', 'G: H: a@x.test;']) {
    const markers = addressesOf(octets(field)).filter(({ host }) => host === undefined)
    expect(
      markers.map(({ mailbox }) => (mailbox === undefined ? 'end' : 'begin')),
      field,
    ).toEqual(field.includes(':') ? ['begin', 'end'] : [])
  }
})

it('any number of addresses without a comma', () => {
  expect(addressesOf('a@x.test '.repeat(200_000))).toHaveLength(200_000)
})
