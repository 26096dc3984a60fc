import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Octets } from '../../base/octets'
import { COMMANDS } from './commands'
import { BOB, letter, MemoryHost, type ServerEnd } from './memoryHost'
import type { ServerContext } from './serverContext'

/** 100,000 random and mutated lines, in sessions of a hundred: no exception, nothing unanswered, bounded memory. */

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

/** Whatever a mutated line has left the session in: gives it octets until it reads commands again. */
function settle(end: ServerEnd): void {
  for (let turn = 0; turn < 20 && end.alive; turn++) {
    const value = JSON.stringify(end.session.machine.value)
    if (value.includes('ready') && contextOf(end).pending === '' && end.session.inbox === '') return
    if (value.includes('readsLiteral')) end.receive('x'.repeat(contextOf(end).literal - end.session.inbox.length))
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
        const host = new MemoryHost([letter('one'), letter('two')])
        const begin = () => {
          const end = host.connect()
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
          // Whatever came, the next good line is answered under its own tag.
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
        const whole = new MemoryHost([letter('one')]).connect().selectInbox()
        const pieces = new MemoryHost([letter('one')]).connect().selectInbox()
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
