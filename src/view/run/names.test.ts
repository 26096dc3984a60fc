import { describe, expect, it } from 'vitest'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../world/bundledScenario'
import { namesOf } from './names'

const scenario = bundledScenario(twoTowns)

describe('the names of hosts', () => {
  it('are short, and those of people’s devices as people call them', () => {
    const names = namesOf(scenario)
    expect(names.short('mx-out.paper.example')).toBe('mx-out')
    expect(names.title('alice-laptop')).toBe('Alice’s laptop')
  })

  it('tell two hosts with one title apart', () => {
    const { hosts } = scenario.map
    const phone = hosts['bob-phone']
    if (!phone) throw new Error('Bob has a phone')
    const names = namesOf({ ...scenario, map: { ...scenario.map, hosts: { ...hosts, 'bob-laptop': phone } } })
    expect([names.title('bob-laptop'), names.title('bob-phone'), names.title('alice-laptop')]).toEqual([
      'Bob’s phone (bob-laptop)',
      'Bob’s phone (bob-phone)',
      'Alice’s laptop',
    ])
  })
})
