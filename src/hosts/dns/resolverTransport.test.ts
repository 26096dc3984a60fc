import { describe, expect, it } from 'vitest'
import { decode, OUR_EDNS } from '../../protocols/dns'
import type { Fact } from '../../world/fact'
import { ask, connect, overTcp, readable, run } from '../testing/dnsWorld'

/** Transport of answers: EDNS, truncation, TCP; and servers that are old, silent or lossy. */

/** One host's datagrams, as messages. */
const datagrams = (facts: readonly Fact[], host: string) =>
  facts.flatMap((fact) =>
    (fact.type === 'queried' || fact.type === 'responded') && fact.host === host ? [readable(decode(fact.octets))] : [],
  )

describe('an answer that is long', () => {
  it('fits in one datagram by EDNS, which every message then has (RFC 6891)', () => {
    const { ended, facts } = run([ask('long.paper.example', 'TXT')])
    expect(ended[0]?.outcome.records).toHaveLength(3)
    for (const host of ['asker', 'resolver', 'root', 'ns.paper']) {
      for (const message of datagrams(facts, host)) expect(message.edns).toEqual(OUR_EDNS)
    }
    expect(Math.max(...datagrams(facts, 'ns.paper').map(({ answers }) => answers.length))).toBe(3)
    expect(facts.some(({ type }) => type === 'connectionOpening')).toBe(false)
  })

  it('is fetched over TCP if it fits in no datagram, by the resolver and by the stub (RFC 7766)', () => {
    const { ended, facts, world } = run([ask('longest.paper.example', 'TXT')])
    expect(ended[0]?.outcome).toMatchObject({ status: 'answered' })
    expect(ended[0]?.outcome.records).toHaveLength(6)
    expect(datagrams(facts, 'ns.paper').at(-1)).toMatchObject({ truncated: true, answers: [] })
    expect(overTcp(facts)).toEqual([
      'resolver: query TXT',
      'ns.paper: response NOERROR',
      'asker: query TXT',
      'resolver: response NOERROR',
    ])
    // Both connections are closed again, and no session is left.
    expect(facts.filter(({ type }) => type === 'connectionClosed')).toHaveLength(2)
    expect(Object.values(world.hosts).flatMap((host) => Object.keys(host.sessions))).toEqual([])
  })

  it('says on the way what it is about', () => {
    const { facts } = run([ask('longest.paper.example', 'TXT')])
    const states = facts.flatMap((fact) => (fact.type === 'stateEntered' && fact.host === 'asker' ? [fact.state] : []))
    expect(states).toEqual(['asking', 'connecting', 'askingOverTcp', 'asking', 'answered', 'answered'])
    expect(datagrams(facts, 'resolver').at(-1)).toMatchObject({ truncated: true })
  })

  it('arrives through loss, on both transports', () => {
    const wishes = Array.from({ length: 15 }, (_, n) => ask('longest.paper.example', 'TXT', n * 10_000))
    const { ended, facts } = run(wishes, 400_000, { loss: 0.1 })
    expect(facts.some((fact) => fact.type === 'packetLost' && fact.why === 'loss')).toBe(true)
    expect(ended).toHaveLength(15)
    expect(ended.filter(({ outcome }) => outcome.records.length === 6).length).toBeGreaterThanOrEqual(13)
  })
})

describe('an old name server', () => {
  it('that cannot read EDNS is asked without', () => {
    const { ended, facts } = run([ask('ns.old', 'A')])
    expect(ended[0]?.outcome).toMatchObject({ status: 'answered', records: [{ address: '198.51.100.5' }] })
    expect(datagrams(facts, 'ns.old').map(({ rcode }) => rcode)).toEqual(['FORMERR', 'NOERROR'])
  })

  it('without TCP cannot send an answer that is too long', () => {
    const { ended, facts } = run([ask('long.old', 'TXT')])
    expect(ended[0]?.outcome.status).toBe('servfail')
    expect(facts.some((fact) => fact.type === 'connectionFailed' && fact.why === 'refused')).toBe(true)
  })
})

describe('servers that are down', () => {
  it('of a zone: the next is asked', () => {
    const { ended, upstream } = run([ask('bird.example', 'MX')])
    expect(upstream.slice(2)).toEqual(['198.51.100.99 MX bird.example.', '198.51.100.4 MX bird.example.'])
    expect(ended[0]?.outcome.status).toBe('answered')
  })

  it("of the host's own: the next resolver is asked after two seconds", () => {
    const resolvers = ['192.0.2.99', '192.0.2.53']
    const { ended, facts } = run([ask('paper.example', 'MX')], 30_000, { resolvers })
    const asked = facts.flatMap((fact) =>
      fact.type === 'queried' && fact.host === 'asker' ? [`${fact.at} ${fact.to}`] : [],
    )
    expect(asked).toEqual(['0 192.0.2.99', '2000 192.0.2.53'])
    expect(ended[0]?.outcome.status).toBe('answered')
  })

  it('all of them: the stub hears SERVFAIL, and the same question costs nothing for five seconds (RFC 2308 section 7.1)', () => {
    const { ended, upstream } = run(
      [ask('paper.example', 'MX'), ask('paper.example', 'MX', 8000), ask('paper.example', 'MX', 12_000)],
      60_000,
      { down: ['ns.paper'] },
    )
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['servfail', 'servfail', 'servfail'])
    const asked = upstream.filter((line) => line.startsWith('198.51.100.3'))
    // Two tries at 0 and 2 s, an answer at 4 s; from the cache at 8 s, which does not prolong it; two tries again at 12 s.
    expect(asked).toHaveLength(4)
  })
})

describe('a client that connects and stays silent', () => {
  it.each(['198.51.100.3', '192.0.2.53'])('is hung up on after ten seconds, by %s', (server) => {
    const { facts } = run([connect(server)], 40_000)
    const opened = facts.find(({ type }) => type === 'connectionOpened')
    const closed = facts.find(({ type }) => type === 'connectionClosed')
    expect(Math.floor(((closed?.at ?? 0) - (opened?.at ?? 0)) / 1000)).toBe(10)
  })
})
