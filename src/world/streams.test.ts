import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../base/time'
import { advance, intervene } from './advance'
import { buildWorld } from './build'
import type { Fact, FactOf, FactType } from './fact'
import type { Intervention, InterventionBody } from './intervention'
import { type StreamState, streamCatalogue, streamScenario } from './testing/streamMachine'
import type { World } from './world'

const LONG = instant(7_200_000)

const of = <T extends FactType>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact) => fact.type === type) as FactOf<T>[]
const stateOf = (world: World, host: string): StreamState => world.hosts[host]?.state as StreamState

/** Runs a world with its interventions for two hours. */
function run(world: World, deeds: readonly Intervention[]): { readonly world: World; readonly facts: readonly Fact[] } {
  const facts: Fact[] = []
  let now = world
  for (const deed of deeds) {
    const before = advance(now, deed.at, streamCatalogue)
    const after = intervene(before.world, deed, streamCatalogue)
    facts.push(...before.facts, ...after.facts)
    now = after.world
  }
  const end = advance(now, LONG, streamCatalogue)
  return { world: end.world, facts: [...facts, ...end.facts] }
}

const conditions = fc.record({
  loss: fc.double({ min: 0, max: 0.8, noNaN: true }),
  duplication: fc.double({ min: 0, max: 0.5, noNaN: true }),
  latency: fc.integer({ min: 0, max: 1500 }),
  jitter: fc.integer({ min: 0, max: 2000 }),
})
const pieces = fc.array(fc.nat({ max: 6000 }), { maxLength: 5 })
/** Octets that depend on their place, so that an extra, missing or misplaced one shows. */
const textOf = (lengths: readonly number[]): string[] => {
  let at = 0
  return lengths.map((length) => Array.from({ length }, () => String.fromCharCode(33 + (at++ % 89))).join(''))
}
const seed = fc.integer({ min: 0, max: 2 ** 31 })

describe('a connection under any link conditions', () => {
  it('delivers each octet once and in order, or both ends learn that it is broken (RFC 9293 section 3.8)', () => {
    let broken = 0
    fc.assert(
      fc.property(seed, conditions, pieces, pieces, (number, conditions, a, b) => {
        const [fromA, fromB] = [textOf(a), textOf(b)]
        const { world, facts } = run(buildWorld(streamScenario(fromA, fromB, conditions), streamCatalogue, number), [])
        const started = of(facts, 'sessionStarted').map(({ host }) => host)
        const failed = of(facts, 'connectionFailed').map(({ host }) => host)
        const knows = (host: string): boolean =>
          !started.includes(host) || failed.includes(host) || stateOf(world, host).ended[0] === 'patience'
        const check = (speaker: string, said: string, listener: string): void => {
          const { heard, ended } = stateOf(world, listener)
          if (ended[0] === 'finished') expect(heard).toBe(said)
          else {
            expect(said.startsWith(heard)).toBe(true)
            expect([speaker, listener].filter((host) => !knows(host))).toEqual([])
            broken++
          }
        }
        check('a', fromA.join(''), 'b')
        check('b', fromB.join(''), 'a')
        expect(world.connections).toEqual({})
        expect(world.hosts['a']?.sessions).toEqual({})
        expect(world.hosts['b']?.sessions).toEqual({})
      }),
      { numRuns: 250, seed: 9293 },
    )
    expect(broken).toBeGreaterThan(20)
  })

  it('loses nothing if packets are only duplicated and reordered', () => {
    fc.assert(
      fc.property(seed, conditions, pieces, pieces, (number, conditions, a, b) => {
        const [fromA, fromB] = [textOf(a), textOf(b)]
        const scenario = streamScenario(fromA, fromB, { ...conditions, loss: 0 })
        const { world } = run(buildWorld(scenario, streamCatalogue, number), [])
        expect(stateOf(world, 'a')).toMatchObject({ heard: fromB.join(''), ended: ['finished'] })
        expect(stateOf(world, 'b')).toMatchObject({ heard: fromA.join(''), ended: ['finished'] })
      }),
      { numRuns: 100, seed: 9293 },
    )
  })
})

