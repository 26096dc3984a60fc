import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'

/** A stored branch of a run: its interventions, from which the run can be made again. */
export interface BranchPlace {
  readonly interventions: readonly Intervention[]
  readonly t: number
  /** The instant up to which the run was simulated, so that skipped quiet times stay skipped. */
  readonly until: number
}

export interface Branch extends BranchPlace {
  readonly id: number
  /** The branch from which this one was made; absent at a root, and if the parent was dropped. */
  readonly parent?: number | undefined
  /** A name given by a person. */
  readonly name?: string | undefined
  /** The run itself, if it is in memory; else it is made again from the interventions. */
  readonly timeline?: Timeline | undefined
}

/** All runs that were made from one scenario, each from another one: a tree, of which one branch is shown. */
export interface Branches {
  readonly all: readonly Branch[]
  readonly current: number
}

/** The greatest number of branches. Beyond it, the oldest ones are dropped. */
const MOST_BRANCHES = 41

export const rootOf = (place: BranchPlace): Branches => ({ all: [{ ...place, id: 0 }], current: 0 })

export function branchOf({ all, current }: Branches): Branch {
  const found = all.find(({ id }) => id === current)
  if (!found) throw new Error('Broken expectation: the branch that is shown is in the tree')
  return found
}

export const parentOf = (branches: Branches): Branch | undefined => {
  const { parent } = branchOf(branches)
  return branches.all.find(({ id }) => id === parent)
}

/** Updates the shown branch: it is at another instant, or simulated further. */
export function moved(branches: Branches, place: Partial<Branch>): Branches {
  const { current } = branches
  return { ...branches, all: branches.all.map((each) => (each.id === current ? { ...each, ...place } : each)) }
}

/** Adds a branch whose parent is the shown one, and shows it. */
export function grown(branches: Branches, place: BranchPlace & Pick<Branch, 'timeline'>): Branches {
  const id = Math.max(...branches.all.map((each) => each.id)) + 1
  // A parent is older than its child, so the oldest branch that is dropped is a root.
  const all = [...branches.all, { ...place, id, parent: branches.current }].slice(-MOST_BRANCHES)
  return { all, current: id }
}

/** Shows the parent of the shown branch; the same tree if there is none. */
export function undone(branches: Branches): Branches {
  const parent = parentOf(branches)
  return parent ? { ...branches, current: parent.id } : branches
}

/** Names the shown branch; an empty name removes it. */
export const named = (branches: Branches, name: string): Branches =>
  moved(branches, { name: name.trim() === '' ? undefined : name.trim() })
