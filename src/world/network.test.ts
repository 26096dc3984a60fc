import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../base/time'
import { advance } from './advance'
import { buildWorld, epochOf, ScenarioError } from './build'
import type { Fact, FactOf, FactType } from './fact'
import { type Segment, sizeOf } from './packet'
import type { Scenario } from './scenario'
import { type ClientState, echoCatalogue, echoScenario } from './testing/echoMachine'
import { intervene, runOn, startTimeline, worldAt } from './timeline'

const of = <T extends FactType>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact) => fact.type === type) as FactOf<T>[]
const segments = (trace: readonly Fact[]): Segment[] =>
  of(trace, 'packetSent').flatMap(({ packet }) => (packet.kind === 'segment' ? [packet] : []))
const flagsOf = ({ flags }: Segment): string => Object.keys(flags).sort().join('+')
const client = (world: { hosts: Record<string, { state: object }> }): ClientState =>
  (world.hosts as never as { a: { state: ClientState } }).a.state

describe('a connection', () => {
  const timeline = startTimeline(echoScenario(['one', 'two']), echoCatalogue)
  const sent = segments(timeline.trace)

  it('opens with SYN, SYN and ACK, ACK, and closes with FIN from both ends (RFC 9293 section 3.5, 3.6)', () => {
    expect(sent.slice(0, 3).map(flagsOf)).toEqual(['syn', 'ack+syn', 'ack'])
    expect(sent.filter((s) => s.flags.fin).map((s) => s.from)).toEqual(['a', 'b'])
    expect(of(timeline.trace, 'connectionClosed')).toHaveLength(1)
  })

  it('counts SYN and FIN as one octet each and every payload octet once', () => {
    const fromA = sent.filter((s) => s.from === 'a')
    const [syn, ack] = fromA as [Segment, Segment]
    expect(ack.sequence).toBe((syn.sequence + 1) >>> 0)
    const fin = fromA.find((s) => s.flags.fin) as Segment
    expect(fin.sequence).toBe((syn.sequence + 1 + 'one\r\ntwo\r\n'.length) >>> 0)
    const last = sent.filter((s) => s.from === 'b').at(-1) as Segment
    expect(last.acknowledgement).toBe((fin.sequence + 1) >>> 0)
  })

  it('lets a reply carry the acknowledgement', () => {
    const reply = sent.find((s) => s.from === 'b' && s.payload !== '') as Segment
    const request = sent.find((s) => s.from === 'a' && s.payload !== '') as Segment
    expect(reply.acknowledgement).toBe((request.sequence + request.payload.length) >>> 0)
  })

  it('gives every fact a cause that came before', () => {
    for (const fact of timeline.trace) expect(fact.cause ?? -1).toBeLessThan(fact.order)
    expect(timeline.trace.map((fact) => fact.order)).toEqual(timeline.trace.map((_, at) => at))
  })

  it('splits octets at the maximum segment size', () => {
    const long = 'x'.repeat(4000)
    const run = startTimeline(echoScenario([long]), echoCatalogue)
    const payloads = segments(run.trace).filter((s) => s.from === 'a' && s.payload !== '')
    expect(payloads.map((s) => s.payload.length)).toEqual([1460, 1460, 1082])
    expect(Math.max(...payloads.map(sizeOf))).toBeLessThanOrEqual(1500)
    expect(client(run.snapshots.at(-1)?.world as never).heard).toEqual([long])
  })

  it('splits by the largest packet of a link that has one', () => {
    const scenario = echoScenario(['x'.repeat(4000)])
    const links = scenario.links.map((link) => ({ ...link, mtu: 1040 }))
    const run = startTimeline({ ...scenario, links }, echoCatalogue)
    const sent = segments(run.trace)
    expect(sent.filter(({ flags }) => flags.syn).map(({ mss }) => mss)).toEqual([1000, 1000])
    const payloads = sent.filter((s) => s.from === 'a' && s.payload !== '')
    expect(payloads.map((s) => s.payload.length)).toEqual([1000, 1000, 1000, 1000, 2])
    expect(client(run.snapshots.at(-1)?.world as never).heard).toEqual(['x'.repeat(4000)])
  })

  it('uses IPv6 if both ends have it', () => {
    const both = (scenario: Scenario): Scenario => ({
      ...scenario,
      hosts: scenario.hosts.map((host, n) => ({ ...host, addresses: [`2001:db8::${n + 1}`] })),
    })
    const run = startTimeline(both(echoScenario(['six'], {}, 7, '2001:db8::2')), echoCatalogue)
    const [syn] = segments(run.trace)
    expect([syn?.source.address, syn?.destination.address]).toEqual(['2001:db8::1', '2001:db8::2'])
    expect(syn && sizeOf(syn)).toBe(64)
    expect(client(run.snapshots.at(-1)?.world as never).heard).toEqual(['six'])
    // Without an address of that family there is no way there.
    const none = startTimeline(echoScenario(['six'], {}, 7, '2001:db8::2'), echoCatalogue)
    expect(segments(none.trace)).toEqual([])
    expect(client(none.snapshots.at(-1)?.world as never).ended).toBe(1)
    expect(() =>
      buildWorld(
        {
          ...both(echoScenario([])),
          hosts: [
            ...both(echoScenario([])).hosts,
            { ...echoScenario([]).hosts[0], name: 'c', address: '192.0.2.3', addresses: ['2001:db8::1'] },
          ],
        } as Scenario,
        echoCatalogue,
      ),
    ).toThrow(/2001:db8::1 belongs to a already/)
  })

  it('is refused by RST if there is no listener', () => {
    const run = startTimeline(echoScenario(['x'], {}, 25), echoCatalogue)
    expect(of(run.trace, 'connectionFailed').map((fact) => fact.why)).toEqual(['refused'])
    expect(client(run.snapshots.at(-1)?.world as never).ended).toBe(1)
  })

  it('times out if there is no host, after doubling pauses', () => {
    const run = startTimeline(echoScenario(['x'], {}, 7, '192.0.2.99'), echoCatalogue)
    const world = advance(run.snapshots.at(-1)?.world as never, instant(120_000), echoCatalogue)
    const all = [...run.trace, ...world.facts]
    expect(of(all, 'connectionFailed').map((fact) => fact.why)).toEqual(['timedOut'])
    const syns = of(all, 'packetSent').map((fact) => fact.at)
    expect(syns.slice(1).map((at, i) => Math.round((at - (syns[i] as number)) / 1000))).toEqual([1, 2, 4, 8, 16])
  })
})

