import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import type { Session } from '../../session/session'
import { startSession, step } from '../../session/step'
import { pop3Catalogue } from './catalogue'
import { End, MemoryHost, peer } from './memoryHost'
import { legalCommands, refusedCommands } from './probe'
import { pop3Server } from './server'

const input = { hostName: 'store.bird.example', plaintextAuth: true }
const LOGIN = 'USER bob@bird.example\r\nPASS secret\r\n'

function server(said = '', host = new MemoryHost(), settings = input): End {
  const end = new End(pop3Server, settings, host)
  end.give({ type: 'opened', peer })
  end.sent()
  if (said !== '') end.give({ type: 'received', octets: octets(said) })
  return end
}
const state = (end: End): unknown => end.session.machine.value
const names = (commands: readonly { name: string }[]): string => commands.map((command) => command.name).join(' ')

describe('AUTHORIZATION', () => {
  it('refuses USER and does not offer it where a password may not go in the clear', () => {
    const end = server('CAPA\r\nUSER bob\r\nPASS x\r\n', new MemoryHost(), { ...input, plaintextAuth: false })
    const said = end.sent()
    expect(said).not.toContain('USER\r\n')
    expect(said).toMatch(/-ERR \[AUTH\] .*\r\n-ERR PASS comes after USER/)
  })

  it('keeps spaces in a password', () => {
    const end = server('USER bob\r\nPASS  two words \r\n')
    expect(end.host.questions).toEqual([{ type: 'openMaildrop', user: 'bob', password: ' two words ' }])
  })

  it('reads nothing while the maildrop is being opened', () => {
    let session: Session = startSession(pop3Server, input)[0]
    session = step(pop3Server, session, { type: 'opened', peer })[0]
    const [waiting, outputs] = step(pop3Server, session, {
      type: 'received',
      octets: octets(`${LOGIN}STAT\r\nQUIT\r\n`),
    })
    expect(waiting.inbox).toBe('STAT\r\nQUIT\r\n')
    expect(outputs.at(-1)).toMatchObject({ type: 'entered', state: 'authorization.opening' })
    const [after, more] = step(pop3Server, waiting, {
      type: 'answered',
      answer: { type: 'maildropRefused', reason: 'auth' } as never,
    })
    expect(after.inbox).toBe('')
    expect(more.filter((output) => output.type === 'send').map((output) => output.means.name)).toEqual([
      '-ERR',
      '-ERR',
      '+OK',
    ])
  })
})

describe('UPDATE', () => {
  it('removes what is marked, and only at QUIT', () => {
    const end = server(`${LOGIN}DELE 1\r\n`)
    expect(end.host.messages).toHaveLength(2)
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(end.host.messages.map((message) => message.uid)).toEqual(['u2'])
    expect(end.outputs.slice(-2)).toEqual([{ type: 'close' }, { type: 'entered', state: 'closed' }])
    expect(end.session.machine.status).toBe('done')
  })

  it('removes nothing when the connection is lost', () => {
    const end = server(`${LOGIN}DELE 1\r\nDELE 2\r\n`)
    end.give({ type: 'closed', why: 'reset' })
    expect(end.host.messages).toHaveLength(2)
    expect(end.host.questions.map((question) => question.type)).toEqual(['openMaildrop'])
    expect(state(end)).toBe('closed')
  })

  it('removes nothing and says nothing when nobody speaks for ten minutes', () => {
    const end = server(`${LOGIN}DELE 1\r\n`)
    end.sent()
    const timer = end.outputs.findLast((output) => output.type === 'setTimer')
    expect(timer).toMatchObject({ after: 600_000 })
    end.give({ type: 'expired', timer: timer?.timer ?? '' })
    expect(end.sent()).toBe('')
    expect(end.outputs).toContainEqual({ type: 'close' })
    expect(end.host.messages).toHaveLength(2)
  })

  it('says so where the host could not remove them', () => {
    const host = new MemoryHost()
    const answer = host.answer.bind(host)
    host.answer = (question) => (question.type === 'update' ? { type: 'updated', ok: false } : answer(question))
    const end = server(`${LOGIN}DELE 1\r\n`, host)
    end.sent()
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(end.sent()).toMatch(/^-ERR /)
  })
})

