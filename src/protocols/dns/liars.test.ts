import fc from 'fast-check'
import { expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { drawBelow, seeded } from '../../base/random'
import type { Input, Output, Protocol } from '../../session/session'
import { startSession, step } from '../../session/step'
import { type DnsMessage, OUR_EDNS, responseTo } from './message'
import type { ResourceRecord } from './record'
import { dnsResolver, type ResolverQuestion } from './resolver'
import { dnsStub, type StubQuestion } from './stub'
import { decode, encode } from './wire'

/** Servers with random responses, but with the right id and question: stub and resolver end, and never throw. */

const name = fc.constantFrom(
  '.',
  'example.',
  'bird.example.',
  'mx.bird.example.',
  'ns.bird.example.',
  'a.test.',
  'b.a.test.',
)
const ttl = fc.constantFrom(0, 60, 2_147_483_647)
const record: fc.Arbitrary<ResourceRecord> = fc.oneof(
  fc.record({ name, ttl, type: fc.constant('A' as const), address: fc.constantFrom('198.51.100.1', '198.51.100.2') }),
  fc.record({ name, ttl, type: fc.constant('MX' as const), preference: fc.nat(20), exchange: name }),
  fc.record({ name, ttl, type: fc.constant('NS' as const), nameServer: name }),
  fc.record({ name, ttl, type: fc.constant('CNAME' as const), target: name }),
  fc.record({
    name,
    ttl,
    type: fc.constant('SOA' as const),
    mname: name,
    rname: name,
    serial: fc.nat(),
    refresh: fc.nat(),
    retry: fc.nat(),
    expire: fc.nat(),
    minimum: fc.constantFrom(0, 300),
  }),
)
const section = fc.array(record, { maxLength: 4 })
const saying = fc.record({
  rcode: fc.constantFrom('NOERROR', 'NOERROR', 'NOERROR', 'NXDOMAIN', 'SERVFAIL', 'FORMERR', 'REFUSED', 'BADVERS'),
  authoritative: fc.boolean(),
  truncated: fc.constantFrom(false, false, false, true),
  answers: section,
  authorities: section,
  additionals: section,
})
/** The reaction to a query: a response, garbage before it, or nothing. */
const reaction = fc.record({ says: fc.option(saying, { freq: 8 }), garbage: fc.boolean() })
const POOL = fc.sample(reaction, { numRuns: 2000, seed: 7766 })

/** Endless reactions, another series for each seed. */
function* reactionsOf(seed: number): Generator<(typeof POOL)[number]> {
  for (let state = seeded(seed); ; ) {
    const [at, next] = drawBelow(state, POOL.length)
    state = next
    yield POOL[at] as (typeof POOL)[number]
  }
}

interface Run {
  readonly queries: number
  readonly state: unknown
  readonly done: boolean
}

function play(protocol: Protocol, input: object, seed: number): Run {
  const reactions = reactionsOf(seed)
  let [session, outputs]: readonly [ReturnType<typeof startSession>[0], readonly Output[]] = startSession(
    protocol,
    input,
  )
  let queries = 0
  const give = (given: Input): void => {
    const [next, out] = step(protocol, session, given)
    session = next
    outputs = [...outputs, ...out]
  }
  while (outputs.length > 0 && session.machine.status === 'active') {
    const now = outputs
    outputs = []
    const timer = now.findLast((output) => output.type === 'setTimer')
    for (const output of now) {
      if (output.type !== 'ask') continue
      const question = output.question as StubQuestion | ResolverQuestion
      if (question.type === 'learnt') give({ type: 'answered', answer: { type: 'noted' } })
      if (question.type === 'lookInCache') {
        const servers = ['198.51.100.1', '198.51.100.2'].map((address) => ({ name: 'a.', address, tries: 0 }))
        give({ type: 'answered', answer: { type: 'cacheMiss', zone: '.', servers } as never })
      }
      if (question.type !== 'sendQuery') continue
      queries++
      const { says, garbage } = reactions.next().value as (typeof POOL)[number]
      const { server, transport } = question
      const source = { address: server, port: 53, transport }
      const receive = (text: string): void =>
        give({ type: 'answered', answer: { type: 'responseReceived', octets: octets(text), source } as never })
      if (garbage && transport === 'udp') receive('\0garbage')
      const query = decode(question.octets)
      if (says && query !== 'malformed') {
        const response: DnsMessage = { ...responseTo({ ...query, edns: OUR_EDNS }, 'NOERROR'), ...says }
        receive(encode(response))
      } else if (transport === 'tcp') give({ type: 'answered', answer: { type: 'exchangeFailed' } })
      else if (timer?.type === 'setTimer') give({ type: 'expired', timer: timer.timer })
    }
  }
  return { queries, state: session.machine.value, done: session.machine.status === 'done' }
}

it('the stub ends after nine queries at most', () => {
  const ends = new Set<string>()
  for (let seed = 0; seed < 1000; seed++) {
    const input = { name: 'bird.example.', rrType: 'MX', servers: ['192.0.2.53'], queryId: 7 }
    const { queries, state, done } = play(dnsStub, input, seed)
    expect([done, queries <= 9], `seed ${seed}`).toEqual([true, true])
    ends.add(String(state))
  }
  expect([...ends].toSorted()).toEqual(['answered', 'failed', 'nodata', 'nxdomain', 'timedOut'])
})

it('the resolver ends after forty queries and one over TCP at most', () => {
  const ends = new Set<string>()
  for (let seed = 0; seed < 1500; seed++) {
    const rrType = ['MX', 'A', 'CNAME'][seed % 3]
    const { queries, state, done } = play(dnsResolver, { name: 'bird.example.', rrType, random: seeded(1) }, seed)
    expect([done, queries <= 41], `seed ${seed}`).toEqual([true, true])
    ends.add(String(state))
  }
  expect([...ends].toSorted()).toEqual(['answered', 'failed', 'noSuchData', 'noSuchName'])
})
