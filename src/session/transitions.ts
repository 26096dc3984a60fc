import { type AnyEventObject, type AnyMachineSnapshot, type AnyStateNode, getMicrosteps } from 'xstate'
import type { Protocol, Session, SessionEvent } from './session'
import { snapshotOf, stateName } from './step'

/**
 * Why a machine goes where it goes. All of this looks at a copy: a session is a value, and nothing is performed.
 */

/** A transition that was possible, in the order in which the machine tries them. */
export interface Candidate {
  /** Absent where the transition has no condition. */
  readonly guard?: string
  readonly holds: boolean
  /** The path of the innermost state that it leads to; absent where it stays. */
  readonly target?: string
}

/** One step of a machine, from a state to a state. An event may be followed by several steps without one. */
export interface TransitionTaken {
  readonly from: string
  readonly to: string
  /** The event's type; empty for a step that follows without an event. */
  readonly event: string
  /** The transitions that were tried. The last one is taken, if it holds. */
  readonly tried: readonly Candidate[]
  /** The machine's context while they were tried. */
  readonly context: object
}

/** The steps that a session would take on this event, each with the transitions that were tried. */
export function transitionsOn(protocol: Protocol, session: Session, event: SessionEvent): readonly TransitionTaken[] {
  const steps: TransitionTaken[] = []
  let before = snapshotOf(protocol, session)
  if (before.status !== 'active') return []
  let type = event.type
  for (const [after] of getMicrosteps(protocol.machine, before, event)) {
    const tried = triedOn(before, type, event)
    if (tried.length > 0) {
      const [from, to] = [stateName(before.value), stateName(after.value)]
      steps.push({ from, to, event: type, tried, context: before.context })
    }
    before = after
    type = ''
  }
  return steps
}

/** The conditions under which a state without events goes on, tried on this session as if it were there now. */
export function leadsFrom(protocol: Protocol, session: Session, path: string): string | undefined {
  const snapshot = snapshotOf(protocol, session)
  const node = nodeAt(snapshot, path)
  const tried = node ? tryAll(node.always ?? [], snapshot, { type: '' }) : []
  return tried.findLast(({ holds }) => holds)?.target
}

type Definition = NonNullable<AnyStateNode['always']>[number]

function triedOn(snapshot: AnyMachineSnapshot, type: string, event: SessionEvent): readonly Candidate[] {
  const tried: Candidate[] = []
  for (let node = nodeAt(snapshot, stateName(snapshot.value)); node; node = node.parent) {
    const definitions = type === '' ? (node.always ?? []) : definitionsFor(node, type)
    tried.push(...tryAll(definitions, snapshot, event))
    if (tried.at(-1)?.holds) break
  }
  return tried
}

/** An exact name goes before the wildcard. */
const definitionsFor = ({ transitions }: AnyStateNode, type: string): readonly Definition[] =>
  [...transitions].flatMap(([name, definitions]) => (name === type || name === '*' ? definitions : []))

function tryAll(
  definitions: readonly Definition[],
  snapshot: AnyMachineSnapshot,
  event: SessionEvent,
): readonly Candidate[] {
  const tried: Candidate[] = []
  for (const definition of definitions) {
    const target = definition.target?.[0]
    const guard = nameOfGuard(definition)
    tried.push({
      ...(guard === undefined ? {} : { guard }),
      holds: guardHolds(definition, snapshot, event),
      ...(target ? { target: pathOf(innermost(target)) } : {}),
    })
    if (tried.at(-1)?.holds) break
  }
  return tried
}

/** The name of a transition's condition. */
export function nameOfGuard({ guard }: Pick<Definition, 'guard'>): string | undefined {
  if (guard === undefined) return undefined
  if (typeof guard === 'string') return guard
  return typeof guard === 'object' && 'type' in guard ? String(guard.type) : undefined
}

function guardHolds({ guard }: Definition, { context, machine }: AnyMachineSnapshot, event: AnyEventObject): boolean {
  if (guard === undefined) return true
  const name = nameOfGuard({ guard })
  const implementation: unknown = name === undefined ? guard : machine.implementations.guards[name]
  if (typeof implementation !== 'function') return false
  const params: unknown = typeof guard === 'object' && 'params' in guard ? guard.params : undefined
  const given: unknown = typeof params === 'function' ? params({ context, event }) : params
  return implementation({ context, event }, given) === true
}

function nodeAt({ machine }: AnyMachineSnapshot, path: string): AnyStateNode | undefined {
  let node: AnyStateNode | undefined = machine.root
  for (const key of path.split('.')) node = node?.states[key]
  return node
}

/** The state that is entered with this one. */
export function innermost(node: AnyStateNode): AnyStateNode {
  const inside = node.initial?.target[0]
  return inside ? innermost(inside) : node
}

/** `ready.transaction.senderKnown`; empty for the machine as a whole. */
export const pathOf = ({ path }: Pick<AnyStateNode, 'path'>): string => path.join('.')
