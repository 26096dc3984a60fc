import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { Scenario } from '../../world/scenario'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'
import { factOf } from '../../world/trace'
import { type Dig, type DigLine, digFrom, digsIn, readDig } from './dig'

const towns = bundledScenario(twoTowns)

/** A run in which a person asks at a host. */
function asked(host: string, line: string, scenario: Scenario = towns): Timeline {
  const read = readDig(line)
  if ('wrong' in read) throw new Error(read.wrong)
  const body = { type: 'dug', host, ...read.question, at: instant(1000) } as const
  return intervene(startTimeline(scenario, catalogue), catalogue, body)
}
const digIn = (timeline: Timeline, host: string): Dig | undefined => digsIn(timeline, host).at(-1)
const linesOf = (timeline: Timeline, host: string): readonly DigLine[] => digIn(timeline, host)?.end?.lines ?? []
const textOf = (timeline: Timeline, host: string): string =>
  linesOf(timeline, host)
    .map(({ text }) => text)
    .join('\n')

describe('a line for dig', () => {
  it.each([
    ['dig mx bird.example', { name: 'bird.example', rrType: 'MX', recursion: true }],
    ['bird.example', { name: 'bird.example', rrType: 'A', recursion: true }],
    [
      'dig @198.51.100.1 bird.example NS +norecurse',
      { name: 'bird.example', rrType: 'NS', server: '198.51.100.1', recursion: false },
    ],
    // A type that was given already is a name.
    ['dig mx mx', { name: 'mx', rrType: 'MX', recursion: true }],
  ])('%s is a question', (line, question) => {
    expect(readDig(line)).toEqual({ question })
  })

  it.each([
    ['dig', /^Give a name/],
    ['dig mx', /^Give a name/],
    ['dig a..b', /cannot be a name/],
    ['dig @root mx bird.example', /“@root” is no server/],
    ['dig +dnssec bird.example', /“\+dnssec” is no option/],
    ['dig mx bird.example paper.example', /“paper\.example” is one word too many/],
  ])('%s is wrong, and a sentence says how', (line, said) => {
    expect(readDig(line)).toEqual({ wrong: expect.stringMatching(said) as string })
  })
})

