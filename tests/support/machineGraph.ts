import { toDirectedGraph } from '@xstate/graph'
import { expect, it } from 'vitest'
import type { Protocol } from '../../src/session/session'

export type MachineNode = ReturnType<typeof toDirectedGraph>

/** A node of a machine's graph and all below it. */
export const flat = (node: MachineNode): MachineNode[] => [node, ...node.children.flatMap(flat)]

/** All states of a machine, the root first. */
export const statesOf = (machine: Protocol['machine']): MachineNode[] => flat(toDirectedGraph(machine))

/** The states that read by this reader. */
export const statesThatRead = (machine: Protocol['machine'], reader: string): MachineNode['stateNode'][] =>
  statesOf(machine).flatMap(({ stateNode }) => (stateNode.tags.includes(`reads:${reader}`) ? [stateNode] : []))

/** Tests that hold for every machine of a dialogue: what the chart shows is whole, and nothing waits for ever for octets. */
export function itIsWellFormed({ machine, readers }: Pick<Protocol, 'machine' | 'readers'>): void {
  const nodes = statesOf(machine)

  it('has valid targets, a title for every state, a way into each and out of each', () => {
    const targets = nodes.flatMap(({ stateNode }) =>
      [...stateNode.transitions.values(), stateNode.always ?? []].flat().flatMap((each) => each.target ?? []),
    )
    const entered = new Set(targets)
    for (const target of targets) expect(target.machine, target.id).toBe(machine)
    for (const node of nodes) {
      const { stateNode } = node
      if (stateNode === machine.root) continue
      expect(stateNode.meta?.title, stateNode.id).toBeTypeOf('string')
      if (stateNode.type === 'atomic') {
        expect(stateNode.ownEvents.length + (stateNode.always?.length ?? 0), stateNode.id).toBeGreaterThan(0)
      }
      const isInitial = stateNode.parent?.initial.target.includes(stateNode)
      const reached = isInitial || flat(node).some((inside) => entered.has(inside.stateNode))
      expect(reached, `a way into ${stateNode.id}`).toBe(true)
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
}
