import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import { decode, dnsResolver, encode, isDns, responseTo } from '../../protocols/dns'
import type { Answer, Session } from '../../session/session'
import { step } from '../../session/step'
import { advance } from '../../world/advance'
import type { Fact, FactOf } from '../../world/fact'
import type { Effect } from '../../world/role'
import type { Host, World } from '../../world/world'
import { type AskerState, ask, catalogue, resolverState, run, stateAt, worldFor } from '../testing/dnsWorld'
import { cacheRows, resolver } from './resolver'
import type { ResolverState } from './resolverState'

/** A query with its question; a response with the zone to which it refers, or the number of its answers. */
function said(fact: Fact): readonly string[] {
  if (fact.type !== 'queried' && fact.type !== 'responded') return []
  const { parsed } = fact.means
  if (!parsed || !isDns(parsed) || parsed.type === 'unreadable') return [`${fact.host} says what nobody can read`]
  return parsed.type === 'query'
    ? [`${fact.host} asks ${parsed.question?.name} ${parsed.question?.type}`]
    : [`${fact.host}: ${parsed.rcode}, ${parsed.referral ?? parsed.answers.length}`]
}

describe('a lookup through stub, resolver and name servers', () => {
  it('walks from the root over the top level to the zone', () => {
    const { ended, upstream } = run([ask('mx.paper.example', 'A')])
    expect(upstream).toEqual([
      '198.51.100.1 A mx.paper.example.',
      '198.51.100.2 A mx.paper.example.',
      '198.51.100.3 A mx.paper.example.',
    ])
    expect(ended).toEqual([
      {
        name: 'mx.paper.example.',
        rrType: 'A',
        purpose: { for: 'mx.paper.example' },
        outcome: {
          status: 'answered',
          records: [{ name: 'mx.paper.example.', ttl: 3600, type: 'A', address: '192.0.2.25' }],
          fromCache: false,
        },
      },
    ])
  })

  it('reports every query and response, with the states on the way', () => {
    const { facts } = run([ask('paper.example', 'MX')])
    expect(facts.flatMap(said)).toEqual([
      'asker asks paper.example. MX',
      'resolver asks paper.example. MX',
      'root: NOERROR, example.',
      'resolver asks paper.example. MX',
      'ns.example: NOERROR, paper.example.',
      'resolver asks paper.example. MX',
      'ns.paper: NOERROR, 1',
      'resolver: NOERROR, 1',
    ])
    const states = facts.flatMap((fact) =>
      fact.type === 'stateEntered' && fact.host === 'resolver' ? [fact.state] : [],
    )
    expect(states).toEqual([
      'lookingInCache',
      'asking',
      'followingReferral',
      'asking',
      'followingReferral',
      'asking',
      'answered',
    ])
  })

  it('answers from the cache without a query, with the remaining time', () => {
    const { ended, upstream, facts } = run([ask('mx.paper.example', 'A'), ask('MX.Paper.Example.', 'A', 10_000)])
    expect(upstream).toHaveLength(3)
    expect(ended[1]?.outcome.records).toMatchObject([{ ttl: 3590, address: '192.0.2.25' }])
    const notes = facts.flatMap((fact) =>
      fact.type === 'lookupEnded' && fact.host === 'resolver' ? [fact.fromCache] : [],
    )
    expect(notes).toEqual([false, true])
  })

  it('asks again after the time to live, and only the servers that it must', () => {
    const { upstream } = run(
      [ask('paper.example', 'MX'), ask('paper.example', 'MX', 29_000), ask('paper.example', 'MX', 31_000)],
      60_000,
    )
    expect(upstream.slice(3)).toEqual(['198.51.100.3 MX paper.example.'])
  })

  it('caches a negative answer for as long as the SOA says', () => {
    const wishes = [
      ask('nobody.paper.example', 'MX'),
      ask('nobody.paper.example', 'A', 50_000),
      ask('nobody.paper.example', 'MX', 70_000),
    ]
    const { ended, upstream } = run(wishes, 100_000)
    expect(ended.map(({ outcome }) => [outcome.status, outcome.soaMinimum])).toEqual([
      ['nxdomain', 60],
      ['nxdomain', 10],
      ['nxdomain', 60],
    ])
    expect(upstream).toHaveLength(4)
  })

  it('tells no such data from no such name, so that a domain without MX can be found by its address', () => {
    const { ended } = run([ask('nomx.paper.example', 'MX'), ask('nomx.paper.example', 'A', 5000)])
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['nodata', 'answered'])
  })

  it('asks the next server if one is silent', () => {
    const { ended, upstream } = run([ask('bird.example', 'MX')])
    expect(upstream.slice(2)).toEqual(['198.51.100.99 MX bird.example.', '198.51.100.4 MX bird.example.'])
    expect(ended[0]?.outcome.status).toBe('answered')
  })

  it('finds the address of a name server without glue', () => {
    const { ended, upstream, facts } = run([ask('stone', 'MX')])
    expect(upstream).toEqual([
      '198.51.100.1 MX stone.',
      '198.51.100.1 A ns.paper.example.',
      '198.51.100.2 A ns.paper.example.',
      '198.51.100.3 A ns.paper.example.',
      '198.51.100.3 MX stone.',
    ])
    expect(facts.some((fact) => fact.type === 'stateEntered' && fact.state === 'findingAddress')).toBe(true)
    expect(ended[0]?.outcome.records).toMatchObject([{ preference: 5, exchange: 'mx.paper.example.' }])
  })

  it('follows aliases within a zone and across zones', () => {
    const { ended, facts } = run([ask('www.paper.example', 'A'), ask('far.paper.example', 'A', 100)])
    expect(ended.map(({ outcome }) => outcome.records)).toMatchObject([
      [{ address: '192.0.2.80' }],
      [{ address: '203.0.113.25' }],
    ])
    expect(facts.some((fact) => fact.type === 'stateEntered' && fact.state === 'followingCname')).toBe(true)
  })

  it('gives up on loops of aliases and of delegations, and on servers that serve nothing', () => {
    const { ended, upstream } = run([
      ask('loop.paper.example', 'A'),
      ask('www.left.example', 'A'),
      ask('lame.example', 'MX'),
    ])
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['servfail', 'servfail', 'servfail'])
    expect(upstream.length).toBeLessThan(40)
  })

  it('fails when no server answers, and the stub gives up by itself when the resolver is gone', () => {
    const { ended } = run([ask('mail.test', 'MX')], 30_000)
    expect(ended[0]?.outcome.status).toBe('servfail')
    const { facts } = run([ask('paper.example', 'MX')], 30_000, { down: ['resolver'] })
    expect(facts.filter(({ type }) => type === 'queried')).toHaveLength(3)
    expect(facts.find(({ type }) => type === 'lookupEnded')).toMatchObject({ outcome: 'timeout', at: 6000 })
  })

  it('does not ask for an invalid name', () => {
    const { ended, facts } = run([
      ask(`${'x'.repeat(64)}.example`, 'MX'),
      ask('two..dots', 'MX'),
      ask('ünicode.example', 'MX'),
    ])
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['nxdomain', 'nxdomain', 'nxdomain'])
    expect(facts.some(({ type }) => type === 'queried')).toBe(false)
  })

  it('succeeds in spite of loss', () => {
    const wishes = Array.from({ length: 20 }, (_, n) => ask(n % 2 ? 'bird.example' : 'paper.example', 'MX', n * 40_000))
    const { ended } = run(wishes, 1_000_000, { loss: 0.05 })
    expect(ended).toHaveLength(20)
    expect(ended.filter(({ outcome }) => outcome.status === 'answered').length).toBeGreaterThan(18)
  })

  it('ignores repetitions by a client while it looks for the answer, and answers once', () => {
    // The first server of bird.example is silent for as long as the stub waits before it asks again.
    const { facts } = run([ask('bird.example', 'MX')])
    const of = (type: string, host: string): number =>
      facts.filter((fact) => fact.type === type && 'host' in fact && fact.host === host).length
    expect([of('queried', 'asker'), of('responded', 'resolver')]).toEqual([2, 1])
  })

  it('leaves no session and no port over', () => {
    const { world } = run(
      [ask('bird.example', 'MX'), ask('nobody.paper.example', 'A'), ask('loop.paper.example', 'A')],
      60_000,
    )
    expect(Object.values(world.hosts).flatMap((host) => Object.keys(host.sessions))).toEqual([])
    expect(resolverState(world).ports).toEqual({})
    expect(stateAt<AskerState>(world, 'asker').lookups.pending).toEqual({})
  })

  it('shows its cache as rows', () => {
    const { world } = run([ask('paper.example', 'MX'), ask('stome.paper.example', 'MX', 100)], 10_000)
    expect(
      cacheRows(resolverState(world), world.now).map(({ name, type, value }) => `${name} ${type} ${value}`),
    ).toEqual([
      'example. NS ns.example.',
      'ns.example. A 198.51.100.2',
      'paper.example. NS ns.paper.example.',
      'ns.paper.example. A 198.51.100.3',
      'paper.example. MX 10 mx.paper.example.',
      'stome.paper.example. any NXDOMAIN',
    ])
  })

  it('goes on the same after its world has been through JSON at any instant', () => {
    const wishes = [ask('far.paper.example', 'A'), ask('bird.example', 'MX', 30)]
    const { facts, ended } = run(wishes)
    for (let at = 10; at < 300; at += 17) {
      const first = advance(worldFor(wishes), instant(at), catalogue)
      const second = advance(JSON.parse(JSON.stringify(first.world)) as World, instant(30_000), catalogue)
      expect([...first.facts, ...second.facts]).toEqual(facts)
      expect(stateAt<AskerState>(second.world, 'asker').ended).toEqual(ended)
    }
  })
})

