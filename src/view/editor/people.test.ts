import { describe, expect, it } from 'vitest'
import exampleTest from '../../../lessons/scenarios/example-test.json'
import twoTowns from '../../../lessons/scenarios/two-towns.json'
import { bundledScenario } from '../../world/bundledScenario'
import { doorsOf } from '../run/doors'
import { machineFor, machinesOf, peopleAt } from './people'

const towns = bundledScenario(twoTowns)
const example = bundledScenario(exampleTest)

describe('the machine to type at', () => {
  it.each([
    ['store.bird.example', 110, 'bob-laptop'],
    ['store.bird.example', 995, 'bob-laptop'],
    ['store.bird.example', 143, 'bob-phone'],
    ['store.bird.example', 993, 'bob-phone'],
    ['mx-out.paper.example', 143, 'alice-laptop'],
    ['203.0.113.143', 110, 'bob-laptop'],
    ['mx.bird.example', 25, 'alice-laptop'],
    ['mx-out.paper.example', 587, 'alice-laptop'],
    ['nowhere.example', 4_000, 'alice-laptop'],
  ])('for %s port %d is %s', (to, port, machine) => {
    expect(machineFor(towns, to, port)).toBe(machine)
  })

  it('is one of the offered machines, for every port of every world', () => {
    for (const scenario of [towns, example])
      for (const { host, port } of doorsOf(scenario))
        expect(machinesOf(scenario)).toContain(machineFor(scenario, host, port))
  })
})

describe('the account that can log in', () => {
  it.each([
    ['store.bird.example', 110, { user: 'bob', password: 'birdsong' }],
    ['store.bird.example', 143, { user: 'bob', password: 'birdsong' }],
    ['mx-out.paper.example', 143, { user: 'alice', password: 'paperboat' }],
    ['mx-out.paper.example', 587, { user: 'alice', password: 'paperboat' }],
  ])('at %s port %d is the owner of the mailbox there', (server, port, login) => {
    expect(peopleAt(towns, 'bob-laptop', server, port)).toMatchObject({ login, hello: 'bob-laptop' })
  })
})
