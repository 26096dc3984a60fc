import { describe, expect, it } from 'vitest'
import { stateName } from '../../session/step'
import { commandEntries, smtpCatalogue } from './catalogue'
import { legalCommands, refusedCommands } from './legal'
import { ServerUnderTest, submissionInput } from './stubHost'

const toGreeted = 'EHLO a.example\r\n'
const toSender = `${toGreeted}MAIL FROM:<alice@paper.example>\r\n`
const toRecipients = `${toSender}RCPT TO:<bob@bird.example>\r\n`
const states: Record<string, string> = {
  waiting: '',
  'session.greeted': toGreeted,
  'session.senderKnown': toSender,
  'session.recipientsKnown': toRecipients,
}
const at = (said: string, input = submissionInput): ServerUnderTest => {
  const server = new ServerUnderTest(input)
  if (said.startsWith(toSender)) said = said.replace('MAIL', 'AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\nMAIL')
  server.receive(said)
  return server
}

it('names each thing once and leaves nothing empty', () => {
  const names = smtpCatalogue.map((entry) => entry.name)
  expect(new Set(names).size).toBe(names.length)
  for (const entry of smtpCatalogue) for (const value of Object.values(entry)) expect(value).not.toHaveLength(0)
})

describe.each(Object.entries(states))('in %s', (state, said) => {
  it('the machine admits what the catalogue says', () => {
    const { session } = at(said)
    expect(stateName(session.machine.value)).toBe(state)
    const legal = legalCommands(session).map(({ name }) => name)
    const refused = refusedCommands(session).map(({ name }) => name)
    expect([...legal, ...refused].sort()).toEqual(commandEntries.map(({ name }) => name).sort())
    // Before anyone has logged in, the submission port holds MAIL back.
    const held = state === 'session.greeted' ? ['MAIL'] : []
    expect(legal).toEqual(
      commandEntries
        .filter(({ name, states }) => states.includes(state) && !held.includes(name))
        .map(({ name }) => name),
    )
  })
})

it('says what may be said now and what would be refused, with the cause', () => {
  const { session } = new ServerUnderTest()
  const server = new ServerUnderTest()
  server.receive(toSender)
  expect(legalCommands(server.session)).toContainEqual({
    name: 'RCPT',
    syntax: 'RCPT TO:<address>',
    reply: '250 or 550',
    effect: 'names one reader',
  })
  expect(legalCommands(server.session)).toContainEqual({
    name: 'QUIT',
    syntax: 'QUIT',
    reply: '221 2.0.0 Bye',
    effect: 'closes the connection',
  })
  expect(refusedCommands(server.session)).toEqual([
    { name: 'MAIL', reply: '503 5.5.1', cause: 'A sender is already known.' },
    { name: 'DATA', reply: '503 5.5.1', cause: 'No reader yet, RCPT comes first.' },
    { name: 'AUTH', reply: '503 5.5.1', cause: 'Not while a letter is under way.' },
  ])
  expect(refusedCommands(session).map(({ name }) => name)).toEqual(['MAIL', 'RCPT', 'DATA', 'AUTH'])
})

it('knows the states in which no command is read', () => {
  const server = new ServerUnderTest()
  server.receive(`${toRecipients}DATA\r\n`)
  expect(legalCommands(server.session).map(({ name }) => name)).toEqual(['.'])
  expect(refusedCommands(server.session)).toEqual([])
  server.receive('.\r\nQUIT\r\n')
  expect(legalCommands(server.session)).toEqual([])
})
