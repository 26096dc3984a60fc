import { describe, expect, it } from 'vitest'
import scenarioFile from '../../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText } from '../base/octets'
import { instant } from '../base/time'
import { bundledScenario } from '../world/bundledScenario'
import type { Fact, FactOf, FactType } from '../world/fact'
import type { InterventionBody } from '../world/intervention'
import type { Scenario } from '../world/scenario'
import { intervene, startTimeline, type Timeline } from '../world/timeline'
import { catalogue } from './catalogue'

/** A person sits at hosts of every kind, and types. */

const scenario = bundledScenario(scenarioFile)
const STORE = 'store.bird.example'

type Deed = readonly [at: number, body: InterventionBody]

const connected = (host: string, to: string, port: number, terminal = 't1'): InterventionBody => ({
  type: 'connected',
  host,
  terminal,
  to,
  port,
})
const typed = (host: string, line: string, terminal = 't1'): InterventionBody => ({
  type: 'typed',
  host,
  terminal,
  octets: fromText(`${line}\r\n`),
})
const run = (deeds: readonly Deed[], given: Scenario = scenario): Timeline =>
  deeds.reduce(
    (timeline, [at, body]) => intervene(timeline, catalogue, { ...body, at: instant(at) }),
    startTimeline(given, catalogue),
  )
const all = <T extends FactType>({ trace }: Timeline, type: T): readonly FactOf<T>[] =>
  trace.filter((fact: Fact): fact is FactOf<T> => fact.type === type)
/** The lines that a host has read on a connection. */
const heard = (timeline: Timeline, host: string, connection: string): readonly string[] =>
  all(timeline, 'read').flatMap((fact) =>
    fact.host === host && fact.connection === connection ? [fact.octets.trimEnd()] : [],
  )
const opened = (timeline: Timeline, host: string): readonly string[] =>
  all(timeline, 'connectionOpening').flatMap(({ client, protocol, connection }) =>
    client === host && protocol === 'text.client' ? [connection] : [],
  )