describe('a link', () => {
  it('delivers a packet twice, and reports it', () => {
    const { facts } = run(buildWorld(streamScenario(['x'], [], { duplication: 1 }), streamCatalogue), [])
    const sent = of(facts, 'packetSent')
    expect(of(facts, 'packetDuplicated').map(({ packet }) => packet)).toEqual(sent.map(({ packet }) => packet.id))
    expect(of(facts, 'packetArrived')).toHaveLength(2 * sent.length)
  })

  it('takes new conditions while the world runs, listed or not', () => {
    const world = buildWorld(streamScenario(['x'], []), streamCatalogue)
    const change = { type: 'linkChanged', between: ['b', 'a'], latency: 500, jitter: 100, duplication: 0.5 } as const
    const changed = intervene(world, { at: instant(0), ...change }, streamCatalogue).world
    expect(changed.links['a--b']).toMatchObject({ latency: 500, jitter: 100, duplication: 0.5, loss: 0, up: true })
    const nowhere = { at: instant(0), type: 'linkChanged', between: ['a', 'z'], up: false } as const
    expect(intervene(world, nowhere, streamCatalogue).world.links).toEqual({})
  })
})

const at = (ms: number, body: InterventionBody): Intervention => ({ at: instant(ms), ...body })

describe('a policy', () => {
  const listens = (ms: number, value: boolean) => at(ms, { type: 'policyChanged', host: 'b', policy: 'listens', value })
  const world = buildWorld(streamScenario(['x'], ['y'], { latency: 100 }), streamCatalogue)

  it('that closes a port makes it refuse connections; existing ones go on', () => {
    const refused = run(world, [listens(0, false)])
    expect(stateOf(refused.world, 'a').ended).toEqual(['refused'])
    expect(stateOf(run(world, [listens(0, false), listens(50, true)]).world, 'a').ended).toEqual(['finished'])
    expect(stateOf(run(world, [listens(301, false)]).world, 'a').ended).toEqual(['finished'])
  })

  it('that closes a port in the middle of a handshake resets it', () => {
    const { world: end, facts } = run(world, [listens(250, false)])
    expect(stateOf(end, 'a').ended).toEqual(['reset'])
    expect(of(facts, 'sessionStarted').map(({ host }) => host)).toEqual(['a'])
    expect(end.connections).toEqual({})
  })
})

