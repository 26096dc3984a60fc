import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { createLiveRun } from './liveRun'

it('returns the same promise to every caller: with a new one each time, React would suspend for ever', () => {
  const live = createLiveRun({
    scenario: bundledScenario(twoTowns),
    seed: 7,
    epoch: 0,
    now: instant(0),
    complete: true,
  })
  expect(live.ready()).toBe(live.ready())
  live.close()
})
