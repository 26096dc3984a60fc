import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { catalogue } from '../../hosts/catalogue'
import type { Protocol, Session } from '../../session/session'
import { startSession, stateName, step } from '../../session/step'
import { legalNow, refusedNow, rehearsalOf } from '../knowledge'
import { said, waysFrom, wayTo } from './way'

/** The ports of the servers, and the commands that no line of a session on such a port makes legal, with the state if it matters. */
const PORTS: readonly (readonly [title: string, key: string, input: object, never: readonly string[]])[] = [
  ['SMTP on port 25', 'smtp.server', smtp({ tls: 'none' }), ['STARTTLS', 'AUTH']],
  ['SMTP with STARTTLS', 'smtp.server', smtp({ tls: 'offered' }), ['AUTH']],
  [
    'submission',
    'smtp.server',
    smtp({ port: 'submission', tls: 'required', mechanisms: ['PLAIN'], requireAuthentication: true }),
    ['STARTTLS after it', 'AUTH after it'],
  ],
  [
    'IMAP on port 143',
    'imap.server',
    { hostName: 'h', plaintextAuth: true },
    ['STARTTLS', 'LOGIN after it', 'AUTHENTICATE after it', 'SETQUOTA'],
  ],
  [
    'IMAP with STARTTLS',
    'imap.server',
    { hostName: 'h', plaintextAuth: false, tls: 'required' },
    ['STARTTLS after it', 'LOGIN after it', 'AUTHENTICATE after it', 'SETQUOTA'],
  ],
  [
    'POP3 on port 110',
    'pop3.server',
    { hostName: 'h', plaintextAuth: true },
    ['STLS', 'APOP', 'USER after it', 'PASS after it', 'AUTH after it', 'UTF8 after it'],
  ],
  [
    'POP3 with STLS',
    'pop3.server',
    { hostName: 'h', plaintextAuth: false, tls: 'required' },
    // STLS comes before UTF8, and a login before STLS is refused: after UTF8 only another connection helps.
    [
      'APOP',
      'STLS after it',
      'USER after it',
      'PASS after it',
      'AUTH after it',
      'UTF8 after it',
      'STAT',
      'LIST',
      'UIDL',
      'RETR',
      'TOP',
      'DELE',
      'RSET',
      'NOOP',
    ],
  ],
]

function smtp(input: object): object {
  const base = { hostName: 'h', port: 'relay', maxSize: 1000, maxRecipients: 2, mechanisms: [] }
  return { ...base, requireAuthentication: false, bareLineFeed: 'refuse', ...input }
}

const peer = { name: 'client', address: '192.0.2.1', port: 50_000, localPort: 25 }

function protocolOf(key: string): Protocol {
  const protocol = catalogue.protocols[key]
  if (!protocol) throw new Error(`the catalogue has ${key}`)
  return protocol
}

/** A session of each kind that dialogues lead to: those in the same state, in which the same commands are legal, are of one kind. */
function sessionsOf(protocol: Protocol, input: object): readonly Session[] {
  const rehearsal = rehearsalOf(protocol.name)
  if (!rehearsal) throw new Error(`${protocol.name} has a rehearsal`)
  const first = step(protocol, startSession(protocol, input)[0], { type: 'opened', peer })[0]
  const keyOf = (session: Session): string =>
    [stateName(session.machine.value), ...legalNow(protocol.name, session).map(({ name }) => name)].join(' ')
  const found = new Map([[keyOf(first), first]])
  for (const session of found.values()) {
    for (const { name } of legalNow(protocol.name, session)) {
      const line = rehearsal.line(session, name)
      const after = line && said(protocol, rehearsal, session, line)
      if (after && !found.has(keyOf(after.session))) found.set(keyOf(after.session), after.session)
    }
  }
  return [...found.values()]
}

describe.each(PORTS)('on %s', (_title, key, input, never) => {
  const protocol = protocolOf(key)
  const rehearsal = rehearsalOf(protocol.name)
  const sessions = sessionsOf(protocol, input)

  it('the way to each refused command works, or it is known that there is none', () => {
    expect(sessions.length).toBeGreaterThan(2)
    let ways = 0
    const without = new Set<string>()
    for (const session of sessions) {
      const found = waysFrom(protocol, session)
      for (const { name } of refusedNow(protocol.name, session)) {
        const way = found.get(name)
        if (!way) {
          without.add(name)
          continue
        }
        ways++
        let here: Session | undefined = session
        for (const { line, states } of way) {
          const after: ReturnType<typeof said> | undefined =
            here && rehearsal && said(protocol, rehearsal, here, octets(`${line}\r\n`))
          expect(after?.states, `${name}: ${line}`).toEqual(states)
          here = after?.session
        }
        expect(
          legalNow(protocol.name, here).map((legal) => legal.name),
          name,
        ).toContain(name)
      }
    }
    expect(ways).toBeGreaterThan(5)
    expect([...without].sort()).toEqual(never.map((name) => name.split(' ')[0] ?? '').sort())
  })
})

describe('a way', () => {
  const server = protocolOf('smtp.server')
  const sessionAfter = (...lines: readonly string[]): Session => {
    const rehearsal = rehearsalOf('SMTP')
    let session = step(server, startSession(server, smtp({ tls: 'none' }))[0], { type: 'opened', peer })[0]
    for (const line of lines) {
      const next = rehearsal && said(server, rehearsal, session, octets(`${line}\r\n`))
      if (!next) throw new Error(`${line} ends the session`)
      session = next.session
    }
    return session
  }

  it('is the fewest lines', () => {
    expect(wayTo(server, sessionAfter(), 'DATA')?.map(({ line }) => line.split(' ')[0])).toEqual([
      'EHLO',
      'MAIL',
      'RCPT',
    ])
    expect(wayTo(server, sessionAfter('EHLO h', 'MAIL FROM:<a@paper.example>'), 'DATA')).toEqual([
      {
        line: 'RCPT TO:<bob@bird.example>',
        states: ['checkingRecipient', 'ready.transaction.recipientsKnown'],
      },
    ])
  })

  it('forgets no more than it has to', () => {
    expect(
      wayTo(server, sessionAfter('EHLO h', 'MAIL FROM:<a@paper.example>'), 'MAIL')?.map(({ line }) => line),
    ).toEqual(['RSET'])
  })

  it('leaves the session as it is', () => {
    const session = sessionAfter('EHLO h')
    const before = JSON.stringify(session)
    wayTo(server, session, 'DATA')
    expect(JSON.stringify(session)).toBe(before)
  })
})
