import type { AnyStateNode } from 'xstate'
import type { Protocol } from '../../session/session'
import { innermost, nameOfGuard, pathOf } from '../../session/transitions'

/** The graph of a machine, read off the machine that runs. */

/**
 * A state `reads` octets, or `asks` its host or the network and reads nothing, or `passes` on without waiting; a `final` one ends
 * the session.
 */
export type StateKind = 'reads' | 'asks' | 'passes' | 'final'

/** A state without states inside it. */
export interface ChartState {
  /** As `stateEntered` facts give it: `ready.transaction.senderKnown`. */
  readonly path: string
  readonly kind: StateKind
}

/** A transition, as the machine defines it. */
export interface ChartEdge {
  /** The path of the state that defines it, which may have states inside it; empty for the machine as a whole. */
  readonly from: string
  /** The innermost state that it leads to; absent where it stays. */
  readonly to?: string
  /** The event's type, or the name of the time that has passed; empty where it follows without an event. */
  readonly event: string
  readonly guard?: string
}

export interface Graph {
  /** The protocol's key: `smtp.server`. */
  readonly key: string
  readonly states: readonly ChartState[]
  readonly edges: readonly ChartEdge[]
  readonly initial: string
}

const graphs = new WeakMap<Protocol['machine'], Graph>()

/** The graph of the machine that runs a protocol's sessions. */
export function graphOf({ key, machine }: Pick<Protocol, 'key' | 'machine'>): Graph {
  const made = graphs.get(machine)
  if (made) return made
  const nodes = flat(machine.root)
  const graph: Graph = {
    key,
    states: nodes.filter(isLeaf).map((node) => ({ path: pathOf(node), kind: kindOf(node) })),
    edges: nodes.flatMap(edgesFrom),
    initial: pathOf(innermost(machine.root)),
  }
  graphs.set(machine, graph)
  return graph
}

const isLeaf = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final'

const flat = (node: AnyStateNode): AnyStateNode[] => [node, ...Object.values(node.states).flatMap(flat)]

const reads = (node: AnyStateNode): boolean =>
  node.tags.some((tag) => tag.startsWith('reads:')) || (node.parent !== undefined && reads(node.parent))

function kindOf(node: AnyStateNode): StateKind {
  if (node.type === 'final') return 'final'
  if (reads(node)) return 'reads'
  return node.always !== undefined && node.always.length > 0 && node.ownEvents.length === 0 ? 'passes' : 'asks'
}

function edgesFrom(node: AnyStateNode): ChartEdge[] {
  const from = pathOf(node)
  return [...node.transitions.values(), node.always ?? []].flat().map((transition) => {
    const target = transition.target?.[0]
    const guard = nameOfGuard(transition)
    return {
      from,
      event: nameOfEvent(transition.eventType, node.id),
      ...(target ? { to: pathOf(innermost(target)) } : {}),
      ...(guard === undefined ? {} : { guard }),
    }
  })
}

/** A delayed transition has an event made of the delay and the state. */
function nameOfEvent(type: string, id: string): string {
  const after = 'xstate.after.'
  return type.startsWith(after) ? type.slice(after.length, -id.length - 1) : type
}

/** True if the first path is the second one or inside it. */
export const isWithin = (path: string, around: string): boolean =>
  around === '' || path === around || path.startsWith(`${around}.`)

const orders = new WeakMap<Graph, Map<string, readonly ChartEdge[]>>()

/**
 * The transitions of a state, its own first and then those of the states around it, without those that it overrides: an event
 * that a state answers in any case never reaches the states around it.
 */
export function edgesOf(graph: Graph, path: string): readonly ChartEdge[] {
  const known = orders.get(graph) ?? new Map<string, readonly ChartEdge[]>()
  orders.set(graph, known)
  const made = known.get(path)
  if (made) return made
  const answered = new Set<string>()
  const edges: ChartEdge[] = []
  for (const around of aroundOf(path)) {
    const here = graph.edges.filter(({ from, event }) => from === around && !answered.has(event))
    edges.push(...here)
    for (const { event, guard } of here) if (guard === undefined) answered.add(event)
  }
  known.set(path, edges)
  return edges
}

/** A path and those around it, from the innermost out; the machine as a whole comes last. */
function aroundOf(path: string): readonly string[] {
  const keys = path.split('.')
  return [...keys.map((_, at) => keys.slice(0, keys.length - at).join('.')), '']
}

/** A way from one state to another that an event begins, and the states that it only passes on the way. */
export interface Passage {
  readonly event: string
  readonly to: string
  readonly via: readonly string[]
  /** The conditions on the way. */
  readonly guards: readonly string[]
}

/** The ways out of a state. From a state that only passes on they continue to the next states. */
export function passagesFrom(graph: Graph, path: string, passes = isPassing(graph)): readonly Passage[] {
  return edgesOf(graph, path).flatMap(({ event, to, guard }) =>
    to === undefined ? [] : followed(graph, { event, to, via: [], guards: guard === undefined ? [] : [guard] }, passes),
  )
}

const isPassing = (graph: Graph) => {
  const passing = new Set(graph.states.filter(({ kind }) => kind === 'passes').map(({ path }) => path))
  return (path: string): boolean => passing.has(path)
}

function followed(graph: Graph, passage: Passage, passes: (path: string) => boolean): readonly Passage[] {
  const { to, via } = passage
  if (!passes(to) || via.includes(to)) return [passage]
  return [
    passage,
    ...edgesOf(graph, to).flatMap((edge) =>
      edge.to === undefined || edge.from === '' || edge.to === to
        ? []
        : followed(
            graph,
            {
              ...passage,
              to: edge.to,
              via: [...via, to],
              guards: edge.guard === undefined ? passage.guards : [...passage.guards, edge.guard],
            },
            passes,
          ),
    ),
  ]
}

/** The events on which a state may be left for another one, directly or through states that only pass on. */
export function eventsBetween(graph: Graph, from: string, to: string): readonly string[] {
  const events = passagesFrom(graph, from).flatMap((passage) => (passage.to === to ? [passage.event] : []))
  return [...new Set(events)]
}

/** The conditions under which a state goes on to another one without an event. */
export const guardsBetween = (graph: Graph, from: string, to: string): readonly string[] => [
  ...new Set(
    edgesOf(graph, from).flatMap((edge) =>
      edge.event === '' && edge.to === to && edge.guard !== undefined ? [edge.guard] : [],
    ),
  ),
]
