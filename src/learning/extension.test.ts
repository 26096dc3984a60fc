import { describe, expect, it } from 'vitest'
import twoTowns from '../../lessons/scenarios/two-towns.json' with { type: 'json' }
import type { Scenario } from '../world/scenario'
import { extendedScenario, filesOf, type ScenarioFile } from './extension'
import { LessonError } from './problem'

/** Files by name, two-towns among them; each extends two-towns if it does not say otherwise. */
function files(given: Readonly<Record<string, object>>): (name: string) => ScenarioFile | undefined {
  const all: Record<string, object> = { 'two-towns': twoTowns }
  for (const [name, data] of Object.entries(given))
    all[name] = { extends: 'two-towns', name, title: `World ${name}`, ...data }
  return (name) =>
    all[name] && { file: `lessons/scenarios/${name}.json`, text: JSON.stringify(all[name], undefined, 2) }
}

function world(data: object, others: Readonly<Record<string, object>> = {}): Scenario {
  const find = files({ ...others, mine: data })
  return extendedScenario(find('mine') as ScenarioFile, find)
}

function problems(data: object, others: Readonly<Record<string, object>> = {}): readonly string[] {
  try {
    world(data, others)
  } catch (error) {
    if (error instanceof LessonError) return error.message.split('\n')
    throw error
  }
  return []
}

const changes = (hosts: object) => ({ changes: { hosts } })
const configOf = ({ hosts }: Scenario, name: string) => hosts.find((host) => host.name === name)?.config
const plain = twoTowns as unknown as Scenario

describe('a world that extends another', () => {
  it('without changes is the other one, by its own name', () => {
    expect(world({})).toEqual({ ...plain, name: 'mine', title: 'World mine' })
  })

  it('takes what it names and leaves the rest', () => {
    const { hosts, ...rest } = world(
      changes({ 'mx-out.paper.example': { config: { tls: 'offered', queueDelay: null } } }),
    )
    expect(rest).toEqual({ ...plain, name: 'mine', title: 'World mine', hosts: undefined })
    const { queueDelay: _, ...old } = configOf(plain, 'mx-out.paper.example') as { queueDelay: number }
    expect(hosts.find(({ name }) => name === 'mx-out.paper.example')?.config).toEqual({ ...old, tls: 'offered' })
    expect(hosts.filter(({ name }) => name !== 'mx-out.paper.example')).toEqual(
      plain.hosts.filter(({ name }) => name !== 'mx-out.paper.example'),
    )
  })

  it('finds accounts, domains and services by their names', () => {
    const made = world(
      changes({
        'store.bird.example': {
          config: {
            services: { 110: null, 995: { service: 'pop3s' } },
            domains: { 'bird.example': { recipients: ['bob', 'carol'] } },
            accounts: {
              'bob@bird.example': { quota: { messages: 1 } },
              'carol@bird.example': { password: 'nest' },
            },
          },
        },
        'bob-phone': { config: { accounts: { 'bob@bird.example': { retrieval: null } } } },
      }),
    )
    expect(configOf(made, 'store.bird.example')).toEqual({
      ...configOf(plain, 'store.bird.example'),
      services: [
        { port: 25, service: 'relay' },
        { port: 143, service: 'imap' },
        { port: 995, service: 'pop3s' },
      ],
      domains: [{ domain: 'bird.example', recipients: ['bob', 'carol'], postmaster: 'bob' }],
      accounts: [
        { address: 'bob@bird.example', password: 'birdsong', quota: { messages: 1 } },
        { address: 'carol@bird.example', password: 'nest' },
      ],
    })
    expect(configOf(made, 'bob-phone')).toEqual({
      ...configOf(plain, 'bob-phone'),
      accounts: [{ address: 'bob@bird.example', user: 'bob', password: 'birdsong' }],
    })
  })

  it('adds a host with its place, and removes one with its place and its links', () => {
    const place = { x: 900, y: 200, symbol: 'laptop', title: 'a desk', label: 'below', region: 'bob' }
    const desk = {
      address: '203.0.113.30',
      role: 'mailProgram',
      config: { resolver: '192.0.2.53', accounts: [] },
      place,
    }
    const made = world({
      changes: {
        hosts: { desk, 'bob-phone': null },
        links: [{ between: ['desk', 'store.bird.example'], latency: 1, jitter: 0, bandwidth: 1000, loss: 0 }],
      },
    })
    const names = made.hosts.map(({ name }) => name)
    expect(names).toContain('desk')
    expect(names).not.toContain('bob-phone')
    expect(made.map.hosts['desk']).toEqual(place)
    expect(made.map.hosts).not.toHaveProperty('bob-phone')
    expect(made.links.filter(({ between }) => between.includes('bob-phone'))).toEqual([])
    expect(made.links.filter(({ between }) => between.includes('desk'))).toHaveLength(1)
  })

  it('changes a link, found by its ends in either order', () => {
    const made = world({ changes: { links: [{ between: ['bob-phone', 'store.bird.example'], loss: 0.5 }] } })
    expect(made.links).toHaveLength(plain.links.length)
    expect(made.links.find(({ between }) => between.includes('bob-phone'))).toMatchObject({ loss: 0.5, latency: 25 })
  })

  it('gives a zone another text, and has another letter, seed, time and one more simplification', () => {
    const made = world({
      changes: {
        zones: { 'bird.example.': ['$TTL 60', '@ SOA ns hostmaster 1 1800 900 604800 60', '@ NS ns'] },
        letter: { subject: 'Plums' },
        seed: 7,
        epoch: '2027-01-01T00:00:00Z',
        simplifies: [{ here: 'Birds read.' }],
      },
    })
    expect(configOf(made, 'ns.bird.example')).toMatchObject({
      zones: [{ apex: 'bird.example.', text: ['$TTL 60', expect.anything(), '@ NS ns'] }],
    })
    expect(made.letter).toEqual({ ...plain.letter, subject: 'Plums' })
    expect(made).toMatchObject({ seed: 7, epoch: '2027-01-01T00:00:00Z' })
    expect(made.simplifies).toEqual([...plain.simplifies, { here: 'Birds read.' }])
  })

  it('may extend a world that extends another: both have their changes and their beginnings', () => {
    const letter = (at: number, subject: string) => ({ at, type: 'letter', to: 'bob@bird.example', subject, body: 'x' })
    const made = world(
      { extends: 'quiet', changes: { seed: 3 }, before: [letter(2000, 'second')] },
      { quiet: { changes: { epoch: '2027-01-01T00:00:00Z' }, before: [letter(1000, 'first')] } },
    )
    expect(made).toMatchObject({ seed: 3, epoch: '2027-01-01T00:00:00Z' })
    expect(made.before).toMatchObject([
      { at: 1000, type: 'submitted', message: expect.stringContaining('Subject: first') },
      { at: 2000, type: 'submitted', message: expect.stringContaining('Subject: second') },
    ])
  })

  it('names all its files, so that it is read anew when one of them changes', () => {
    const find = files({ mine: { extends: 'quiet' }, quiet: {} })
    expect(filesOf(find('mine') as ScenarioFile, find).map(({ file }) => file)).toEqual(
      ['mine', 'quiet', 'two-towns'].map((name) => `lessons/scenarios/${name}.json`),
    )
  })
})

