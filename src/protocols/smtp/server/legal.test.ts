import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasTag, stateName } from '../../../session/step'
import { commandEntries } from '../catalogue/catalogue'
import { inputs, ServerUnderTest } from '../testing/stubHost'
import { legalCommands, refusedCommands } from './legal'
import { smtpServer } from './server'

/** Possible lines of a client in a session; TLS begins at once. */
const SAID = [
  'EHLO a.example',
  'HELO a.example',
  'STARTTLS',
  'AUTH PLAIN AGFsaWNlAHNlY3JldA==',
  'MAIL FROM:<alice@paper.example>',
  'RCPT TO:<bob@bird.example>',
  'BDAT 3\r\na\r\n',
  'BDAT 3 FIRST\r\na\r\n',
  'RSET',
] as const

/** The first lines make it likely that a walk reaches a transaction. */
const ONWARD = ['EHLO a.example', 'STARTTLS', 'EHLO a.example', SAID[3], SAID[4], SAID[5]] as const

/** Lines whose argument is malformed in every state. A password without TLS may be refused first. */
const MALFORMED: Readonly<Record<string, readonly string[]>> = {
  EHLO: ['EHLO', 'EHLO a b'],
  HELO: ['HELO'],
  MAIL: ['MAIL', 'MAIL alice', 'MAIL FROM:<alice@paper.example> SIZE=x', 'MAIL FROM:<a@b.example> X\xff'],
  RCPT: ['RCPT', 'RCPT bob', 'RCPT TO:<bob@bird.example> NOTIFY=', 'RCPT FROM:<>'],
  DATA: ['DATA now'],
  RSET: ['RSET now'],
  VRFY: ['VRFY'],
  NOOP: ['NOOP \xff'],
  QUIT: ['QUIT now'],
  HELP: ['HELP \xff'],
  BDAT: ['BDAT', 'BDAT x'],
  STARTTLS: ['STARTTLS now'],
  AUTH: ['AUTH', 'AUTH PLAIN x', 'AUTH PLAIN a b'],
}

/** The code of the first reply to a line, in a session after the earlier lines. */
function codeOf(server: ServerUnderTest, line: string): string {
  const copy = Object.assign(Object.create(Object.getPrototypeOf(server)), server, { sent: '' }) as ServerUnderTest
  return copy.receive(`${line}\r\n`).slice(0, 3)
}

describe.each(Object.entries(inputs))('%s', (_, input) => {
  it('refuses the commands that the panel lists as refused, before it looks at the argument', () => {
    const seen = new Set<string>()
    const walk = fc.tuple(fc.nat(ONWARD.length), fc.array(fc.constantFrom(...SAID), { maxLength: 4 }))
    fc.assert(
      fc.property(walk, ([onward, said]) => {
        const server = new ServerUnderTest(input)
        for (const line of [...ONWARD.slice(0, onward), ...said]) {
          server.receive(`${line}${line.startsWith('BDAT') ? '' : '\r\n'}`)
          if (stateName(server.session.machine.value) === 'securing') server.input({ type: 'secured' })
        }
        fc.pre(hasTag(smtpServer, server.session, 'reads:command'))
        seen.add(stateName(server.session.machine.value))
        const refused = new Map(refusedCommands(server.session).map(({ name, reply }) => [name, reply.slice(0, 3)]))
        const legal = legalCommands(server.session).map(({ name }) => name)
        for (const { name, example } of commandEntries) {
          const code = refused.get(name)
          expect(legal.includes(name), name).toBe(code === undefined)
          if (name !== 'AUTH' || code !== undefined)
            expect(codeOf(server, example) === code, example).toBe(code !== undefined)
          for (const line of MALFORMED[name] ?? [])
            expect(codeOf(server, line), line).toMatch(code ?? (name === 'AUTH' ? /^(501|538)$/ : /^50[01]$/))
        }
      }),
      { numRuns: 60, seed: 5321 },
    )
    expect(seen.size).toBeGreaterThan(4)
  })
})

it('refuses a login before it finds malformed base64', () => {
  const server = new ServerUnderTest(inputs.relay)
  server.receive('EHLO a.example\r\n')
  expect(server.receive('AUTH PLAIN x\r\n')).toBe('502 5.5.1 Command not implemented\r\n')
})
