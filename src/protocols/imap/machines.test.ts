import { describe, expect, it } from 'vitest'
import { itIsWellFormed, statesThatRead } from '../../../tests/support/machineGraph'
import { imapClient } from './client/client'
import { COMMANDS } from './commands'
import { legalCommands, refusedCommands } from './server/legal'
import { imapServer } from './server/server'
import { BOB, MemoryHost, message } from './testing/memoryHost'

describe.each([imapServer, imapClient])('$key', (protocol) => {
  itIsWellFormed(protocol)
})

it('answers what is no command, and a literal, in every state that reads commands', () => {
  const reading = statesThatRead(imapServer.machine, 'command')
  expect(reading.map(({ key }) => key)).toEqual(['notAuthenticated', 'authenticated', 'selected'])
  for (const { id, events } of reading)
    expect(events, id).toEqual(expect.arrayContaining(['unreadable', 'lineTooLong', 'literalAnnounced', '*']))
})

describe('the legal commands', () => {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  const end = () => new MemoryHost([message('one')]).connect()

  it('are derived from the machine itself', () => {
    const server = end()
    const before = server.session
    expect(names(legalCommands(server.session))).toEqual([
      'CAPABILITY',
      'NOOP',
      'LOGOUT',
      'ID',
      'LOGIN',
      'AUTHENTICATE',
    ])
    expect(refusedCommands(server.session)).toContainEqual({
      name: 'SELECT',
      reply: 'BAD SELECT needs a login first',
      means: expect.objectContaining({ name: 'BAD', refused: true }),
    })
    server.say(`LOGIN ${BOB} secret`)
    expect(names(legalCommands(server.session))).toContain('SELECT')
    expect(names(refusedCommands(server.session))).toContain('FETCH')
    server.say('SELECT INBOX')
    // Commands for before the login, and for administrators.
    expect(names(refusedCommands(server.session))).toEqual(['STARTTLS', 'LOGIN', 'AUTHENTICATE', 'SETQUOTA'])
    expect(before).not.toBe(server.session)
  })

  it('is DONE alone while idling', () => {
    const server = end().selectInbox()
    server.say('IDLE')
    expect(names(legalCommands(server.session))).toEqual(['DONE'])
    expect(refusedCommands(server.session)).toEqual([])
  })

  it('splits the commands into legal and refused in every state', () => {
    const server = end()
    for (const line of ['NOOP', `LOGIN ${BOB} secret`, 'EXAMINE INBOX', 'UNSELECT']) {
      server.say(line)
      const all = [...names(legalCommands(server.session)), ...names(refusedCommands(server.session))]
      expect(all.sort()).toEqual(COMMANDS.map(({ name }) => name).sort())
    }
    server.say('LOGOUT')
    expect([legalCommands(server.session), refusedCommands(server.session)]).toEqual([[], []])
  })
})
