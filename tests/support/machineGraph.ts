import { expect, it } from 'vitest'
import type { Protocol } from '../../src/session/session'
import { flat, leavesOf, type MachineNode, statesOf } from './chart'

export { edgesOf, flat, leavesOf, statesOf } from './chart'

type StateNode = MachineNode['stateNode']

/** A state and its ancestors, from the innermost out, without the root. */
const withParents = (node: StateNode): StateNode[] => (node.parent ? [node, ...withParents(node.parent)] : [node])

/** The readers of a state, its own or those of its ancestors. */
const readersOf = (node: StateNode): string[] =>
  withParents(node).flatMap(({ tags }) => tags.flatMap((tag) => (tag.startsWith('reads:') ? [tag.slice(6)] : [])))

/** The innermost states with this reader, each with all events that it handles. */
export const statesThatRead = (
  machine: Protocol['machine'],
  reader: string,
): { id: string; key: string; events: string[] }[] =>
  leavesOf(machine).flatMap(({ stateNode }) =>
    readersOf(stateNode).includes(reader)
      ? [{ id: stateNode.id, key: stateNode.key, events: withParents(stateNode).flatMap(({ ownEvents }) => ownEvents) }]
      : [],
  )

/** True if time runs in the state, by a delayed transition or by the action that starts a timer. */
const isTimed = ({ after, entry }: StateNode): boolean =>
  after.length === 1 || entry.some((action) => action === 'startTimer')

/** Tests for every machine of a dialogue: its chart is complete, and no state waits for octets for ever. */
export function itIsWellFormed({ machine, readers }: Pick<Protocol, 'machine' | 'readers'>): void {
  const nodes = statesOf(machine)

  it('has valid targets, a way into each state and out of each', () => {
    const targets = nodes.flatMap(({ stateNode }) =>
      [...stateNode.transitions.values(), stateNode.always ?? []].flat().flatMap((each) => each.target ?? []),
    )
    const entered = new Set(targets)
    for (const target of targets) expect(target.machine, target.id).toBe(machine)
    for (const node of nodes) {
      const { stateNode } = node
      if (stateNode === machine.root) continue
      if (stateNode.type === 'atomic') {
        expect(stateNode.ownEvents.length + (stateNode.always?.length ?? 0), stateNode.id).toBeGreaterThan(0)
      }
      const isInitial = stateNode.parent?.initial.target.includes(stateNode)
      const reached = isInitial || flat(node).some((inside) => entered.has(inside.stateNode))
      expect(reached, `a way into ${stateNode.id}`).toBe(true)
    }
  })

  it('has existing readers, one in each reading state, and a timer for each', () => {
    const used = new Set<string>()
    for (const { stateNode } of leavesOf(machine)) {
      const read = readersOf(stateNode)
      expect(read.length, stateNode.id).toBeLessThanOrEqual(1)
      for (const reader of read) {
        used.add(reader)
        expect(withParents(stateNode).filter(isTimed), stateNode.id).toHaveLength(1)
      }
    }
    expect([...used].sort()).toEqual(Object.keys(readers).sort())
  })
}