describe('a person', () => {
  it.each(scenario.hosts.map(({ name }) => name))('at %s speaks with a server by its name', (host) => {
    const timeline = run([
      [1000, connected(host, 'mx.bird.example', 25)],
      [3000, typed(host, 'EHLO here')],
    ])
    const [connection = ''] = opened(timeline, host)
    expect(heard(timeline, host, connection)[0]).toMatch(/^220 mx\.bird\.example/)
    // Several lines may come at once; those of EHLO begin with the name.
    expect(heard(timeline, host, connection).join('\n')).toMatch(/250-mx\.bird\.example/)
  })

  it('asks the resolver of the host, which asks itself', () => {
    const timeline = run([[1000, connected('resolver', STORE, 143)]])
    expect(all(timeline, 'queried').find(({ host }) => host === 'resolver')?.to).toBe('192.0.2.53')
    expect(opened(timeline, 'resolver')).toHaveLength(1)
  })

  it('hears at a host without a resolver that a name has no address, and is connected to an address', () => {
    const hosts = scenario.hosts.map((host) => {
      if (host.name !== 'root') return host
      const { resolver: _, ...config } = { resolver: '', ...host.config }
      return { ...host, config }
    })
    const given = { ...scenario, hosts }
    const byName = run([[1000, connected('root', STORE, 143)]], given)
    expect(all(byName, 'lookupEnded')).toMatchObject([{ host: 'root', name: STORE, outcome: 'noResolver' }])
    expect(opened(byName, 'root')).toEqual([])
    expect(opened(run([[1000, connected('root', '203.0.113.143', 143)]], given), 'root')).toHaveLength(1)
  })

  it('at a server reaches that server itself, over no link', () => {
    const timeline = run([[1000, connected(STORE, 'localhost', 143)]])
    const [connection = ''] = opened(timeline, STORE)
    expect(heard(timeline, STORE, connection)[0]).toMatch(/^\* OK/)
    const packets = all(timeline, 'packetSent').filter(({ packet: { from, to } }) => from === STORE && to === STORE)
    expect(packets.length).toBeGreaterThan(3)
    expect(Math.max(...packets.map(({ at, arrivesAt }) => arrivesAt - at))).toBeLessThan(1)
  })

  it('has several dialogues at once, from several hosts: the message that one adds is told to the other', () => {
    const timeline = run([
      [1000, connected('bob-phone', STORE, 143, 'a')],
      [1100, connected('bob-laptop', STORE, 143, 'b')],
      [1200, connected('bob-laptop', STORE, 143, 'c')],
      [2000, typed('bob-phone', 'x LOGIN bob birdsong', 'a')],
      [2100, typed('bob-laptop', 'x LOGIN bob birdsong', 'b')],
      [3000, typed('bob-phone', 'y SELECT INBOX', 'a')],
      [3100, typed('bob-laptop', 'y SELECT INBOX', 'b')],
      [4000, typed('bob-phone', 'z IDLE', 'a')],
      [5000, typed('bob-laptop', 'z APPEND INBOX {12+}\r\nSubject: x\r\n', 'b')],
    ])
    const [phone = ''] = opened(timeline, 'bob-phone')
    const [second = '', third = ''] = opened(timeline, 'bob-laptop')
    expect(heard(timeline, 'bob-phone', phone).join('\n')).toMatch(/\* 1 EXISTS/)
    expect(heard(timeline, 'bob-laptop', second).join('\n')).toMatch(/z OK/)
    expect(heard(timeline, 'bob-laptop', third)).toHaveLength(1)
  })

  it('cannot type at a host without power, and loses its dialogues with it', () => {
    const timeline = run([
      [1000, connected('resolver', '203.0.113.25', 25)],
      [2000, { type: 'hostStopped', host: 'resolver' }],
      [3000, typed('resolver', 'EHLO late')],
      [4000, connected('resolver', '203.0.113.25', 25, 't2')],
    ])
    expect(opened(timeline, 'resolver')).toHaveLength(1)
    expect(all(timeline, 'sent').filter(({ host }) => host === 'resolver')).toEqual([])
  })

  it.each([
    ['types into', typed('root', 'EHLO me', 'other')],
    ['hangs up', { type: 'hungUp', host: 'root', terminal: 'other' } as const],
    ['agrees on TLS in', { type: 'secured', host: 'root', terminal: 'other' } as const],
  ])('is told that there is no such connection when she %s one that was never opened', (_, body) => {
    const timeline = run([
      [1000, connected('root', 'mx.bird.example', 25)],
      [3000, body],
    ])
    expect(all(timeline, 'changeRefused')).toMatchObject([
      { host: 'root', at: 3000, reason: { id: 'noSuchTerminal', terminal: 'other' } },
    ])
  })

  it('is told that a connection is over when she types on, but may hang up', () => {
    const over: readonly Deed[] = [
      [1000, connected('root', 'mx.bird.example', 25)],
      [3000, typed('root', 'QUIT')],
    ]
    const hungUp = run([...over, [9000, { type: 'hungUp', host: 'root', terminal: 't1' }]])
    expect(all(hungUp, 'changeRefused')).toEqual([])
    expect(all(run([...over, [9000, typed('root', 'NOOP')]]), 'changeRefused')).toMatchObject([
      { host: 'root', reason: { id: 'lineNotOpen', terminal: 't1' } },
    ])
  })

  it('agrees on TLS at her end, and the server has to agree too', () => {
    const timeline = run([
      [1000, connected('root', 'mx.bird.example', 25)],
      [3000, { type: 'secured', host: 'root', terminal: 't1' }],
      [4000, typed('root', 'EHLO me')],
    ])
    expect(all(timeline, 'tlsStarted').map(({ host }) => host)).toEqual(['root'])
    expect(all(timeline, 'octetsDiscarded')).toMatchObject([{ host: 'mx.bird.example', why: 'encrypted' }])
  })

  it('does the same in a run that is made again', () => {
    const deeds: readonly Deed[] = [
      [1000, connected('root', STORE, 143)],
      [2000, connected('resolver', 'mx.bird.example', 25, 't2')],
      [5000, typed('resolver', 'QUIT', 't2')],
    ]
    const first = run(deeds)
    const { interventions, seed } = first
    expect(startTimeline(scenario, catalogue, { seed, interventions }).trace).toEqual(first.trace)
  })
})

it('a person’s lookups and the work of a server do not mix: a message arrives while names are looked up at each host', () => {
  const names = scenario.hosts.map(({ name }) => name)
  const timeline = run([
    [
      1000,
      {
        type: 'submitted',
        host: 'alice-laptop',
        account: 'alice@paper.example',
        forwardPaths: ['bob@bird.example'],
        message: fromText('Subject: one\r\n\r\nText.\r\n'),
      },
    ],
  ])
  const queued = all(timeline, 'lookupStarted').find(({ host }) => host === 'mx-out.paper.example')?.at ?? 0
  const busy = names.reduce(
    (before, host) =>
      intervene(before, catalogue, { ...connected(host, `gone.bird.example`, 25, host), at: instant(queued) }),
    timeline,
  )
  const ended = all(busy, 'lookupEnded').filter(({ name }) => name === 'gone.bird.example.')
  expect(new Set(ended.map(({ host }) => host))).toEqual(new Set(names))
  expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['nxdomain']))
  expect(all(busy, 'messageDelivered')).toHaveLength(1)
})
