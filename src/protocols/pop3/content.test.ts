import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { formatContent, handedOut, parseCapabilities, parseContent, parseUniqueIds, sizeOf, top } from './content'

describe('byte-stuffing', () => {
  it.each(['', '.', '.\r\n', '..\r\n.\r\n', 'a\r\n.b\r\n', 'a\n.b\r\n', '\r\n', '\r\n.\r\n.\r\n'])(
    'restores %j',
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
    ['', 0],
    ['a\r\n', 3],
    ['a', 3],
    ['.\r\n', 3],
  ])('counts %j as RETR gives it, %i octets', (text, size) => {
    expect(sizeOf(octets(text))).toBe(size)
    expect(parseContent(formatContent(octets(text)))?.content).toHaveLength(size)
  })
})

describe('a message in the form for a client', () => {
  it.each([
    ['Subject: x\r\n\r\nGrüße\r\n', 'Subject: x\r\n\r\nGrüße\r\n'],
    ['Subject: x\n\na\n.\n.b\r\n\n', 'Subject: x\r\n\r\na\r\n.\r\n.b\r\n\r\n'],
    ['\n', '\r\n'],
    ['a CR\rof its own stays', 'a CR\rof its own stays'],
    ['', ''],
  ])('has lines that end with CRLF (RFC 1939 section 3): %j', (kept, sent) => {
    for (const utf8 of [true, false]) expect(handedOut(fromText(kept), utf8)).toBe(fromText(sent))
  })

  it('has UTF-8 in its header in UTF-8 mode only (RFC 6856 section 2.1)', () => {
    const kept = fromText('Subject: Grüße\n\nÄpfel\n')
    expect(handedOut(kept, true)).toBe(fromText('Subject: Grüße\r\n\r\nÄpfel\r\n'))
    expect(handedOut(kept, false)).toBe(fromText('Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n\r\nÄpfel\r\n'))
  })

  it('has no lone dot after a bare LF, which some clients read as the end', () => {
    const wire = formatContent(handedOut(octets('Subject: x\r\n\r\na\n.\nb\r\n'), true))
    expect(wire).toContain('\r\n..\r\nb\r\n.\r\n')
    expect(wire.split(/\r?\n/).filter((line) => line === '.')).toHaveLength(1)
  })

  it('is counted by TOP in those lines', () => {
    expect(top(handedOut(octets('A: b\n\none\ntwo\n'), true), 1)).toBe('A: b\r\n\r\none\r\n')
  })
})

describe('the lines after a status line', () => {
  it('are read as capabilities without regard to case', () => {
    expect(parseCapabilities(octets('sasl PLAIN CRAM-MD5\r\nTop\r\nIMPLEMENTATION a b\r\n'))).toEqual({
      SASL: ['PLAIN', 'CRAM-MD5'],
      TOP: [],
      IMPLEMENTATION: ['a', 'b'],
    })
  })

  it('are skipped if they are no unique-ids', () => {
    expect(parseUniqueIds(octets('1 a\r\nx\r\n2\r\n3 b c\r\n4 !~\r\n'))).toEqual([
      { messageNumber: 1, uid: 'a' },
      { messageNumber: 4, uid: '!~' },
    ])
  })
})