describe('link conditions', () => {
  it('lose and reorder packets by the seed, and TCP still delivers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.double({ min: 0, max: 0.3, noNaN: true }), (seed, loss) => {
        const lines = ['hello', 'y'.repeat(5000), 'bye']
        const scenario = echoScenario(lines, { loss, jitter: 40 })
        const world = advance(buildWorld(scenario, echoCatalogue, seed), instant(600_000), echoCatalogue)
        const failed = of(world.facts, 'connectionFailed').length > 0
        // Arrived octets are right and in order; all of them arrived unless the connection was given up.
        const { heard } = client(world.world)
        expect(heard).toEqual(lines.slice(0, heard.length))
        if (!failed) expect(heard).toEqual(lines)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  it('make a slow link slow', () => {
    const run = startTimeline(echoScenario(['z'.repeat(1000)], { bandwidth: 8 }), echoCatalogue)
    const big = of(run.trace, 'packetSent').find((fact) => fact.packet.payload.length > 900) as FactOf<'packetSent'>
    // 8 kbit/s is one octet a millisecond; the 40 octets of the handshake's ACK go first.
    expect(big.arrivesAt - big.at).toBeCloseTo(40 + sizeOf(big.packet) + 10, 3)
  })
})

describe('the timeline', () => {
  const scenario = echoScenario(['a', 'b', 'c', 'd', 'e'], { loss: 0.2, jitter: 5 })
  const timeline = startTimeline(scenario, echoCatalogue)

  it('is the same on every run of a seed, and different for another seed', () => {
    expect(startTimeline(scenario, echoCatalogue).trace).toEqual(timeline.trace)
    expect(startTimeline(scenario, echoCatalogue, { seed: 2 }).trace).not.toEqual(timeline.trace)
  })

  it('gives at every instant the world that a replay from the start gives', () => {
    const start = buildWorld(scenario, echoCatalogue)
    for (let t = 0; t <= timeline.until; t += timeline.until / 97) {
      const at = instant(t)
      expect(worldAt(timeline, echoCatalogue, at)).toEqual(advance(start, at, echoCatalogue).world)
    }
  })

  it('survives JSON in the middle of a run', () => {
    const half = worldAt(timeline, echoCatalogue, instant(timeline.until / 2))
    const again = JSON.parse(JSON.stringify(half))
    const end = instant(timeline.until + 1000)
    expect(advance(again, end, echoCatalogue).facts).toEqual(advance(half, end, echoCatalogue).facts)
  })

  it('drops the future after an intervention in the past', () => {
    const at = instant(timeline.until / 3)
    const cut = intervene(timeline, echoCatalogue, { at, type: 'linkChanged', between: ['a', 'b'], up: false })
    expect(cut.trace.filter((fact) => fact.at < at)).toEqual(timeline.trace.filter((fact) => fact.at < at))
    expect(of(cut.trace, 'packetLost').some((fact) => fact.why === 'linkDown')).toBe(true)
    const given = runOn(runOn(runOn(cut, echoCatalogue), echoCatalogue), echoCatalogue)
    expect(of(given.trace, 'connectionFailed').map((fact) => fact.why)).toEqual(['timedOut'])
    expect(startTimeline(scenario, echoCatalogue, { interventions: cut.interventions }).trace).toEqual(cut.trace)
  })
})

describe('an invalid scenario', () => {
  const good = echoScenario(['x'])
  const cases: [string, unknown, RegExp][] = [
    [
      'twin names',
      { ...good, hosts: [good.hosts[0], { ...good.hosts[1], name: 'a' }] },
      /hosts\[1\] \(a\): another host has this name/,
    ],
    [
      'twin addresses',
      { ...good, hosts: [good.hosts[0], { ...good.hosts[1], address: '192.0.2.1' }] },
      /belongs to a already/,
    ],
    [
      'an unknown role',
      { ...good, hosts: [{ ...good.hosts[0], role: 'baker' }] },
      /there is no role "baker"; the roles are client, server/,
    ],
    [
      'a link to nowhere',
      { ...good, links: [{ ...good.links[0], between: ['a', 'z'] }] },
      /links\[0\]: there is no host "z"/,
    ],
    ['a bad epoch', { ...good, epoch: 'noon' }, /epoch: "noon" is not a time such as/],
  ]
  it.each(cases)('names the place: %s', (_, scenario, message) => {
    expect(() => buildWorld(scenario as never, echoCatalogue)).toThrow(ScenarioError)
    expect(() => buildWorld(scenario as never, echoCatalogue)).toThrow(message)
  })

  it('reads its epoch as the platform does', () => {
    for (const iso of [
      '1970-01-01T00:00:00Z',
      '2000-02-29T23:59:59Z',
      '2026-11-21T09:30:00Z',
      '2100-03-01T00:00:01Z',
    ]) {
      expect(epochOf(iso)).toBe(Date.parse(iso))
    }
  })
})
