import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Octets } from '../../base/octets'
import { ALL_MECHANISMS } from '../../sasl'
import { imapClient } from './client/client'
import { COMMANDS } from './commands'
import type { ServerContext } from './session/serverContext'
import { BOB, End, MemoryHost, message, peer, type ServerEnd } from './testing/memoryHost'

/** 100,000 random and mutated lines, in sessions of a hundred: no exception, every line answered, bounded memory. */

const LINES = 100_000
const PER_SESSION = 100
const TIME_LIMIT = 240_000

const plain = COMMANDS.map(({ example }) => example)
const valid = fc.constantFrom(
  ...plain,
  'SELECT INBOX',
  'FETCH 1:* (FLAGS UID BODY.PEEK[1.2.HEADER]<5.7>)',
  'FETCH * FULL',
  'FETCH 1 BODYSTRUCTURE',
  'STORE 1:2 -FLAGS.SILENT (\\Seen Work)',
  'SEARCH OR (NOT SEEN FROM alice) UID 1:3 HEADER Subject {3+}\r\none',
  'LIST (SUBSCRIBED) "" ("*" "%/%") RETURN (CHILDREN)',
  'APPEND INBOX (\\Seen) "21-Nov-2026 09:30:00 +0000" {5+}\r\nhello',
  'LOGIN {3+}\r\nbob {6+}\r\nsecret',
  'ENABLE QRESYNC UTF8=ACCEPT IMAP4rev2',
  'SELECT INBOX (QRESYNC (7 1 1:3 (1:2 1:2)))',
  'UID FETCH 1:9 (MODSEQ BINARY.SIZE[1]) (CHANGEDSINCE 1 VANISHED)',
  'STORE 1:2 (UNCHANGEDSINCE 2) FLAGS.SILENT (\\Deleted $Junk)',
  'SEARCH RETURN (SAVE MIN) CHARSET UTF-8 OR MODSEQ "/flags/\\\\seen" all 1 $',
  'THREAD REFERENCES UTF-8 SENTSINCE 1-Jan-2020',
  'LIST (SUBSCRIBED RECURSIVEMATCH) "" ("*" "%") RETURN (STATUS (UNSEEN SIZE))',
  'CREATE a/b/c (USE (\\Archive))',
  'APPEND INBOX UTF8 (~{5+}\r\nh\0llo)',
  'UID EXPUNGE $',
)
const soup = fc.string({ unit: fc.constantFrom(...'aA1*%(){}[]<>"\\+-:,. \t\0\x7f\xff{5}{3+}\\Seen'), maxLength: 40 })
const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))

const mutated = fc.tuple(valid, fc.nat(), fc.nat({ max: 3 }), octet, soup).map(([line, where, how, one, many]) => {
  const at = where % (line.length + 1)
  if (how === 0) return line.slice(0, at) + one + line.slice(at + 1)
  if (how === 1) return line.slice(0, at) + line.slice(at + 1)
  if (how === 2) return line.slice(0, at) + many + line.slice(at)
  return line.slice(0, at)
})
const line = fc.oneof(
  { weight: 3, arbitrary: mutated },
  { weight: 2, arbitrary: valid },
  { weight: 1, arbitrary: soup },
  { weight: 1, arbitrary: fc.string({ unit: octet, maxLength: 60 }) },
)

const contextOf = (end: ServerEnd) => end.session.machine.context as ServerContext

/** Gives octets to the session until it reads commands again, whatever state a mutated line has left it in. */
function settle(end: ServerEnd): void {
  for (let turn = 0; turn < 20 && end.alive; turn++) {
    const value = JSON.stringify(end.session.machine.value)
    if (value.includes('ready') && contextOf(end).pending === '' && end.session.inbox === '') return
    if (value.includes('securing')) end.give({ type: 'secured' })
    else if (value.includes('literal')) end.receive('x'.repeat(contextOf(end).literal - end.session.inbox.length))
    else end.receive(value.includes('idling') ? 'DONE\r\n' : '\r\n')
  }
}

