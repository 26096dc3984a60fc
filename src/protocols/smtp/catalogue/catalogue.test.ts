import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { octets } from '../../../base/octets'
import { stateName } from '../../../session/step'
import { isSmtp } from '../face'
import { parseCommand } from '../grammar/commands'
import { PARAMETER_KEYWORDS } from '../grammar/parameters'
import { legalCommands, refusedCommands } from '../server/legal'
import { guardedInput, inputs, ServerUnderTest } from '../testing/stubHost'
import { commandEntries, notOfferedEntries, smtpCatalogue, smtpEntry } from './catalogue'
import { parameterEntries } from './keywordCatalogue'

/** A server that offers everything, so that it refuses a command only because of its state. */
const everything = { ...guardedInput, plaintextAuth: true }
const login = 'AUTH PLAIN AGFsaWNlAHNlY3JldA==\r\n'

const toGreeted = 'EHLO a.example\r\n'
const toSender = `${toGreeted}${login}MAIL FROM:<alice@paper.example>\r\n`
const toRecipients = `${toSender}RCPT TO:<bob@bird.example>\r\n`
const states: Record<string, string> = {
  'ready.waiting': '',
  'ready.greeted': toGreeted,
  'ready.transaction.senderKnown': toSender,
  'ready.transaction.recipientsKnown': toRecipients,
  'ready.transaction.chunksUnderWay': `${toRecipients}BDAT 3\r\na\r\n`,
  'ready.transaction.chunksRefused': `${toRecipients}BDAT 3 FIRST\r\na\r\n`,
}
const at = (said: string): ServerUnderTest => {
  const server = new ServerUnderTest(everything)
  server.receive(said)
  return server
}

const names = smtpCatalogue.map((entry) => entry.name)

it('names each word once and leaves no field empty', () => {
  expect(new Set(names).size).toBe(names.length)
  for (const entry of smtpCatalogue) for (const value of Object.values(entry)) expect(value).not.toHaveLength(0)
})

it('is in ASCII, as replies to HELP are', () => {
  for (const { syntax = '', term } of smtpCatalogue) expect(syntax + term).toMatch(/^[ -~]+$/)
  for (const { help } of [...commandEntries, ...notOfferedEntries]) expect(help).toMatch(/^[A-Z][ -~]+\.$/)
})

it.each([...commandEntries, ...notOfferedEntries])(
  'HELP $name is its syntax, one line, and where it is defined',
  (entry) => {
    const { name, syntax, help, term, rfc } = entry
    const lines = new ServerUnderTest(everything).receive(`HELP ${name}\r\n`).trimEnd().split('\r\n')
    const said = lines.map((line) => line.slice('214-'.length)).filter((line) => line !== 'It is not offered here.')
    expect(said).toEqual([syntax, help, `${term} (${rfc})`])
  },
)

describe.each(Object.entries(states))('in %s', (state, said) => {
  it('agrees with the machine on the states that admit a command', () => {
    const { session } = at(said)
    expect(stateName(session.machine.value)).toBe(state)
    const legal = legalCommands(session).map(({ name }) => name)
    const refused = refusedCommands(session).map(({ name }) => name)
    expect([...legal, ...refused].sort()).toEqual(commandEntries.map(({ name }) => name).sort())
    // Before a login, the submission port refuses MAIL.
    const held = state === 'ready.greeted' ? ['MAIL'] : []
    expect(legal).toEqual(
      commandEntries
        .filter(({ name, states }) => states.includes(state) && !held.includes(name))
        .map(({ name }) => name),
    )
  })

  it.each(parameterEntries)('parameter $name', ({ name, states }) => {
    const server = at(state === 'ready.greeted' ? `${said}${login}` : said)
    const taken = server.receive(`${examples[name]}\r\n`).startsWith('250 2.1')
    expect(taken).toBe(states?.includes(state))
  })
})

const examples: Readonly<Record<string, string>> = {
  'SIZE=': 'MAIL FROM:<alice@paper.example> SIZE=100',
  'BODY=': 'MAIL FROM:<alice@paper.example> BODY=8BITMIME',
  'RET=': 'MAIL FROM:<alice@paper.example> RET=HDRS',
  'ENVID=': 'MAIL FROM:<alice@paper.example> ENVID=a+20b',
  'AUTH=': 'MAIL FROM:<alice@paper.example> AUTH=<>',
  'NOTIFY=': 'RCPT TO:<bob@bird.example> NOTIFY=SUCCESS,FAILURE',
  'ORCPT=': 'RCPT TO:<bob@bird.example> ORCPT=rfc822;bob@bird.example',
}

