import { describe, expect, it } from 'vitest'
import { fromBase64, fromText, type Octets, octets, toBase64 } from '../../../base/octets'
import { ALL_MECHANISMS, clientRespond, startClientExchange } from '../../../sasl'
import type { Stopping } from '../../../session/session'
import { BOB, MemoryHost, message } from '../testing/memoryHost'

const shutDown: Stopping = { type: 'stopping', why: 'shuttingDown' }

const last = (lines: readonly string[]) => lines.at(-1)
const open = (...messages: string[]) =>
  new MemoryHost(messages.map((subject) => message(subject))).connect().selectInbox()

describe('the IMAP server', () => {
  it('greets, logs in and opens INBOX', () => {
    const end = new MemoryHost([message('one')]).connect()
    expect(end.sent()).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 .* AUTH=PLAIN\] store\.bird\.example is ready\r\n$/)
    expect(end.say(`LOGIN ${BOB} wrong`)).toEqual(['t NO [AUTHENTICATIONFAILED] User name or password is wrong'])
    expect(last(end.say(`LOGIN "${BOB}" secret`))).toMatch(/^t OK \[CAPABILITY IMAP4rev1 /)
    expect(end.say('SELECT inbox')).toEqual([
      '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)',
      '* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] These marks are kept',
      '* 1 EXISTS',
      '* 0 RECENT',
      '* OK [UNSEEN 1] First unread letter',
      '* OK [UIDVALIDITY 7] UIDs are valid',
      '* OK [UIDNEXT 2] Next UID',
      '* OK [HIGHESTMODSEQ 2] Latest change',
      't OK [READ-WRITE] Open',
    ])
    expect(end.say('LOGOUT')).toEqual(['* BYE store.bird.example closes the session', 't OK Goodbye'])
    expect([end.closed, end.alive]).toEqual([true, false])
  })

  it('refuses a command out of order, which then has no effect', () => {
    const end = new MemoryHost([message('one')]).connect()
    end.sent()
    expect(end.say('ENABLE QRESYNC')).toEqual(['t BAD ENABLE needs a login first'])
    end.say(`LOGIN ${BOB} secret`)
    expect(end.say('FETCH 1 (MODSEQ)')).toEqual(['t BAD FETCH needs a mailbox to be open: SELECT one first'])
    expect(end.say(`LOGIN ${BOB} secret`)).toEqual(['t BAD LOGIN is for before the login, and you are logged in'])
    end.say('SELECT INBOX')
    // With mod-sequences enabled it would be FETCH (FLAGS (...) MODSEQ (2)).
    expect(end.say('STORE 1 +FLAGS (\\Seen)')).toEqual(['* 1 FETCH (FLAGS (\\Seen))', 't OK Marked'])
  })

  it('takes literals, asked for and sent along', () => {
    const end = new MemoryHost().connect()
    end.sent()
    expect(end.receive(`a LOGIN {${BOB.length}}\r\n`)).toBe('+ Ready for the literal\r\n')
    expect(end.receive(`${BOB} {6}\r\n`)).toBe('+ Ready for the literal\r\n')
    expect(end.receive('secret\r\n')).toMatch(/^a OK /)
    expect(end.receive('b STATUS {5+}\r\nINBOX (MESSAGES)\r\n')).toBe(
      '* STATUS "INBOX" (MESSAGES 0)\r\nb OK That is all\r\n',
    )
    expect(end.receive('c LIST "" {0}\r\n')).toBe('+ Ready for the literal\r\n')
    expect(end.receive('\r\n')).toBe('* LIST (\\Noselect) "/" ""\r\nc OK That is all\r\n')
  })

  it('refuses literals that are too long, and says how long one may be', () => {
    const end = new MemoryHost().connect()
    end.sent()
    const tooBig =
      'a NO [TOOBIG] The literal is too long: a message may have 36700160 octets, everything else 65536\r\n'
    expect(end.receive('a LOGIN {4294967295}\r\n')).toBe(tooBig)
    expect(end.receive('a APPEND INBOX {100000}\r\n')).toBe(tooBig)
    expect(end.receive('b LOGIN {4294967295+}\r\n')).toBe('* BYE [TOOBIG] The literal is too long\r\n')
    expect(end.closed).toBe(true)
  })

  it('logs in by AUTHENTICATE PLAIN, with and without an initial response', () => {
    const proof = btoa(`\0${BOB}\0secret`)
    const end = new MemoryHost().connect()
    end.sent()
    expect(end.say('AUTHENTICATE PLAIN')).toEqual(['+ '])
    expect(end.receive('*\r\n')).toBe('t BAD Authentication given up\r\n')
    end.say('AUTHENTICATE PLAIN')
    expect(end.receive(`${proof}\r\n`)).toMatch(/^t OK \[CAPABILITY/)
    const other = new MemoryHost().connect()
    other.sent()
    expect(other.say('AUTHENTICATE FROB')).toEqual(['t NO [CANNOT] There is no mechanism FROB; offered: PLAIN'])
    expect(last(other.say(`AUTHENTICATE PLAIN ${proof}`))).toMatch(/^t OK/)
  })

  it('accepts no password in plaintext if the host forbids it', () => {
    const end = new MemoryHost().connect({ hostName: 'h', plaintextAuth: false })
    expect(end.sent()).toContain('LOGINDISABLED')
    expect(end.say(`LOGIN ${BOB} secret`)).toEqual([
      't NO [PRIVACYREQUIRED] A password is taken only over an encrypted connection',
    ])
    expect(last(end.say('AUTHENTICATE PLAIN'))).toMatch(/^t NO \[PRIVACYREQUIRED\]/)
  })

  it.each([
    ['', '* BAD Expected a tag (letters and digits, no "+") at column 1'],
    ['a', '* BAD Expected one space at column 2'],
    ['a FROB', 'a BAD There is no command FROB'],
    ['a  NOOP', 'a BAD Expected a command at column 3'],
    ['a NOOP x', 'a BAD NOOP: expected the end of the line at column 7'],
    ['a SELECT INBOX', 'a BAD SELECT needs a login first'],
    ['a FETCH 1 FLAGS', 'a BAD FETCH needs a login first'],
    ['a UID', 'a BAD Expected FETCH, STORE, SEARCH, SORT, THREAD, COPY, MOVE or EXPUNGE after UID at column 6'],
    ['a LOGIN "x', 'a BAD LOGIN: expected a closing quotation mark, with \\" and \\\\ for " and \\ inside at column 9'],
  ])('answers %j before the login', (line, answer) => {
    const end = new MemoryHost().connect()
    end.sent()
    expect(end.receive(`${line}\r\n`)).toBe(`${answer}\r\n`)
  })

  it.each([
    ['FETCH 0 FLAGS', /^t BAD FETCH: expected a message number from 1/],
    ['FETCH 1:: FLAGS', /^t BAD FETCH/],
    ['FETCH 5 FLAGS', /^t BAD There is no letter 5: the mailbox has 2 letters/],
    ['FETCH 1 (FROB)', /^t BAD FETCH: expected a data item/],
    ['FETCH 1 (BODY[FROB])', /^t BAD/],
    ['FETCH 1 BODY[1.MIME', /^t BAD/],
    ['STORE 1 +FLAGS (\\Frob)', /^t BAD STORE: expected one of/],
    ['LOGIN a b', /^t BAD LOGIN is for before the login/],
    ['SEARCH FROB', /^t BAD SEARCH: expected a search key/],
    ['SELECT Nowhere', /^t NO \[NONEXISTENT\] There is no mailbox Nowhere/],
  ])('answers %j in the selected state', (line, answer) => {
    expect(last(open('one', 'two').say(line))).toMatch(answer)
  })

  it('closes the mailbox when SELECT fails', () => {
    const end = open('one')
    end.say('SELECT Nowhere')
    expect(last(end.say('FETCH 1 FLAGS'))).toBe('t BAD FETCH needs a mailbox to be open: SELECT one first')
  })

  it('survives a line that is too long and goes on after it', () => {
    const end = open('one')
    expect(end.receive(`a NOOP ${'x'.repeat(70_000)}`)).toBe('a BAD The line is longer than 65536 octets\r\n')
    expect(end.receive('xxx\r\nb NOOP\r\n')).toBe('b OK Nothing done\r\n')
  })

  it('fetches data items, and sets \\Seen by BODY[] alone', () => {
    const end = open('one')
    const octets = message('one')
    expect(end.say('FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)')).toEqual([
      `* 1 FETCH (UID 1 FLAGS () INTERNALDATE "21-Nov-2026 09:30:00 +0000" RFC822.SIZE ${octets.length})`,
      't OK That is all',
    ])
    expect(end.say('FETCH 1 ENVELOPE')[0]).toBe(
      '* 1 FETCH (ENVELOPE ("Sat, 21 Nov 2026 09:30:00 +0000" "one" (("Alice" NIL "alice" "paper.example")) ' +
        '(("Alice" NIL "alice" "paper.example")) (("Alice" NIL "alice" "paper.example")) ((NIL NIL "bob" "bird.example")) ' +
        'NIL NIL NIL "<one@paper.example>"))',
    )
    expect(end.receive('a FETCH 1 BODY.PEEK[]\r\n')).toBe(
      `* 1 FETCH (BODY[] {${octets.length}}\r\n${octets})\r\na OK That is all\r\n`,
    )
    expect(end.receive('a FETCH 1 BODY.PEEK[HEADER.FIELDS (subject)]<0.9>\r\n')).toBe(
      '* 1 FETCH (BODY[HEADER.FIELDS (subject)]<0> {9}\r\nSubject: )\r\na OK That is all\r\n',
    )
    expect(end.receive('a FETCH 1 BODY[TEXT]\r\n')).toBe(
      '* 1 FETCH (BODY[TEXT] {8}\r\nHello.\r\n FLAGS (\\Seen))\r\na OK That is all\r\n',
    )
    expect(end.say('FETCH 1 BODYSTRUCTURE')[0]).toBe(
      '* 1 FETCH (BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 8 1 NIL NIL NIL NIL))',
    )
  })

  it.each([
    ['"17-Jul-0099 02:44:25 +0000"', '"17-Jul-0099 02:44:25 +0000"'],
    ['"01-Jan-0000 00:00:00 -0100"', '" 1-Jan-0000 01:00:00 +0000"'],
    ['"31-Dec-9999 23:59:59 +1200"', '"31-Dec-9999 11:59:59 +0000"'],
    ['"01-Jan-0000 00:00:00 +0100"', undefined],
    ['"31-Dec-9999 23:59:59 -1200"', undefined],
  ])('keeps a message of %s, in years of four digits', (date, told) => {
    const end = open()
    const answer = end.receive(`a APPEND INBOX ${date} {1+}\r\nx\r\n`)
    if (told === undefined)
      expect(answer).toMatch(/^a BAD APPEND: expected a time that is within the years 0000 to 9999/)
    else expect(end.say('FETCH 1 INTERNALDATE')[0]).toBe(`* 1 FETCH (INTERNALDATE ${told})`)
  })

  it('tells the latest change of what SEARCH and SORT find by changes (RFC 7162 sections 3.1.5 and 3.1.9)', () => {
    const end = open('a', 'b')
    end.say('STORE 1 +FLAGS (\\Seen)')
    expect(end.say('SEARCH MODSEQ 1')[0]).toBe('* SEARCH 1 2 (MODSEQ 4)')
    expect(end.say('SORT (ARRIVAL) UTF-8 MODSEQ 1')[0]).toBe('* SORT 1 2 (MODSEQ 4)')
    expect(end.say('UID SORT (ARRIVAL) UTF-8 MODSEQ 5')[0]).toBe('* SORT')
    expect(end.say('FETCH 1 FLAGS (CHANGEDSINCE 9223372036854775807)')).toEqual(['t OK That is all'])
  })

  it('keeps a message whose header is not ASCII, with every extension', () => {
    const end = open()
    const text = fromText('Subject: é\r\n\r\n')
    expect(end.receive(`a APPEND INBOX {${text.length}+}\r\n${text}\r\n`)).toContain('a OK [APPENDUID 7 1] Kept')
    expect(end.receive('a FETCH 1 BODY.PEEK[]\r\n')).toContain(text)
  })

  it('tells of a parent only where its child goes untold (RFC 9051 section 6.3.9.6)', () => {
    const end = open()
    end.say('CREATE k/l/m')
    end.say('SUBSCRIBE k/l/m')
    const names = (pattern: string) =>
      end.say(`LIST (SUBSCRIBED RECURSIVEMATCH) "" "${pattern}"`).flatMap((line) => /"\/" (.*)$/.exec(line)?.[1] ?? [])
    expect(names('k*')).toEqual(['"k/l/m"'])
    expect(names('k')).toEqual(['"k" ("CHILDINFO" ("SUBSCRIBED"))'])
    expect(names('k/%')).toEqual(['"k/l" ("CHILDINFO" ("SUBSCRIBED"))'])
    end.say('SUBSCRIBE k')
    expect(names('k*')).toEqual(['"k" ("CHILDINFO" ("SUBSCRIBED"))', '"k/l/m"'])
  })

  it.each([
    ['COPY 1 "no*such"', 't NO [CANNOT] no*such is no name for a mailbox'],
    ['COPY 1 ""', 't NO [CANNOT] "" is no name for a mailbox'],
    ['COPY 1 Box', 't NO [TRYCREATE] There is no mailbox Box'],
    ['CREATE ""', 't NO [CANNOT] "" is no name for a mailbox'],
    ['CREATE Stars (USE (\\Flagged))', expect.stringMatching(/^t NO \[USEATTR\] A mailbox can have one use of/)],
    ['APPEND INBOX {0+}\r\n', 't NO [CANNOT] A letter has one octet at least'],
    ['LIST "" {5+}\r\n* \0 *', expect.stringMatching(/^t BAD LIST: expected .* without NUL octets/)],
    ['GETQUOTA ""', 't NO [NONEXISTENT] There is no quota: you may keep as much as you like'],
  ])('says of %j what is wrong', (line, answer) => {
    expect(open('a').say(line)).toEqual([answer])
  })

  it('does not send more than its limit', () => {
    const end = new MemoryHost([octets(`Subject: a\r\n\r\n${'x'.repeat(30_000_000)}\r\n`)]).connect().selectInbox()
    const seven = Array.from({ length: 7 }, (_, n) => `BODY[]<${n}.30000000>`).join(' ')
    expect(end.say(`FETCH 1 (${seven})`)).toEqual([
      '* 1 FETCH (FLAGS (\\Seen))',
      't NO [LIMIT] One answer has 201326592 octets at most: ask for fewer letters at once',
    ])
    expect(end.say('FETCH 1 RFC822.SIZE')[0]).toBe('* 1 FETCH (RFC822.SIZE 30000016)')
  })

  it('names the number that is too high', () => {
    const end = open('a', 'b')
    expect(end.say('FETCH 1,2:1,7,9 UID')).toEqual(['t BAD There is no letter 7: the mailbox has 2 letters'])
    expect(end.say('FETCH 4:* UID')).toEqual(['* 2 FETCH (UID 2)', 't OK That is all'])
    expect(end.say('FETCH 5:3 UID')).toEqual(['t BAD There is no letter 3: the mailbox has 2 letters'])
  })

  it('tells the open mailbox as LIST does, and its old name (RFC 9051 sections 6.3.2 and 6.3.9.7)', () => {
    const end = open()
    end.say('ENABLE IMAP4rev2')
    end.say('CREATE a/b')
    const told = (name: string) => end.say(`SELECT ${name}`).find((line) => line.startsWith('* LIST'))
    expect(told('Trash')).toBe('* LIST (\\HasNoChildren \\Trash) "/" "Trash"')
    expect(told('a')).toBe('* LIST (\\HasChildren) "/" "a"')
    expect(told('inbox')).toBe('* LIST (\\HasNoChildren) "/" "INBOX" ("OLDNAME" ("inbox"))')
  })

  it('sends a NUL only where it may stand', () => {
    const host = new MemoryHost([octets('Subject: a\0b\r\n\r\nc\0d\r\n')])
    const end = host.connect().selectInbox()
    expect(end.receive('a FETCH 1 (BODY.PEEK[] RFC822.SIZE)\r\n')).toBe(
      '* 1 FETCH (BODY[] {21}\r\nSubject: a\x80b\r\n\r\nc\x80d\r\n RFC822.SIZE 21)\r\na OK That is all\r\n',
    )
    expect(end.receive('a FETCH 1 ENVELOPE\r\n')).toContain('(NIL {3}\r\na\x80b NIL')
    expect(end.receive('a FETCH 1 BINARY.PEEK[1]\r\n')).toBe(
      '* 1 FETCH (BINARY[1] ~{5}\r\nc\0d\r\n)\r\na OK That is all\r\n',
    )
  })

  it('stores flags and removes messages', () => {
    const end = open('one', 'two', 'three')
    expect(end.say('STORE 1,3 +FLAGS (\\Deleted)')).toEqual([
      '* 1 FETCH (FLAGS (\\Deleted))',
      '* 3 FETCH (FLAGS (\\Deleted))',
      't OK Marked',
    ])
    expect(end.say('UID STORE 2 FLAGS.SILENT (\\Flagged Work)').at(-1)).toBe('t OK Marked')
    expect(end.say('UID EXPUNGE 3')).toEqual(['* 3 EXPUNGE', 't OK Removed'])
    expect(end.say('EXPUNGE')).toEqual(['* 1 EXPUNGE', 't OK Removed'])
    expect(end.say('UID FETCH 1:* FLAGS')).toEqual(['* 1 FETCH (UID 2 FLAGS (\\Flagged Work))', 't OK That is all'])
  })

  it('changes nothing in a mailbox that is open read-only', () => {
    const end = open('one')
    end.say('STORE 1 +FLAGS.SILENT (\\Deleted)')
    expect(last(end.say('EXAMINE INBOX'))).toBe('t OK [READ-ONLY] Open for reading')
    expect(end.say('STORE 1 FLAGS ()')).toEqual(['t NO [READ-ONLY] The mailbox is open for reading only'])
    expect(last(end.say('EXPUNGE'))).toMatch(/^t NO/)
    end.say('FETCH 1 BODY[]')
    expect(end.say('CLOSE')).toEqual(['t OK Closed'])
    expect(last(end.say('STATUS INBOX (MESSAGES UNSEEN)'))).toBe('t OK That is all')
    end.say('SELECT INBOX')
    expect(end.say('FETCH 1 FLAGS')[0]).toBe('* 1 FETCH (FLAGS (\\Deleted))')
    expect(end.say('CLOSE')).toEqual(['t OK Closed'])
    expect(end.say('STATUS INBOX (MESSAGES)')[0]).toBe('* STATUS "INBOX" (MESSAGES 0)')
  })

  it('keeps, copies, moves and finds messages', () => {
    const end = open('one', 'two')
    const octets = message('three')
    expect(
      end.receive(`a APPEND INBOX (\\Seen) "20-Nov-2026 10:00:00 +0100" {${octets.length}+}\r\n${octets}\r\n`),
    ).toBe('* 3 EXISTS\r\n* 1 RECENT\r\na OK [APPENDUID 7 3] Kept\r\n')
    expect(end.say('COPY 1:2 Trash')).toEqual(['t OK [COPYUID 10 1:2 1:2] Copied'])
    expect(end.say('UID MOVE 2 Trash')).toEqual(['* OK [COPYUID 10 2 3] New UIDs', '* 2 EXPUNGE', 't OK Moved'])
    expect(end.say('COPY 1 Nowhere')).toEqual(['t NO [TRYCREATE] There is no mailbox Nowhere'])
    expect(end.say('SEARCH OR SUBJECT one SINCE 1-Jan-2030')[0]).toBe('* SEARCH 1')
    expect(end.say('UID SEARCH SEEN BEFORE 21-Nov-2026')[0]).toBe('* SEARCH 3')
    expect(end.say('SEARCH NOT ALL')[0]).toBe('* SEARCH')
  })

  it('lists mailboxes', () => {
    const end = open()
    expect(end.say('CREATE Letters/2026')).toEqual(['t OK Made'])
    expect(end.say('LIST "" "%"').slice(0, -1)).toEqual([
      '* LIST (\\HasNoChildren) "/" "INBOX"',
      '* LIST (\\HasNoChildren \\Drafts) "/" "Drafts"',
      '* LIST (\\HasNoChildren \\Junk) "/" "Junk"',
      '* LIST (\\HasChildren) "/" "Letters"',
      '* LIST (\\HasNoChildren \\Sent) "/" "Sent"',
      '* LIST (\\HasNoChildren \\Trash) "/" "Trash"',
    ])
    expect(end.say('LIST (SPECIAL-USE) "" "*"').length).toBe(5)
    expect(end.say('LIST Let *26')[0]).toBe('* LIST (\\HasNoChildren) "/" "Letters/2026"')
    expect(last(end.say('DELETE Letters'))).toMatch(/^t NO \[HASCHILDREN\]/)
    expect(end.say('RENAME Letters Briefe')).toEqual(['t OK Renamed'])
    expect(end.say('LIST "" Briefe/%')[0]).toBe('* LIST (\\HasNoChildren) "/" "Briefe/2026"')
  })

  it.each(['NOOP', 'IDLE', 'APPEND INBOX {100}'])('says BYE after %s when its host shuts down', (line) => {
    const end = open('one')
    end.say(line)
    end.give({ type: 'answered', answer: shutDown })
    expect(end.sent()).toBe('* BYE The server is being shut down\r\n')
    expect([end.closed, end.alive]).toEqual([true, false])
  })

  it('logs out by itself after 30 minutes of silence', () => {
    const end = open()
    end.give({ type: 'expired', timer: timerOf(end) })
    expect(end.sent()).toBe('* BYE Nothing came for 30 minutes\r\n')
    expect([end.closed, end.alive]).toEqual([true, false])
  })
})

