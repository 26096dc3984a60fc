import { expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { START } from '../../base/time'
import { bundledScenario } from '../../world/bundledScenario'
import { DEEDS } from '../../world/testing/deeds'
import { namesOf } from '../run/names'
import { doneWords } from './chain'

const names = namesOf(bundledScenario(twoTowns))

it.each(Object.values(DEEDS))('each thing that somebody did is said in a sentence: $type', (body) => {
  expect(doneWords({ ...body, at: START }, names)).toMatch(/^(You|A program) [^{}]+\.$/)
})
