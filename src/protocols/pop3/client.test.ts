import { describe, expect, it } from 'vitest'
import { fromText, octets } from '../../base/octets'
import type { SaslMechanism } from '../../sasl'
import { pop3Client } from './client'
import type { ClientInput } from './clientTypes'
import { pop3Server } from './server'
import type { ServerInput } from './serverTypes'
import { End, MemoryHost, type Mishaps, peer, type StoredMessage, utf8Message } from './testing/memoryHost'

const account: ClientInput = {
  user: 'bob@bird.example',
  password: 'secret',
  leaveOnServer: false,
  known: [],
  nonce: 'rOprNGfwEbeRWgbNEkqO',
}
const store: ServerInput = { hostName: 'store.bird.example', plaintextAuth: true }

interface Meeting {
  readonly client?: Partial<ClientInput>
  readonly server?: Partial<ServerInput>
  readonly messages?: readonly StoredMessage[]
  readonly mishaps?: Mishaps
  /** The number of octets in each arriving piece. */
  readonly piece?: number
}

/** Joins a client and a server back to back and runs them until both are quiet; TLS begins once both want it. */
function talk(meeting: Meeting = {}) {
  const host = new MemoryHost(meeting.messages, meeting.mishaps)
  const client = new End(pop3Client, { ...account, ...meeting.client }, new MemoryHost([]))
  const server = new End(pop3Server, { ...store, ...meeting.server }, host)
  const { piece = 65_536 } = meeting
  const give = (end: End, said: string): void => {
    for (let at = 0; at < said.length; at += piece)
      end.give({ type: 'received', octets: octets(said.slice(at, at + piece)) })
  }
  const startsTls = (end: End): number => end.outputs.filter((output) => output.type === 'startTls').length
  let secured = 0
  client.give({ type: 'opened', peer })
  server.give({ type: 'opened', peer })
  for (;;) {
    const fromServer = server.sent()
    give(client, fromServer)
    if (startsTls(client) > secured && startsTls(server) > secured) {
      secured++
      client.give({ type: 'secured' })
      server.give({ type: 'secured' })
    }
    const fromClient = client.sent()
    give(server, fromClient)
    if (fromServer === '' && fromClient === '') break
  }
  const said = client.outputs.flatMap((output) => (output.type === 'send' ? [output.octets.trimEnd()] : []))
  return { client, server, said, asked: client.host.questions, left: host.messages.map((message) => message.uid) }
}

/** The client with a simple server: the list has its replies in order. */
function hearing(answers: readonly string[], settings: Partial<ClientInput> = {}): End {
  const client = new End(pop3Client, { ...account, ...settings }, new MemoryHost([]))
  client.give({ type: 'opened', peer })
  for (const answer of answers) client.give({ type: 'received', octets: octets(`${answer}\r\n`) })
  return client
}

const lastSaid = (client: End): unknown => client.outputs.findLast((output) => output.type === 'send')?.octets

