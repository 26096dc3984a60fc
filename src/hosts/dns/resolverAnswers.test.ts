import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import { instant } from '../../base/time'
import { type DnsMessage, decode, encode, OUR_EDNS, queryFor, recordText } from '../../protocols/dns'
import { advance } from '../../world/advance'
import type { Effect } from '../../world/role'
import type { Host, World } from '../../world/world'
import { ask, catalogue, readable, resolverState, run, worldFor } from '../testing/dnsWorld'
import { cacheRows, resolver } from './resolver'
import type { ResolverState } from './resolverState'

/** The immediate answers of a resolver: refusals, and data from its cache. */

const ENV = { now: instant(0), epoch: 0, chance: 0.5 }

function say(world: World, query: DnsMessage, at = world.now): DnsMessage {
  const host = world.hosts['resolver'] as Host & { state: ResolverState }
  const source = { address: '203.0.113.99', port: 40_000 }
  const happening = { type: 'datagram', source, port: 53, octets: encode(query) } as const
  const [, effects] = resolver.react(host, happening, { ...ENV, now: at })
  const sent = effects.find(
    (effect): effect is Extract<Effect, { type: 'sendDatagram' }> => effect.type === 'sendDatagram',
  )
  expect(sent).toMatchObject({ to: '203.0.113.99', port: 40_000, fromPort: 53 })
  return readable(decode(sent?.octets ?? octets('')))
}

/** `NOERROR AA RD RA | answers | authorities | additionals` */
function text(message: DnsMessage): string {
  const flags = [
    message.rcode,
    ...(message.authoritative ? ['AA'] : []),
    ...(message.recursionDesired ? ['RD'] : []),
    ...(message.recursionAvailable ? ['RA'] : []),
  ]
  const sections = [message.answers, message.authorities, message.additionals]
  return [flags.join(' '), ...sections.map((section) => section.map(recordText).join('; '))]
    .join(' | ')
    .replace(/[ |]+$/, '')
}

describe('a resolver refuses', () => {
  const world = worldFor([])
  const query = queryFor(9, 'PaPer.example.', 'MX', true)
  it.each([
    ['another opcode', { ...query, opcode: 2 }, 'NOTIMP RD RA'],
    ['no question', { ...query, question: [] }, 'FORMERR RD RA'],
    ['two questions', { ...query, question: [...query.question, ...query.question] }, 'FORMERR RD RA'],
    ['another class', { ...query, question: [{ name: 'a.', type: 'TXT', class: 'CH' }] }, 'REFUSED RD RA'],
    ['all records of a name', queryFor(9, 'paper.example.', 'ANY', true), 'NOTIMP RD RA'],
    ['a transfer', queryFor(9, 'paper.example.', 'AXFR', true), 'NOTIMP RD RA'],
    ['another version of EDNS', { ...query, edns: { ...OUR_EDNS, version: 1 } }, 'BADVERS RD RA'],
  ])('%s', (_, asked, expected) => {
    const response = say(world, asked)
    expect(text(response)).toBe(expected)
    expect(response).toMatchObject({ id: 9, response: true, question: asked.question })
    expect(response.edns).toEqual('edns' in asked ? OUR_EDNS : undefined)
  })
})

describe('a resolver that may not ask others (RD clear)', () => {
  const { world } = run(
    [ask('www.paper.example', 'A'), ask('nobody.paper.example', 'A', 100), ask('lame.example', 'MX', 200)],
    4000,
  )
  it.each([
    [
      'sends on to the root what it knows nothing of',
      worldFor([]),
      queryFor(1, 'bird.example.', 'MX', false),
      'NOERROR RA |  | . 0 NS a.root.example. | a.root.example. 0 A 198.51.100.1',
    ],
    [
      'sends on to the nearest servers that it knows',
      world,
      queryFor(1, 'mx.paper.example.', 'A', false),
      'NOERROR RA |  | paper.example. 172796 NS ns.paper.example. | ns.paper.example. 172796 A 198.51.100.3',
    ],
    [
      'answers from its cache, aliases and all, with the time that is left',
      world,
      queryFor(1, 'www.paper.example.', 'A', false),
      'NOERROR RA | www.paper.example. 3596 CNAME web.paper.example.; web.paper.example. 3596 A 192.0.2.80',
    ],
    [
      'knows what there is not',
      world,
      queryFor(1, 'nobody.paper.example.', 'MX', false),
      'NXDOMAIN RA |  | paper.example. 56 SOA ns.paper.example. hostmaster.ns.paper.example. 1 7200 900 1209600 60',
    ],
    [
      'and below it (RFC 8020)',
      world,
      queryFor(1, 'a.b.nobody.paper.example.', 'MX', false),
      'NXDOMAIN RA |  | paper.example. 56 SOA ns.paper.example. hostmaster.ns.paper.example. 1 7200 900 1209600 60',
    ],
    ['knows what it could not find out', world, queryFor(1, 'lame.example.', 'MX', false), 'SERVFAIL RA'],
  ])('%s', (_, at, query, expected) => {
    expect(text(say(at, query))).toBe(expected)
  })
})

