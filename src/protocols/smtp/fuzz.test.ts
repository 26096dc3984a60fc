import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smtpCatalogue } from './catalogue'
import { COMMAND_LINE_LIMIT } from './server'
import { relayInput, ServerUnderTest, submissionInput } from './stubHost'

/** Random and mutated lines at the server: no exception, one known reply to every line, bounded memory. */

const known = new Set(smtpCatalogue.filter(({ kind }) => kind === 'reply').map(({ name }) => name))
const REPLY = /^(\d{3})(?:-[^\r\n]*\r\n\1)* [^\r\n]*\r\n/

const lines = [
  'EHLO mx-out.paper.example',
  'HELO [192.0.2.1]',
  'MAIL FROM:<alice@paper.example> SIZE=100 BODY=8BITMIME',
  'MAIL FROM:<>',
  'MAIL FROM:<@a.example:"a b"@[192.0.2.1]>',
  'RCPT TO:<bob@bird.example>',
  'RCPT TO:<postmaster>',
  'RCPT TO:<nobody@bird.example> X=1',
  'DATA',
  '.',
  'RSET',
  'NOOP x',
  'QUIT now',
  'VRFY bob',
  'HELP MAIL',
  'AUTH PLAIN',
  'AUTH PLAIN AGFsaWNlAHNlY3JldA==',
  '*',
  'AGFsaWNlAHdyb25n',
  'STARTTLS',
  'BDAT 6 LAST',
  'Subject: x',
  '..',
  '',
]

const good = fc.constantFrom(...lines)
const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.array(octet, { maxLength: 40 }).map((all) => all.join(''))
const mutated = fc
  .tuple(good, fc.nat(60), fc.nat(6), fc.string({ unit: octet, maxLength: 4 }))
  .map(([line, at, drop, put]) => line.slice(0, at) + put + line.slice(at + drop))
const long = fc.tuple(good, fc.integer({ min: 400, max: 3000 })).map(([line, length]) => line.padEnd(length, 'x'))
/** No line has CRLF in it: so many lines, so many answers. */
const anyLine = fc
  .oneof(
    { weight: 6, arbitrary: good },
    { weight: 6, arbitrary: mutated },
    { weight: 3, arbitrary: noise },
    { weight: 1, arbitrary: long },
  )
  .map((line) => line.replaceAll('\r\n', '\n').replace(/\r$/, ''))
const dialogue = fc.record({
  lines: fc.array(anyLine, { minLength: 40, maxLength: 60 }),
  submission: fc.boolean(),
  cuts: fc.integer({ min: 150, max: 4000 }),
})

let inputs = 0

function play({ lines, submission, cuts }: { lines: string[]; submission: boolean; cuts: number }): void {
  const input = submission ? submissionInput : relayInput
  const server = new ServerUnderTest(input)
  for (const line of lines) {
    inputs++
    const reads = server.session.machine.value
    const answer = server.receive(`${line}\r\n`)
    // Mail data are answered at their end only, and a closed session no more.
    const isData = typeof reads === 'object' && (reads as { session: string }).session === 'takingTheLetter'
    if (server.closed && answer === '') break
    if (isData && answer === '') continue
    const reply = REPLY.exec(answer)
    if (reply?.[0] !== answer) throw new Error(`not one reply: ${JSON.stringify(answer)} to ${JSON.stringify(line)}`)
    if (!known.has(reply[1] as string)) throw new Error(`not in the catalogue: ${answer}`)
    if (server.closed) break
  }
  expect(server.session.inbox.length).toBeLessThan(COMMAND_LINE_LIMIT + 65_536)

  // The same in other pieces, the session sent through JSON after each: the same answers.
  const again = new ServerUnderTest(input, (session) => JSON.parse(JSON.stringify(session)))
  const wire = lines.map((line) => `${line}\r\n`).join('')
  for (let at = 0; at < wire.length; at += cuts) again.receive(wire.slice(at, at + cuts))
  expect(again.sent).toBe(server.sent)
}

it('answers 100,000 random and mutated lines', () => {
  fc.assert(fc.property(dialogue, play), { numRuns: 2_600, seed: 5321 })
  expect(inputs).toBeGreaterThan(100_000)
}, 60_000)