describe('contains', () => {
  it('every verb of the grammar, and no other', () => {
    const verbs = [...commandEntries, ...notOfferedEntries].map(({ name }) => name)
    const isKnown = (verb: string): boolean => {
      const command = parseCommand(octets(verb), true)
      return command.type !== 'malformed' || command.verb !== ''
    }
    for (const verb of verbs) expect(isKnown(verb), verb).toBe(true)
    const word = fc.stringMatching(/^[A-Z]{3,8}$/)
    fc.assert(fc.property(word, (verb) => isKnown(verb) === verbs.includes(verb)))
  })

  it('every parameter of the grammar', () => {
    for (const keyword of PARAMETER_KEYWORDS)
      expect(names.includes(`${keyword}=`) || smtpEntry(keyword)?.kind === 'capability', keyword).toBe(true)
    expect(PARAMETER_KEYWORDS.map((keyword) => `${keyword}=`)).toEqual(
      expect.arrayContaining(parameterEntries.map(({ name }) => name)),
    )
  })

  it.each(Object.entries(inputs))('every offered keyword: %s', (_, input) => {
    const server = new ServerUnderTest(input)
    const lines = server.receive(toGreeted).trimEnd().split('\r\n').slice(1)
    expect(lines.length).toBeGreaterThan(5)
    for (const line of lines) expect(names).toContain(line.slice(4).split(' ')[0])
  })

  it('every code in the source, here and in the hosts', () => {
    const found = [...codesIn(new URL('../', import.meta.url)), ...codesIn(new URL('../../../hosts/', import.meta.url))]
    expect(found.length).toBeGreaterThan(50)
    expect(found.filter((code) => !names.includes(code))).toEqual([])
  })
})

/** Reply codes and enhanced status codes that the source can send, as they are written there. */
function codesIn(folder: URL): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !/test|Catalogue|imap|pop3|dns/i.test(file))
  const text = sources.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const codes = [...text.matchAll(/(?:code: |reply\()([2-5]\d\d)\b/g), ...text.matchAll(/['`]([245]\.\d\.\d{1,2})\b/g)]
  return [...new Set(codes.map((match) => match[1] as string))]
}

it('lists the commands that are allowed now and those that would be refused, with the cause', () => {
  const server = new ServerUnderTest()
  const names = () => refusedCommands(server.session).map(({ name }) => name)
  expect(names()).toEqual(['MAIL', 'RCPT', 'DATA', 'BDAT', 'STARTTLS', 'AUTH'])
  server.receive('EHLO a.example\r\nMAIL FROM:<alice@paper.example>\r\n')
  expect(legalCommands(server.session)).toContainEqual({
    name: 'RCPT',
    syntax: 'RCPT TO:<address> [parameters]',
    reply: '250, 550',
  })
  expect(legalCommands(server.session)).toContainEqual({
    name: 'QUIT',
    syntax: 'QUIT',
    reply: '221 2.0.0 Bye',
  })
  const refused = refusedCommands(server.session).map(({ name, reply, means: { parsed } }) => [
    name,
    reply,
    parsed && isSmtp(parsed) && parsed.type === 'reply' && parsed.reason,
  ])
  expect(refused).toEqual([
    ['MAIL', '503 5.5.1', 'nestedMail'],
    ['DATA', '503 5.5.1', 'needRecipient'],
    ['BDAT', '503 5.5.1', 'needRecipient'],
    ['STARTTLS', '502 5.5.1', 'notOffered'],
    ['AUTH', '503 5.5.1', 'authInTransaction'],
  ])
})

it('knows the states that read no command', () => {
  const server = new ServerUnderTest()
  server.receive(`${toRecipients}DATA\r\n`)
  expect(legalCommands(server.session).map(({ name }) => name)).toEqual(['.'])
  expect(refusedCommands(server.session)).toEqual([])
  server.receive('.\r\nQUIT\r\n')
  expect(legalCommands(server.session)).toEqual([])
})
