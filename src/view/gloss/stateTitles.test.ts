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
})
