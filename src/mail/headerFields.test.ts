import { describe, expect, it } from 'vitest'
import { octets } from '../base/octets'
import {
  beginsWithHeader,
  bodyStart,
  countFields,
  fieldBody,
  headerFields,
  headerSection,
  LONGEST_FIELD_BODY,
  pickFields,
  rawFields,
  withoutFields,
} from './headerFields'

const message = octets(
  [
    'Received: from a',
    '\tby b',
    'Bcc : eve@owl.example,',
    ' dan',
    ' @owl.example',
    'no field at all',
    'DATE\t: Mon, 2 Nov 2026 09:00:00 +0000',
    'bcc: fay@owl.example',
    'X-Bcc: stays',
    '',
    'Bcc: in the text',
    'Message-ID: <text@x>',
    '',
  ].join('\r\n'),
)

describe('the fields of a header section', () => {
  it('are found with white space before the colon, in any case, folded, and never in the body', () => {
    expect(headerFields(message)).toEqual([
      { fieldName: 'Received', fieldBody: 'from a\tby b' },
      { fieldName: 'Bcc', fieldBody: 'eve@owl.example, dan @owl.example' },
      { fieldName: 'DATE', fieldBody: 'Mon, 2 Nov 2026 09:00:00 +0000' },
      { fieldName: 'bcc', fieldBody: 'fay@owl.example' },
      { fieldName: 'X-Bcc', fieldBody: 'stays' },
    ])
    expect(fieldBody(message, 'Date')).toBe('Mon, 2 Nov 2026 09:00:00 +0000')
    expect(fieldBody(message, 'Message-ID')).toBeUndefined()
    expect(countFields(message, 'BCC')).toBe(2)
    expect(countFields(message, 'Message-ID')).toBe(0)
  })

  it('are removed with their folds, and every other octet stays', () => {
    const left = withoutFields(message, ['Bcc', 'date'])
    expect(left).toBe(
      'Received: from a\r\n\tby b\r\nno field at all\r\nX-Bcc: stays\r\n\r\nBcc: in the text\r\nMessage-ID: <text@x>\r\n',
    )
    expect(withoutFields(left, ['Bcc'])).toBe(left)
    expect(withoutFields(octets('Bcc: x'), ['Bcc'])).toBe('')
  })

  it('are picked with their folds and the empty line', () => {
    expect(pickFields(message, ['bcc'], false)).toBe(
      'Bcc : eve@owl.example,\r\n dan\r\n @owl.example\r\nbcc: fay@owl.example\r\n\r\n',
    )
  })

  it('together are the header section as it stands', () => {
    expect(
      rawFields(message)
        .map((field) => field.octets)
        .join(''),
    ).toBe(headerSection(message))
    expect(rawFields(message).map((field) => field.fieldName)).toEqual(['Received', 'Bcc', '', 'DATE', 'bcc', 'X-Bcc'])
  })

  it.each([
    ['a character of UTF-8 that ends in the octet A0', 'Subject: voil\xc3\xa0\r\n', 'voil\xc3\xa0'],
    ['a body that begins on the next line', 'Subject:\r\n x\r\n', 'x'],
    ['lines that end in LF alone', 'Subject: a\n b\n', 'a b'],
    ['no line end', 'Subject: x', 'x'],
    ['an empty body', 'Subject:\r\n', ''],
    ['only white space before the colon', ' Subject: x\r\n', undefined],
    ['white space inside the name', 'Sub ject: x\r\n', undefined],
    ['no colon, and a line with one after it', 'Subject\r\nx: y\r\n', undefined],
  ])('are read right: %s', (_, header, body) => {
    expect(fieldBody(octets(header), 'Subject')).toBe(body)
    expect(headerFields(octets(header)).find(({ fieldName }) => fieldName === 'Subject')?.fieldBody).toBe(body)
  })

  it.each([
    ['Subject: x', true],
    ['Subject \t: x', true],
    ['\r\nx', true],
    ['\nx', true],
    ['Dear Bob: hello', false],
    [': x', false],
    ['just text', false],
    ['', false],
  ])('begin %j: %s', (text, begins) => {
    expect(beginsWithHeader(octets(text))).toBe(begins)
  })

  it('are read up to the longest body, and up to the last line end within it', () => {
    const line = ` ${'a'.repeat(998)}\r\n`
    const long = octets(`To:${line.repeat(200)}Subject: y\r\n\r\n`)
    const read = fieldBody(long, 'To') as string
    expect(read.length).toBeLessThanOrEqual(LONGEST_FIELD_BODY)
    expect(read.length).toBeGreaterThan(LONGEST_FIELD_BODY - 1001)
    expect(read).toMatch(/(?:^| )a{998}$/)
    expect(fieldBody(long, 'Subject')).toBe('y')
    expect(fieldBody(octets(`To: ${'b'.repeat(200_000)}`), 'To')).toMatch(/^b+$/)
    expect(fieldBody(octets(`To: ${'b'.repeat(200_000)}`), 'To')).toHaveLength(LONGEST_FIELD_BODY - 1)
  })
})

describe('a header section', () => {
  it.each([
    ['a: b\r\n\r\nc', 'a: b\r\n'],
    ['a: b\n\nc', 'a: b\n'],
    ['a: b\r\n\nc', 'a: b\r\n'],
    ['a: b\r\n', 'a: b\r\n'],
    ['a: b', 'a: b'],
    ['\r\nc', ''],
    ['\nc', ''],
    ['', ''],
  ])('of %j is %j', (text, header) => {
    expect(headerSection(octets(text))).toBe(header)
    expect(text.slice(bodyStart(octets(text)))).toBe(text.endsWith('c') ? 'c' : '')
  })
})
