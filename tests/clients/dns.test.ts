import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readScenario } from '../../src/adapters/node/scenarios'
import { Line } from '../support/line'
import { describeWith, run } from '../support/program'
import { type ServedWorld, serveWorld } from '../support/servedWorld'

const { hosts } = readScenario('example-test')
const nameServers = hosts.filter(({ role }) => role === 'nameServer')

let world: ServedWorld
beforeAll(async () => {
  const each = nameServers.flatMap(({ name }) => ['--name-server', `${name}=0`])
  world = await serveWorld('--scenario', 'example-test', '--dns', '0', ...each)
})
afterAll(async () => {
  await world.end()
})

describeWith(
  'dig',
  ['dig', '-v'],
  'bind9-dnsutils',
)('dig', () => {
  const ask = async (server: string, ...question: readonly string[]): Promise<string> => {
    const port = String(world.port(server))
    const { code, stdout } = await run('dig', ['@127.0.0.1', '-p', port, '+tries=1', '+time=5', ...question])
    expect(code).toBe(0)
    return stdout
  }
  const statusOf = (answer: string): string | undefined => /status: (\w+)/.exec(answer)?.[1]
  const countOf = (answer: string, section: string): number =>
    Number(new RegExp(`${section}: (\\d+)`).exec(answer)?.[1])
  /** The records of a section, columns apart by one space. */
  const section = (answer: string, name: string): readonly string[] => {
    const text = answer.split(`;; ${name} SECTION:\n`)[1]?.split('\n\n')[0] ?? ''
    return text === '' ? [] : text.split('\n').map((line) => line.replace(/\s+/g, ' '))
  }

  const known: [string, string[], string][] = [
    ['A', ['mail.example.test', 'A'], '192.0.2.25\n'],
    ['MX', ['example.test', 'MX'], '10 mail.example.test.\n'],
    ['TXT', ['example.test', 'TXT'], '"v=spf1 mx -all"\n'],
    ['NS', ['example.test', 'NS'], 'ns.example.test.\n'],
    ['PTR', ['-x', '192.0.2.25'], 'mail.example.test.\n'],
    ['A by way of CNAME', ['www.example.test', 'A'], 'mail.example.test.\n192.0.2.25\n'],
    ['MX of the domain outside', ['elsewhere.test', 'MX'], '10 mx.elsewhere.test.\n'],
  ]
  describe.each([
    ['by datagram', []],
    ['over TCP', ['+tcp']],
    ['without EDNS', ['+noedns']],
  ] as [string, string[]][])('asks the resolver %s', (_, options) => {
    it.each(known)('%s', async (_type, question, answer) => {
      expect(await ask('dns', ...question, '+short', ...options)).toBe(answer)
    })

    it('a name that does not exist: NXDOMAIN, with the zone’s SOA (RFC 2308 section 2.1)', async () => {
      const answer = await ask('dns', 'nobody.example.test', 'A', ...options)
      expect(statusOf(answer)).toBe('NXDOMAIN')
      expect(section(answer, 'AUTHORITY')).toEqual([
        expect.stringMatching(/^example\.test\. \d+ IN SOA ns\.example\.test\. /),
      ])
    })

    it('a type that the name does not have: no error and no answer (RFC 2308 section 2.2)', async () => {
      const answer = await ask('dns', 'mail.example.test', 'AAAA', ...options)
      expect(statusOf(answer)).toBe('NOERROR')
      expect(countOf(answer, 'ANSWER')).toBe(0)
      expect(section(answer, 'AUTHORITY')).toEqual([expect.stringMatching(/ IN SOA /)])
    })
  })

  it('gets EDNS in the response only if it has sent EDNS (RFC 6891 section 6.1.1)', async () => {
    expect(await ask('dns', 'example.test', 'MX')).toContain('; EDNS: version: 0')
    expect(await ask('dns', 'example.test', 'MX', '+noedns')).not.toContain('EDNS')
  })

  it('follows referrals from the root to the zone, server by server', async () => {
    const way: string[] = []
    let server: string | undefined = 'root'
    for (let hop = 0; server !== undefined && hop < 5; hop++) {
      way.push(server)
      const answer = await ask(server, 'mail.example.test', 'A', '+norecurse')
      expect(statusOf(answer)).toBe('NOERROR')
      const found = section(answer, 'ANSWER')
      if (found.length > 0) {
        expect(answer).toMatch(/;; flags: qr aa;/)
        expect(found).toEqual(['mail.example.test. 3600 IN A 192.0.2.25'])
        break
      }
      expect(answer).toMatch(/;; flags: qr;/)
      expect(section(answer, 'AUTHORITY')).toEqual([expect.stringMatching(/ IN NS /)])
      const glue = section(answer, 'ADDITIONAL').find((record) => / IN A /.test(record))
      server = nameServers.find(({ address }) => glue?.endsWith(` ${address}`))?.name
    }
    expect(way).toEqual(['root', 'ns.test', 'ns.example.test'])
  })

  it.each([
    ['root', '.'],
    ['ns.test', 'test'],
    ['ns.example.test', 'example.test'],
    ['ns.example.test', '2.0.192.in-addr.arpa'],
    ['ns.elsewhere.test', 'elsewhere.test'],
  ])('%s answers for %s with authority', async (server, apex) => {
    for (const options of [[], ['+tcp']]) {
      const answer = await ask(server, apex, 'SOA', '+norecurse', ...options)
      expect(answer).toMatch(/;; flags: qr aa;/)
      expect(section(answer, 'ANSWER')).toEqual([expect.stringMatching(/ IN SOA /)])
    }
  })

  it('a name server refuses queries for zones of others', async () => {
    expect(statusOf(await ask('ns.elsewhere.test', 'example.test', 'MX', '+norecurse'))).toBe('REFUSED')
  })
})

describe('a malformed query', () => {
  it('is answered with FORMERR if it has an id, or not at all; the server continues', async () => {
    const socket = createSocket('udp4')
    const port = world.port('dns')
    const send = (bytes: readonly number[]): void => socket.send(Buffer.from(bytes), port, '127.0.0.1')
    send([])
    send([1])
    send(Array.from({ length: 600 }, () => 0xff))
    // A header that announces a question, which points at itself.
    send([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xc0, 0x0c, 0, 1, 0, 1])
    const [response] = (await once(socket, 'message')) as [Buffer]
    expect(response.readUInt16BE(0)).toBe(0x1234)
    expect(response.readUInt8(3) & 0x0f).toBe(1)
    // A correct question: example.test MX.
    const name = [7, ...Buffer.from('example'), 4, ...Buffer.from('test'), 0]
    send([0x43, 0x21, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...name, 0, 15, 0, 1])
    const [answer] = (await once(socket, 'message')) as [Buffer]
    expect(answer.readUInt16BE(0)).toBe(0x4321)
    expect(answer.readUInt16BE(6)).toBe(1)
    socket.close()
  })

  it('a stream that ends in the middle of a message does not disturb other clients', async () => {
    const half = await Line.to(world.port('dns'))
    half.say('\x00\x20half')
    half.hangUp()
    const line = await Line.to(world.port('dns'))
    line.say('\x00\x1e\x43\x21\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x07example\x04test\x00\x00\x0f\x00\x01')
    expect(await line.until(/^[\s\S]{14}/)).toMatch(/^[\s\S]{2}\x43\x21/)
    line.hangUp()
  })
})
