import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromText, type Octets, octets, toText } from '../base/octets'
import { decodeWords } from './encodedWords'
import { fieldBody, headerSection } from './headerFields'
import { bodyOf } from './message'
import { surrogate } from './surrogate'

const messageWith = (header: string, body = 'Grüße\r\n'): Octets => fromText(`${header}\r\n\r\n${body}`)
/** The header of the surrogate of a message with this header. */
const header = (text: string): string => headerSection(surrogate(messageWith(text)))
const decoded = (message: Octets, name: string): string => decodeWords(fieldBody(message, name) ?? '')

describe('the surrogate of a message (RFC 6856 section 2.1)', () => {
  it('is the message itself if its header is ASCII, whatever its body is', () => {
    const plain = messageWith('Subject:  odd\r\n\tfolding \r\nFrom: <a@b.test>')
    expect(surrogate(plain)).toBe(plain)
    expect(surrogate(octets(''))).toBe('')
    expect(surrogate(fromText('\r\nGrüße'))).toBe(fromText('\r\nGrüße'))
  })

  it.each([
    ['Subject: Grüße', 'Subject: =?UTF-8?B?R3LDvMOfZQ==?='],
    // ASCII stays, and white space between two other words is encoded with them (RFC 2047 section 6.2).
    ['Subject: Re: Grüße  an  Müller', 'Subject: Re: =?UTF-8?B?R3LDvMOfZQ==?=  an  =?UTF-8?B?TcO8bGxlcg==?='],
    ['Subject: schöne Grüße', 'Subject: =?UTF-8?B?c2Now7ZuZSBHcsO8w59l?='],
    ['Subject: schöne\r\n Grüße', 'Subject: =?UTF-8?B?c2Now7ZuZSBHcsO8w59l?='],
    ['Subject:Grüße', 'Subject: =?UTF-8?B?R3LDvMOfZQ==?='],
    // White space next to an existing encoded word is encoded too.
    ['Subject: =?UTF-8?Q?a?= ü =?UTF-8?Q?b?=', 'Subject: =?UTF-8?Q?a?= =?UTF-8?B?IMO8IA==?= =?UTF-8?Q?b?='],
    // The octet A0 of a character is no space.
    ['Subject: voilà', 'Subject: =?UTF-8?B?dm9pbMOg?='],
    ['From: Müller <m@b.test>', 'From: =?UTF-8?B?TcO8bGxlcg==?= <m@b.test>'],
    ['From: Müller<m@b.test>', 'From: =?UTF-8?B?TcO8bGxlcg==?= <m@b.test>'],
    [
      'To: "Müller, \\"Max\\"" <m@b.test>, Al <a@b.test>',
      'To: =?UTF-8?B?TcO8bGxlciwgIk1heCI=?= <m@b.test>, Al <a@b.test>',
    ],
    ['To: m@b.test (Müller (der)), a@b.test', 'To: m@b.test (=?UTF-8?B?TcO8bGxlciAoZGVyKQ==?=), a@b.test'],
    ['To: Köche: a@b.test, b@b.test;', 'To: =?UTF-8?B?S8O2Y2hl?= : a@b.test, b@b.test;'],
    // Such an address cannot be kept; a comment holds it.
    [
      'To: grüße@b.test, Al <a@b.test>',
      'To: invalid@internationalized-address.invalid (=?UTF-8?B?Z3LDvMOfZUBi?=\r\n =?UTF-8?B?LnRlc3Q=?=), Al <a@b.test>',
    ],
    [
      'From: Jo <jö@b.test>',
      'From: Jo <invalid@internationalized-address.invalid> (=?UTF-8?B?asO2QGIu?=\r\n =?UTF-8?B?dGVzdA==?=)',
    ],
    [
      'Content-Type: text/plain; charset=utf-8;\r\n name="Grüße 1.txt"',
      "Content-Type: text/plain; charset=utf-8;\r\n name*=UTF-8''Gr%C3%BC%C3%9Fe%201.txt",
    ],
    ['Content-Disposition: attachment; filename=ü.txt', "Content-Disposition: attachment; filename*=UTF-8''%C3%BC.txt"],
    ['Content-Type: größe/x; a="b"', 'Content-Type: gr????e/x; a="b"'],
    // A field for programs: only comments may have encoded words.
    [
      'Date: Mon, 23 Nov 2026 07:00:00 +0100 (Mitteleuropäische Zeit)\r\nX: y',
      'Date: Mon, 23 Nov 2026 07:00:00 +0100 (=?UTF-8?B?TWl0dGVsZXVyb3DDpGlz?=\r\n =?UTF-8?B?Y2hlIFplaXQ=?=)\r\nX: y',
    ],
    ['Message-ID: <ü@b.test>\r\nX: y', 'X: y'],
    // A line that is no field is treated as text.
    ['X: y\r\nGrüße', 'X: y\r\n=?UTF-8?B?R3LDvMOfZQ==?='],
    ['Größe: 7', '=?UTF-8?B?R3LDtsOfZTo=?= 7'],
  ])('has for %j the header %j', (before, after) => {
    expect(header(before)).toBe(`${after}\r\n`)
  })

  it('reads octets that are not UTF-8 as windows-1252', () => {
    const message = octets('Subject: Gr\xfc\xdfe \x80\r\n\r\nGr\xfc\xdfe\r\n')
    const ascii = surrogate(message)
    expect(decoded(ascii, 'Subject')).toBe('Grüße €')
    expect(bodyOf(ascii)).toBe(bodyOf(message))
  })

  it('has lines of at most 76 columns and cuts no character, however long the text is', () => {
    const text = 'Straßenbahnhaltestellenansage🚋'.repeat(40)
    const ascii = surrogate(
      messageWith(
        `Subject: ${text}\r\nFrom: ${text} <a@b.test>\r\nX-A-Name-That-Takes-Nearly-The-Whole-Line-As-Few-Others-Will-Do-Here: ü`,
      ),
    )
    for (const line of headerSection(ascii).split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
    for (const [word] of ascii.matchAll(/=\?[^ \r]*\?=/g)) {
      expect(word.length).toBeLessThanOrEqual(75)
      expect(decodeWords(word)).not.toContain('\ufffd')
    }
    expect(decoded(ascii, 'Subject')).toBe(text)
    expect(decoded(ascii, 'From')).toBe(`${text} <a@b.test>`)
  })

  it('fits the widest character at every column', () => {
    for (let before = 0; before < 100; before++) {
      const ascii = surrogate(messageWith(`Subject: ${'a'.repeat(before)}${' '.repeat(1 + (before % 90))}🚋`))
      expect(decoded(ascii, 'Subject')).toMatch(/🚋$/)
      expect(headerSection(ascii).match(/=\?UTF-8/g)).toHaveLength(1)
    }
    expect(decoded(surrogate(messageWith(`Subject:${' '.repeat(90)}🚋🚋`)), 'Subject')).toBe('🚋🚋')
  })

  const phrase = fc.string({
    unit: fc.constantFrom(
      'a',
      'Z',
      'ü',
      'à',
      '€',
      '🚋',
      ' ',
      ' ',
      '?',
      '=',
      '\\',
      '"',
      '(',
      ')',
      ',',
      '<',
      '@',
      ':',
      ';',
      '\t',
    ),
    maxLength: 90,
  })

  it('has the same text as the message', () => {
    fc.assert(
      fc.property(phrase, (text) => {
        const before = messageWith(`Subject: ${text}x`)
        const after = surrogate(before)
        expect(headerSection(after)).toMatch(/^[\0-\x7f]*$/)
        expect(bodyOf(after)).toBe(bodyOf(before))
        expect(decoded(after, 'Subject').trim()).toBe(toText(octets(fieldBody(before, 'Subject') ?? '')))
      }),
      { numRuns: 2000, seed: 2047 },
    )
  })

  it.each(['From', 'Content-Type', 'Received', 'Subject'])('is ASCII and one message, however broken %s is', (name) => {
    fc.assert(
      fc.property(phrase, phrase, (first, second) => {
        const before = messageWith(`${name}: ${first}\r\n ${second}x\r\nX-Next: y`)
        const after = surrogate(before)
        expect(headerSection(after)).toMatch(/^[\0-\x7f]*$/)
        expect(fieldBody(after, 'X-Next')).toBe('y')
        expect(bodyOf(after)).toBe(bodyOf(before))
        expect(surrogate(after)).toBe(after)
      }),
      { numRuns: 2000, seed: 6856 },
    )
  })

  it('handles a hostile header', () => {
    for (const piece of ['(', '"', '<"', '(ü', '; a="', ';a', ' ', 'ü ', 'ü,', '\\', '<', '=?'])
      for (const name of ['From', 'Content-Type', 'Date', 'Subject']) {
        const message = messageWith(`${name}: ü${piece.repeat(20_000)}`)
        expect(headerSection(surrogate(message))).toMatch(/^[\0-\x7f]*$/)
      }
  })
})