it('answers whatever comes', { timeout: TIME_LIMIT }, () => {
  let said = 0
  fc.assert(
    fc.property(
      fc.array(line, { minLength: PER_SESSION, maxLength: PER_SESSION }),
      fc.nat({ max: 2 }),
      (lines, start) => {
        const host = new MemoryHost([message('one'), message('two')])
        const begin = () => {
          const end = host.connect({ tls: 'offered', mechanisms: ALL_MECHANISMS })
          if (start > 0) end.say(`LOGIN ${BOB} secret`)
          if (start > 1) end.say('SELECT INBOX')
          end.sent()
          return end
        }
        let end = begin()
        for (const each of lines) {
          if (!end.alive) end = begin()
          said++
          const answer = end.receive(`t ${each}\r\n`)
          if (end.alive && !contextOf(end).literal && contextOf(end).pending === '' && end.session.inbox === '') {
            expect(answer, JSON.stringify(each)).not.toBe('')
          }
          settle(end)
          // The next correct line is answered under its own tag.
          if (end.alive) expect(end.receive('ok NOOP\r\n'), JSON.stringify(each)).toMatch(/(^|\r\n)ok OK /)
          expect(contextOf(end).pending.length + end.session.inbox.length).toBeLessThan(100_000)
        }
      },
    ),
    { numRuns: Math.ceil(LINES / PER_SESSION), seed: 2 },
  )
  expect(said).toBe(LINES)
})

it('takes any octets in any pieces as it takes them whole', { timeout: TIME_LIMIT }, () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
      (lines, sizes) => {
        const stream = lines.map((each) => `t ${each}\r\n`).join('')
        const whole = new MemoryHost([message('one')]).connect().selectInbox()
        const pieces = new MemoryHost([message('one')]).connect().selectInbox()
        const answer = whole.receive(stream)
        let at = 0
        for (let turn = 0; at < stream.length; turn++) {
          const size = sizes[turn % sizes.length] as number
          pieces.give({ type: 'received', octets: stream.slice(at, at + size) as Octets })
          at += size
        }
        expect(pieces.sent()).toBe(answer)
      },
    ),
    { numRuns: 500, seed: 3 },
  )
})

const response = fc.oneof(
  fc.constantFrom(
    '* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256 QRESYNC ENABLE STARTTLS] hello',
    '* OK [UIDVALIDITY 7] x',
    '* OK [HIGHESTMODSEQ 9] x',
    '* ENABLED QRESYNC',
    '* 3 EXISTS',
    '* 1000000000 EXISTS',
    '* 2 EXPUNGE',
    '* VANISHED (EARLIER) 1:4294967295',
    '* VANISHED 1,2,9',
    '* 1 FETCH (UID 1 FLAGS (\\Seen) MODSEQ (3))',
    '* 2 FETCH (UID 9 BODY[] {3}\r\nabc)',
    '* SEARCH 1 2 3',
    '+ ',
    '+ bm9uc2Vuc2U=',
    '* BYE',
  ),
  fc
    .nat({ max: 12 })
    .chain((tag) => fc.constantFrom(...['OK', 'NO', 'BAD'].map((status) => `a${tag} ${status} [X] done`))),
  soup,
)

it('is a client that takes whatever a server says', { timeout: TIME_LIMIT }, () => {
  fc.assert(
    fc.property(fc.array(response, { maxLength: 40 }), fc.boolean(), (lines, knows) => {
      const client = new End(imapClient, {
        user: BOB,
        password: 'secret',
        mailbox: 'INBOX',
        known: knows ? { uidValidity: 7, modSeq: 2, uids: [1, 2, 3] } : { uids: [] },
        idle: true,
        nonce: 'abc',
      })
      client.give({ type: 'opened', peer })
      for (const each of lines) {
        client.receive(`${each}\r\n`)
        if (JSON.stringify(client.session.machine.value).includes('securing')) client.give({ type: 'secured' })
        if (JSON.stringify(client.session.machine.value).includes('keeping'))
          client.give({ type: 'answered', answer: { type: 'kept' } })
        expect(client.session.inbox.length).toBeLessThan(1000)
      }
      if (client.alive) client.give({ type: 'closed', why: 'reset' })
      expect(client.alive).toBe(false)
    }),
    { numRuns: 1000, seed: 4 },
  )
})
