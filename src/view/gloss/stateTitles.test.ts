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

it('every machine has its titles here, and none says them itself', () => {
  expect(Object.keys(stateTitles).sort()).toEqual(Object.keys(catalogue.protocols).sort())
  const titled = Object.values(catalogue.protocols).flatMap(({ machine }) =>
    statesOf(machine).flatMap(({ stateNode }) => (stateNode.meta?.title ? [stateNode.id] : [])),
  )
  expect(titled).toEqual([])
})
