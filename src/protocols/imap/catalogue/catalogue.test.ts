import { describe, expect, it } from 'vitest'
import { statesOf } from '../../../../tests/support/machineGraph'
import { SYSTEM_FLAGS } from '../../../mail/flags'
import { ALL_MECHANISMS } from '../../../sasl'
import type { CatalogueEntry } from '../../../session/catalogue'
import { stateName } from '../../../session/step'
import { COMMANDS } from '../commands'
import { DATA_RESPONSES, RESPONSE_CODES } from '../grammar/responses'
import { DATA_ITEMS, MACROS } from '../items/fetchItems'
import { SEARCH_KEYS } from '../search/searchKeys'
import { SORT_KEYS } from '../search/sortOrder'
import { capabilities } from '../server/capability'
import { imapServer } from '../server/server'
import { startContext } from '../session/serverContext'
import { STATUS_ITEMS } from '../session/statusResponses'
import { BOB, MemoryHost, message, type ServerEnd } from '../testing/memoryHost'
import { imapCatalogue } from './catalogue'

const namesOf = (kind: CatalogueEntry['kind'], starts = '') =>
  imapCatalogue.flatMap((entry) =>
    entry.kind === kind && entry.name.startsWith(starts) ? [entry.name.slice(starts.length)] : [],
  )

const BEFORE = 'ready.notAuthenticated'
const AUTHENTICATED = 'ready.loggedIn.authenticated'
const SELECTED = 'ready.loggedIn.selected'
const READING = [BEFORE, AUTHENTICATED, SELECTED]

/** A session in a state that reads commands. */
function endIn(state: string): ServerEnd {
  const host = new MemoryHost([message('one'), message('two')], [BOB], { storage: 100_000, messages: 100 })
  const end = host.connect({ tls: 'offered', mechanisms: ALL_MECHANISMS })
  if (state !== BEFORE) end.say(`LOGIN ${BOB} secret`)
  if (state === SELECTED) end.say('SELECT INBOX')
  expect(stateName(end.session.machine.value)).toBe(state)
  end.sent()
  return end
}

describe('the catalogue', () => {
  it('names each word once, with every field for a learner', () => {
    const words = imapCatalogue.map(({ kind, name }) => `${kind} ${name}`)
    expect(new Set(words).size).toBe(words.length)
    for (const entry of imapCatalogue) {
      expect(entry.example, entry.name).toMatch(/\S/)
      expect(entry.rfc, entry.name).toMatch(/^RFC \d{4} section \d+(\.\d+)*$/)
      expect(entry.states?.length, entry.name).toBeGreaterThan(0)
    }
  })

  it('names only states of the machine', () => {
    const states = new Set(statesOf(imapServer.machine).map(({ stateNode }) => stateNode.path.join('.')))
    for (const { name, states: named = [] } of imapCatalogue)
      for (const state of named) expect(states, name).toContain(state)
  })

  const commands = imapCatalogue.filter(({ kind, name }) => kind === 'command' && name !== 'DONE')
  it.each(commands)('lists the states that accept $name', ({ name, example = '', states = [] }) => {
    for (const state of READING) {
      const answer = endIn(state).receive(`${example}\r\n`)
      const outOfTurn = / needs a (login|mailbox)| is for before the login/.test(answer)
      expect(outOfTurn, `${name} in ${state}: ${answer}`).toBe(!states.includes(state))
    }
  })

  const said = imapCatalogue.filter(({ kind, example = '' }) => kind !== 'response' && example.startsWith('a1 '))
  it.each(said)('has an example of $name that the server carries out', ({ kind, name, example = '', states = [] }) => {
    // A capability that is listed early may be useful only later.
    const tried = kind === 'capability' ? READING : states
    const answers = tried.map((state) => endIn(state).receive(`${example}\r\n`))
    // A continuation request, or the command succeeds; SETQUOTA is for administrators, bob has another name here.
    const fine = /^\+ |(^|\r\n)a1 (OK|NO \[(NOPERM|AUTHENTICATIONFAILED)\])/
    const done = answers.filter((answer) => fine.test(answer) || (answer === '' && example.endsWith('+}')))
    expect(done.length, `${name}: ${answers.join('')}`).toBe(
      kind === 'capability' ? Math.max(1, done.length) : tried.length,
    )
  })

  it('has every command, data item, key and option that the grammar reads', () => {
    expect(namesOf('command')).toEqual([...COMMANDS.map(({ name }) => name), 'DONE'])
    const items = namesOf('parameter', 'FETCH ').map((name) => name.replace('[]', ''))
    expect(new Set(items)).toEqual(new Set([...DATA_ITEMS, ...Object.keys(MACROS), '(CHANGEDSINCE)']))
    expect(namesOf('parameter', 'STATUS ')).toEqual([...STATUS_ITEMS])
    expect(namesOf('parameter', 'SORT ')).toEqual([...SORT_KEYS])
    expect(namesOf('parameter', 'SEARCH ').filter((name) => !name.startsWith('RETURN'))).toEqual([...SEARCH_KEYS])
  })

  it('has every option of LIST and SEARCH that the grammar names', () => {
    const end = endIn(SELECTED)
    const offered = (line: string) => /one of ([A-Z -]+) at/.exec(end.say(line).join(''))?.[1]?.split(' ') ?? []
    const inParentheses = (starts: string) => namesOf('parameter', `${starts} (`).map((name) => name.replace(')', ''))
    expect(inParentheses('LIST')).toEqual(offered('LIST (FROB) "" "*"'))
    expect(inParentheses('LIST RETURN')).toEqual(offered('LIST "" "*" RETURN (FROB)'))
    expect(inParentheses('SEARCH RETURN')).toEqual(offered('SEARCH RETURN (FROB) ALL'))
  })

  it('has every response and response code that the server says, and those a client must know', () => {
    const plain = namesOf('response').filter((name) => !name.startsWith('['))
    expect(plain.sort()).toEqual([...DATA_RESPONSES, 'OK', 'NO', 'BAD', 'BYE', 'PREAUTH', '+'].sort())
    const codes = namesOf('response', '[').map((name) => name.slice(0, -1))
    expect(codes.sort()).toEqual([...RESPONSE_CODES])
  })

  it('has every flag that is the RFC’s, and every attribute that LIST tells', () => {
    expect(namesOf('flag')).toEqual(expect.arrayContaining([...SYSTEM_FLAGS, '\\Recent', '\\*']))
    const end = endIn(AUTHENTICATED)
    end.say('CREATE a/b')
    end.say('SUBSCRIBE a/b')
    end.say('CREATE Archive (USE (\\Archive))')
    end.say('DELETE a/b')
    const told = [...end.say('LIST (SUBSCRIBED) "" "*"'), ...end.say('LIST "" "*"'), ...end.say('LSUB "" "%"')]
    const attributes = told.flatMap((line) => /^\* L\w+ \(([^)]*)\)/.exec(line)?.[1]?.split(' ').filter(Boolean) ?? [])
    expect(attributes).toContain('\\NonExistent')
    for (const attribute of attributes) expect(namesOf('flag'), attribute).toContain(attribute)
  })

  it('has every word of CAPABILITY, and no other', () => {
    const base = startContext({ hostName: 'h', plaintextAuth: true, tls: 'offered', mechanisms: ALL_MECHANISMS })
    const words = [base, { ...base, plaintextAuth: false }, { ...base, user: BOB }].flatMap((context) =>
      capabilities(context).split(' '),
    )
    expect(new Set(namesOf('capability'))).toEqual(new Set(words))
  })
})
