import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import { INBOX } from '../../mail/store'
import { apopDigest } from '../../protocols/pop3'
import { BOB, Maildrop } from './testing/maildrop'

const first = octets('Subject: one\r\nMessage-ID: <one@bird.test>\r\n\r\nFirst.\r\n')
const second = octets('Subject: two\r\nMessage-ID: <two@bird.test>\r\n\r\n.Second\r\n')

const OPEN = '+OK the maildrop is open and locked for you'

describe('a login', () => {
  it.each([
    ['the whole address', `USER ${BOB}`, 'PASS secret', OPEN],
    ['the local part, in any case', 'USER Bob', 'PASS secret', OPEN],
    ['a wrong password', `USER ${BOB}`, 'PASS Secret', '-ERR [AUTH] the name or the password is wrong'],
    ['nobody', 'USER eve', 'PASS secret', '-ERR [AUTH] the name or the password is wrong'],
  ])('by %s', (_, user, pass, expected) => {
    expect(new Maildrop().connect('t').say('t', user, pass)).toContain(`${expected}\r\n`)
  })

  it('compares names and passwords by their look, not by their code points (SASLprep)', () => {
    // Typed as one character, stored as a base character and its accent.
    const drop = new Maildrop({ accounts: [{ address: BOB, password: 'caf\u0065\u0301' }] }).connect('t')
    expect(drop.say('t', 'USER bob', 'PASS caf\u00e9')).toContain(OPEN)
  })

  it('by AUTH PLAIN, in the host’s own judgement', () => {
    const drop = new Maildrop().connect('t')
    expect(drop.say('t', 'AUTH PLAIN AGJvYgB3cm9uZw==')).toMatch(/^-ERR \[AUTH\]/)
    expect(drop.say('t', 'AUTH PLAIN', 'AGJvYgBzZWNyZXQ=')).toBe(`+ \r\n${OPEN}\r\n`)
  })

  it('by APOP, with a timestamp that no two sessions share', () => {
    const drop = new Maildrop({ apop: true }).connect('a').connect('b')
    const timestamps = [...drop.heard().matchAll(/<\S+@store\.bird\.test>/g)].map(String)
    expect(new Set(timestamps).size).toBe(2)
    const [a = '', b = ''] = timestamps
    expect(drop.say('b', `APOP ${BOB} ${apopDigest(a, 'secret')}`)).toMatch(/^-ERR \[AUTH\]/)
    expect(drop.say('b', `APOP nobody ${apopDigest(b, 'secret')}`)).toMatch(/^-ERR \[AUTH\]/)
    expect(drop.say('b', `APOP bob ${apopDigest(b, 'secret')}`)).toBe(`${OPEN}\r\n`)
  })

  it('too soon after the last one is refused, and accepted later', () => {
    const drop = new Maildrop({ loginDelay: 60 })
    expect(drop.logIn('a')).toBe(OPEN)
    drop.say('a', 'QUIT')
    expect(drop.logIn('b')).toMatch(/^-ERR \[LOGIN-DELAY\] .* 60 seconds/)
    drop.pass(60)
    expect(drop.say('b', 'USER bob', 'PASS secret')).toContain(OPEN)
  })
})

describe('the lock', () => {
  it('lets one session in, and the next when that one ends, however it ends', () => {
    const drop = new Maildrop().deliver(first)
    expect(drop.logIn('a')).toBe(OPEN)
    expect(drop.logIn('b')).toMatch(/^-ERR \[IN-USE\]/)
    expect(drop.say('a', 'STAT')).toBe(`+OK 1 ${first.length}\r\n`)
    drop.do({ type: 'hungUp', host: 'desk', terminal: 'a' })
    expect(drop.say('b', 'USER bob', 'PASS secret')).toContain(OPEN)
    drop.say('b', 'QUIT')
    expect(drop.state.locks).toEqual({})
    expect(drop.state.users).toEqual({})
  })

  it('is free after a loss of power, and unique-ids are as before', () => {
    const drop = new Maildrop().deliver(first, second)
    drop.logIn('a')
    const names = drop.say('a', 'DELE 1', 'UIDL 2')
    drop.do({ type: 'hostStopped', host: 'store' }).do({ type: 'hostStarted', host: 'store' })
    expect(drop.logIn('b')).toBe(OPEN)
    expect(drop.say('b', 'UIDL 2')).toBe(names.slice(names.indexOf('+OK 2')))
    expect(drop.inbox).toEqual([first, second])
  })

  it('of a refused user is not kept, and neither is the name', () => {
    const drop = new Maildrop()
    drop.logIn('a')
    drop.logIn('b')
    expect(Object.values(drop.state.users)).toEqual([BOB])
  })
})