describe('a fault in a world that extends another is told with its place and its remedy', () => {
  it.each([
    [
      'of a host that is not there',
      changes({ 'bob-fone': { config: {} } }),
      /^lessons\/scenarios\/mine\.json:7:7: changes\.hosts\.bob-fone: two-towns has no host "bob-fone"\. Its hosts are alice-laptop, .*bob-laptop\. A new host needs address, role, config and place\.$/,
    ],
    ['of a host to remove that is not there', changes({ nest: null }), /two-towns has no host "nest"/],
    [
      'of an account that is not there',
      changes({ 'store.bird.example': { config: { accounts: { 'bop@bird.example': { quota: {} } } } } }),
      /:10:13: changes\.hosts\.store\.bird\.example\.config\.accounts\.bop@bird\.example: there is no "bop@bird\.example"\. There are bob@bird\.example; a new one needs password\.$/,
    ],
    [
      'of a field to remove that is not there',
      changes({ 'bob-phone': { config: { accounts: { 'bob@bird.example': { retreival: null } } } } }),
      /bob@bird\.example\.retreival: there is nothing to remove\. There are address, user, password, retrieval\.$/,
    ],
    [
      'of a list without names',
      changes({ 'store.bird.example': { config: { domains: { 'bird.example': { recipients: { bob: null } } } } } }),
      /recipients: this is a list, and its items have no names\. Give the whole list\.$/,
    ],
    [
      'of an option that no server has, by the name of its host',
      changes({ 'store.bird.example': { config: { relayForAll: true } } }),
      /:5:3: changes: with them the world cannot be used: store\.bird\.example\.config has "relayForAll"/,
    ],
    [
      'of a field that is not one',
      { changes: { host: {} } },
      /:6:5: there is no field "host" here\. Did you mean "hosts"\?/,
    ],
    [
      'of a zone',
      { changes: { zones: { 'brid.example.': 'x' } } },
      /no host serves the zone "brid\.example\."\. The zones are \., example\., /,
    ],
    [
      'of a region',
      { changes: { regions: { moon: {} } } },
      /the map has no region "moon"\. Its regions are alice, internet, bob\.$/,
    ],
    [
      'of a link',
      { changes: { links: [{ between: ['root', 'moon'] }] } },
      /there is no host "moon"\. The hosts are alice-laptop, /,
    ],
    [
      'of the world that it extends',
      { extends: 'three-towns' },
      /:2:3: extends: there is no world "three-towns"\. Name a file of lessons\/scenarios\//,
    ],
    [
      'of its own name',
      { name: 'yours' },
      /:3:3: name: the file is not called yours\.json\. Give the world the name of its file\.$/,
    ],
    [
      'of a deed',
      { before: [{ at: 0, type: 'dance' }] },
      /:8:7: "type" cannot be "dance"\. It is one of readyLetter, /,
    ],
  ])('%s', (_, data, told) => {
    expect(problems(data)).toHaveLength(1)
    expect(problems(data)[0]).toMatch(told)
  })

  it('all at once', () => expect(problems(changes({ moon: null, sun: null }))).toHaveLength(2))

  it('of worlds that extend each other in a circle', () => {
    expect(problems({ extends: 'yours' }, { yours: { extends: 'mine' } })[0]).toMatch(
      /^lessons\/scenarios\/yours\.json:2:3: extends: the worlds extend each other in a circle: mine, yours, mine\. Let one of them stand alone\.$/,
    )
  })

  it('of the world that it extends, in that file', () => {
    expect(problems({ extends: 'yours' }, { yours: { changes: { seed: 'x' } } })[0]).toMatch(
      /^lessons\/scenarios\/yours\.json:6:5: "seed" must be/,
    )
  })

  it('that is not JSON', () => {
    const broken = { file: 'lessons/scenarios/mine.json', text: '{ "extends": "two-towns",\n "name" }' }
    expect(() => extendedScenario(broken, files({}))).toThrow(/^lessons\/scenarios\/mine\.json:2:/)
  })
})
