import { toDirectedGraph } from '@xstate/graph'
import { describe, expect, it } from 'vitest'
import { imapCatalogue } from './catalogue'
import { imapClient } from './client'
import { COMMANDS } from './commands'
import { legalCommands, refusedCommands } from './legal'
import { BOB, letter, MemoryHost } from './memoryHost'
import { imapServer } from './server'

type Graph = ReturnType<typeof toDirectedGraph>
const flat = (graph: Graph): Graph[] => [graph, ...graph.children.flatMap(flat)]

describe.each([imapServer, imapClient])('$key', ({ machine, readers }) => {
  const nodes = flat(toDirectedGraph(machine))

  it('has valid targets, a title for every state, and a way into each', () => {
    const entered = new Set([
      ...nodes.flatMap((node) => node.edges.map((edge) => edge.target)),
      ...nodes.flatMap(({ stateNode }) => (stateNode.always ?? []).flatMap((each) => each.target ?? [])),
    ])
    for (const { stateNode } of nodes) {
      if (stateNode === machine.root) continue
      expect(stateNode.meta?.title, stateNode.id).toBeTypeOf('string')
      const isInitial = stateNode.parent?.initial.target.includes(stateNode)
      const inside = flat(nodes.find((node) => node.stateNode === stateNode) as Graph)
      expect(isInitial || inside.some((node) => entered.has(node.stateNode)), `a way into ${stateNode.id}`).toBe(true)
    }
  })

  it('reads by readers that exist, one a state, and times each of those states', () => {
    const used = new Set<string>()
    for (const { stateNode } of nodes) {
      const tags = stateNode.tags.filter((tag) => tag.startsWith('reads:'))
      expect(tags.length).toBeLessThanOrEqual(1)
      if (tags.length === 0) continue
      used.add(tags[0]?.slice(6) as string)
      expect(stateNode.after, stateNode.id).toHaveLength(1)
    }
    expect([...used].sort()).toEqual(Object.keys(readers).sort())
  })
})

it('answers every command in every state that reads commands', () => {
  for (const { stateNode } of flat(toDirectedGraph(imapServer.machine))) {
    if (!stateNode.tags.includes('reads:command')) continue
    expect(stateNode.parent?.ownEvents, stateNode.id).toEqual(
      expect.arrayContaining([...COMMANDS.map(({ name }) => name), 'unreadable', 'lineTooLong', 'literalAnnounced']),
    )
  }
})

describe('what is legal now', () => {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
  const end = () => new MemoryHost([letter('one')]).connect()

  it('is asked of the machine itself', () => {
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
      cause: 'SELECT needs a login first',
    })
    server.say(`LOGIN ${BOB} secret`)
    expect(names(legalCommands(server.session))).toContain('SELECT')
    expect(names(refusedCommands(server.session))).toContain('FETCH')
    server.say('SELECT INBOX')
    // What is for before the login, and what is for administrators.
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

describe('the catalogue', () => {
  it('names each word once', () => {
    const words = imapCatalogue.map(({ kind, name }) => `${kind} ${name}`)
    expect(new Set(words).size).toBe(words.length)
  })

  it.each(COMMANDS.map(({ name, example }) => ({ name, example })))(
    'has an example of $name that can be read',
    ({ example }) => {
      const server = end()
      expect(server.receive(`t ${example}\r\n`)).not.toMatch(/expected/)
    },
  )
  const end = () => new MemoryHost([letter('one')]).connect().selectInbox()
})
