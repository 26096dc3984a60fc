import { toDirectedGraph } from '@xstate/graph'
import { describe, expect, it } from 'vitest'
import { commandEntries } from './catalogue'
import { smtpClient } from './client'
import { smtpServer } from './server'

type Graph = ReturnType<typeof toDirectedGraph>
const flat = (graph: Graph): Graph[] => [graph, ...graph.children.flatMap(flat)]

describe.each([smtpServer, smtpClient])('$key', ({ machine, readers }) => {
  const nodes = flat(toDirectedGraph(machine))

  it('has a title for every state, and a way into each and out of each', () => {
    const entered = new Set(nodes.flatMap((node) => node.edges.map((edge) => edge.target)))
    // The graph leaves out transitions that need no event.
    for (const { stateNode } of nodes)
      for (const { target } of stateNode.always ?? []) for (const one of target ?? []) entered.add(one)
    for (const { stateNode } of nodes) {
      if (stateNode === machine.root) continue
      expect(stateNode.meta?.title, stateNode.id).toBeTypeOf('string')
      // A state that only passes on has no event of its own.
      const waysOut = stateNode.ownEvents.length + (stateNode.always?.length ?? 0)
      if (stateNode.type === 'atomic') expect(waysOut, stateNode.id).toBeGreaterThan(0)
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
  for (const { stateNode } of flat(toDirectedGraph(smtpServer.machine))) {
    if (!stateNode.tags.includes('reads:command')) continue
    expect(stateNode.ownEvents, stateNode.id).toEqual(
      expect.arrayContaining([
        ...commandEntries.map(({ name }) => name),
        'notOffered',
        'malformed',
        'lineTooLong',
        'lineRunsOn',
      ]),
    )
  }
})
