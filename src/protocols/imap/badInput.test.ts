import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { findMailbox } from '../../mail/store'
import type { ServerContext } from './session/serverContext'
import { BOB, MemoryHost, message, type ServerEnd } from './testing/memoryHost'

/**
 * Input of careless and hostile clients: the answer gives the reason, the session continues if possible, and nothing is lost.
 */

const open = () => new MemoryHost([message('one'), message('two')]).connect().selectInbox()
const inbox = ({ host }: ServerEnd) => findMailbox(host.store, BOB, 'INBOX')?.messages ?? []

/** The server still works, and still has everything. */
function expectUnharmed(end: ServerEnd): void {
  expect(end.receive('ok NOOP\r\n')).toBe('ok OK Nothing done\r\n')
  expect(inbox(end).map(({ octets: text }) => text)).toEqual([message('one'), message('two')])
}

describe('a malformed line', () => {
  it.each([
    ['no tag', 'NOOP', '* BAD Expected one space at column 5'],
    ['a tag with a plus', '+1 NOOP', '* BAD Expected a tag (letters and digits, no "+") at column 1'],
    ['a tag in parentheses', '(a) NOOP', '* BAD Expected a tag (letters and digits, no "+") at column 1'],
    ['two spaces', 'a  NOOP', 'a BAD Expected a command at column 3'],
    ['a space behind', 'a NOOP ', 'a BAD NOOP: expected the end of the line at column 7'],
    [
      'no closing parenthesis',
      'a FETCH 1 (FLAGS',
      'a BAD FETCH: expected a space or a closing parenthesis at column 17',
    ],
    ['one too many', 'a FETCH 1 (FLAGS))', 'a BAD FETCH: expected the end of the line at column 18'],
    [
      'an open quotation mark',
      'a SELECT "INBOX',
      'a BAD SELECT: expected a closing quotation mark, with \\" and \\\\ for " and \\ inside at column 10',
    ],
    [
      'an unknown escape',
      'a SELECT "a\\b"',
      'a BAD SELECT: expected a closing quotation mark, with \\" and \\\\ for " and \\ inside at column 10',
    ],
    [
      'NUL in a string',
      'a SELECT "a\0b"',
      'a BAD SELECT: expected a closing quotation mark, with \\" and \\\\ for " and \\ inside at column 10',
    ],
    [
      'a number too large',
      'a FETCH 4294967296 FLAGS',
      'a BAD FETCH: expected a message number from 1, or "*" below 4294967296 at column 9',
    ],
    [
      'a number with forty digits',
      `a FETCH ${'9'.repeat(40)} FLAGS`,
      'a BAD FETCH: expected a message number from 1, or "*" below 4294967296 at column 9',
    ],
    ['letter 0', 'a STORE 0 FLAGS ()', 'a BAD STORE: expected a message number from 1, or "*" at column 9'],
    ['UID 0', 'a UID FETCH 0:* FLAGS', 'a BAD UID FETCH: expected a message number from 1, or "*" at column 13'],
    [
      'a range without an end',
      'a FETCH 1: FLAGS',
      'a BAD FETCH: expected a message number from 1, or "*" at column 11',
    ],
    [
      'a day that never was',
      'a SEARCH SINCE 30-Feb-2026',
      'a BAD SEARCH: expected a date that exists, such as 21-Nov-2026 at column 16',
    ],
    [
      'an hour that never was',
      'a APPEND INBOX "21-Nov-2026 25:00:00 +0000" {1+}\r\nx',
      'a BAD APPEND: expected a time from 00:00:00 to 23:59:60',
    ],
    [
      'a mod-sequence of 64 bits',
      'a FETCH 1 FLAGS (CHANGEDSINCE 9223372036854775808)',
      'a BAD FETCH: expected a mod-sequence up to 9223372036854775807 at column 31',
    ],
    [
      'a flag that nobody may set',
      'a STORE 1 +FLAGS (\\Recent)',
      'a BAD STORE: expected one of \\Answered \\Flagged \\Deleted \\Seen \\Draft at column 19',
    ],
    [
      'a key inside a key inside a key',
      `a SEARCH ${'NOT '.repeat(500)}SEEN`,
      'a BAD SEARCH: expected at most 100 keys inside one another at column 414',
    ],
    [
      'a section that there is not',
      'a FETCH 1 BODY[1.HEADER.FROB]',
      'a BAD FETCH: expected HEADER, HEADER.FIELDS, TEXT or, after a part number, MIME at column 18',
    ],
  ])('%s', (_, line, answer) => {
    const end = open()
    expect(end.receive(`${line}\r\n`)).toBe(`${answer}\r\n`)
    expectUnharmed(end)
  })
})

