import { describe, expect, it } from 'vitest'
import { itIsWellFormed, statesThatRead } from '../../../tests/support/machineGraph'
import { commandEntries } from './catalogue'
import { pop3Client } from './client'
import { pop3Server } from './server'

describe.each([pop3Server, pop3Client])('$key', (protocol) => {
  itIsWellFormed(protocol)
})

it('answers every command in every state that reads commands', () => {
  const states = statesThatRead(pop3Server.machine, 'command')
  expect(states.map(({ key }) => key)).toEqual(['noUser', 'userGiven', 'ready'])
  for (const state of states) {
    const all = [...commandEntries.map(({ name }) => name), 'unreadable', 'overlong', 'lineTooLong']
    expect(state.events, state.id).toEqual(expect.arrayContaining(all))
  }
})
