import { describe, expect, it } from 'vitest'
import scenarioFile from '../lessons/scenarios/two-towns.json' with { type: 'json' }
import { octets, toBase64 } from '../src/base/octets'
import { instant } from '../src/base/time'
import { catalogue } from '../src/hosts/catalogue'
import { advance, intervene } from '../src/world/advance'
import { buildWorld } from '../src/world/build'
import type { InterventionBody } from '../src/world/intervention'
import type { Scenario } from '../src/world/scenario'
import type { World } from '../src/world/world'

/** Dialogues of all kinds: finished, broken off, never begun, in TLS or not at all. */
const plain = toBase64(octets('\0alice\0paperboat'))
const DIALOGUES: readonly { readonly to: string; readonly port: number; readonly says: readonly string[] }[] = [
  { to: 'mx-out.paper.example', port: 587, says: ['EHLO me', `AUTH PLAIN ${plain}`, 'QUIT'] },
  {
    to: 'mx-out.paper.example',
    port: 587,
    says: ['EHLO me', `AUTH PLAIN ${plain}`, 'MAIL FROM:<alice@paper.example>'],
  },
  { to: 'mx-out.paper.example', port: 587, says: ['EHLO me', 'AUTH PLAIN'] },
  { to: 'mx-out.paper.example', port: 143, says: ['a login alice paperboat', 'b select inbox', 'c idle'] },
  { to: '203.0.113.143', port: 110, says: ['USER bob', 'PASS birdsong', 'STAT'] },
  { to: '203.0.113.143', port: 25, says: [] },
  { to: '203.0.113.143', port: 81, says: [] },
  { to: 'nowhere.bird.example', port: 25, says: [] },
]

/** What has to stay as large as it was: all but counters and what the caches of DNS learn. */
function sizeOf(world: World): number {
  const { counters: _, now: _now, ...rest } = world
  const hosts = Object.values(rest.hosts).map(({ role, ...host }) =>
    role === 'resolver' ? { sessions: host.sessions } : host,
  )
  return JSON.stringify({ ...rest, hosts }).replace(/\d+/g, '0').length
}

describe('a world that runs for days', () => {
  it('does not grow by 2,000 connections that come and go', () => {
    let world = buildWorld(scenarioFile as unknown as Scenario, catalogue)
    let opened = 0
    const at = (body: InterventionBody): void => {
      world = intervene(world, { at: world.now, ...body }, catalogue).world
    }
    const pass = (ms: number): void => {
      world = advance(world, instant(world.now + ms), catalogue).world
    }
    const rounds = (count: number): void => {
      for (let n = 0; n < count; n++) {
        const terminals = DIALOGUES.map((dialogue) => ({ ...dialogue, terminal: `t${++opened}` }))
        const host = 'alice-laptop'
        for (const { to, port, terminal } of terminals) at({ type: 'connected', host, terminal, to, port })
        pass(400)
        for (const { says, terminal } of terminals)
          for (const line of says) {
            at({ type: 'typed', host, terminal, octets: octets(`${line}\r\n`) })
            pass(100)
          }
        for (const { terminal } of terminals) at({ type: 'hungUp', host, terminal })
        pass(20_000)
      }
      pass(3_600_000)
    }
    rounds(2)
    const before = sizeOf(world)
    rounds(250)
    expect(opened).toBeGreaterThan(2000)
    // Seven of eight find somebody to connect to.
    expect(world.counters.connection).toBeGreaterThan(1750)
    expect(sizeOf(world)).toBeLessThanOrEqual(before + 100)
    // The phone that waits for news keeps its connection: all others are over.
    expect(Object.values(world.connections).map(({ client }) => client.host)).toEqual(['bob-phone'])
  })
})
