import { describe, expect, it } from 'vitest'
import { instant } from '../base/time'
import { advance } from './advance'
import { buildWorld } from './build'
import type { Fact, FactOf, FactType } from './fact'
import type { Segment } from './packet'
import type { Scenario } from './scenario'
import { type ClientState, echoCatalogue, echoScenario } from './testing/echoMachine'

const of = <T extends FactType>(trace: readonly Fact[], type: T): FactOf<T>[] =>
  trace.filter((fact) => fact.type === type) as FactOf<T>[]

function run(scenario: Scenario, seed = 1) {
  const { world, facts } = advance(buildWorld(scenario, echoCatalogue, seed), instant(600_000), echoCatalogue)
  const segments = of(facts, 'packetSent').flatMap(({ packet }) => (packet.kind === 'segment' ? [packet] : []))
  return { facts, segments, heard: (world.hosts.a as never as { state: ClientState }).state.heard }
}

/** Payloads of one host, encrypted ones in brackets. */
const wire = (segments: readonly Segment[], from: string): string[] =>
  segments
    .filter((segment) => segment.from === from && segment.payload !== '')
    .map(({ payload, encrypted }) => (encrypted ? `[${payload.trim()}]` : payload.trim()))

describe('TLS', () => {
  it('begins after the go-ahead at the server, and after its own request at the client', () => {
    const { segments, facts, heard } = run(echoScenario(['one', 'STARTTLS', 'two']))
    expect(wire(segments, 'a')).toEqual(['one', 'STARTTLS', '[two]'])
    expect(wire(segments, 'b')).toEqual(['one', 'STARTTLS', '[two]'])
    expect(of(facts, 'tlsStarted').map(({ host, connection }) => `${host} ${connection}`)).toEqual(['b c1', 'a c1'])
    expect(of(facts, 'octetsDiscarded')).toEqual([])
    expect(heard).toEqual(['one', 'STARTTLS', 'two'])
  })

  it('discards plaintext after STARTTLS in every place (RFC 3207 section 4.2)', () => {
    // One line to the client, three to the server: an attacker added the rest.
    const { segments, facts, heard } = run(echoScenario(['STARTTLS\r\nslipped\r\nin', 'two']))
    expect(heard).toEqual(['STARTTLS', 'two'])
    expect(of(facts, 'octetsDiscarded').map(({ host, octets, why }) => [host, octets, why])).toEqual([
      ['b', 'slipped\r\nin\r\n', 'plaintext'],
    ])
    expect(wire(segments, 'b')).toEqual(['STARTTLS', '[two]'])
    // Later octets keep their offset in the stream.
    const last = of(facts, 'read').find(({ host, octets }) => host === 'b' && octets === 'two\r\n')
    expect(last?.start).toBe('STARTTLS\r\nslipped\r\nin\r\n'.length)
  })

  it('discards plaintext that comes in a later segment', () => {
    const late = 'x'.repeat(3000)
    const { facts, heard } = run(echoScenario([`STARTTLS\r\n${late}`, 'two']))
    const discarded = of(facts, 'octetsDiscarded')
    expect(discarded.length).toBeGreaterThan(1)
    expect(discarded.map(({ octets }) => octets).join('')).toBe(`${late}\r\n`)
    expect(heard).toEqual(['STARTTLS', 'two'])
  })

  it('begins at the same octet in spite of loss, duplicates and reordering', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const lines = ['one', 'STARTTLS', 'y'.repeat(4000), 'two']
      const conditions = { loss: 0.15, jitter: 60, duplication: 0.2 }
      const { segments, heard, facts } = run(echoScenario(lines, conditions), seed)
      if (of(facts, 'connectionFailed').length === 0) expect(heard).toEqual(lines)
      for (const { payload, encrypted } of segments) {
        if (payload !== '') expect(encrypted === true).toBe(/y|two/.test(payload))
      }
    }
  })

  it('begins with the first octet on a port with implicit TLS (RFC 8314 section 3)', () => {
    const scenario = echoScenario(['one'], {}, 77)
    const [a, b] = scenario.hosts
    const withTls = { ...scenario, hosts: [{ ...a, config: { ...a?.config, implicitTls: true } }, b] } as Scenario
    const { segments, facts, heard } = run(withTls)
    expect(wire(segments, 'a')).toEqual(['[one]'])
    expect(heard).toEqual(['one'])
    expect(of(facts, 'tlsStarted').map(({ host }) => host)).toEqual(['a', 'b'])
    // A client without TLS is not understood.
    const plain = run(scenario)
    expect(plain.heard).toEqual([])
    expect(of(plain.facts, 'octetsDiscarded').map(({ host, why }) => `${host} ${why}`)).toEqual(['b plaintext'])
  })
})
