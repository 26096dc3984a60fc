import { describe, expect, it } from 'vitest'
import {
  addressKey,
  domainOf,
  formatAddress,
  isAddressLiteral,
  isDomain,
  parseAddress,
  sameAddress,
  spokenName,
} from './address'

describe('parseAddress', () => {
  it.each([
    ['bob@bird.example', 'bob', 'bird.example'],
    ["o'neil+tag/x=1@bird.example", "o'neil+tag/x=1", 'bird.example'],
    ['"a sender"@bird.example', 'a sender', 'bird.example'],
    ['"a\\"b\\\\c"@bird.example', 'a"b\\c', 'bird.example'],
    ['"a@b"@bird.example', 'a@b', 'bird.example'],
    ['bob@[192.0.2.1]', 'bob', '[192.0.2.1]'],
    ['bob@[IPv6:2001:db8::1]', 'bob', '[IPv6:2001:db8::1]'],
    ['bob@localhost', 'bob', 'localhost'],
    ['Postmaster', 'Postmaster', ''],
  ])('%s', (text, localPart, domain) => {
    expect(parseAddress(text)).toEqual({ localPart, domain })
  })

  it.each([
    ['', 'nothing'],
    ['bob', 'no domain'],
    ['@bird.example', 'no local part'],
    ['bob@', 'an empty domain'],
    ['.bob@bird.example', 'a dot first'],
    ['b..ob@bird.example', 'two dots'],
    ['bob @bird.example', 'a space outside quotes'],
    ['bob@bird..example', 'an empty label'],
    ['bob@-bird.example', 'a hyphen first'],
    ['bob@bird_.example', 'an underscore'],
    ['bob@[256.0.2.1]', 'an octet above 255'],
    ['bob@[192.0.2]', 'three octets'],
    ['bob@[IPv6:1::2::3]', 'two gaps'],
    [`${'l'.repeat(65)}@bird.example`, 'a local part of 65 octets'],
    [`bob@${'d.'.repeat(127)}dd`, 'a domain of 256 octets'],
  ])('refuses %j: %s', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })
})

it('writes an address in its shortest form', () => {
  for (const [given, shortest] of [
    ['"bob"@bird.example', 'bob@bird.example'],
    ['"a sender"@bird.example', '"a sender"@bird.example'],
    ['"a\\ b\\"c"@bird.example', '"a b\\"c"@bird.example'],
    ['postmaster', 'postmaster'],
  ] as const) {
    const parsed = parseAddress(given)
    expect(parsed && formatAddress(parsed)).toBe(shortest)
  }
})

it('recognizes the same address in other spellings', () => {
  expect(sameAddress('"Bob"@BIRD.example', 'bob@bird.example')).toBe(true)
  expect(sameAddress('bob@bird.example', 'bob@paper.example')).toBe(false)
  expect(addressKey('Postmaster')).toBe('postmaster')
})

it('tells domains and address literals from other text', () => {
  expect(isDomain('mx.bird.example')).toBe(true)
  expect(isDomain('mx..example')).toBe(false)
  expect(isAddressLiteral('[IPv6:::ffff:192.0.2.1]')).toBe(true)
  expect(isAddressLiteral('[IPv6:1:2:3:4:5:6:7:8]')).toBe(true)
  expect(isAddressLiteral('[IPv6:1:2:3:4:5:6:7]')).toBe(false)
  expect(isAddressLiteral('[x400:c=de]')).toBe(true)
  expect(isAddressLiteral('[192.0.2.1')).toBe(false)
})

it('finds the parts and the spoken name', () => {
  expect(domainOf('"a@b"@bird.example')).toBe('bird.example')
  expect(domainOf('postmaster')).toBe('')
  expect(spokenName('bob@bird.example')).toBe('Bob')
  expect(spokenName('anna.berg@bird.example')).toBe('Anna Berg')
  expect(spokenName('x1y2@bird.example')).toBe('x1y2@bird.example')
  for (const role of ['nobody', 'Postmaster', 'no-reply'])
    expect(spokenName(`${role}@b.example`)).toBe(`${role}@b.example`)
})
