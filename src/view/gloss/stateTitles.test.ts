import { expect, it } from 'vitest'
import { statesOf } from '../../../tests/support/machineGraph'
import { catalogue } from '../../hosts/catalogue'
import english from '../../messages/en/states'
import { stateTitle } from './gloss'
import './known'

const states = Object.values(catalogue.protocols).flatMap(({ key, machine }) =>
  statesOf(machine).flatMap(({ stateNode: { parent, path, meta } }) =>
    parent ? [{ protocol: key, path: path.join('.'), meta }] : [],
  ),
)

it('every state of every machine has a title, and no machine contains one', () => {
  expect(states.filter(({ protocol, path }) => !stateTitle(protocol, path))).toEqual([])
  expect(states.filter(({ meta }) => meta?.title)).toEqual([])
})

it('no title is for a state that does not exist', () => {
  const known = states.map(({ protocol, path }) => `${protocol}.${path}`)
  expect(Object.keys(english).filter((key) => !known.includes(key))).toEqual([])
})
