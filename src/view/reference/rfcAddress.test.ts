import { expect, it } from 'vitest'
import '../gloss/known'
import { catalogueOf, documented } from '../knowledge'
import { rfcAddress } from './rfcAddress'

it.each([
  ['RFC 5321, section 4.1.1.2', 'https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.2'],
  ['RFC 1035 section 5.1', 'https://www.rfc-editor.org/rfc/rfc1035#section-5.1'],
  ['RFC 4592', 'https://www.rfc-editor.org/rfc/rfc4592'],
  ['RFC 5321, sections 3.3 and 4.1.1.4', 'https://www.rfc-editor.org/rfc/rfc5321#section-3.3'],
])('leads from %s to %s', (text, address) => {
  expect(rfcAddress(text)).toBe(address)
})

it('leads nowhere from a text without an RFC', () => {
  expect(rfcAddress('the manual')).toBeUndefined()
})

it('leads to a standard from every entry of the reference', () => {
  const without = documented().flatMap((protocol) => catalogueOf(protocol).filter(({ rfc }) => !rfcAddress(rfc)))
  expect(without).toEqual([])
})
