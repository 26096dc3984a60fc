import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import exampleTest from '../../lessons/scenarios/example-test.json' with { type: 'json' }
import { OPTIONS, type Option } from '../hosts/mailServer/options'
import { isExtension } from './extension'
import { scenarioOf, scenarioProblem, scenarioSchema } from './scenarioSchema'

const withServers = (config: object) => ({
  ...exampleTest,
  hosts: exampleTest.hosts.map((host) =>
    host.role === 'mailServer' ? { ...host, config: { ...host.config, ...config } } : host,
  ),
})

describe('the files of lessons/scenarios', () => {
  const folder = new URL('../../lessons/scenarios/', import.meta.url)
  const files = readdirSync(folder).flatMap((name): [string, unknown][] =>
    name.endsWith('.json') ? [[name, JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]] : [],
  )
  it.each(files.filter(([, data]) => !isExtension(data)))('%s is a scenario as it stands', (_, data) =>
    expect(scenarioOf(data)).toEqual({ scenario: data }),
  )
})

describe('the options of a mail server', () => {
  it.each(Object.entries<Option>(OPTIONS))('%s accepts its default', (name, { standard }) => {
    expect(scenarioProblem(withServers({ [name]: standard }))).toBeUndefined()
  })

  /** Two wrong values for each kind of option. */
  const wrong = ({ kind }: Option): readonly unknown[] =>
    kind === 'flag'
      ? ['yes', 1]
      : kind === 'choice'
        ? ['sometimes', true]
        : kind === 'amount'
          ? [-1, 'many']
          : ['PLAIN', [0]]
  it.each(Object.entries<Option>(OPTIONS))('%s does not accept a value of another kind', (name, option) => {
    for (const value of wrong(option))
      expect(scenarioProblem(withServers({ [name]: value })) ?? 'read', String(value)).toContain(`.config.${name}`)
  })

  it('have no others', () =>
    expect(scenarioProblem(withServers({ relayForAll: true }))).toMatch(
      /\.config has "relayForAll", which nobody reads/,
    ))
})

describe('the UIDVALIDITY of a mail server', () => {
  it.each([1, 1_795_431_600])('may be %i', (uidValidity) => {
    expect(scenarioSchema.safeParse(withServers({ uidValidity })).success).toBe(true)
  })

  it.each([0, -1, 1.5, 4_294_967_296, '1'])('may not be %j: a number of 32 bits above 0', (uidValidity) => {
    expect(scenarioSchema.safeParse(withServers({ uidValidity })).success).toBe(false)
  })
})

/** The map as files had it before regions. */
const withSides = (sides: object) => ({
  ...exampleTest,
  map: {
    hosts: Object.fromEntries(
      Object.entries(exampleTest.map.hosts).map(([name, { region: side, ...place }]) => [name, { ...place, side }]),
    ),
    sides,
  },
})
const SIDES = {
  alice: { title: 'Alice and Bob', domain: 'example.test', network: '192.0.2.0/24' },
  internet: { title: 'the internet', network: '198.51.100.0/24' },
  bob: { title: 'elsewhere', domain: 'elsewhere.test', network: '203.0.113.0/24' },
}

describe('the regions of the map', () => {
  it('are read from an older file, which has sides', () =>
    expect(scenarioOf(withSides(SIDES))).toEqual({ scenario: exampleTest }))

  it('of an older file are named as it names them where they are wrong', () =>
    expect(scenarioProblem(withSides({ ...SIDES, bob: { title: 'elsewhere' } }))).toBe(
      'map.sides.bob.domain is missing; give it a string.',
    ))

  const withRegions = (change: (regions: typeof exampleTest.map.regions) => object) => ({
    ...exampleTest,
    map: { ...exampleTest.map, regions: change(exampleTest.map.regions) },
  })
  const withHost = (name: keyof typeof exampleTest.map.hosts, x: number) => ({
    ...exampleTest,
    map: { ...exampleTest.map, hosts: { ...exampleTest.map.hosts, [name]: { ...exampleTest.map.hosts[name], x } } },
  })
  it.each([
    [
      'are listed from west to east',
      withRegions(([a, b, c]) => [a, { ...b, east: 100 }, c]),
      'map.regions[1].east: regions are listed from west to east.',
    ],
    [
      'have a key each',
      withRegions(([a, b, c]) => [a, b, { ...c, key: 'alice' }]),
      'map.regions[2].key: two regions have the key "alice".',
    ],
    [
      'are named by hosts',
      withRegions((regions) => regions.slice(0, 2)),
      'map.hosts.mx.elsewhere.test.region: no region has the key "bob"; there are "alice", "internet".',
    ],
    [
      'hold their hosts from the west',
      withHost('alice-laptop', 999),
      'map.hosts.alice-laptop.x: 999 is east of its region "alice", which ends at 290.',
    ],
    [
      'hold their hosts from the east',
      withHost('mx.elsewhere.test', 100),
      'map.hosts.mx.elsewhere.test.x: 100 is west of its region "bob", which begins at 735.',
    ],
    ['are land or sea', withRegions(([a]) => [{ ...a, kind: 'air' }]), 'map.regions[0].kind must be "land" or "sea".'],
    ['are at least one', withRegions(() => []), 'map.regions: a map has at least one region.'],
  ])('%s', (_name, scenario, problem) => expect(scenarioProblem(scenario)).toBe(problem))
})
