import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answered, box, calls, deliveredAt, expectSaid, facts, RUNS, said, subjects } from './played'

/** POP3 and IMAP in the shared runs, one mailbox with several visitors, and all of it by hand. */

const LOGGED_IN = [
  /^\+OK store\.bird\.example POP3 ready/,
  '+OK now the password',
  '+OK the maildrop is open and locked for you',
]

describe('POP3', () => {
  it('by hand: two lines to say who one is, a locked box, and numbers for one visit', () => {
    expectSaid('pop-by-hand', [
      '+OK store.bird.example POP3 ready',
      '-ERR STAT comes after the login: USER, then PASS',
      '-ERR PASS comes after USER',
      '+OK now the password',
      '-ERR [AUTH] the name or the password is wrong',
      '+OK now the password',
      '+OK the maildrop is open and locked for you',
      '+OK 3 2393',
      /^\+OK/,
      /^1 787\r\n2 817\r\n3 789\r\n\.$/,
      '-ERR there is no message 9, there are 3 messages',
      /^\+OK/,
      /^1 1-1\r\n2 1-2\r\n3 1-3\r\n\.$/,
      /^\+OK/,
      /Subject: Pears/,
      '+OK 787 octets',
      /Yum/,
      '+OK 787 octets',
      /Yum/,
      '-ERR there is no command MAIL',
      '+OK message 1 is marked as deleted',
      '-ERR message 1 is deleted',
      '-ERR message 1 is deleted',
      '-ERR message 1 is deleted',
      /^\+OK/,
      /^2 817\r\n3 789\r\n\.$/,
      /^\+OK/,
      '+OK 2 1606',
      '+OK no message is marked as deleted',
      '+OK message 2 is marked as deleted',
      '+OK 1 message removed, goodbye',
    ])
    expectSaid('pop-by-hand', [/^\+OK/, /^\+OK/, '-ERR [IN-USE]', /^\+OK/], 1)
    expectSaid('pop-by-hand', [...LOGGED_IN, /^\+OK/, /^1 1-1\r\n2 1-3\r\n3 1-4\r\n\.$/, /^\+OK/], 2)
    // The letter that came meanwhile was in the box before STAT was asked again.
    expect(deliveredAt('pop-by-hand').at(-1)).toBeLessThan(61_000)
  })

  it.each(['pop-hung-up', 'pop-server-dark', 'pop-silent'])('without QUIT nothing is removed: %s', (id) => {
    expectSaid(id, [...LOGGED_IN, '+OK 3 2393', '+OK goodbye'], 1)
    expect(facts(id, 'messageRemoved')).toEqual([])
  })

  it('counts anew at each visit, and unique-ids stay', () => {
    expectSaid('pop-one-letter-gone', [
      ...LOGGED_IN,
      '+OK',
      /^\+OK/,
      /^1 787\r\n3 789/,
      '+OK 1 message removed, goodbye',
    ])
    expectSaid('pop-one-letter-gone', [...LOGGED_IN, /^\+OK/, /^1 787\r\n2 789/, /^\+OK/, /^1 1-1\r\n2 1-3/, '+OK'], 1)
  })

  it('may leave letters at the server: the program knows by their unique-ids which are new', () => {
    const lines = facts('pop-leaves', 'sent').flatMap(({ host, octets }) =>
      host === 'bob-laptop' ? [octets.trim()] : [],
    )
    expect(lines.filter((line) => line.startsWith('RETR'))).toEqual(['RETR 1', 'RETR 2'])
    expect(lines.filter((line) => line.startsWith('DELE'))).toEqual([])
    expect(box('pop-leaves')).toHaveLength(2)
  })

  it('keeps other POP3 sessions out while one is open, but hinders no IMAP', () => {
    const refused = facts('pop-in-use', 'sent').filter(({ octets }) => octets.startsWith('-ERR [IN-USE]'))
    expect(refused).toHaveLength(2)
    expect(facts('pop-in-use', 'messageFetched').map(({ host }) => host)).toEqual(['bob-phone'])
  })

  it('twice, with removal: the first device has the letter, the second finds nothing', () => {
    expect(facts('two-carriers', 'messageFetched').map(({ host }) => host)).toEqual(['bob-phone'])
    expect(facts('two-carriers', 'sent').some(({ octets }) => octets.startsWith('+OK 0 0'))).toBe(true)
  })
})

