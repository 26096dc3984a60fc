import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { drawBelow, type RandomState } from '../../base/random'
import { instant } from '../../base/time'
import { decode, dnsServer, encode, framed, OUR_EDNS, queryFor, unframed } from '../../protocols/dns'
import type { Input } from '../../session/session'
import { startSession, step } from '../../session/step'
import type { Effect, HostRole } from '../../world/role'
import type { Host } from '../../world/world'
import { nameServer } from './nameServer'
import { resolver } from './resolver'

const ENV = { now: instant(0), epoch: 0, chance: 0.5 }

const RECORDS = [
  'bird.example. 3600 SOA ns.bird.example. hostmaster.bird.example. 1 7200 900 1209600 300',
  'bird.example. 3600 NS ns.bird.example.',
  'bird.example. 3600 MX 10 mx.bird.example.',
  'mx.bird.example. 3600 A 203.0.113.25',
  'ns.bird.example. 3600 A 198.51.100.4',
]

function hostOf<S extends object>(role: HostRole<S, never>, config: object, address: string): Host & { state: S } {
  const self = { name: 'host', address }
  return {
    ...self,
    role: 'r',
    up: true,
    listeners: [],
    sessions: {},
    nextPort: 49_152,
    state: role.start(config as never, self),
  }
}

const resolverHost = hostOf(
  resolver as HostRole<object, never>,
  { hints: [{ name: 'a.', address: '198.51.100.1' }] },
  '192.0.2.53',
)
const serverHost = hostOf(
  nameServer as HostRole<object, never>,
  { zones: [{ apex: 'bird.example.', text: RECORDS }] },
  '198.51.100.4',
)

/** A source of whole numbers below a limit. */
function drawing(seed: number): (limit: number) => number {
  let random = seed as RandomState
  return (limit) => {
    const [value, next] = drawBelow(random, limit)
    random = next
    return value
  }
}

describe('a message at port 53', () => {
  it.each([
    ['the resolver', resolverHost, resolver],
    ['a name server', serverHost, nameServer],
  ] as const)(
    'never makes %s throw',
    (_, host, role) => {
      const seeds = [
        queryFor(4711, 'bird.example.', 'MX', true),
        queryFor(1, 'a.b.c.bird.example.', 'TXT', false),
        queryFor(2, 'bird.example.', 'ANY', true, OUR_EDNS),
      ]
      const good = seeds.map(encode)
      const below = drawing(1)
      let answered = 0
      for (let round = 0; round < 100_000; round++) {
        let text: string = good[below(good.length)] as string
        if (round % 4 === 0) text = Array.from({ length: below(60) }, () => String.fromCharCode(below(256))).join('')
        for (let edits = below(4); edits > 0; edits--) {
          const at = below(text.length + 1)
          text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + below(3))
        }
        const [state, effects] = role.react(
          host as never,
          { type: 'datagram', source: { address: '192.0.2.1', port: 1000 }, port: 53, octets: octets(text) },
          ENV,
        )
        if (state !== host.state) throw new Error('a query alone changes nothing')
        answered += effects.length > 0 ? 1 : 0
        for (const effect of effects) {
          if (effect.type === 'sendDatagram' && decode(effect.octets) === 'malformed')
            throw new Error(`malformed answer to ${JSON.stringify(text)}`)
        }
      }
      expect(answered).toBeGreaterThan(30_000)
    },
    60_000,
  )

  it.each([
    ['the resolver', resolverHost, resolver],
    ['a name server', serverHost, nameServer],
  ] as const)(
    'over TCP never makes %s throw, however it is split',
    (_, host, role) => {
      const below = drawing(2)
      const good = [queryFor(4711, 'bird.example.', 'MX', true), queryFor(1, 'a.b.c.bird.example.', 'TXT', false)].map(
        (query) => framed(encode(query)),
      )
      const chunk = (): string => {
        const noise = below(5) === 0
        let text: string = noise ? String.fromCharCode(0, below(60)) : (good[below(good.length)] as string)
        for (let edits = below(3); edits > 0; edits--) {
          const at = below(text.length + 1)
          text = text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + below(3))
        }
        return text
      }
      let pieces = 0
      let answers = 0
      while (pieces < 100_000) {
        let [session] = startSession(dnsServer, {})
        const id = 's1'
        const give = (input: Input): void => {
          const [next, outputs] = step(dnsServer, session, input)
          session = next
          for (const output of outputs) {
            if (output.type === 'send') {
              const sent = unframed(output.octets)
              if (!sent || sent.length !== output.octets.length || decode(sent.message) === 'malformed')
                throw new Error('malformed answer')
              answers++
            }
            if (output.type !== 'ask') continue
            const hosted = { session, timers: [], sentOctets: 0, readOctets: 0 }
            const [, effects] = role.react(
              { ...host, sessions: { [id]: hosted } } as never,
              { type: 'asked', session: id, question: output.question },
              ENV,
            )
            for (const effect of effects)
              if (effect.type === 'answer') give({ type: 'answered', answer: effect.answer })
          }
        }
        // A stream of many pieces, in which a wrong length shifts everything after it.
        for (let left = 10; left > 0; left--) {
          give({ type: 'received', octets: octets(chunk()) })
          pieces++
        }
        if (session.inbox.length > 65_537) throw new Error('the inbox is bounded')
      }
      expect(answers).toBeGreaterThan(5000)
    },
    60_000,
  )

  it('gets FORMERR with its own id if it cannot be parsed', () => {
    const host = resolverHost
    const broken = octets(`${encode(queryFor(4711, 'bird.example.', 'MX', true))}extra`)
    const [, effects] = resolver.react(
      host as never,
      { type: 'datagram', source: { address: '192.0.2.1', port: 1000 }, port: 53, octets: broken },
      ENV,
    )
    const [effect] = effects
    expect(effect).toMatchObject({
      type: 'sendDatagram',
      to: '192.0.2.1',
      port: 1000,
      fromPort: 53,
      means: { name: 'FORMERR' },
    })
    expect(decode((effect as Extract<Effect, { type: 'sendDatagram' }>).octets)).toMatchObject({
      id: 4711,
      response: true,
      rcode: 'FORMERR',
    })
  })
})

describe('the words of a scenario about a host', () => {
  it.each([
    [nameServer, {}, 'A name server needs "zones"'],
    [nameServer, { zones: [{ apex: 'bird.example', text: '' }] }, 'apex bird.example'],
    [
      nameServer,
      { zones: [{ apex: 'bird.example.', text: ['@ 60 MX ten mx'] }] },
      'line 1, column 9, "@ 60 MX ten mx": notNumber preference',
    ],
    [nameServer, { zones: [{ apex: 'bird.example.', text: [7] }] }, 'A zone needs "apex"'],
    [resolver, {}, 'A resolver needs "hints"'],
    [resolver, { hints: [{ name: 'a.', address: 'here' }] }, 'needs an IPv4 address, not "here"'],
  ] as const)('are refused with a sentence', (role, config, sentence) => {
    expect(() => (role as HostRole<object, never>).start(config as never, { name: 'h', address: '192.0.2.1' })).toThrow(
      sentence,
    )
  })
})
