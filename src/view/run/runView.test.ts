import { describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { fromText } from '../../base/octets'
import { instant } from '../../base/time'
import { catalogue } from '../../hosts/catalogue'
import { bundledScenario } from '../../world/bundledScenario'
import type { InterventionBody } from '../../world/intervention'
import { intervene, startTimeline, type Timeline } from '../../world/timeline'
import { connectionsIn } from './connections'
import { viewOf } from './runView'
import { observe } from './seen'

vi.mock(import('./seen'), async (original) => {
  const real = await original()
  return { ...real, observe: vi.fn<typeof real.observe>(real.observe) }
})

const scenario = bundledScenario(twoTowns)
const person = { host: 'alice-laptop', terminal: 'a' } as const

const done = (timeline: Timeline, at: number, body: InterventionBody): Timeline =>
  intervene(timeline, catalogue, { at: instant(at), ...body })

/** The number of facts that a query reads. */
function observed(ask: () => unknown): number {
  const before = vi.mocked(observe).mock.calls.length
  ask()
  return vi.mocked(observe).mock.calls.length - before
}

describe('the cost of one more line', () => {
  const connect = { type: 'connected', ...person, to: 'mx-out.paper.example', port: 587 } as const
  let run = done(startTimeline(scenario, catalogue), 10, connect)
  const costs: { readonly facts: number; readonly looked: number }[] = []
  for (let line = 1; line <= 240; line++) {
    run = done(run, 1000 * line, { type: 'typed', ...person, octets: fromText('NOOP\r\n') })
    costs.push({ facts: run.trace.length, looked: observed(() => viewOf(run).seen) })
  }

  it('is the new facts and those since the last stored value, however long the run is', () => {
    expect(costs.at(-1)?.facts).toBeGreaterThan(2000)
    const most = (from: number, to: number) => Math.max(...costs.slice(from, to).map(({ looked }) => looked))
    expect(most(180, 240)).toBeLessThanOrEqual(most(0, 60))
    expect(most(0, 240)).toBeLessThan(400)
  })

  it('and that of a query about any instant are bounded in the same way', () => {
    for (const t of [100, 5000, 200_000, 90_000, 239_000])
      expect(observed(() => viewOf(run).at(instant(t)))).toBeLessThan(150)
  })

  it('a branch begins with the state at its beginning, and does not change its parent', () => {
    const before = connectionsIn(viewOf(run).seen.connections)
    const branch = done(run, 120_500, { type: 'hostStopped', host: 'mx-out.paper.example' })
    expect(observed(() => viewOf(branch).seen)).toBeLessThan(400)
    expect(connectionsIn(viewOf(branch).seen.connections)[0]?.state).toBe('halfOpen')
    expect(connectionsIn(viewOf(run).seen.connections)).toEqual(before)
    expect(before[0]?.state).toBe('open')
  })
})
