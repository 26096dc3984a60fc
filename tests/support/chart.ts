import { toDirectedGraph } from '@xstate/graph'
import type { Protocol } from '../../src/session/session'

/** The chart of a machine, from its graph. */

export type MachineNode = ReturnType<typeof toDirectedGraph>

/** A node of a machine's graph and all its descendants. */
export const flat = (node: MachineNode): MachineNode[] => [node, ...node.children.flatMap(flat)]

/** All states of a machine, the root first. */
export const statesOf = (machine: Protocol['machine']): MachineNode[] => flat(toDirectedGraph(machine))

/** The states without states inside them. */
export const leavesOf = (machine: Protocol['machine']): MachineNode[] =>
  statesOf(machine).filter(({ stateNode }) => stateNode.type === 'atomic' || stateNode.type === 'final')

/** Edges of the chart: every transition of every state, with the eventless and the delayed ones. */
export const edgesOf = (machine: Protocol['machine']): number =>
  statesOf(machine).flatMap(({ stateNode }) => [...stateNode.transitions.values(), stateNode.always ?? []].flat())
    .length
