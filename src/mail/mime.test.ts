import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../base/octets'
import { decodeWords } from './encodedWords'
import { containsInField, containsText } from './searchText'
import { baseSubject } from './subject'
import { decodeCharset, decodeTransferEncoding } from './transferEncoding'

describe('a transfer encoding', () => {
  it.each([
    ['base64', 'SGVsbG8u', 'Hello.'],
    ['BASE64', 'SGVs\r\nbG8u\r\n', 'Hello.'],
    ['base64', 'SGVsbG8', 'Hello'],
    ['base64', '!S G*V?sbG8=garbage', 'Hello'],
    ['base64', 'SGVsbG8uA', 'Hello.'],
    ['base64', 'YWJ', 'ab'],
    ['base64', 'YWJ=', 'ab'],
    ['base64', 'YR==', 'a'],
    ['base64', 'YWJjZGVmYWJ', 'abcdefab'],
    ['base64', '', ''],
    ['quoted-printable', 'a=3Db=\r\nc', 'a=bc'],
    ['quoted-printable', 'soft  \t=  \r\nbreak', 'soft  \tbreak'],
    ['quoted-printable', 'trailing   \r\nend', 'trailing\r\nend'],
    ['quoted-printable', 'no =ZZ hex =', 'no =ZZ hex '],
    ['7bit', 'as it is', 'as it is'],
    ['', 'as it is', 'as it is'],
  ])('%s of %j is %j', (encoding, body, decoded) => {
    expect(decodeTransferEncoding(octets(body), encoding)).toBe(decoded)
  })

  it('of an unknown name gives undefined', () => {
    expect(decodeTransferEncoding(octets('x'), 'x-uuencode')).toBeUndefined()
  })

  it.each([
    ['iso-8859-1', octets('f\xfcr'), 'für'],
    ['utf-8', fromText('für'), 'für'],
    ['windows-1252', octets('\x80'), '€'],
    ['iso-2022-jp', octets('\x1b$B$"\x1b(B'), 'あ'],
    ['no-such-set', fromText('für'), 'für'],
    ['', octets('f\xfcr'), 'für'],
  ])('and the character set %s make text', (charset, body, text) => {
    expect(decodeCharset(body, charset)).toBe(text)
  })
})

// RFC 2047 section 8, and common deviations.
it.each([
  ['=?ISO-8859-1?Q?a?=', 'a'],
  ['=?ISO-8859-1?Q?a?= b', 'a b'],
  ['=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=', 'ab'],
  ['=?ISO-8859-1?Q?a_b?=', 'a b'],
  ['=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=', 'a b'],
  ['=?utf-8?B?Z3LDvMOfZQ==?=', 'grüße'],
  ['=?utf-8*de?Q?gr=C3=BC=C3=9Fe?=', 'grüße'],
  ['=?utf-8?X?what?=', '=?utf-8?X?what?='],
  ['half =?utf-8?Q?open', 'half =?utf-8?Q?open'],
  ['plain', 'plain'],
])('the encoded words %j say %j', (field, text) => {
  expect(decodeWords(octets(field))).toBe(text)
})

// RFC 5256 section 2.1.
it.each([
  ['Lunch?', 'LUNCH?', false],
  ['Re: Lunch?', 'LUNCH?', true],
  ['RE : Fwd: fw: Lunch?', 'LUNCH?', true],
  ['Re[2]: Lunch?', 'LUNCH?', true],
  ['[list] Re: [list] Lunch?', 'LUNCH?', true],
  ['[list] Lunch?', 'LUNCH?', false],
  ['Lunch? (fwd)  (FWD)', 'LUNCH?', true],
  ['[Fwd: Re: Lunch?]', 'LUNCH?', true],
  ['[only]', '[ONLY]', false],
  ['Re: [a] [b]', '[B]', true],
  ['Re:', '', true],
  ['Regarding lunch', 'REGARDING LUNCH', false],
  ['  two   spaces\tand a tab ', 'TWO SPACES AND A TAB', false],
])('the base subject of %j is %j', (subject, text, isReply) => {
  expect(baseSubject(subject)).toEqual({ text, isReply })
})

describe('searching for text', () => {
  const coded = fromText(
    'From: =?iso-8859-1?Q?J=FCrgen?= <j@plum.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
      '--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' +
      'Gr=FC=DFe aus dem Gar=\r\nten\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
      'R2FydGVu\r\n--b--\r\n',
  )
  const message = { octets: coded }

  it.each([
    ['text', 'Grüße', true],
    ['body', 'GRÜSSE', false],
    ['body', 'garten', true],
    ['text', 'jürgen', true],
    ['body', 'jürgen', false],
    ['text', 'boundary=b', true],
    ['text', 'nowhere', false],
  ] as const)('%s %j', (where, text, found) => {
    expect(containsText(text, where)(message)).toBe(found)
  })

  it('in a field decodes its encoded words, and an empty text only requires the field', () => {
    expect(containsInField('from', 'JÜRGEN')(message)).toBe(true)
    expect(containsInField('From', '')(message)).toBe(true)
    expect(containsInField('To', '')(message)).toBe(false)
    expect(containsInField('rom', '')(message)).toBe(false)
  })
})
