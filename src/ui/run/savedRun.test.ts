import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { instant } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { DEEDS } from '../../world/testing/deeds'
import { readSavedRun } from './savedRun'

const scenario = bundledScenario(twoTowns)
const saved = (interventions: readonly object[]): unknown =>
  JSON.parse(
    JSON.stringify({
      version: 2,
      scenario: scenario.name,
      seed: 1,
      stepBy: 'line',
      speed: 1,
      all: [{ id: 0, interventions, t: 0, until: 0 }],
      current: 0,
      revision: '',
    }),
  )

describe('a run that was kept', () => {
  it.each(Object.values(DEEDS))('is read again with what was done in it: $type', (body) => {
    const deed = { ...body, at: instant(10) }
    expect(readSavedRun(saved([deed]), scenario)?.all[0]?.interventions).toEqual([deed])
  })

  it.each([
    ['of a machine that is not in this world', { type: 'hostStopped', host: 'nowhere', at: 1 }],
    ['of a link to such a machine', { type: 'linkChanged', between: ['bob-phone', 'nowhere'], up: false, at: 1 }],
    ['of an unknown kind', { type: 'prayed', at: 1 }],
    ['with words that do not belong to it', { type: 'waited', host: 'bob-phone', at: 1 }],
  ])('is left alone if it has a deed %s', (_, deed) => {
    expect(readSavedRun(saved([deed]), scenario)).toBeUndefined()
  })
})
