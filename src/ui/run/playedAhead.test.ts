import { describe, expect, it, vi } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant, START } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import type { Intervention } from '../../world/intervention'
import { type Engine, engine } from './engine'
import { playedAhead } from './playedAhead'

describe('a run that is about to be opened', () => {
  const scenario = bundledScenario(twoTowns)
  const stopped = (at: number): readonly Intervention[] => [{ type: 'hostStopped', host: 'mx-bird', at: instant(at) }]

  it('is played once, whoever asks for it', () => {
    const start = vi.fn<Engine['start']>(engine.start)
    const counted = { ...engine, start }
    const ahead = playedAhead(counted, scenario, { interventions: stopped(START) })
    expect(ahead.trace.length).toBeGreaterThan(0)
    expect(playedAhead(counted, scenario, { seed: scenario.seed, interventions: stopped(START) })).toBe(ahead)
    expect(start).toHaveBeenCalledTimes(1)
  })

  it('is no other: not with another deed, not with another chance, not in another world', () => {
    const asked = playedAhead(engine, scenario, { interventions: [] })
    const others = [
      playedAhead(engine, scenario, { interventions: stopped(START) }),
      playedAhead(engine, scenario, { interventions: stopped(5) }),
      playedAhead(engine, scenario, { seed: scenario.seed + 1, interventions: [] }),
      playedAhead(engine, { ...scenario }, { interventions: [] }),
    ]
    for (const other of others) expect(other).not.toBe(asked)
    expect(others.map(({ interventions }) => interventions.length)).toEqual([1, 1, 0, 0])
    expect(others.map(({ seed }) => seed - scenario.seed)).toEqual([0, 0, 1, 0])
  })
})
