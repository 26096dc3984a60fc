<<<<<<< HEAD
import { expect, it } from 'vitest'
import { statesOf } from '../../../tests/support/machineGraph'
import { catalogue } from '../../hosts/catalogue'
import { stateTitles } from './stateTitles'

it.each(Object.entries(stateTitles))(
  'each state of %s has a title, and each title has its state',
  (protocol, titles) => {
    const machine = catalogue.protocols[protocol]?.machine
    const states = machine ? statesOf(machine).filter(({ stateNode }) => stateNode.parent) : []
    expect(Object.keys(titles).sort()).toEqual(states.map(({ stateNode }) => stateNode.path.join('.')).sort())
  },
)

it('no machine has states without titles', () => {
  const untitled = Object.values(catalogue.protocols).flatMap(({ key, machine }) =>
    statesOf(machine).flatMap(({ stateNode }) =>
      !stateNode.parent || stateTitles[key]?.[stateNode.path.join('.')] || stateNode.meta?.title ? [] : [stateNode.id],
    ),
  )
  expect(untitled).toEqual([])
=======
import { describe, expect, it } from 'vitest'
import { leavesOf } from '../../../tests/support/machineGraph'
import { catalogue } from '../../hosts/catalogue'
import { stateTitle } from './stateTitles'

/** Machines whose states have their titles here. */
const titled = Object.values(catalogue.protocols).filter(({ key }) => /^(?:pop3|mta)\./.test(key))

describe('titles of states', () => {
  it('are there for three machines', () => expect(titled.map(({ key }) => key).sort()).toHaveLength(3))

  it.each(titled)('are there for each state of $key', ({ key, machine }) => {
    const paths = leavesOf(machine).map(({ stateNode }) => stateNode.path.join('.'))
    expect(paths.length).toBeGreaterThan(5)
    for (const path of paths) expect(stateTitle(key, path), path).toMatch(/^[a-z]/)
  })
>>>>>>> e2758a9 (POP3's machines and lines carry no sentences: the view makes them from what was parsed; titles of states stand in the view)
})