describe('a resolver finds', () => {
  it('the name of an address (RFC 1035 section 3.5)', () => {
    const { ended } = run([ask('25.2.0.192.in-addr.arpa', 'PTR')])
    expect(ended[0]?.outcome.records).toMatchObject([{ type: 'PTR', target: 'mx.paper.example.' }])
  })

  it.each([
    ['NS', { nameServer: 'ns.paper.example.' }],
    ['SOA', { serial: 1, minimum: 60 }],
    ['MX', { exchange: 'mx.paper.example.' }],
  ])('the %s records of a zone', (type, expected) => {
    const { ended } = run([ask('paper.example', type)])
    expect(ended[0]?.outcome.records).toMatchObject([expected])
  })

  it('nothing below a name that does not exist, without a query (RFC 8020)', () => {
    const { ended, upstream } = run([ask('nobody.paper.example', 'MX'), ask('mx.nobody.paper.example', 'A', 1000)])
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['nxdomain', 'nxdomain'])
    expect(upstream).toHaveLength(3)
  })

  it('its way again after it was asked for the servers of a zone, the root among them', () => {
    const wishes = [ask('.', 'NS'), ask('paper.example', 'NS', 500), ask('mx.paper.example', 'A', 1000)]
    const { ended } = run(wishes)
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['answered', 'answered', 'answered'])
  })

  it('its way again if the address of a server expires before its name', () => {
    const root = ['$TTL 3600', '@ SOA a.root. h. 1 1 1 1 1', '@ NS a.root.', 'a.root. A 198.51.100.1']
    const glue = ['short. NS ns.short.', 'ns.short. 10 A 198.51.100.11']
    const short = [
      '$TTL 3600',
      '@ SOA ns h 1 1 1 1 1',
      '@ NS ns',
      'ns 10 A 198.51.100.11',
      'a A 192.0.2.1',
      'b A 192.0.2.2',
    ]
    const { ended, upstream } = run([ask('a.short', 'A'), ask('b.short', 'A', 20_000)], 40_000, {
      servers: {
        root: { address: '198.51.100.1', zones: [{ apex: '.', text: [...root, ...glue] }] },
        'ns.short': { address: '198.51.100.11', zones: [{ apex: 'short.', text: short }] },
      },
    })
    expect(ended.map(({ outcome }) => outcome.status)).toEqual(['answered', 'answered'])
    expect(upstream.slice(2)).toEqual(['198.51.100.1 A b.short.', '198.51.100.11 A b.short.'])
  })

  it('an end to a loop of aliases through two zones, after bounded work', () => {
    const { ended, upstream } = run([ask('loop.paper.example', 'A')])
    expect(ended[0]?.outcome.status).toBe('servfail')
    expect(upstream.length).toBeLessThan(10)
  })
})

it('a resolver has an empty cache after a restart', () => {
  const { world } = run([ask('paper.example', 'MX')], 1000)
  const state = resolverState(world)
  expect(cacheRows(state, world.now).length).toBeGreaterThan(3)
  const again = resolver.restart?.(state)
  expect(again && cacheRows(again, world.now)).toEqual([])
  expect(again).toMatchObject({ ports: {}, hints: state.hints })
})

it('a resolver shows failures in its cache', () => {
  const { world } = run([ask('lame.example', 'MX')], 500)
  const rows = cacheRows(resolverState(advance(world, instant(1000), catalogue).world), instant(1000))
  expect(rows.map(({ name, type, value, negative }) => `${name} ${type} ${value} ${negative}`)).toContain(
    'lame.example. MX SERVFAIL true',
  )
})
