import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { pop3Client } from './client'
import { formatContent, parseContent, top } from './grammar'
import { End, MemoryHost, peer, type StoredMessage } from './memoryHost'
import { pop3Server } from './server'

const account = { user: 'bob@bird.example', password: 'secret', leaveOnServer: false, known: [] as string[] }

/** Joins a client and a server back to back and lets them talk until both are quiet. */
function talk(settings: Partial<typeof account> = {}, messages?: readonly StoredMessage[], piece = 65_536) {
  const host = new MemoryHost(messages)
  const client = new End(pop3Client, { ...account, ...settings }, new MemoryHost([]))
  const server = new End(pop3Server, { hostName: 'store.bird.example', plaintextAuth: true }, host)
  const give = (end: End, said: string): void => {
    for (let at = 0; at < said.length; at += piece)
      end.give({ type: 'received', octets: octets(said.slice(at, at + piece)) })
  }
  client.give({ type: 'opened', peer })
  server.give({ type: 'opened', peer })
  for (;;) {
    const fromServer = server.sent()
    give(client, fromServer)
    const fromClient = client.sent()
    give(server, fromClient)
    if (fromServer === '' && fromClient === '') break
  }
  const said = client.outputs.flatMap((output) => (output.type === 'send' ? [output.octets.trimEnd()] : []))
  return { client, server, said, asked: client.host.questions, left: host.messages.map((message) => message.uid) }
}

describe('a mail program collecting', () => {
  it('fetches everything and leaves nothing', () => {
    const { said, asked, left, client, server } = talk()
    expect(said).toEqual([
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

  it('leaves letters where they are and fetches only new ones when told so', () => {
    const { said, asked, left } = talk({ leaveOnServer: true, known: ['u1'] })
    expect(said.slice(4)).toEqual(['RETR 2', 'QUIT'])
    expect(asked.at(-1)).toEqual({ type: 'collected', count: 1, removed: 0 })
    expect(left).toEqual(['u1', 'u2'])
  })

  it('removes a letter that an earlier session fetched but could not remove', () => {
    const { said, left } = talk({ known: ['u1', 'u2'] })
    expect(said.slice(4)).toEqual(['DELE 1', 'DELE 2', 'QUIT'])
    expect(left).toEqual([])
  })

  it('says the same octet by octet, and both ends understand the same', () => {
    const whole = talk()
    const slow = talk({}, undefined, 1)
    expect(slow.said).toEqual(whole.said)
    expect(slow.asked).toEqual(whole.asked)
    const glosses = (end: End, type: 'send' | 'read'): unknown[] =>
      end.outputs.flatMap((output) => (output.type === type && 'means' in output ? [output.means] : []))
    expect(glosses(slow.client, 'read')).toEqual(glosses(slow.server, 'send'))
    expect(glosses(slow.server, 'read')).toEqual(glosses(slow.client, 'send'))
  })

  it('reports an empty maildrop', () => {
    expect(talk({}, []).asked).toEqual([{ type: 'collected', count: 0, removed: 0 }])
  })

  it('reports a refused login in the server’s words and says QUIT', () => {
    const { said, asked, client } = talk({ password: 'wrong' })
    expect(asked).toEqual([{ type: 'collectFailed', text: 'the name or the password is wrong' }])
    expect(said.at(-1)).toBe('QUIT')
    expect(client.session.machine.status).toBe('done')
  })

  it('reports a connection that is refused, or lost on the way', () => {
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

  it('gives up on a server that says nothing, and on one that speaks another protocol', () => {
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

  it('goes on as if nothing had been between when sent through JSON', () => {
    const host = new MemoryHost([])
    const client = new End(pop3Client, account, host)
    client.between = (session) => JSON.parse(JSON.stringify(session))
    client.give({ type: 'opened', peer })
    const answers = [
      '+OK\r\n',
      '+OK\r\n',
      '+OK\r\n',
      '+OK 1 2\r\n',
      '+OK\r\n1 a\r\n.\r\n',
      '+OK\r\n\r\n.\r\n',
      '+OK\r\n',
      '+OK\r\n',
    ]
    for (const answer of answers) client.give({ type: 'received', octets: octets(answer) })
    expect(host.questions.at(-1)).toEqual({ type: 'collected', count: 1, removed: 1 })
  })
})

describe('byte-stuffing', () => {
  it.each(['', '.', '.\r\n', '..\r\n.\r\n', 'a\r\n.b\r\n', 'a\n.b\r\n', '\r\n', '\r\n.\r\n.\r\n'])(
    'gives back %j',
    (text) => {
      const content = octets(text)
      const wire = formatContent(content)
      const parsed = parseContent(octets(`${wire}+OK`))
      expect(parsed?.length).toBe(wire.length)
      expect(parsed?.content).toBe(text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`)
    },
  )

  it.each([
    [0, 'A: b\r\n\r\n'],
    [1, 'A: b\r\n\r\none\r\n'],
    [9, 'A: b\r\n\r\none\r\ntwo\r\n'],
  ])('TOP with %i lines', (lines, expected) => {
    expect(top(octets('A: b\r\n\r\none\r\ntwo\r\n'), lines)).toBe(expected)
    expect(top(octets('A: b\r\n'), lines)).toBe('A: b\r\n')
  })
})