describe('encryption', () => {
  const offering = { tls: 'offered', plaintextAuth: false, mechanisms: ['PLAIN', 'SCRAM-SHA-256'] } as const

  it('is offered, begins after OK, and everything is asked anew', () => {
    const end = new MemoryHost().connect(offering)
    expect(end.sent()).toMatch(/ STARTTLS AUTH=SCRAM-SHA-256 LOGINDISABLED\]/)
    expect(end.say('AUTHENTICATE PLAIN')).toEqual([
      't NO [PRIVACYREQUIRED] A password is taken only over an encrypted connection',
    ])
    expect(end.say('STARTTLS')).toEqual(['t OK Begin TLS now'])
    expect(end.starts('startTls')).toBe(true)
    // Until TLS begins nothing is read, and plaintext is discarded.
    expect(end.receive('x NOOP\r\n')).toBe('')
    end.give({ type: 'secured' })
    expect(end.sent()).toBe('')
    expect(end.say('CAPABILITY')[0]).toMatch(/ IDLE AUTH=PLAIN AUTH=SCRAM-SHA-256$/)
    expect(end.say('STARTTLS')).toEqual(['t BAD The wire is encrypted already'])
    expect(last(end.say(`LOGIN ${BOB} secret`))).toMatch(/^t OK/)
    expect(end.say('STARTTLS')).toEqual(['t BAD STARTTLS is for before the login, and you are logged in'])
  })

  it('may be required of everyone, and may be there from the beginning', () => {
    const demanding = new MemoryHost().connect({ ...offering, tls: 'required', plaintextAuth: true })
    expect(demanding.sent()).toMatch(/ STARTTLS LOGINDISABLED\]/)
    expect(demanding.say('AUTHENTICATE SCRAM-SHA-256')).toEqual([
      't NO [PRIVACYREQUIRED] A password is taken only over an encrypted connection',
    ])
    const implicit = new MemoryHost().connect({ ...offering, tls: 'implicit' })
    expect(implicit.sent()).not.toMatch(/STARTTLS|LOGINDISABLED/)
    expect(last(implicit.say(`LOGIN ${BOB} secret`))).toMatch(/^t OK/)
    expect(new MemoryHost().connect().say('STARTTLS').at(-1)).toBe('t BAD STARTTLS is not offered here')
  })
})