describe('a question to the DNS', () => {
  it.each(towns.hosts.map(({ name }) => name))('from %s is answered in the layout of dig', (host) => {
    const text = textOf(asked(host, 'dig mx bird.example'), host)
    expect(text).toMatch(
      /^;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \d+\n;; flags: qr rd ra; QUERY: 1, ANSWER: 1,/,
    )
    expect(text).toContain('\n;bird.example.\t\tIN\tMX\n')
    expect(text).toMatch(/;; ANSWER SECTION:\nbird\.example\.\t\d+\tIN\tMX\t10 mx\.bird\.example\.\n/)
    expect(text).toMatch(/;; SERVER: 192\.0\.2\.53#53\n;; MSG SIZE {2}rcvd: \d+$/)
  })

  it('to another server gives what that one knows: the root refers to the top level', () => {
    const text = textOf(asked('alice-laptop', 'dig @198.51.100.1 mx bird.example'), 'alice-laptop')
    expect(text).toMatch(/ANSWER: 0, AUTHORITY: 1/)
    expect(text).toMatch(/;; AUTHORITY SECTION:\nexample\.\t172800\tIN\tNS\tns\.example\./)
    expect(text).toContain(';; SERVER: 198.51.100.1#53')
  })

  it('goes to the server that it names, whichever was asked before', () => {
    const first = asked('alice-laptop', 'dig mx bird.example')
    const read = readDig('dig @198.51.100.1 mx bird.example')
    if ('wrong' in read) throw new Error(read.wrong)
    const body = { type: 'dug', host: 'alice-laptop', ...read.question, at: instant(3000) } as const
    const second = intervene(first, catalogue, body)
    expect(textOf(second, 'alice-laptop')).toContain(';; SERVER: 198.51.100.1#53')
  })

  it('without recursion has no RD, and a resolver answers from what it knows', () => {
    const text = textOf(asked('alice-laptop', 'dig mx bird.example +norecurse'), 'alice-laptop')
    expect(text).toMatch(/;; flags: qr ra; QUERY: 1, ANSWER: 0/)
  })

  it('for a name that does not exist says so', () => {
    expect(textOf(asked('bob-phone', 'dig gone.bird.example'), 'bob-phone')).toMatch(/status: NXDOMAIN/)
  })

  it('leads with each line to the fact that it tells: the query with the question, else the response', () => {
    const timeline = asked('bob-phone', 'dig mx bird.example')
    const told = linesOf(timeline, 'bob-phone').flatMap(({ text, fact = -1 }) =>
      text === '' ? [] : [[text, factOf(timeline.trace, fact)] as const],
    )
    const [questions, others] = [
      told.filter(([text]) => /^;\w/.test(text)),
      told.filter(([text]) => !/^;\w/.test(text)),
    ]
    expect(questions).toEqual([
      [';bird.example.\t\tIN\tMX', expect.objectContaining({ type: 'queried', host: 'bob-phone', to: '192.0.2.53' })],
    ])
    expect(others).toHaveLength(8)
    for (const [text, fact] of others)
      expect(fact, text).toMatchObject({ type: 'responded', host: 'resolver', to: '203.0.113.20' })
  })

  it('with a long answer goes over TCP, and its lines lead to the response there', () => {
    const many = Array.from({ length: 120 }, (_, n) => `many 60 IN A 203.0.113.${n + 100}`).join('\n')
    const begun = startTimeline(towns, catalogue)
    const text = `$TTL 3600\n@ SOA ns hostmaster 2026112101 1800 900 604800 300\n@ NS ns\nns A 198.51.100.4\n${many}\n`
    const edited = intervene(begun, catalogue, {
      type: 'zoneEdited',
      host: 'ns.bird.example',
      apex: 'bird.example.',
      text,
      at: instant(10),
    })
    const read = readDig('dig many.bird.example')
    if ('wrong' in read) throw new Error(read.wrong)
    const body = { type: 'dug', host: 'bob-phone', ...read.question, at: instant(1000) } as const
    const timeline = intervene(edited, catalogue, body)
    const lines = linesOf(timeline, 'bob-phone')
    expect(lines[1]?.text).toContain('ANSWER: 120')
    expect(factOf(timeline.trace, lines[0]?.fact ?? -1)).toMatchObject({ type: 'read', host: 'bob-phone' })
  })

  it('has no end before its answer has come, and gets none from silence, without a resolver or without power', () => {
    const timeline = asked('bob-phone', 'dig mx bird.example')
    const dig = digIn(timeline, 'bob-phone')
    expect(dig?.at).toBe(1000)
    expect(dig?.end?.at).toBeGreaterThan(1100)
    expect(dig?.end?.said).toBe('NOERROR, 1 record in the answer. MX 10 mx.bird.example.')
    expect(digIn(asked('bob-phone', 'dig @198.51.100.1 mx bird.example'), 'bob-phone')?.end?.said).toBe(
      'NOERROR, no records in the answer. Ask the servers of example. NS ns.example., A 198.51.100.2',
    )
    const silent = asked('bob-phone', 'dig @192.0.2.99 mx bird.example')
    expect(digIn(silent, 'bob-phone')?.end).toMatchObject({ lines: [], said: 'No server gave an answer.' })
    const stopped = intervene(silent, catalogue, { type: 'hostStopped', host: 'bob-phone', at: instant(1500) })
    expect(digIn(stopped, 'bob-phone')?.end).toMatchObject({
      at: 1500,
      lines: [],
      said: expect.stringMatching(/lost its power/) as string,
    })
    const hosts = towns.hosts.map((host) => {
      const { resolver: _, ...config } = { resolver: '', ...host.config }
      return host.name === 'root' ? { ...host, config } : host
    })
    const alone = asked('root', 'dig mx bird.example', { ...towns, hosts })
    expect(digIn(alone, 'root')?.end?.said).toMatch(/^This host has no resolver/)
  })

  it('is found in the facts that follow it alone, as the page gets them', () => {
    const timeline = asked('bob-phone', 'dig mx bird.example')
    const from = timeline.trace.findIndex(({ type }) => type === 'intervened')
    expect(digFrom(timeline.trace.slice(from), 0)).toEqual(digIn(timeline, 'bob-phone'))
    expect(digFrom(timeline.trace, from + 1)).toBeUndefined()
  })

  it('is the same in a run that is made again', () => {
    const first = asked('resolver', 'dig mx bird.example')
    const { interventions, seed } = first
    expect(startTimeline(towns, catalogue, { seed, interventions }).trace).toEqual(first.trace)
  })
})
