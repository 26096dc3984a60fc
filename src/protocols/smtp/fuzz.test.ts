import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hasTag } from '../../session/step'
import { smtpCatalogue } from './catalogue/catalogue'
import { COMMAND_LINE_LIMIT, smtpServer } from './server/server'
import type { SmtpServerInput } from './server/types'
import { inputs, ServerUnderTest } from './testing/stubHost'

/** Random and mutated lines at the server: no exception, one reply to every line, only known codes, bounded memory. */

const known = new Set(smtpCatalogue.map(({ name }) => name))
const REPLY = /^(\d{3})(?:-[^\r\n]*\r\n\1)* ([^ \r\n]*)[^\r\n]*\r\n/
const ENHANCED = /^[245]\.\d+\.\d+$/

const lines = [
  'EHLO mx-out.paper.example',
  'EHLO mx-out.paper.example',
  'HELO [192.0.2.1]',
  'MAIL FROM:<alice@paper.example> SIZE=100 BODY=8BITMIME',
  'MAIL FROM:<>',
  'MAIL FROM:<@a.example:"a b"@[192.0.2.1]>',
  'MAIL FROM:<alice@paper.example> RET=HDRS ENVID=a+20b SMTPUTF8',
  'MAIL FROM:<zo\u00c3\u00ab@paper.example> SMTPUTF8',
  'MAIL FROM:<alice@paper.example> SIZE=2147483648',
  'RCPT TO:<bob@bird.example>',
  'RCPT TO:<bob@bird.example>',
  'RCPT TO:<postmaster>',
  'RCPT TO:<carol@bird.example> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;c+40d',
  'RCPT TO:<nobody@bird.example> X=1',
  'DATA',
  '.',
  '.',
  'RSET',
  'NOOP x',
  'QUIT now',
  'VRFY bob',
  'VRFY j\u00c3\u00bcrgen@b\u00c3\u00bccher.example SMTPUTF8',
  'EXPN staff',
  'HELP MAIL',
  'HELP 5.7.1',
  'AUTH PLAIN',
  'AUTH PLAIN AGFsaWNlAHNlY3JldA==',
  'AUTH LOGIN',
  'AUTH CRAM-MD5',
  'AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWZ5a28rZDJsYmJGZ09OUnY5cWt4ZGF3TA==',
  '*',
  'AGFsaWNlAHdyb25n',
  'YWxpY2U=',
  'STARTTLS',
  'BDAT 6',
  'BDAT 12 LAST',
  'BDAT 0 LAST',
  'BDAT 20000',
  'BDAT 6 FIRST',
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
/** No line contains CRLF, so the number of replies equals the number of lines, except inside a message. */
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
  server: fc.constantFrom(...(Object.keys(inputs) as (keyof typeof inputs)[])),
  cuts: fc.integer({ min: 150, max: 4000 }),
})

let said = 0

const READS_MESSAGE = ['reads:mailData', 'reads:chunk']
const readsMessage = ({ session }: ServerUnderTest): boolean =>
  READS_MESSAGE.some((tag) => hasTag(smtpServer, session, tag))
const isSecuring = ({ session }: ServerUnderTest): boolean => session.machine.value === 'securing'

/** Checks that the text consists of complete replies with codes of the catalogue, and counts them. */
function countReplies(text: string): number {
  let count = 0
  for (let rest = text; rest !== ''; count++) {
    const reply = REPLY.exec(rest)
    if (!reply) throw new Error(`not a reply: ${JSON.stringify(rest)}`)
    if (!known.has(reply[1] as string)) throw new Error(`not in the catalogue: ${rest}`)
    const enhanced = reply[2] as string
    if (ENHANCED.test(enhanced) && !known.has(enhanced)) throw new Error(`not in the catalogue: ${rest}`)
    rest = rest.slice(reply[0].length)
  }
  return count
}

interface Dialogue {
  readonly lines: readonly string[]
  readonly server: keyof typeof inputs
  readonly cuts: number
}

function play({ lines, server: name, cuts }: Dialogue): void {
  const input: SmtpServerInput = inputs[name]
  const server = new ServerUnderTest(input)
  // The written octets, cut at the TLS handshake: the server discards earlier ones.
  const writes = ['']
  for (const line of lines) {
    said++
    const within = readsMessage(server)
    const count = countReplies(server.receive(`${line}\r\n`))
    writes[writes.length - 1] += `${line}\r\n`
    // A message gets a reply only at its end; a chunk may end within a line, whose rest is then a command.
    const begins = readsMessage(server) && count === 0
    if (!within && !begins && count !== 1) throw new Error(`${count} replies to ${JSON.stringify(line)}`)
    if (server.closed) break
    if (isSecuring(server)) {
      server.input({ type: 'secured' })
      writes.push('')
    }
  }
  expect(server.session.inbox.length).toBeLessThan(COMMAND_LINE_LIMIT + 65_536)

  // The same octets in other pieces, the session passed through JSON after each: the replies are the same.
  const again = new ServerUnderTest(input, (session) => JSON.parse(JSON.stringify(session)))
  for (const [at, write] of writes.entries()) {
    if (at > 0) again.input({ type: 'secured' })
    for (let from = 0; from < write.length; from += cuts) again.receive(write.slice(from, from + cuts))
  }
  expect(again.sent).toBe(server.sent)
}

it('answers 100,000 random and mutated lines', () => {
  fc.assert(fc.property(dialogue, play), { numRuns: 2_100, seed: 5321 })
  expect(said).toBeGreaterThan(100_000)
}, 120_000)
