import { describe, expect, it } from 'vitest'
import { fromText } from '../../../base/octets'
import { BOB, MemoryHost, type ServerEnd } from '../testing/memoryHost'

function reading(message: string, enabled = ''): ServerEnd {
  const end = new MemoryHost([fromText(message)]).connect()
  end.receive(`a LOGIN ${BOB} secret\r\n`)
  if (enabled !== '') expect(end.receive(`b ENABLE ${enabled}\r\n`)).toContain(`* ENABLED ${enabled}\r\n`)
  end.receive('c EXAMINE INBOX\r\n')
  return end
}
const fetched = (end: ServerEnd, item: string): string => {
  const response = end.receive(`d FETCH 1 ${item}\r\n`)
  expect(response).toMatch(/^\* 1 FETCH \([\s\S]*\)\r\nd OK That is all\r\n$/)
  return response.slice('* 1 FETCH ('.length, -')\r\nd OK That is all\r\n'.length)
}

describe('message/global', () => {
  const message = (encoding: string) =>
    `Content-Type: message/global\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\nSubject: Grüße\r\n\r\nHallo.\r\n`
  const BASIC = '("message" "global" NIL NIL NIL "8bit" 28 NIL NIL NIL NIL)'
  const MESSAGE =
    '("message" "global" NIL NIL NIL "8bit" 28 (NIL {7}\r\nGrüße NIL NIL NIL NIL NIL NIL NIL NIL) ' +
    '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 8 1 NIL NIL NIL NIL) 3 NIL NIL NIL NIL)'

  // media-message: RFC 3501 section 9 knows RFC822 only, which RFC 6855 leaves so; RFC 9051 section 9 adds GLOBAL.
  it.each([
    ['IMAP4rev1 a part like any other', '', BASIC],
    ['IMAP4rev1 with UTF8=ACCEPT the same', 'UTF8=ACCEPT', BASIC],
    ['IMAP4rev2 a message with its envelope', 'IMAP4rev2', MESSAGE],
  ])('is to %s', (_who, enabled, structure) => {
    expect(fetched(reading(message('8bit'), enabled), 'BODYSTRUCTURE')).toBe(`BODYSTRUCTURE ${fromText(structure)}`)
  })

  it.each([
    ['', '"message" "global"'],
    ['IMAP4rev2', '"application" "octet-stream"'],
  ])('that is encoded has no envelope, with %j enabled', (enabled, type) => {
    const structure = `BODY (${type} NIL NIL NIL "base64" 28)`
    expect(fetched(reading(message('base64'), enabled), 'BODY')).toBe(structure)
  })

  it('inside a multipart is told in the same way', () => {
    const parts = `Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n${message('8bit').trimEnd()}\r\n--x--\r\n`
    expect(fetched(reading(parts), 'BODY')).toBe('BODY (("message" "global" NIL NIL NIL "8bit" 26) "mixed")')
    expect(fetched(reading(parts, 'IMAP4rev2'), 'BODY')).toContain('"global" NIL NIL NIL "8bit" 26 (NIL {7}')
  })
})

describe('BODYSTRUCTURE', () => {
  it.each([
    ['Content-Disposition: (a; b) attachment (c); filename (d) = (z)"a"', '("attachment" ("filename" "a")) NIL NIL'],
    ['Content-Disposition: inline; filename="a', '("inline" ("filename" "a")) NIL NIL'],
    ['Content-Language: en (and no (more or) less), de', 'NIL ("en" "de") NIL'],
  ])('reads %s', (field, extension) => {
    expect(fetched(reading(`${field}\r\n\r\n`), 'BODYSTRUCTURE')).toBe(
      `BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL ${extension})`,
    )
  })

  it('tells a multipart without a part as the text that it looks like', () => {
    const end = reading('Content-Type: multipart/mixed; boundary=x\r\n\r\nNothing but words.\r\n')
    expect(fetched(end, 'BODY')).toBe('BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 20 1)')
    expect(fetched(end, 'BODY[1]')).toBe('BODY[1] {20}\r\nNothing but words.\r\n')
  })
})

// RFC 9051 section 6.4.5.1: "except in the case of a message that has no body and no blank line".
describe('HEADER.FIELDS of a message without an empty line', () => {
  const inside =
    'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n--x--\r\n'

  it.each([
    ['BODY[HEADER.FIELDS.NOT (From)]', 'Subject: x\r\n', '{12}\r\nSubject: x\r\n'],
    ['BODY[HEADER.FIELDS (Subject)]', 'Subject: x\r\n', '{12}\r\nSubject: x\r\n'],
    ['BODY[HEADER.FIELDS (From)]', 'Subject: x\r\n', '{0}\r\n'],
    ['BODY[HEADER.FIELDS (Subject)]', 'Subject: x\r\n\r\n', '{14}\r\nSubject: x\r\n\r\n'],
    ['BODY[1.HEADER.FIELDS (Subject)]', inside, '{12}\r\nSubject: x\r\n'],
    ['BODY[1.HEADER.FIELDS.NOT (Subject)]', inside, '{0}\r\n'],
  ])('%s of %j', (item, message, literal) => {
    expect(fetched(reading(message), item)).toBe(`${item} ${literal}`)
  })
})