describe('a misleading name', () => {
  it.each([
    '../../etc/passwd',
    '..',
    './INBOX',
    '/etc/passwd',
    'a//b',
    'a/../b',
    'a\u0001b',
    'a\u0085b',
    'a\u2028b',
    'a\ufffdb',
    'C:\\mail\\*',
    '%',
    '',
    '~root/../x',
  ])('%j is never made', (name) => {
    const end = open()
    const quoted = `"${fromText(name.replace(/["\\]/g, '\\$&'))}"`
    expect(end.say(`CREATE ${quoted}`).at(-1)).toMatch(/^t NO \[CANNOT\] .* is no name for a mailbox$/)
    expect(end.say(`RENAME Junk ${quoted}`).at(-1)).toMatch(/^t NO \[CANNOT\]/)
    expect(end.say(`SELECT ${quoted}`).at(-1)).toMatch(/^t NO \[NONEXISTENT\]/)
  })

  it.each(['&AC8-', '&ZZ-', 'c&d', '&AGEAYgBj-', '&U,BTFw-&ZeVnLIqe-', "!#$&'+,-.0123456789:;<=>?@^_`|[}"])(
    '%j is no modified UTF-7: no mailbox has that name, and none is created (RFC 3501 section 5.1.3)',
    (name) => {
      const end = open()
      // Names that a careless reader would confuse with it.
      for (const near of ['c&-d', 'abc']) end.say(`CREATE ${near}`)
      for (const command of ['CREATE $', 'RENAME Junk $', 'APPEND $ {1+}\r\nx', 'COPY 1 $']) {
        end.say('SELECT INBOX')
        expect(end.say(command.replace('$', () => name)).at(-1)).toMatch(/^t NO \[CANNOT\] & is written &-/)
      }
      for (const command of [
        'SELECT $',
        'STATUS $ (MESSAGES)',
        'DELETE $',
        'RENAME $ x',
        'SUBSCRIBE $',
        'GETQUOTAROOT $',
      ])
        expect(end.say(command.replace('$', () => name)).at(-1)).toMatch(/^t NO \[NONEXISTENT\] .*& is written &-$/)
      expect(end.say(`LIST "" ${name}`).at(-1)).toMatch(/^t OK/)
      expectUnharmed(end)
    },
  )

  it('a name that is no UTF-8 is told so', () => {
    const end = open()
    for (const command of ['CREATE "$"', 'SELECT "$"', 'DELETE "$"', 'RENAME Junk "$"'])
      expect(end.say(command.replace('$', '\xff\xfe')).at(-1)).toMatch(/^t BAD [A-Z]+: expected .*UTF-8/)
    expectUnharmed(end)
  })

  it.each(['__proto__', 'constructor', 'toString', 'a&-b', '&AOk-'])('%j is a name like any other', (name) => {
    const end = open()
    expect(end.receive(octets(`a STATUS "${name}" (MESSAGES)\r\n`))).toMatch(/^a NO \[NONEXISTENT\]/)
    const made = end.receive(octets(`b CREATE "${name}"\r\n`))
    expect(made).toMatch(/^b (OK|NO \[CANNOT\])/)
    if (made.startsWith('b OK')) expect(end.receive(octets(`c SELECT "${name}"\r\n`))).toMatch(/c OK \[READ-WRITE\]/)
    else expectUnharmed(end)
  })

  it('has 500 characters and 20 levels at most', () => {
    const end = open()
    const tooLong = 't NO [LIMIT] The name is too long: 500 characters and 20 levels are the limit'
    expect(end.say(`CREATE ${'x'.repeat(501)}`)).toEqual([tooLong])
    expect(end.say(`CREATE ${'x/'.repeat(20)}x`)).toEqual([tooLong])
    expect(end.say(`CREATE ${'x/'.repeat(19)}x`)).toEqual(['t OK Made'])
  })
})

describe('unbounded growth', () => {
  const marks = (from: number, count: number) => Array.from({ length: count }, (_, at) => `k${from + at}`).join(' ')

  it('a message has at most 100 flags', () => {
    const end = open()
    const tooMany = 't NO [LIMIT] A letter bears 100 marks at most'
    expect(end.say(`STORE 1 +FLAGS.SILENT (${marks(0, 100)})`).at(-1)).toBe('t OK Marked')
    expect(end.say('STORE 1 +FLAGS.SILENT (k5)')).toEqual(['t OK Marked'])
    expect(end.say('STORE 1:2 +FLAGS.SILENT (another)')).toEqual([tooMany])
    expect(end.say(`STORE 2 FLAGS (${marks(0, 101)})`)).toEqual([tooMany])
    expect(end.receive(`t APPEND INBOX (${marks(0, 101)}) {1+}\r\nx\r\n`)).toBe(`${tooMany}\r\n`)
    expect(end.say('STORE 1 FLAGS.SILENT (another)').at(-1)).toBe('t OK Marked')
    expectUnharmed(end)
  })

  it('a user has 2000 mailboxes and as many subscriptions', () => {
    const end = open()
    for (let n = 0; n < 1995; n++) end.say(`CREATE m${n}`)
    expect(end.say('CREATE more')).toEqual(['t NO [LIMIT] There are 2000 mailboxes at most'])
    for (let n = 0; n < 1995; n++) end.say(`SUBSCRIBE m${n}`)
    end.say('DELETE m0')
    end.say('CREATE more')
    expect(end.say('SUBSCRIBE more')).toEqual(['t NO [LIMIT] There are 2000 subscriptions at most'])
    expect(end.say('UNSUBSCRIBE m0')).toEqual(['t OK Unsubscribed'])
    expect(end.say('SUBSCRIBE more')).toEqual(['t OK Subscribed'])
  })
})