describe('a session', () => {
  it('removes messages at QUIT and not before, and none if the connection breaks', () => {
    const drop = new Maildrop().deliver(first, second)
    drop.logIn('a')
    drop.say('a', 'DELE 1')
    drop.do({ type: 'hungUp', host: 'desk', terminal: 'a' })
    expect(drop.inbox).toEqual([first, second])
    drop.logIn('b')
    drop.say('b', 'DELE 2', 'QUIT')
    expect(drop.inbox).toEqual([first])
    expect(drop.all('messageRemoved')).toMatchObject([{ user: BOB, mailbox: INBOX, uid: 2, by: 'POP3' }])
  })

  it('keeps the list that it began with, whatever comes and goes meanwhile', () => {
    const drop = new Maildrop().deliver(first, second)
    drop.logIn('a')
    const list = drop.say('a', 'LIST')
    drop.expunge(1).deliver(first)
    expect(drop.say('a', 'LIST')).toBe(list)
    expect(drop.say('a', 'RETR 1')).toMatch(/^-ERR another program has removed the message/)
    expect(drop.say('a', 'TOP 1 0')).toMatch(/^-ERR another program has removed the message/)
    expect(drop.say('a', 'RETR 2')).toBe(`+OK ${second.length} octets\r\n${second.replace('.Second', '..Second')}.\r\n`)
    expect(drop.say('a', 'RETR 3')).toMatch(/^-ERR there is no message 3/)
    // A removed message is not removed a second time, and the new message stays.
    expect(drop.say('a', 'DELE 1', 'DELE 2', 'QUIT')).toContain('+OK 1 message removed')
    expect(drop.inbox).toEqual([first])
  })

  it('removes nothing of another mailbox that has taken the place of INBOX', () => {
    const drop = new Maildrop().deliver(first)
    drop.logIn('a')
    drop.changeInbox((inbox) => ({ ...inbox, uidValidity: 99 }))
    expect(drop.say('a', 'RETR 1')).toMatch(/^-ERR another program has removed/)
    expect(drop.say('a', 'DELE 1', 'QUIT')).toContain('+OK goodbye')
    expect(drop.inbox).toEqual([first])
  })

  it('counts a message as RETR gives it if its last line has no end', () => {
    const drop = new Maildrop().deliver(octets('Subject: x\r\n\r\nno end'))
    drop.logIn('a')
    expect(drop.say('a', 'LIST 1', 'RETR 1')).toBe('+OK 1 22\r\n+OK 22 octets\r\nSubject: x\r\n\r\nno end\r\n.\r\n')
  })

  /** The sizes of message 1 in STAT, LIST, RETR and the content itself. */
  const sizesTold = (drop: Maildrop): readonly number[] => {
    const told = drop.say('a', 'STAT', 'LIST 1', 'RETR 1')
    const numbers = [/^\+OK 1 (\d+)\r\n\+OK 1 (\d+)\r\n\+OK (\d+) octets\r\n/.exec(told)].flatMap(
      (m) => m?.slice(1) ?? [],
    )
    const content = told
      .replace(/^(?:\+OK .*\r\n){3}/, '')
      .replace(/\.\r\n$/, '')
      .replace(/^\.\./gm, '.')
    return [...numbers.map(Number), content.length]
  }

  it.each([
    ['the original in UTF-8 mode', ['UTF8'], fromText('Subject: Grüße\r\n\r\n.Äpfel\r\n')],
    ['its surrogate without', [], fromText('Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n\r\n.Äpfel\r\n')],
  ])('speaks of %s (RFC 6856 section 2.1), and always with CRLF', (_, mode, handed) => {
    // As an IMAP client may have appended it, with bare LFs.
    const kept = fromText('Subject: Grüße\n\n.Äpfel\n')
    const drop = new Maildrop().deliver(kept).connect('a')
    drop.say('a', ...mode, `USER ${BOB}`, 'PASS secret')
    expect(sizesTold(drop)).toEqual(Array(4).fill(handed.length))
    const stuffed = handed.replace('\r\n.', '\r\n..')
    expect(drop.say('a', 'RETR 1')).toBe(`+OK ${handed.length} octets\r\n${stuffed}.\r\n`)
    expect(drop.inbox).toEqual([kept])
  })

  it('begins TLS, and only then accepts a password', () => {
    const drop = new Maildrop({ tls: 'offered', plaintextAuth: false }).connect('t')
    expect(drop.say('t', 'USER bob')).toMatch(/^-ERR \[AUTH\]/)
    expect(drop.say('t', 'STLS', 'USER bob', 'PASS secret')).toContain(OPEN)
    expect(drop.all('tlsStarted').map((fact) => fact.host)).toEqual(['store', 'desk'])
  })
})