const stepped = (session: Session, answer: Answer): unknown =>
  step(dnsResolver, session, { type: 'answered', answer })[0].machine.value

const ENV = { now: instant(0), epoch: 0, chance: 0.5 }

describe('a datagram from a stranger', () => {
  it('is not accepted as a response: wrong id, wrong question, wrong source', () => {
    const world = worldFor([ask('paper.example', 'MX')])
    const asked = advance(world, instant(60), catalogue)
    const query = asked.facts.find(
      (fact): fact is FactOf<'queried'> & Fact => fact.type === 'queried' && fact.host === 'resolver',
    )
    const sent = query && decode(query.octets)
    if (!sent || sent === 'malformed') throw new Error('the resolver has asked')
    const port = Number(Object.keys(resolverState(asked.world).ports)[0])
    const lie = { ...responseTo(sent, 'NXDOMAIN'), authoritative: true }
    const lies = [
      { octets: encode({ ...lie, id: (sent.id + 1) % 65_536 }), address: '198.51.100.1' },
      {
        octets: encode({ ...lie, question: [{ name: 'other.example.', type: 'MX', class: 'IN' }] }),
        address: '198.51.100.1',
      },
      { octets: encode(lie), address: '198.51.100.66' },
      { octets: encode(sent), address: '198.51.100.1' },
      { octets: octets('nonsense'), address: '198.51.100.1' },
    ]
    const host = asked.world.hosts['resolver'] as Host & { state: ResolverState }
    for (const { octets: payload, address } of lies) {
      const [, effects] = resolver.react(
        host,
        { type: 'datagram', source: { address, port: 53 }, port, octets: payload },
        ENV,
      )
      expect(effects).toHaveLength(1)
      const arrival = effects[0] as Extract<Effect, { type: 'answer' }>
      const session = host.sessions[arrival.session]?.session
      if (!session) throw new Error('the session is alive')
      expect(stepped(session, arrival.answer)).toBe('asking')
    }
    const [, effects] = resolver.react(
      host,
      { type: 'datagram', source: { address: '198.51.100.1', port: 53 }, port, octets: encode(lie) },
      ENV,
    )
    const arrival = effects[0] as Extract<Effect, { type: 'answer' }>
    expect(stepped(host.sessions[arrival.session]?.session as Session, arrival.answer)).toBe('noSuchName')
  })
})