describe('a literal', () => {
  it.each([4_294_967_296, 36_700_161, 99_999_999_999])(
    'of %d octets is refused before it is sent, with the limit',
    (size) => {
      const end = open()
      expect(end.receive(`a APPEND INBOX {${size}}\r\n`)).toBe(
        'a NO [TOOBIG] The literal is too long: a message may have 36700160 octets, everything else 65536\r\n',
      )
      expectUnharmed(end)
    },
  )

  it('that is too long and on its way already ends the session', () => {
    const end = open()
    expect(end.receive('a APPEND INBOX {4294967296+}\r\n')).toMatch(/^\* BYE \[TOOBIG\]/)
    expect([end.closed, end.alive]).toEqual([true, false])
  })

  it('that never ends leaves nothing over when the connection goes', () => {
    const end = open()
    end.receive('a APPEND INBOX {1000}\r\nSubject: half')
    end.give({ type: 'closed', why: 'reset' })
    expect(end.alive).toBe(false)
    expectUnharmed(end.host.connect().selectInbox())
  })

  it('is waited for at most half an hour', () => {
    const end = open()
    end.receive('a APPEND INBOX {1000}\r\nSubject: half')
    const { timer } = end.outputs.findLast((output) => output.type === 'setTimer') as { timer: string }
    end.give({ type: 'expired', timer })
    expect(end.sent()).toBe('* BYE Nothing came for 30 minutes\r\n')
  })

  it('keeps no more than the announced size', () => {
    const end = open()
    end.receive('a SEARCH TEXT {10}\r\n')
    end.receive('x'.repeat(10))
    for (let n = 0; n < 20; n++) end.receive('y'.repeat(10_000))
    const { pending } = end.session.machine.context as ServerContext
    expect(pending.length + end.session.inbox.length).toBeLessThan(70_000)
  })
})

describe('a large answer', () => {
  it('FETCH 1:* gives all, once, and a set with many repetitions gives no more', () => {
    const end = open()
    expect(end.say('FETCH 1:* UID')).toHaveLength(3)
    expect(end.say(`FETCH ${'1:*,'.repeat(2000)}1 UID`)).toHaveLength(3)
    expect(end.say('UID FETCH 1:4294967295 UID')).toHaveLength(3)
    expect(end.say('FETCH *:4294967295 UID')).toEqual(['* 2 FETCH (UID 2)', 't OK That is all'])
  })

  it('a pattern of stars takes no longer than its length', () => {
    const end = open()
    end.say(`CREATE ${'a'.repeat(400)}`)
    expect(end.say(`LIST "" "${'*a%'.repeat(300)}b"`)).toEqual(['t OK That is all'])
  })

  it('a message of a thousand boundaries, and one of deeply nested parts, have a structure', () => {
    const end = open()
    const boundaries = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(3000)}--b--\r\n`
    let deep = 'x\r\n'
    for (let n = 0; n < 200; n++)
      deep = `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n${deep}\r\n--b${n}--\r\n`
    for (const text of [boundaries, deep]) {
      end.receive(`a APPEND INBOX {${text.length}+}\r\n${text}\r\n`)
      expect(end.receive('b FETCH * (BODYSTRUCTURE ENVELOPE BODY.PEEK[1.1])\r\n')).toMatch(/b OK That is all\r\n$/)
      expect(end.receive('c SEARCH TEXT nowhere\r\n')).toBe('* SEARCH\r\nc OK That is all\r\n')
    }
  })

  it('endless spaces at the end of a line cost linear time', () => {
    const end = open()
    const text = `Subject:${' '.repeat(50_000)}x\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(200_000)}x\r\n`
    end.receive(`a APPEND INBOX {${text.length}+}\r\n${text}\r\n`)
    expect(end.receive('b FETCH * (ENVELOPE BINARY.SIZE[1])\r\n')).toMatch(/BINARY\.SIZE\[1\] 200003\)\r\nb OK/)
    expect(end.receive('c UID SEARCH TEXT nowhere\r\n')).toBe('* SEARCH\r\nc OK That is all\r\n')
  })
})
