import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { formatContent, needsUtf8, parseCapabilities, parseContent, parseUniqueIds, sizeOf, top } from './content'

describe('byte-stuffing', () => {
  it.each(['', '.', '.\r\n', '..\r\n.\r\n', 'a\r\n.b\r\n', 'a\n.b\r\n', '\r\n', '\r\n.\r\n.\r\n'])(
    'gives back %j',
    (text) => {
      const content = octets(text)
      const wire = formatContent(content)
      const parsed = parseContent(octets(`${wire}+OK`))
      expect(parsed?.length).toBe(wire.length)
      expect(parsed?.content).toBe(text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`)
    },
  )

  it.each([
    [0, 'A: b\r\n\r\n'],
    [1, 'A: b\r\n\r\none\r\n'],
    [9, 'A: b\r\n\r\none\r\ntwo\r\n'],
  ])('TOP with %i lines', (lines, expected) => {
    expect(top(octets('A: b\r\n\r\none\r\ntwo\r\n'), lines)).toBe(expected)
    expect(top(octets('A: b\r\n'), lines)).toBe('A: b\r\n')
  })

  it.each([
    ['Subject: x\r\n\r\na\n.\nb\r\n', 'a\n..\nb'],
    ['Subject: x\r\n\r\na\n.\r\nb\r\n', 'a\n..\r\nb'],
  ])('lets no lonely dot behind a bare LF end %j for those who take LF for a line end', (text, expected) => {
    expect(formatContent(octets(text))).toContain(expected)
  })

  it.each([
    ['', 0],
    ['a\r\n', 3],
    ['a', 3],
    ['.\r\n', 3],
  ])('counts %j as RETR gives it, %i octets', (text, size) => {
    expect(sizeOf(octets(text))).toBe(size)
    expect(parseContent(formatContent(octets(text)))?.content).toHaveLength(size)
  })
})

describe('what follows a status line', () => {
  it.each([
    ['From: a\r\n\r\nGrüße\r\n', false],
    ['From: a\r\nSubject: Grüße\r\n\r\nx\r\n', true],
    ['Subject: Grüße\r\n', true],
  ])('tells whether %j needs UTF-8 mode', (text, expected) => {
    expect(needsUtf8(fromText(text))).toBe(expected)
  })

  it('takes a header that is no UTF-8 for a mistake', () => {
    expect(needsUtf8(octets('Subject: Gr\xfc\xdfe\r\n\r\n'))).toBe(false)
  })

  it('reads capabilities without regard to case', () => {
    expect(parseCapabilities(octets('sasl PLAIN CRAM-MD5\r\nTop\r\nIMPLEMENTATION a b\r\n'))).toEqual({
      SASL: ['PLAIN', 'CRAM-MD5'],
      TOP: [],
      IMPLEMENTATION: ['a', 'b'],
    })
  })

  it('passes over lines that are no unique-ids', () => {
    expect(parseUniqueIds(octets('1 a\r\nx\r\n2\r\n3 b c\r\n4 !~\r\n'))).toEqual([
      { messageNumber: 1, uid: 'a' },
      { messageNumber: 4, uid: '!~' },
    ])
  })
})
