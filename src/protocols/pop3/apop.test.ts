import { expect, it } from 'vitest'
import { apopDigest, timestampIn } from './apop'

it('gives the digest of the example (RFC 1939 section 7)', () => {
  expect(apopDigest('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf')).toBe('c4c9334bac560ecc979e58001b3e22fb')
})

it.each([
  ['POP3 server ready <1896.697170952@dbc.mtview.ca.us>', '<1896.697170952@dbc.mtview.ca.us>'],
  ['<a@b> first', '<a@b>'],
  ['ready', undefined],
  ['ready <no at>', undefined],
  ['ready <a b@c>', undefined],
  ['if a < b@c', undefined],
])('finds the timestamp in %j', (greeting, expected) => {
  expect(timestampIn(greeting)).toBe(expected)
})
