import type { Intervention } from '../../world/intervention'
import type { Timeline } from '../../world/timeline'

/** Where a run stood: what was done in it, which is all that is needed to have it again. */
export interface BranchPlace {
  readonly interventions: readonly Intervention[]
  readonly t: number
  /** How far the run was known, so that quiet times that were passed stay passed. */
  readonly until: number
}

export interface Branch extends BranchPlace {
  readonly id: number
  /** The branch from which this one was made; absent at a root, and where the parent has been let go. */
  readonly parent?: number | undefined
  /** Given by a person. */
  readonly name?: string | undefined
  /** The run itself, while it is at hand; else it is made again from the interventions. */
  readonly timeline?: Timeline | undefined
}

/** All runs that were made of one scenario, each from the one before: a tree, of which one branch is shown. */
export interface Branches {
  readonly all: readonly Branch[]
  readonly current: number
}

/** So many branches are kept; of more, the oldest are let go. */
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

/** The branch that is shown stands elsewhere, or is known further. */
export function moved(branches: Branches, place: Partial<Branch>): Branches {
  const { current } = branches
  return { ...branches, all: branches.all.map((each) => (each.id === current ? { ...each, ...place } : each)) }
}

/** A new branch grows from the one that is shown, and is shown. */
export function grown(branches: Branches, place: BranchPlace & Pick<Branch, 'timeline'>): Branches {
  const id = Math.max(...branches.all.map((each) => each.id)) + 1
  // A parent is older than its child: the oldest branch that is let go is a root.
  const all = [...branches.all, { ...place, id, parent: branches.current }].slice(-MOST_BRANCHES)
  return { all, current: id }
}

/** Back to the branch from which the one that is shown was made; the same tree where there is none. */
export function undone(branches: Branches): Branches {
  const parent = parentOf(branches)
  return parent ? { ...branches, current: parent.id } : branches
}

/** Gives the branch that is shown a name; an empty one takes it away. */
export const named = (branches: Branches, name: string): Branches =>
  moved(branches, { name: name.trim() === '' ? undefined : name.trim() })
