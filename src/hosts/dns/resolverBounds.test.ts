import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ask, resolverState, run, type Servers } from '../testing/dnsWorld'

/**
 * Zones with random aliases and delegations to each other, with or without glue, and servers that may not serve their zones.
 * For each of them, every question ends after bounded work (RFC 1034 section 5.3.3).
 */

const ZONES = ['a', 'b', 'c', 'd']
const LABELS = ['w', 'x', 'y', 'z']
const addressOf = (zone: string): string => `198.51.100.${10 + ZONES.indexOf(zone)}`

const zoneLabel = fc.constantFrom(...ZONES)
const target = fc.tuple(fc.constantFrom(...LABELS), zoneLabel)
type Entry = readonly [
  kind: 'alias' | 'delegation' | 'address' | 'nothing',
  target: readonly [string, string],
  glue: boolean,
]
const entry: fc.Arbitrary<Entry> = fc.tuple(
  fc.constantFrom('alias', 'alias', 'alias', 'alias', 'delegation', 'address', 'nothing'),
  target,
  fc.boolean(),
)
const zone = fc.record({
  entries: fc.array(entry, { minLength: LABELS.length, maxLength: LABELS.length }),
  /** The server that the root names for the zone: its own with its address, or a name in any zone without. */
  server: fc.tuple(zoneLabel, fc.constantFrom(true, true, true, false)),
})

function textOf(own: string, entries: readonly Entry[]): readonly string[] {
  const lines = ['$TTL 60', '@ SOA ns h 1 1 1 1 1', '@ NS ns', `ns A ${addressOf(own)}`]
  entries.forEach(([kind, [label, other], glue], n) => {
    const name = LABELS[n]
    // A loop within one zone is refused when the zone is read.
    if (kind === 'alias' && other !== own) lines.push(`${name} CNAME ${label}.${other}.`)
    if (kind === 'address') lines.push(`${name} A 192.0.2.${n}`)
    if (kind === 'delegation') lines.push(`${name} NS ns.${label}.${other}.`)
    if (kind === 'delegation' && glue && other === own) lines.push(`ns.${label} A ${addressOf(own)}`)
  })
  // Random records for a name and for its server may be an alias with other data: then the zone has only its SOA and NS.
  return new Set(lines).size === lines.length ? lines : lines.slice(0, 4)
}

const servers = fc.array(zone, { minLength: ZONES.length, maxLength: ZONES.length }).map((zones): Servers => {
  const root = ['$TTL 60', '@ SOA a.root. h. 1 1 1 1 1', '@ NS a.root.', 'a.root. A 198.51.100.1']
  zones.forEach(({ server: [other, glue] }, n) => {
    const named = glue ? (ZONES[n] as string) : other
    root.push(`${ZONES[n]}. NS ns.${named}.`)
    if (glue) root.push(`ns.${named}. A ${addressOf(named)}`)
  })
  const own = zones.map(({ entries }, n): [string, Servers[string]] => {
    const apex = ZONES[n] as string
    return [`ns.${apex}`, { address: addressOf(apex), zones: [{ apex: `${apex}.`, text: textOf(apex, entries) }] }]
  })
  return { root: { address: '198.51.100.1', zones: [{ apex: '.', text: root }] }, ...Object.fromEntries(own) }
})

it('every question ends, after few queries, and leaves nothing over', () => {
  const statuses = new Set<string>()
  let most = 0
  fc.assert(
    fc.property(servers, target, fc.constantFrom('A', 'MX', 'NS'), (given, [label, apex], type) => {
      const { ended, upstream, world } = run([ask(`${label}.${apex}`, type)], 200_000, { servers: given })
      expect(ended).toHaveLength(1)
      expect(upstream.length).toBeLessThanOrEqual(20)
      expect(resolverState(world).ports).toEqual({})
      expect(Object.values(world.hosts).flatMap(({ sessions }) => Object.keys(sessions))).toEqual([])
      statuses.add(ended[0]?.outcome.status ?? '')
      most = Math.max(most, upstream.length)
    }),
    { numRuns: 250, seed: 1034 },
  )
  expect([...statuses].toSorted()).toEqual(['answered', 'nodata', 'nxdomain', 'servfail'])
  expect(most).toBeGreaterThan(5)
}, 60_000)

it('a delegation to a hundred unknown servers costs at most forty queries', () => {
  // The attack by which one question makes a resolver ask hundreds (NXNSAttack).
  const root = ['$TTL 60', '@ SOA a.root. h. 1 1 1 1 1', '@ NS a.root.', 'a.root. A 198.51.100.1']
  const victim = [
    'victim. NS ns.victim.',
    'ns.victim. A 198.51.100.11',
    'many. NS ns.many.',
    'ns.many. A 198.51.100.12',
  ]
  const head = ['$TTL 60', '@ SOA ns h 1 1 1 1 1', '@ NS ns']
  const hundred = Array.from({ length: 100 }, (_, n) => `sub NS n${n}.victim.`)
  const { ended, upstream } = run([ask('www.sub.many', 'A')], 200_000, {
    servers: {
      root: { address: '198.51.100.1', zones: [{ apex: '.', text: [...root, ...victim] }] },
      'ns.victim': { address: '198.51.100.11', zones: [{ apex: 'victim.', text: [...head, 'ns A 198.51.100.11'] }] },
      'ns.many': {
        address: '198.51.100.12',
        zones: [{ apex: 'many.', text: [...head, 'ns A 198.51.100.12', ...hundred] }],
      },
    },
  })
  expect(ended[0]?.outcome.status).toBe('servfail')
  expect(upstream.length).toBeGreaterThan(30)
  expect(upstream.length).toBeLessThanOrEqual(40)
})