describe('IMAP', () => {
  it('by hand: tags, untagged lines, and reading that leaves a mark', () => {
    const id = 'imap-by-hand'
    expect(said(id)[1]).toBe('LOGIN BAD There is no command BOB')
    expect(answered(id, 'a1')).toEqual(['BAD SELECT needs a login first'])
    expect(answered(id, 'a2').at(-1)).toMatch(/^NO \[AUTHENTICATIONFAILED\]/)
    expect(answered(id, 'a4')).toEqual([expect.stringMatching(/^BAD FETCH needs a mailbox/)])
    expect(answered(id, 'a5').at(-1)).toMatch(/^NO \[NONEXISTENT\]/)
    const select = answered(id, 'a6')
    for (const line of ['* 3 EXISTS', '* OK [UNSEEN 1]', '* OK [UIDVALIDITY 1]', '* OK [UIDNEXT 4]', 'OK [READ-WRITE]'])
      expect(select).toContainEqual(expect.stringContaining(line))
    const peeked = answered(id, 'a7').join('\n')
    expect(peeked).toMatch(/\{47\}/)
    expect(peeked).not.toContain('Seen')
    expect(answered(id, 'a8').join('\n')).toMatch(/FLAGS \([^)]*\\Seen/)
    expect(answered(id, 'a9')).toEqual(['BAD There is no letter 9: the mailbox has 3 letters'])
    expect(answered(id, 'a10')).toEqual([expect.stringMatching(/^OK/)])
    expect(answered(id, 'a11')[0]).toBe('* SEARCH 2 3')
    expect(answered(id, 'a12')[0]).toBe('* SEARCH 1')
    expect(answered(id, 'a13')[0]).toMatch(/^\* 2 FETCH \(FLAGS \([^)]*\\Flagged/)
    expect(answered(id, 'a14').at(-1)).toMatch(/^OK/)
    expect(answered(id, 'a15').at(-1)).toMatch(/^OK \[COPYUID \d+ 1 1\]/)
    expect(answered(id, 'a16')).toContain('* 1 EXPUNGE')
    const names = answered(id, 'a17').join('\n')
    for (const name of ['INBOX', 'Drafts', 'Junk', 'Sent', 'Trash', 'Garden']) expect(names).toContain(name)
    expect(answered(id, 'a18')[0]).toMatch(/^\* STATUS "?Garden"? \(MESSAGES 1 UIDNEXT 2\)/)
    expect(answered(id, 'a19').at(-1)).toMatch(/^NO \[TRYCREATE\]/)
    expect(answered(id, 'a20')).toEqual(['BAD There is no command MAIL'])
    expect(answered(id, 'a21')[0]).toMatch(/^\* BYE/)
  })

  it('a part can be read without a mark, and with one', () => {
    expect(answered('imap-peek', 'a3').join('\n')).not.toContain('Seen')
    expect(answered('imap-peek', 'a4').join('\n')).not.toContain('Seen')
    expect(answered('imap-peek', 'a5').join('\n')).toContain('\\Seen')
  })

  it('EXAMINE looks only; UNSELECT keeps marked letters, CLOSE removes them without a word', () => {
    expect(answered('imap-examine', 'a2').at(-1)).toMatch(/^OK \[READ-ONLY\]/)
    expect(answered('imap-examine', 'a3').join('\n')).not.toContain('Seen')
    expect(answered('imap-examine', 'a4').at(-1)).toMatch(/^NO \[READ-ONLY\]/)
    expect(facts('imap-examine', 'flagsChanged')).toEqual([])
    expect(answered('imap-unselect-close', 'a5')).toContain('* 3 EXISTS')
    expect(answered('imap-unselect-close', 'a6')).toEqual([expect.stringMatching(/^OK/)])
    expect(answered('imap-unselect-close', 'a7')).toContain('* 2 EXISTS')
  })

  it('APPEND puts a letter there that was never sent', () => {
    expect(said('imap-append')).toContainEqual(expect.stringMatching(/^\+ /))
    expect(answered('imap-append', 'a2').at(-1)).toMatch(/^OK \[APPENDUID 1 1\]/)
    expect(box('imap-append')).toMatchObject([{ received: 0, from: 'The King <king@castle.example>' }])
    expect(facts('imap-append', 'messageWritten')).toEqual([])
  })

  it('tells a session that waits of what another one does, unasked', () => {
    const id = 'imap-two-sessions'
    const heard = said(id).slice(said(id).findIndex((line) => line.startsWith('+ ')) + 1)
    expect(heard).toEqual([
      expect.stringMatching(/^\* 1 FETCH \(.*\\Flagged/),
      expect.stringMatching(/^\* 2 FETCH \(.*\\Seen/),
      expect.stringMatching(/^\* 1 FETCH \(.*\\Deleted/),
      '* 1 EXPUNGE',
      expect.stringMatching(/^\* 3 EXISTS/),
      '* 3 RECENT',
      expect.stringMatching(/BAD Expected DONE, alone on its line/),
    ])
    expect(answered(id, 'b7', 1).join('\n')).toContain('* 3 EXISTS')
  })

  it('numbers slide when letters go, and UIDs stay', () => {
    const id = 'imap-numbers-slide'
    expect(answered(id, 'a4')).toHaveLength(5)
    expect(answered(id, 'a5').filter((line) => line.endsWith('EXPUNGE'))).toEqual(['* 2 EXPUNGE', '* 1 EXPUNGE'])
    expect(answered(id, 'a6').slice(0, 2)).toEqual(['* 1 FETCH (UID 3)', '* 2 FETCH (UID 4)'])
    expect(answered(id, 'a7')[0]).toBe('* 2 FETCH (UID 4)')
  })

  it('a mailbox that is made anew has another UIDVALIDITY, and INBOX cannot be deleted', () => {
    const status = (tag: string): readonly number[] =>
      [...(answered('imap-folder-anew', tag)[0] ?? '').matchAll(/\d+/g)].map(Number)
    const [first, then] = [status('a3'), status('a6')]
    expect([first[1], then[1]]).toEqual([1, 1])
    expect(then[0]).toBe((first[0] ?? 0) + 1)
    expect(answered('imap-folder-anew', 'a7').at(-1)).toMatch(/^NO \[CANNOT\]/)
  })

  it('marks are replaced without a plus, and go with a letter to another mailbox', () => {
    const id = 'imap-flags-replaced'
    expect(answered(id, 'a4')[0]).toMatch(/FLAGS \(\\Answered(?: \\Recent)?\)/)
    expect(answered(id, 'a8')[0]).toContain('\\Flagged')
    expect(said(id)).toContainEqual(expect.stringMatching(/^OK OK /))
  })
})

describe('one mailbox, POP3 and IMAP', () => {
  it('a POP3 session can no longer read a letter that IMAP removed; IMAP hears of the letters that POP3 removes', () => {
    const pop = said('imap-removes-under-pop')
    expect(pop.at(-2)).toMatch(/^-ERR another program has removed the message/)
    expect(pop.at(-1)).toMatch(/^\+OK 1 message removed/)
    expect(answered('imap-removes-under-pop', 'b5', 1)).toContain('* 1 EXPUNGE')
    expect(subjects('imap-removes-under-pop')).toEqual(['Invoice'])
    expect(said('imap-removes-what-pop-marked').at(-1)).toBe('+OK goodbye')
  })

  it('after a tunnel, the phone says first what Bob did in it', () => {
    const later = (id: string): readonly string[] =>
      facts(id, 'sent').flatMap(({ host, at, octets }) =>
        host === 'bob-phone' && at > 20_000 ? [octets.trim().replace(/^\S+ /, '')] : [],
      )
    const lines = later('train')
    const order = [
      /^UID STORE 1 \+FLAGS.*\\Flagged/,
      /^UID STORE 2 \+FLAGS.*\\Deleted/,
      /^UID EXPUNGE 2/,
      /^UID FETCH/,
    ].map((pattern) => lines.findIndex((line) => pattern.test(line)))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order[0]).toBeGreaterThanOrEqual(0)
    expect(box('train').map(({ subject, flags }) => [subject, flags.includes('\\Flagged')])).toEqual([
      ['Plums', true],
      ['Lunch?', false],
    ])
    expect(later('train-too-late').some((line) => line.startsWith('UID STORE 1 '))).toBe(true)
    expect(subjects('train-too-late')).toEqual(['Pears'])
    expect(later('phone-dark').some((line) => line.includes('QRESYNC'))).toBe(true)
    expect(facts('phone-dark', 'messageFetched')).toHaveLength(3)
  })
})

it('by hand, a person is every machine, and the letter reaches its reader', () => {
  expect(deliveredAt('by-hand')).toHaveLength(1)
  expect(calls('by-hand').filter((call) => !/^(?:alice-laptop|paper-clerk|bird-clerk|bob-laptop) /.test(call))).toEqual(
    [],
  )
  expect(facts('by-hand', 'lookupEnded').filter(({ host }) => host === 'paper-clerk')).toMatchObject([
    { rrType: 'MX', outcome: 'answered' },
    { rrType: 'A', outcome: 'answered' },
    { rrType: 'A', outcome: 'answered' },
  ])
  expect(said('by-hand', 3).join('\n')).toContain('At noon?')
  expect(box('by-hand')).toMatchObject([{ returnPath: 'alice@paper.example' }])
})

it('each shared run is played by a test', () => {
  const folder = 'tests/runs'
  const sources = readdirSync(folder).flatMap((name) =>
    name.endsWith('.test.ts') ? [readFileSync(`${folder}/${name}`, 'utf8')] : [],
  )
  const forgotten = Object.keys(RUNS).filter((id) => !sources.some((source) => source.includes(`'${id}'`)))
  expect(forgotten).toEqual([])
  expect(Object.keys(RUNS).length).toBeGreaterThan(80)
})
