import { describe, expect, it } from 'vitest'
import scenarioFile from '../lessons/scenarios/two-towns.json' with { type: 'json' }
import { fromText, octets, toBase64 } from '../src/base/octets'
import { instant } from '../src/base/time'
import { catalogue } from '../src/hosts/catalogue'
import { connectionsIn } from '../src/view/run/connections'
import { namesOf } from '../src/view/run/names'
import { viewOf } from '../src/view/run/runView'
import { sceneAt } from '../src/view/stage/scene'
import { advance, intervene } from '../src/world/advance'
import { buildWorld } from '../src/world/build'
import { bundledScenario } from '../src/world/bundledScenario'
import type { InterventionBody } from '../src/world/intervention'
import {
  intervene as branch,
  carryOn,
  carryOnInSteps,
  NotKept,
  runOn,
  startTimeline,
  worldAt,
} from '../src/world/timeline'
import { factOf, keptFrom, sharedFacts } from '../src/world/trace'
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

/** The size that must not grow: everything except counters and the caches of DNS. */
function sizeOf(world: World): number {
  const { counters: _, now: _now, ...rest } = world
  const hosts = Object.values(rest.hosts).map(({ role, ...host }) =>
    role === 'resolver' ? { sessions: host.sessions } : host,
  )
  return JSON.stringify({ ...rest, hosts }).replace(/\d+/g, '0').length
}

describe('a world that runs for days', () => {
  it('does not grow by 2,000 connections that open and close', () => {
    let world = buildWorld(bundledScenario(scenarioFile), catalogue)
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
    // After six rounds the desk knows as many names of connections as it ever keeps.
    rounds(6)
    const before = sizeOf(world)
    rounds(250)
    expect(opened).toBeGreaterThan(2000)
    // Seven of eight find a listener.
    expect(world.counters.connection).toBeGreaterThan(1750)
    expect(sizeOf(world)).toBeLessThanOrEqual(before + 100)
    // The phone that waits for news keeps its connection: all others are over.
    expect(Object.values(world.connections).map(({ client }) => client.host)).toEqual(['bob-phone'])
  })
})

const scenario = bundledScenario(scenarioFile)
const day = (n: number) => instant(n * 86_400_000)