describe('TRANSACTION', () => {
  it('winds the timer up anew at every command', () => {
    const end = server(LOGIN)
    const before = end.outputs.length
    end.give({ type: 'received', octets: octets('NOOP\r\n') })
    const types = end.outputs.slice(before).map((output) => output.type)
    expect(types).toEqual(['read', 'stopTimer', 'send', 'setTimer'])
  })

  it('answers -ERR where the host cannot hand the letter over', () => {
    const host = new MemoryHost()
    const end = server(LOGIN, host)
    host.messages = []
    end.sent()
    end.give({ type: 'received', octets: octets('RETR 1\r\nNOOP\r\n') })
    expect(end.sent()).toMatch(/^-ERR .*\r\n\+OK still here\r\n$/)
  })

  it('refuses a line of 256 octets once and takes one of 255, however the octets come', () => {
    for (const [length, expected] of [
      [255, /^-ERR there is no command[^\r]*\r\n\+OK still here\r\n$|^-ERR this is no command\r\n\+OK still here\r\n$/],
      [256, /^-ERR the line is longer than 255 octets\r\n\+OK still here\r\n$/],
      [2000, /^-ERR the line is longer than 255 octets\r\n\+OK still here\r\n$/],
    ] as const) {
      const line = `${'x'.repeat(length - 2)}\r\nNOOP\r\n`
      for (const pieces of [[line], [...line]]) {
        const end = server(LOGIN)
        end.sent()
        for (const piece of pieces) {
          end.give({ type: 'received', octets: octets(piece) })
          expect(end.session.inbox.length).toBeLessThan(255)
        }
        expect(end.sent()).toMatch(expected)
      }
    }
  })

  it('says of every line in a plain sentence what it is', () => {
    const end = server(`${LOGIN}STAT\r\nRETR 1\r\nDELE 9\r\n`)
    const glosses = end.outputs.flatMap((output) =>
      output.type === 'send' || output.type === 'read' ? [output.means.gloss] : [],
    )
    expect(glosses).toEqual([
      'Hello, a maildrop server is listening.',
      'I come for the letters of bob@bird.example.',
      'And the password?',
      'Here is my password.',
      'Welcome: the maildrop is open, and locked for you alone.',
      'How many letters are waiting?',
      '2 letters, 87 octets.',
      'Give me letter 1.',
      'Here it is: 41 octets.',
      'The letter itself, and a lonely dot to end it.',
      'Mark letter 9 as deleted.',
      'No: there is no message 9, there are 2 messages.',
    ])
  })
})

describe('the commands of the moment', () => {
  it('are told by the machine in each state', () => {
    const end = server()
    expect(names(legalCommands(end.session))).toBe('USER CAPA QUIT')
    expect(refusedCommands(end.session)[0]).toEqual({
      name: 'PASS',
      reply: '-ERR PASS comes after USER: first say who you are',
      cause: 'PASS comes after USER: first say who you are',
    })
    end.give({ type: 'received', octets: octets('USER bob@bird.example\r\n') })
    expect(names(legalCommands(end.session))).toBe('USER PASS CAPA QUIT')
    end.give({ type: 'received', octets: octets('PASS secret\r\n') })
    expect(names(legalCommands(end.session))).toBe('STAT LIST UIDL RETR TOP DELE RSET NOOP CAPA QUIT')
    expect(names(refusedCommands(end.session))).toBe('USER PASS')
    end.give({ type: 'received', octets: octets('DELE 1\r\nDELE 2\r\n') })
    expect(names(refusedCommands(end.session))).toBe('USER PASS RETR TOP DELE')
    end.give({ type: 'received', octets: octets('QUIT\r\n') })
    expect(legalCommands(end.session)).toEqual([])
  })

  it('stand in the catalogue with the states that the machine has', () => {
    const states = new Set(
      ['', 'noUser', 'userGiven', 'opening'].map((leaf) => (leaf ? `authorization.${leaf}` : 'authorization')),
    )
    states.add('transaction.ready')
    for (const entry of pop3Catalogue) for (const name of entry.states ?? []) expect(states).toContain(name)
  })
})

describe('the machine', () => {
  it('leads only to states that it has', () => {
    const { machine } = pop3Server
    expect(machine.id).toBe('pop3Server')
    for (const node of [machine.root, ...descendants(machine.root)]) {
      for (const transition of [...node.transitions.values()].flat()) {
        for (const target of transition.target ?? []) expect(target.machine).toBe(machine)
      }
    }
  })

  it('stands 100,000 random and mutated inputs', () => {
    const words = [
      'USER bob@bird.example',
      'PASS secret',
      'STAT',
      'LIST',
      'RETR 1',
      'TOP 1 1',
      'DELE 2',
      'RSET',
      'UIDL',
      'CAPA',
      'NOOP',
    ]
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...words).map((word) => `${word}\r\n`) },
      fc.string({ unit: 'binary-ascii', maxLength: 40 }).map((text) => `${text}\r\n`),
      fc.tuple(fc.constantFrom(...words), fc.string({ maxLength: 12 })).map(([word, more]) => `${word} ${more}\n`),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 60 }).map((all) => String.fromCharCode(...all)),
      fc.integer({ min: 1, max: 900 }).map((n) => 'A'.repeat(n)),
    )
    let inputs = 0
    fc.assert(
      fc.property(fc.array(line, { minLength: 100, maxLength: 100 }), (lines) => {
        const end = server()
        for (const piece of lines) {
          inputs++
          end.give({ type: 'received', octets: octets(piece) })
          if (end.session.machine.status === 'done') end.session = server().session
          if (end.session.inbox.length >= 255) throw new Error('the inbox grows')
        }
        for (const output of end.outputs) {
          if (output.type !== 'send') continue
          if (!output.octets.endsWith('\r\n')) throw new Error('an answer without a line end')
          if (output.octets.indexOf('\r\n') > 510) throw new Error('an answer that is too long')
        }
      }),
      { numRuns: 1000 },
    )
    expect(inputs).toBe(100_000)
  }, 60_000)
})

type Node = (typeof pop3Server.machine)['root']
function descendants(node: Node): Node[] {
  return Object.values(node.states).flatMap((child) => [child as Node, ...descendants(child as Node)])
}