describe('a mail program', () => {
  it('downloads and deletes', () => {
    const drop = new Maildrop().deliver(first, second).collect()
    expect(drop.kept).toEqual([first, second])
    expect(drop.inbox).toEqual([])
  })

  it('leaves messages on the server and fetches each once', () => {
    const drop = new Maildrop({}, { leaveOnServer: true }).deliver(first).collect()
    expect([drop.kept, drop.inbox]).toEqual([[first], [first]])
    drop.deliver(second).collect().collect()
    expect([drop.kept, drop.inbox]).toEqual([
      [first, second],
      [first, second],
    ])
    expect(drop.said.filter((verb) => verb === 'RETR')).toHaveLength(2)
    expect(drop.said).not.toContain('DELE')
  })

  it('uses TLS and SCRAM if the server offers both', () => {
    const drop = new Maildrop({ tls: 'required', mechanisms: ['PLAIN', 'SCRAM-SHA-256'] }).deliver(first).collect()
    expect(drop.said.slice(0, 5)).toEqual(['CAPA', 'STLS', 'CAPA', 'UTF8', 'AUTH'])
    expect(drop.kept).toEqual([first])
    const question = drop.all('questionAsked').find((fact) => fact.question.type === 'authenticate')?.question
    expect(question).toMatchObject({ mechanism: 'SCRAM-SHA-256' })
  })

  it('is encrypted from the first octet on port 995', () => {
    const drop = new Maildrop({ plaintextAuth: false }, { port: 995 }).deliver(first).collect()
    expect(drop.kept).toEqual([first])
    expect(drop.said).not.toContain('STLS')
    const data = drop
      .all('packetSent')
      .flatMap(({ packet }) => (packet.kind === 'segment' && packet.payload !== '' ? [packet] : []))
    expect(data.length).toBeGreaterThan(4)
    for (const packet of data) expect(packet.encrypted).toBe(true)
  })

  it('sends no password if TLS is required and not offered', () => {
    const drop = new Maildrop({}, { tls: 'required' }).deliver(first).collect()
    expect(drop.said).toEqual(['CAPA', 'QUIT'])
    expect(drop.kept).toEqual([])
  })

  it('returns later when the maildrop is in use', () => {
    const drop = new Maildrop().deliver(first)
    drop.logIn('a')
    expect(drop.collect().kept).toEqual([])
    drop.say('a', 'QUIT')
    expect(drop.collect().kept).toEqual([first])
  })
})
