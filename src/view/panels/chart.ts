import type { AnyStateNode } from 'xstate'
import type { Protocol } from '../../session/session'
import { stateTitle } from '../gloss/gloss'

/** A state of a machine as the panel lists it. */
export interface ListedState {
  /** The path as `stateEntered` facts give it: `session.greeted`. */
  readonly path: string
  readonly title: string
  readonly final: boolean
  readonly children: readonly ListedState[]
}

/** The states of the machine that runs, in the order in which it defines them. */
export function statesOf({ key, machine }: Pick<Protocol, 'key' | 'machine'>): readonly ListedState[] {
  return Object.values(machine.root.states).map((node) => listed(key, node))
}

function listed(protocol: string, node: AnyStateNode): ListedState {
  const path = node.path.join('.')
  const title = stateTitle(protocol, path) ?? (node.meta as { title?: string } | undefined)?.title
  return {
    path,
    title: title === undefined ? inWords(node.key) : title,
    final: node.type === 'final',
    children: Object.values(node.states).map((child) => listed(protocol, child)),
  }
}

/** `awaitingRecipient` is "awaiting recipient". */
const inWords = (key: string): string => key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** True if the machine is in this state or in one inside it. `present` is a state's name; parallel parts are joined by `+`. */
export function isIn(present: string, path: string): boolean {
  return present.split('+').some((part) => part === path || part.startsWith(`${path}.`))
}