describe('a timeline of 30 days in two-towns, where a laptop looks for mail every ten minutes', () => {
  const week = runOn(startTimeline(scenario, catalogue), catalogue, day(7))
  const calm = runOn(week, catalogue, day(20))
  const sent = branch(calm, catalogue, {
    at: calm.until,
    type: 'submitted',
    host: 'alice-laptop',
    account: 'alice@paper.example',
    forwardPaths: ['bob@bird.example'],
    message: fromText('From: alice@paper.example\r\nTo: bob@bird.example\r\nSubject: Late\r\n\r\nDay twenty.\r\n'),
  })
  const whole = runOn(sent, catalogue, day(30))
  const open = (world: World) => Object.keys(world.connections)

  it('is simulated to its end, and further on request', () => {
    expect(calm.until).toBeGreaterThanOrEqual(day(20))
    expect(whole.until).toBeGreaterThanOrEqual(day(30))
    expect(whole.busy).toBe(false)
    expect(runOn(whole, catalogue).until).toBeGreaterThan(whole.until)
  })

  it('delivers a message that is sent on day 20', () => {
    const [written, ...rest] = sent.trace.filter(({ type }) => /^message(Written|Delivered|Fetched)$/.test(type))
    expect(written?.at).toBe(calm.until)
    expect(rest.map(({ type }) => type)).toContain('messageDelivered')
    expect(rest.map(({ type }) => type)).toContain('messageFetched')
    // The phone read it by IMAP; then the laptop took it home by POP3, and the phone was told that it is gone.
    const { hosts } = sceneAt(viewOf(whole), namesOf(scenario), whole.until)
    const holding = Object.entries(hosts).filter(([, { holds }]) => holds > 0)
    expect(holding.map(([name, { holds }]) => [name, holds])).toEqual([['bob-laptop', 1]])
    expect(Object.values(hosts).filter(({ waiting }) => waiting > 0)).toEqual([])
  })

  it('keeps a bounded number of facts and worlds, the newest', () => {
    for (const run of [calm, sent, whole]) {
      expect(run.snapshots.at(-1)?.facts).toBeGreaterThan(400_000)
      expect(run.trace.length).toBeLessThanOrEqual(125_000)
      expect(run.trace.length).toBeGreaterThan(50_000)
      expect(run.snapshots.length).toBeLessThan(4100)
      expect(run.trace.at(-1)?.order).toBe((run.snapshots.at(-1)?.facts ?? 0) - 1)
    }
  })

  it('finds a fact by its order, but none that was dropped', () => {
    for (const fact of [whole.trace[0], whole.trace[1], whole.trace.at(-70_000), whole.trace.at(-1)])
      expect(fact && factOf(whole.trace, fact.order)).toBe(fact)
    expect(factOf(whole.trace, 100)).toBeUndefined()
    expect(factOf(whole.trace, 10_000_000)).toBeUndefined()
  })

  it('has every stored world unchanged', () => {
    const at = instant(day(7) - 3_600_000 + 1234)
    expect(keptFrom(week)).toBeGreaterThan(day(1))
    expect(keptFrom(week)).toBeLessThan(at)
    expect(worldAt(week, catalogue, at)).toEqual(advance(buildWorld(scenario, catalogue), at, catalogue).world)
    const first = keptFrom(whole)
    expect(worldAt(whole, catalogue, first).now).toBe(first)
  })

  it('shows open connections, even if they were opened before the oldest stored fact', () => {
    for (const t of [keptFrom(whole), whole.until]) {
      const seen = connectionsIn(viewOf(whole).at(t).connections).filter(({ state }) => state === 'open')
      expect(seen.map(({ connection }) => connection)).toEqual(open(worldAt(whole, catalogue, t)))
    }
  })

  it('reports that an earlier instant is not stored', () => {
    const first = keptFrom(whole)
    expect(first).toBeGreaterThan(day(20))
    const before = instant(first - 1)
    expect(() => worldAt(whole, catalogue, before)).toThrow(NotKept)
    expect(() => branch(whole, catalogue, { type: 'hostStopped', host: 'resolver', at: before })).toThrow(
      expect.objectContaining({ name: 'NotKept', keptFrom: first }),
    )
  })

  it('branches from any stored instant, and shares the facts before it', () => {
    for (const at of [keptFrom(whole), instant(day(29)), whole.until]) {
      const other = branch(whole, catalogue, { type: 'hostStopped', host: 'resolver', at })
      const shared = sharedFacts(whole.trace, other.trace)
      expect(whole.trace[shared - 1]?.at).toBeLessThanOrEqual(at)
      expect(other.trace[shared]).toMatchObject({ type: 'intervened', at })
      expect(other.interventions).toHaveLength(2)
    }
  })

  it('is the same run again when it is made from its interventions', () => {
    const { snapshots, trace, until } = week
    const again = carryOn(startTimeline(scenario, catalogue), catalogue, until)
    expect(again.trace.at(-1)).toEqual(trace.at(-1))
    expect(again.snapshots.at(-1)).toEqual(snapshots.at(-1))
  })
})

describe('a run that is made in steps', () => {
  it('has few facts in each, is complete at each, and ends like one that is made at once', () => {
    const begun = startTimeline(scenario, catalogue)
    const steps = carryOnInSteps(begun, catalogue, day(1))
    let facts = begun.snapshots.at(-1)?.facts ?? 0
    let step = steps.next()
    for (let count = 0; !step.done; step = steps.next(), count++) {
      expect(step.value.facts - facts).toBeLessThanOrEqual(260)
      facts = step.value.facts
      if (count % 20 > 0) continue
      const part = step.value.soFar()
      expect(part.until).toBe(step.value.at)
      expect(part.trace.length).toBe(facts)
      const next = carryOn(part, catalogue, instant(part.until + 60_000))
      expect(next.trace.slice(0, facts)).toEqual(part.trace)
    }
    const whole = carryOn(begun, catalogue, day(1))
    expect(step.value.trace).toEqual(whole.trace)
    expect(step.value.snapshots.at(-1)).toEqual(whole.snapshots.at(-1))
  })
})

describe('a world that never becomes quiet', () => {
  it('is followed up to a limit, says so, and continues on request', () => {
    const restless = structuredClone(scenario)
    for (const { name, config } of restless.hosts) {
      if (name !== 'bob-laptop') continue
      const { accounts } = config as { accounts: { retrieval: { every: number } }[] }
      for (const { retrieval } of accounts) retrieval.every = 5
    }
    const run = startTimeline(restless, catalogue)
    expect(run.busy).toBe(true)
    const further = runOn(run, catalogue)
    expect(further.until).toBeGreaterThan(run.until)
    expect(further.trace.length).toBeGreaterThan(run.trace.length)
  })
})
