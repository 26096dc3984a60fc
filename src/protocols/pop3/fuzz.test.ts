import fc from 'fast-check'
import { expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { parseStatusLine, RESPONSE_LINE_LIMIT, SASL_LINE_LIMIT } from './grammar'
import { pop3Catalogue } from './responseCatalogue'
import { pop3Server } from './server'
import type { ServerInput } from './serverTypes'
import { End, MemoryHost, peer } from './testing/memoryHost'

/** Random and mutated lines at the server: no exception, one known answer to every line, bounded memory. */

const known = new Set(pop3Catalogue.flatMap(({ kind, name }) => (kind === 'response' ? [name] : [])))

/** A server that tolerates any number of mistakes, since this test looks at its answers. */
const patient = { hostName: 'store.bird.example', mistakePolicy: { free: 1_000_000, limit: 1_000_000, pauses: [] } }
const plain: ServerInput = { ...patient, plaintextAuth: true, mechanisms: ['PLAIN', 'LOGIN'] }
const strict: ServerInput = {
  ...patient,
  plaintextAuth: false,
  tls: 'offered',
  mechanisms: ['SCRAM-SHA-256', 'CRAM-MD5', 'PLAIN'],
  apop: true,
  loginDelay: 60,
}

const lines = [
  'USER bob@bird.example',
  'PASS secret',
  'APOP bob@bird.example 429ab25aa868516f0b895b1ca5f48fab',
  'AUTH PLAIN',
  'AUTH PLAIN AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0',
  'AUTH LOGIN',
  'AUTH CRAM-MD5',
  'AUTH SCRAM-SHA-256 biwsbj1ib2JAYmlyZC5leGFtcGxlLHI9ck9wck5HZndFYmVSV2diTkVrcU8=',
  'AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0',
  '*',
  'STAT',
  'LIST',
  'LIST 2',
  'UIDL 1',
  'RETR 1',
  'RETR 2',
  'TOP 1 1',
  'DELE 2',
  'RSET',
  'UIDL',
  'CAPA',
  'NOOP',
  'LANG en',
  'UTF8',
  'STLS',
  'QUIT now',
  '',
]

const good = fc.constantFrom(...lines)
const octet = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code))
const noise = fc.string({ unit: octet, maxLength: 60 })
const mutated = fc
  .tuple(good, fc.nat(60), fc.nat(6), fc.string({ unit: octet, maxLength: 4 }))
  .map(([line, at, drop, put]) => line.slice(0, at) + put + line.slice(at + drop))
const long = fc.tuple(good, fc.integer({ min: 200, max: 900 })).map(([line, length]) => line.padEnd(length, 'x'))
/** No line contains a line end, so the number of answers equals the number of lines. */
const anyLine = fc
  .oneof(
    { weight: 8, arbitrary: good },
    { weight: 6, arbitrary: mutated },
    { weight: 3, arbitrary: noise },
    { weight: 1, arbitrary: long },
  )
  .map((line) => line.replaceAll('\n', ' ').replace(/\r$/, ''))
const dialogue = fc.record({
  lines: fc.array(anyLine, { minLength: 40, maxLength: 60 }),
  input: fc.constantFrom(plain, strict),
  loggedIn: fc.boolean(),
  // Half of them are enough to show that the pieces make no difference.
  cuts: fc.option(fc.integer({ min: 1, max: 4000 })),
})

function opened(input: ServerInput): End {
  const end = new End(pop3Server, input, new MemoryHost())
  end.give({ type: 'opened', peer })
  expect(end.sent()).toMatch(/^\+OK /)
  return end
}

/** One response and nothing else: a challenge, or a status line with a known code and its content. */
function expectOneResponse(answer: string, to: string): void {
  if (/^\+ [A-Za-z0-9+/]*={0,2}\r\n$/.test(answer)) return
  const [, first = '', content = ''] = /^([^\r\n]*)\r\n(?:([\s\S]*\r\n)?\.\r\n)?$/.exec(answer) ?? []
  const status = parseStatusLine(first)
  const code = status?.code
  const isKnown = status && known.has(status.status) && (code === undefined || known.has(`[${code}]`))
  const isOne = content === '' || (status?.status === '+OK' && !/^\.\r\n/m.test(content))
  if (!isKnown || !isOne || first.length + 2 > RESPONSE_LINE_LIMIT)
    throw new Error(`not one response: ${JSON.stringify(answer)} to ${JSON.stringify(to)}`)
}

let inputs = 0

function play({
  lines,
  input,
  loggedIn,
  cuts,
}: {
  lines: string[]
  input: ServerInput
  loggedIn: boolean
  cuts: number | null
}) {
  const start = loggedIn && input === plain ? ['USER bob@bird.example', 'PASS secret'] : []
  const end = opened(input)
  const said: string[] = []
  let all = ''
  for (const line of [...start, ...lines]) {
    inputs++
    said.push(line)
    end.give({ type: 'received', octets: octets(`${line}\r\n`) })
    const answer = end.sent()
    all += answer
    expectOneResponse(answer, line)
    if (end.session.inbox.length >= SASL_LINE_LIMIT) throw new Error('the inbox grows')
    // Plaintext after STLS is no command, so the dialogue ends here.
    if (end.session.machine.status === 'done' || answer.startsWith('+OK begin the TLS')) break
  }

  if (cuts === null) return
  // The same octets in other pieces, the session passed through JSON after each: the answers are the same.
  const again = opened(input)
  again.between = (session) => JSON.parse(JSON.stringify(session))
  const wire = said.map((line) => `${line}\r\n`).join('')
  const length = Math.max(cuts, Math.floor(wire.length / 40))
  for (let at = 0; at < wire.length; at += length)
    again.give({ type: 'received', octets: octets(wire.slice(at, at + length)) })
  expect(again.sent()).toBe(all)
}

it('answers 100,000 random and mutated lines', () => {
  fc.assert(fc.property(dialogue, play), { numRuns: 3_400, seed: 1939 })
  expect(inputs).toBeGreaterThan(100_000)
}, 90_000)