describe('AUTHENTICATE', () => {
  const open64 = (line: string) => fromBase64(line.replace(/^\+ |\r\n$/g, '') as Octets) as Octets
  const connect = () => {
    const end = new MemoryHost().connect({ mechanisms: ALL_MECHANISMS })
    end.sent()
    return end
  }

  it.each(ALL_MECHANISMS)('%s: the right password opens, the wrong one does not', (mechanism) => {
    for (const [password, answer] of [
      ['secret', /^t OK \[CAPABILITY/],
      ['wrong', /^t NO \[AUTHENTICATIONFAILED\]/],
    ] as const) {
      const end = connect()
      let exchange = startClientExchange(mechanism, { user: BOB, password, nonce: 'rOprNGfwEbeRWgbNEkqO' })
      let said: string = end.receive(`t AUTHENTICATE ${mechanism}\r\n`)
      while (said.startsWith('+')) {
        const [next, response] = clientRespond(exchange, open64(said))
        exchange = next
        expect(response).not.toBe('failed')
        said = end.receive(`${toBase64(response as Octets)}\r\n`)
      }
      expect(said, password).toMatch(answer)
    }
  })

  it.each([
    ['PLAIN =', 't BAD this is no PLAIN message: authzid NUL name NUL password'],
    ['PLAIN bm9udWw=', 't BAD this is no PLAIN message: authzid NUL name NUL password'],
    ['PLAIN AGJvYgB4', 't NO [AUTHENTICATIONFAILED] User name or password is wrong'],
    ['CRAM-MD5 eA==', 't BAD CRAM-MD5 takes no initial response'],
    ['PLAIN no-base64', 't BAD The initial response is not base64'],
    ['PLAIN YQ', 't BAD The initial response is not base64'],
  ])('takes the initial response of %s', (proof, answer) => {
    expect(connect().say(`AUTHENTICATE ${proof}`)).toEqual([answer])
  })

  it('goes on after a proof that is no base64, or too long', () => {
    const end = connect()
    end.say('AUTHENTICATE PLAIN')
    expect(end.receive('what?\r\n')).toBe('t BAD Expected a line of base64, or *\r\n')
    end.say('AUTHENTICATE PLAIN')
    expect(end.receive(`${'A'.repeat(70_000)}\r\n`)).toBe('t BAD The line is longer than 65536 octets\r\n')
    expect(last(end.say(`LOGIN ${BOB} secret`))).toMatch(/^t OK/)
  })
})

describe('a quota', () => {
  const host = () => new MemoryHost([message('one')], [BOB], { storage: 400, messages: 3 })

  it('is reported, and refuses a message that would exceed it', () => {
    const end = host().connect().selectInbox()
    expect(end.say('GETQUOTAROOT Sent')).toEqual([
      '* QUOTAROOT "Sent" ""',
      '* QUOTA "" (STORAGE 1 0 MESSAGE 1 3)',
      't OK That is all',
    ])
    expect(end.say('COPY 1 Sent')).toEqual(['t OK [COPYUID 9 1 1] Copied'])
    expect(end.say('COPY 1 Sent')).toEqual(['t NO [OVERQUOTA] There is no room left: delete some letters first'])
    expect(end.receive(`a APPEND Sent {100+}\r\n${'x'.repeat(100)}\r\n`)).toMatch(/^a NO \[OVERQUOTA\]/)
    expect(end.say('MOVE 1 Trash').at(-1)).toBe('t OK Moved')
    expect(end.say('SETQUOTA "" (STORAGE 9)')).toEqual(['t NO [NOPERM] Only an administrator sets quotas'])
  })
})

describe('mod-sequences', () => {
  it.each([
    ['FETCH 1 (MODSEQ)', '* 1 FETCH (MODSEQ (2))'],
    ['FETCH 1 (UID) (CHANGEDSINCE 1)', '* 1 FETCH (UID 1 MODSEQ (2))'],
    ['SEARCH MODSEQ 2', '* SEARCH 1 (MODSEQ 2)'],
    ['STATUS INBOX (HIGHESTMODSEQ)', '* STATUS "INBOX" (HIGHESTMODSEQ 2)'],
    ['ENABLE CONDSTORE', '* ENABLED CONDSTORE'],
  ])('%s switches them on, once, and tells the highest', (line, data) => {
    const end = open('one')
    expect(end.say(line).slice(0, -1)).toEqual([data, '* OK [HIGHESTMODSEQ 2] Latest change'])
    expect(end.say(line).slice(0, -1)).toEqual([data])
    expect(end.say('STORE 1 +FLAGS (\\Seen)')[0]).toBe('* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (3))')
    expect(end.say('FETCH 1 BODY[TEXT]').join('')).not.toContain('MODSEQ')
  })
})

// RFC 5182 section 2.4.
it.each([
  ['SAVE', [1, 2, 3]],
  ['SAVE MIN', [1]],
  ['MAX SAVE', [3]],
  ['SAVE MIN MAX', [1, 3]],
  ['SAVE MIN COUNT', [1, 2, 3]],
  ['SAVE MAX ALL', [1, 2, 3]],
])('RETURN (%s) keeps the messages %j', (options, kept) => {
  const end = open('one', 'two', 'three')
  expect(last(end.say(`SEARCH RETURN (${options}) ALL`))).toMatch(/^t OK/)
  expect(end.say('FETCH $ UID').slice(0, -1)).toEqual(kept.map((uid) => `* ${uid} FETCH (UID ${uid})`))
  expect(end.say('SEARCH FROB')).toHaveLength(1)
  expect(end.say('FETCH $ UID')).toHaveLength(kept.length + 1)
  end.say('SELECT INBOX')
  expect(end.say('FETCH $ UID')).toHaveLength(1)
})

it('idles without an open mailbox, too', () => {
  const end = new MemoryHost().connect()
  end.say(`LOGIN ${BOB} secret`)
  expect(end.say('IDLE')).toEqual(['+ Waiting for news'])
  end.host.deliver(message('x'))
  expect(end.receive('DONE\r\n')).toBe('t OK No longer waiting\r\n')
})

function timerOf(end: { outputs: readonly { type: string }[] }): string {
  const set = end.outputs.findLast((output) => output.type === 'setTimer') as
    | { timer: string; after: number }
    | undefined
  expect(set?.after).toBe(1_800_000)
  return set?.timer ?? ''
}
