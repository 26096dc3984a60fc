import { describe, expect, it } from 'vitest'
import { edgesOf, itIsWellFormed, statesThatRead } from '../../../tests/support/machineGraph'
import { commandEntries } from './catalogue/catalogue'
import { smtpClient } from './client/client'
import { smtpServer } from './server/server'

describe.each([smtpServer, smtpClient])('$key', (protocol) => {
  itIsWellFormed(protocol)
})

it('answers every command in every state that reads commands', () => {
  for (const state of statesThatRead(smtpServer.machine, 'command')) {
    const all = [
      ...commandEntries.map(({ name }) => name),
      'notOffered',
      'malformed',
      'notSmtp',
      'lineTooLong',
      'lineRunsOn',
    ]
    expect(state.events, state.id).toEqual(expect.arrayContaining(all))
  }
})

it('has a server chart that fits a drawing: at most 110 edges', () => {
  expect(edgesOf(smtpServer.machine)).toBeLessThanOrEqual(110)
})