describe('a mail program that collects mail', () => {
  it('fetches everything and removes it', () => {
    const { said, asked, left, client, server } = talk()
    expect(said).toEqual([
      'CAPA',
      'UTF8',
      'USER bob@bird.example',
      'PASS secret',
      'STAT',
      'UIDL',
      'RETR 1',
      'DELE 1',
      'RETR 2',
      'DELE 2',
      'QUIT',
    ])
    expect(asked).toEqual([
      { type: 'messageCollected', uid: 'u1', octets: 'From: alice@paper.example\r\n\r\nHello Bob.\r\n' },
      { type: 'messageCollected', uid: 'u2', octets: 'From: alice@paper.example\r\n\r\n.hidden\r\n.\r\nend\r\n' },
      { type: 'collected', count: 2, removed: 2 },
    ])
    expect(left).toEqual([])
    expect([client.session.machine.status, server.session.machine.status]).toEqual(['done', 'done'])
  })

  it('leaves messages on the server and fetches only new ones if configured so', () => {
    const { said, asked, left } = talk({ client: { leaveOnServer: true, known: ['u1'] } })
    expect(said.slice(6)).toEqual(['RETR 2', 'QUIT'])
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 1, removed: 0 })
    expect(left).toEqual(['u1', 'u2'])
  })

  it('removes a message that an earlier session fetched but could not remove', () => {
    const { said, left } = talk({ client: { known: ['u1', 'u2'] } })
    expect(said.slice(6)).toEqual(['DELE 1', 'DELE 2', 'QUIT'])
    expect(left).toEqual([])
  })

  it('gives the same result octet by octet', () => {
    const whole = talk()
    const slow = talk({ piece: 1 })
    expect(slow.said).toEqual(whole.said)
    expect(slow.asked).toEqual(whole.asked)
    const glosses = (end: End, type: 'send' | 'read'): unknown[] =>
      end.outputs.flatMap((output) => (output.type === type && 'means' in output ? [output.means] : []))
    expect(glosses(slow.client, 'read')).toEqual(glosses(slow.server, 'send'))
    expect(glosses(slow.server, 'read')).toEqual(glosses(slow.client, 'send'))
  })

  it('reports an empty maildrop', () => {
    expect(talk({ messages: [] }).asked).toEqual([{ type: 'collected', count: 0, removed: 0 }])
  })

  it('reports a refused login in the server’s words and sends QUIT', () => {
    const { said, asked, client } = talk({ client: { password: 'wrong' } })
    expect(asked).toEqual([{ type: 'collectFailed', text: 'the name or the password is wrong', code: 'AUTH' }])
    expect(said.at(-1)).toBe('QUIT')
    expect(client.session.machine.status).toBe('done')
  })

  it('reports a refused or lost connection', () => {
    const client = new End(pop3Client, account, new MemoryHost([]))
    client.give({ type: 'closed', why: 'refused' })
    expect(client.host.questions).toEqual([{ type: 'sessionLost', why: 'refused' }])
    const other = new End(pop3Client, account, new MemoryHost([]))
    other.give({ type: 'opened', peer })
    other.give({ type: 'received', octets: octets('+OK hello\r\n') })
    other.give({ type: 'closed', why: 'reset' })
    expect(other.host.questions).toEqual([{ type: 'sessionLost', why: 'reset' }])
    expect(other.session.machine.status).toBe('done')
  })

  it('gives up on a silent server, and on one with another protocol', () => {
    const client = new End(pop3Client, account, new MemoryHost([]))
    client.give({ type: 'opened', peer })
    const timer = client.outputs.findLast((output) => output.type === 'setTimer')
    client.give({ type: 'expired', timer: timer?.timer ?? '' })
    expect(client.host.questions).toEqual([{ type: 'sessionLost', why: 'timedOut' }])
    const other = new End(pop3Client, account, new MemoryHost([]))
    other.give({ type: 'opened', peer })
    other.give({ type: 'received', octets: octets('220 mx.bird.example ESMTP\r\n') })
    expect(other.host.questions).toEqual([{ type: 'collectFailed', text: 'what came is no answer of POP3' }])
  })

  it('continues unchanged after JSON', () => {
    const whole = talk({ server: { mechanisms: ['SCRAM-SHA-256'], tls: 'offered' } })
    const host = new MemoryHost([])
    const client = new End(pop3Client, account, host)
    client.between = (session) => JSON.parse(JSON.stringify(session))
    client.give({ type: 'opened', peer })
    for (const output of whole.server.outputs) {
      if (output.type === 'send') client.give({ type: 'received', octets: output.octets })
      if (output.type === 'startTls') client.give({ type: 'secured' })
    }
    expect(host.questions).toEqual(whole.asked)
    expect(host.questions.at(-1)).toEqual({ type: 'collected', count: 2, removed: 2 })
  })

  it('fetches a message with UTF-8 in its header, since it announces UTF8', () => {
    const { asked } = talk({ messages: [utf8Message] })
    expect(asked[0]).toEqual({ type: 'messageCollected', uid: 'u3', octets: utf8Message.octets })
    expect(utf8Message.octets).toContain(fromText('Subject: Grüße'))
  })

  it('skips a message that the server does not hand out, and fetches the others', () => {
    const { asked, left } = talk({ mishaps: { reading: 'temporary' } })
    expect(asked).toEqual([{ type: 'collected', count: 0, removed: 0 }])
    expect(left).toEqual(['u1', 'u2'])
  })

  it('knows that nothing was removed if the server says so', () => {
    const { asked } = talk({ mishaps: { removing: true } })
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 2, removed: 0 })
  })

  it.each([
    ['inUse', 'IN-USE'],
    ['loginDelay', 'LOGIN-DELAY'],
    ['temporary', 'SYS/TEMP'],
  ] as const)('reports a maildrop that is not opened (%s) with its code', (opening, code) => {
    const { asked, client } = talk({ mishaps: { opening } })
    expect(asked).toMatchObject([{ type: 'collectFailed', code }])
    const refusals = client.outputs.flatMap((output) => (output.type === 'read' && output.means.refused) || [])
    expect(refusals).toEqual(['later'])
  })
})