describe('a host that loses power', () => {
  const stop = (ms: number, host = 'b') => at(ms, { type: 'hostStopped', host })
  const start = (ms: number, host = 'b') => at(ms, { type: 'hostStarted', host })
  const long = textOf([100_000, 100_000])
  const slow = () => buildWorld(streamScenario(long, long, { bandwidth: 80, latency: 50 }), streamCatalogue)

  it('forgets sessions and memory, keeps its disk, and boots again', () => {
    const half = run(slow(), [stop(2000)])
    expect(half.world.hosts['b']).toMatchObject({
      up: false,
      sessions: {},
      listeners: [],
      state: { boots: 1, ended: [] },
    })
    const heard = stateOf(half.world, 'b').heard
    expect(heard.length).toBeGreaterThan(0)
    const again = run(slow(), [stop(2000), start(20_000)])
    expect(again.world.hosts['b']).toMatchObject({ up: true, listeners: [{ port: 7 }], state: { boots: 2, heard } })
    expect(of(again.facts, 'hostStopped').map((fact) => fact.at)).toEqual([2000])
    expect(of(again.facts, 'hostStarted').map((fact) => fact.at)).toEqual([20_000])
  })

  it('loses what arrives, and the sender learns it by time-out', () => {
    const { world, facts } = run(slow(), [stop(2000)])
    expect(new Set(of(facts, 'packetLost').map(({ why }) => why))).toEqual(new Set(['hostDown']))
    expect(of(facts, 'connectionFailed').map(({ host, why }) => `${host} ${why}`)).toEqual(['a timedOut'])
    expect(stateOf(world, 'a').ended).toEqual(['timedOut'])
    expect(world.connections).toEqual({})
  })

  it('answers unknown segments with RST (RFC 9293 section 3.10.7.1)', () => {
    const { world, facts } = run(slow(), [stop(2000), start(2500)])
    expect(of(facts, 'connectionFailed').map(({ host, why }) => `${host} ${why}`)).toEqual(['a reset'])
    expect(stateOf(world, 'a').ended).toEqual(['reset'])
  })

  it('treats a SYN that is repeated after its restart as a new connection', () => {
    // SYN arrives at 50 and is answered; the answer is still on its way when the power goes, and the client's ACK meets a host
    // that knows nothing.
    const scenario = streamScenario(['hello'], ['there'], { latency: 50 })
    const world = buildWorld(scenario, streamCatalogue)
    const lost = run(world, [
      at(0, { type: 'linkChanged', between: ['a', 'b'], up: false }),
      stop(10),
      start(500),
      at(600, { type: 'linkChanged', between: ['a', 'b'], up: true }),
    ])
    expect(stateOf(lost.world, 'b').heard).toBe('hello')
    const met = run(world, [stop(60), start(70)])
    expect(stateOf(met.world, 'a').ended).toEqual(['reset'])
    expect(stateOf(met.world, 'b').heard).toBe('')
  })

  it('drops everything on its agenda', () => {
    // The client's host goes while SYN is out: nothing is retransmitted, and it does not connect again by itself.
    const { facts } = run(slow(), [stop(20, 'a')])
    expect(of(facts, 'retransmitted').filter(({ host }) => host === 'a')).toEqual([])
    expect(of(facts, 'timerExpired').filter(({ host }) => host === 'a')).toEqual([])
  })

  it('accepts no intervention except the switch, and the switch only once', () => {
    const { facts } = run(slow(), [
      stop(2000),
      stop(2100),
      at(2200, { type: 'collected', host: 'b', account: 'x' }),
      start(2300),
      start(2400),
      stop(2500, 'nobody'),
    ])
    expect(of(facts, 'hostStopped')).toHaveLength(1)
    expect(of(facts, 'hostStarted')).toHaveLength(1)
  })

  it('leaves no connection over, at whatever moment the power goes', () => {
    fc.assert(
      fc.property(
        seed,
        conditions,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom('a', 'b'),
        (number, conditions, when, pause, host) => {
          const [fromA, fromB] = [textOf([3000, 9000]), textOf([5000])]
          const world = buildWorld(
            streamScenario(fromA, fromB, { ...conditions, bandwidth: 800 }),
            streamCatalogue,
            number,
          )
          const end = run(world, [stop(when, host), start(when + pause, host)])
          expect(end.world.connections).toEqual({})
          expect(end.world.hosts['a']?.sessions).toEqual({})
          expect(end.world.hosts['b']?.sessions).toEqual({})
          expect(fromA.join('').startsWith(stateOf(end.world, 'b').heard)).toBe(true)
          expect(fromB.join('').startsWith(stateOf(end.world, 'a').heard)).toBe(true)
        },
      ),
      { numRuns: 200, seed: 9293 },
    )
  })
})

describe('a world that runs for hours', () => {
  it('is as large after 2,000 connections as before them', () => {
    const scenario = streamScenario(['x'.repeat(2000)], ['y'], { loss: 0.02, jitter: 30, duplication: 0.05 }, 2001)
    const one = advance(buildWorld(scenario, streamCatalogue), instant(50), streamCatalogue).world
    let world = one
    // In steps, as in real time.
    for (let t = 1; world.counters.connection < 2001 && t < 10_000; t++)
      world = advance(world, instant(t * 1000), streamCatalogue).world
    world = advance(world, instant(world.now + LONG), streamCatalogue).world
    expect(world.counters.connection).toBe(2001)
    expect(world.connections).toEqual({})
    expect(world.agenda.heap).toEqual([])
    expect(world.agenda.live).toEqual({})
    const forget = (text: string): string => text.replace(/"heard":"[xy]*"/g, '"heard":""')
    expect(forget(JSON.stringify(world)).length).toBeLessThan(forget(JSON.stringify(one)).length)
  })
})
