import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { statesOf } from '../../../tests/support/machineGraph'
import { octets } from '../../base/octets'
import { stateName } from '../../session/step'
import { COMMAND_NAMES, commandEntries } from './catalogue'
import { parseCapabilities } from './content'
import { parseCommand } from './grammar'
import { capabilityEntries, pop3Catalogue } from './responseCatalogue'
import { pop3Server } from './server'
import type { ServerInput } from './serverTypes'
import { bobsMessages, End, MemoryHost, peer } from './testing/memoryHost'

const everything: ServerInput = {
  hostName: 'store.bird.example',
  plaintextAuth: true,
  tls: 'offered',
  mechanisms: ['SCRAM-SHA-256', 'CRAM-MD5', 'PLAIN', 'LOGIN'],
  apop: true,
  loginDelay: 60,
}

/** A session in a state that reads commands. */
function endIn(state: string): End {
  const end = new End(pop3Server, everything, new MemoryHost(bobsMessages))
  end.give({ type: 'opened', peer })
  const said: Record<string, string> = {
    'authorization.noUser': '',
    'authorization.userGiven': 'USER bob@bird.example\r\n',
    'transaction.ready': 'USER bob@bird.example\r\nPASS secret\r\n',
  }
  end.give({ type: 'received', octets: octets(said[state] ?? '') })
  expect(stateName(end.session.machine.value)).toBe(state)
  end.sent()
  return end
}
const READING = ['authorization.noUser', 'authorization.userGiven', 'transaction.ready']

const dialogues = new URL('./dialogues/', import.meta.url)
const fromServer = readdirSync(dialogues)
  .flatMap((file) => readFileSync(new URL(file, dialogues), 'utf8').split('\n'))
  .flatMap((line) => (line.startsWith('S: ') ? [line.slice(3)] : []))
const fromClient = readdirSync(dialogues)
  .flatMap((file) => readFileSync(new URL(file, dialogues), 'utf8').split('\n'))
  .flatMap((line) => (line.startsWith('C: ') ? [line.slice(3)] : []))

describe('the catalogue', () => {
  it('names each word once, with every field for a learner', () => {
    const words = pop3Catalogue.map(({ name }) => name)
    expect(new Set(words).size).toBe(words.length)
    for (const entry of pop3Catalogue) {
      expect(entry.example, entry.name).toBeTypeOf('string')
      expect(entry.rfc, entry.name).toMatch(/^RFC \d{4}( section [\d.]+)?/)
      expect(entry.states?.length, entry.name).toBeGreaterThan(0)
    }
  })

  it('names only states of the machine', () => {
    const states = new Set(statesOf(pop3Server.machine).map(({ stateNode }) => stateNode.path.join('.')))
    for (const { name, states: named = [] } of pop3Catalogue)
      for (const state of named) expect(states, name).toContain(state)
  })

  it.each(commandEntries)('lists the states that accept $name', ({ name, example = '', states }) => {
    for (const state of READING) {
      const end = endIn(state)
      end.give({ type: 'received', octets: octets(`${example}\r\n`) })
      const answer = end.sent()
      const outOfTurn = / comes after | is for before the login|no timestamp/.test(answer)
      expect(outOfTurn, `${name} in ${state}: ${answer}`).toBe(!states?.includes(state))
    }
  })

  it.each(commandEntries)('has a readable example of $name', ({ name, example = '' }) => {
    expect(parseCommand(octets(example)).type).toBe(name)
  })

  it('has every keyword of the grammar, and each occurs in a golden dialogue', () => {
    expect([...COMMAND_NAMES].sort()).toEqual(commandEntries.map(({ name }) => name).sort())
    const said = new Set(fromClient.map((line) => line.split(' ')[0]?.toUpperCase()))
    for (const name of COMMAND_NAMES) expect(said).toContain(name)
  })

  it('has every capability that a server lists, as a capability or as the command of that name', () => {
    const end = endIn('authorization.noUser')
    end.give({ type: 'received', octets: octets('CAPA\r\n') })
    const listed = Object.keys(
      parseCapabilities(
        octets(
          end
            .sent()
            .replace(/^.*\r\n/, '')
            .replace(/\.\r\n$/, ''),
        ),
      ),
    )
    const tags = commandEntries.flatMap(({ name }) => (listed.includes(name) ? [name] : []))
    expect(tags).toEqual(['USER', 'STLS', 'UTF8', 'UIDL', 'TOP', 'LANG'])
    expect(listed.filter((tag) => !tags.some((name) => name === tag)).sort()).toEqual(
      capabilityEntries.map(({ name }) => name).sort(),
    )
  })

  it('has every status and response code of the golden dialogues, and two of other servers', () => {
    const statuses = fromServer.flatMap((line) => /^(?:\+OK|-ERR|\+)(?= )/.exec(line) ?? [])
    const codes = fromServer.flatMap((line) => /^(?:\+OK|-ERR) (\[[^\]]+\])/.exec(line)?.[1] ?? [])
    const heard = [...new Set([...statuses, ...codes])]
    const known = pop3Catalogue.flatMap(({ kind, name }) => (kind === 'response' ? [name] : []))
    expect([...heard, '[SYS/PERM]', '[UTF8]'].sort()).toEqual(known.sort())
  })
})