describe('a mail program that logs in', () => {
  const firstWords = (meeting: Meeting): string[] =>
    talk(meeting)
      .said.filter((line) => line !== 'UTF8')
      .slice(1, 3)
  const all: readonly SaslMechanism[] = ['PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-256']

  it.each([
    ['SCRAM-SHA-256', { mechanisms: all, apop: true }, {}, 'AUTH SCRAM-SHA-256 biwsbj1ib2JAYmlyZC5leGFtcGxlLHI9'],
    ['CRAM-MD5', { mechanisms: ['PLAIN', 'CRAM-MD5'], apop: true }, {}, 'AUTH CRAM-MD5'],
    ['APOP', { mechanisms: ['PLAIN'], apop: true }, {}, 'APOP bob@bird.example 429ab25aa868516f0b895b1ca5f48fab'],
    ['PLAIN', { mechanisms: ['LOGIN', 'PLAIN'] }, {}, 'AUTH PLAIN AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0'],
    ['LOGIN', { mechanisms: ['LOGIN'] }, {}, 'AUTH LOGIN'],
    ['USER and PASS', {}, {}, 'USER bob@bird.example'],
    ['what the account allows', { mechanisms: all, apop: false }, { mechanisms: ['LOGIN'] }, 'AUTH LOGIN'],
    ['USER and PASS where the account allows no mechanism', { mechanisms: all }, { mechanisms: [] }, 'USER bob'],
    ['CRAM-MD5 where it has no nonce for SCRAM', { mechanisms: all }, { nonce: '' }, 'AUTH CRAM-MD5'],
  ] as const)('takes the strongest means there is: %s', (_, server, client, expected) => {
    const meeting = { server, client }
    expect(firstWords(meeting)[0]?.startsWith(expected)).toBe(true)
    expect(talk(meeting).asked.at(-1)).toEqual({ type: 'collected', count: 2, removed: 2 })
  })

  it('sends a response on its own line if it is too long for the command', () => {
    const password = 'x'.repeat(200)
    const { said } = talk({ server: { mechanisms: ['PLAIN'] }, client: { password } })
    const at = said.indexOf('AUTH PLAIN')
    expect(at).toBeGreaterThan(0)
    expect(said[at + 1]).toMatch(/^AGJvYkBiaXJkLmV4YW1wbGUAeHh4/)
  })

  it('uses TLS if offered, and asks for the capabilities again', () => {
    const { said, asked } = talk({ server: { tls: 'offered', plaintextAuth: false, mechanisms: ['PLAIN'] } })
    expect(said.slice(0, 5)).toEqual(['CAPA', 'STLS', 'CAPA', 'UTF8', 'AUTH PLAIN AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0'])
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 2, removed: 2 })
  })

  it('collects if TLS is required on both sides', () => {
    const { said, asked } = talk({ server: { tls: 'required' }, client: { tls: 'required' } })
    expect(said.slice(0, 3)).toEqual(['CAPA', 'STLS', 'CAPA'])
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 2, removed: 2 })
  })

  it('sends no STLS with implicit TLS', () => {
    const { said, asked } = talk({ server: { tls: 'implicit', plaintextAuth: false }, client: { tls: 'implicit' } })
    expect(said).not.toContain('STLS')
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 2, removed: 2 })
  })

  it('sends no credentials if TLS is required and not offered', () => {
    const { said, asked } = talk({ client: { tls: 'required' } })
    expect(said).toEqual(['CAPA', 'QUIT'])
    expect(asked).toEqual([
      { type: 'collectFailed', text: 'the server offers no encryption, and this account wants it' },
    ])
  })

  it('continues in plaintext if STLS is refused, unless TLS is required', () => {
    const answers = ['+OK hello', '+OK', 'STLS\r\nUSER\r\n.', '-ERR not today']
    expect(lastSaid(hearing(answers))).toBe('USER bob@bird.example\r\n')
    const wanted = hearing(answers, { tls: 'required' })
    expect(wanted.host.questions).toEqual([{ type: 'collectFailed', text: 'not today' }])
  })

  it('sends no STLS if TLS is `never`', () => {
    expect(talk({ server: { tls: 'offered' }, client: { tls: 'never' } }).said).not.toContain('STLS')
  })

  it('sends USER to a server without CAPA, or APOP if the greeting has a timestamp', () => {
    expect(lastSaid(hearing(['+OK hello', '-ERR what?']))).toBe('USER bob@bird.example\r\n')
    expect(lastSaid(hearing(['+OK <1896.697170952@store.bird.example>', '-ERR what?']))).toMatch(/^APOP /)
  })

  it('gives up if the server offers no known mechanism', () => {
    const client = hearing(['+OK hello', '+OK', 'SASL KERBEROS_V4\r\n.', '+OK bye'])
    expect(client.host.questions).toEqual([
      { type: 'collectFailed', text: 'the server offers no way to log in that this program knows' },
    ])
    expect(client.session.machine.status).toBe('done')
  })

  it('cancels the login at a malformed challenge', () => {
    const client = hearing(['+OK hello', '+OK', 'SASL SCRAM-SHA-256\r\n.', '+ bm9uc2Vuc2U=', '-ERR cancelled'])
    const said = client.outputs.flatMap((output) => (output.type === 'send' ? [output.octets.trimEnd()] : []))
    expect(said.slice(2)).toEqual(['*', 'QUIT'])
    expect(client.host.questions).toEqual([
      { type: 'collectFailed', text: 'the login went wrong: the challenge made no sense' },
    ])
  })

  it('does not believe a success of a server that has not proven itself', () => {
    const client = hearing(['+OK hello', '+OK', 'SASL SCRAM-SHA-256\r\n.', '+OK come in'])
    expect(client.host.questions).toEqual([
      { type: 'collectFailed', text: 'the server did not prove that it knows the password' },
    ])
  })
})
