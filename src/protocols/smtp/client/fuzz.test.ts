import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smtpCatalogue } from '../catalogue/catalogue'
import { BOB, ClientUnderTest, messageTo } from '../testing/stubClient'
import type { SmtpClientInput } from './types'

/** A server that sends random replies: the client never fails, reports every message, and reports only what the server said. */

const codes = smtpCatalogue.filter(({ kind }) => kind === 'reply').map(({ name }) => name)
const likely = fc.constantFrom(
  '220 mx ESMTP',
  '250 mx',
  '250 2.1.0 Ok',
  '250 2.1.0 Ok',
  '250 2.1.0 Ok',
  '250-mx\r\n250-SIZE 10\r\n250-DSN\r\n250 8BITMIME',
  '250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN CRAM-MD5',
  '250-mx\r\n250 AUTH SCRAM-SHA-256 PLAIN',
  '250-mx\r\n250-LIMITS RCPTMAX=1\r\n250 PIPELINING',
  '354 Go',
  '354 Go',
  '334 ',
  '334 VXNlcm5hbWU6',
  '235 2.7.0 In',
  '550 5.1.1 No',
  '451 4.3.0 Later',
)
const anyReply = fc.constantFrom(...codes).map((code) => `${code} text`)
const noise = fc.string({ maxLength: 30 }).map((text) => text.replace(/[^ -~]/g, '?'))
const replyLine = fc.oneof(
  { weight: 12, arbitrary: likely },
  { weight: 3, arbitrary: anyReply },
  { weight: 1, arbitrary: noise },
)
const answer = fc.record({ line: replyLine, mad: fc.noBias(fc.nat(5)) })
const input: fc.Arbitrary<SmtpClientInput> = fc.record(
  {
    helloName: fc.constant('mx-out.paper.example'),
    tls: fc.constantFrom('never', 'opportunistic', 'required', 'implicit'),
    credentials: fc.constant({ user: 'alice', password: 'secret' }),
    nonce: fc.constant('fyko+d2lbbFgONRv9qkxdawL'),
    pipelining: fc.boolean(),
    chunking: fc.boolean(),
    chunkSize: fc.constantFrom(3, 9999),
  },
  { requiredKeys: ['helloName'] },
)

const messages = [
  messageTo([BOB]),
  messageTo([BOB, 'carol@bird.example'], 'gr\u00fc\u00dfe', ''),
  messageTo(['zo\u00eb@bird.example']),
]

let accepted = 0
let chunked = 0
let grouped = 0

/** A sensible server's reply to that. */
function sensible(said: string): string {
  if (said === '') return '220 mx ESMTP'
  if (said.startsWith('EHLO'))
    return '250-mx\r\n250-8BITMIME\r\n250-STARTTLS\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 AUTH PLAIN'
  if (said.startsWith('AUTH')) return '235 2.7.0 In'
  if (said.startsWith('STARTTLS')) return '220 2.0.0 Go'
  return said.startsWith('DATA') ? '354 Go' : '250 2.1.0 Ok'
}

/** Splits the client's output into units that each need a reply. After 354 all of it is one message. */
function commandsIn(said: string, isMessage: boolean): readonly string[] {
  if (said === '' || isMessage) return said === '' ? [] : [said]
  const end = said.indexOf('\r\n') + 2
  const size = Number(/^BDAT (\d+)/.exec(said)?.[1] ?? 0)
  return [said.slice(0, end), ...commandsIn(said.slice(end + size), false)]
}

function play(said: readonly { readonly line: string; readonly mad: number }[], given: SmtpClientInput): void {
  const client = new ClientUnderTest(messages, given)
  let secured = given.tls === 'implicit'
  // The number of expected replies; the greeting is expected before any command.
  let waiting: readonly string[] = ['']
  let taken = 0
  for (const { line: drawn, mad } of said) {
    const [asked = '', ...rest] = waiting
    const line = mad === 0 ? drawn : sensible(asked)
    const before = client.reports.length
    const last = client.receive(`${line}\r\n`)
    waiting = [...rest, ...commandsIn(last, asked.startsWith('DATA') && line.startsWith('354'))]
    if (given.tls === 'required' && !secured) expect(last).not.toMatch(/^(?:MAIL|RCPT|DATA|BDAT|AUTH)/)
    // Only a 2yz reply makes a message accepted.
    if (client.reports.slice(before).some(({ outcome }) => outcome === 'accepted')) {
      taken++
      expect(line).toMatch(/^2\d\d/)
    }
    if (client.closed) break
    if (client.securing) {
      client.securing = false
      secured = true
      client.input({ type: 'secured' })
      waiting = commandsIn(client.receive(''), false)
    }
  }
  expect(client.said.match(/^\.\r\n| LAST\r\n/gm)?.length ?? 0).toBeGreaterThanOrEqual(taken)
  chunked += Number(client.said.includes(' LAST\r\n'))
  grouped += Number(/RCPT.*\r\nRCPT.*\r\nDATA/.test(client.said))
  accepted += taken
  client.input({ type: 'closed', why: 'reset' })
  expect(client.session.machine.status).toBe('done')
  // One report for each message, and at most one more for a connection without a message.
  expect(client.reports.length).toBeGreaterThanOrEqual(client.handedOver)
  expect(client.reports.length).toBeLessThanOrEqual(client.handedOver + 1)
  for (const report of client.reports) if (report.outcome !== 'accepted') expect(report.accepted).toEqual([])
}

it('survives 2,000 servers with random replies', () => {
  fc.assert(fc.property(fc.array(answer, { minLength: 5, maxLength: 40 }), input, play), {
    numRuns: 2_000,
    seed: 5321,
  })
  expect(accepted).toBeGreaterThan(500)
  expect(Math.min(chunked, grouped)).toBeGreaterThan(100)
}, 60_000)
