/**
 * Things with names, in groups by a hash of the name. A change copies one group and the list of groups, never all things, so that
 * the creation of the two thousandth mailbox costs as much as that of the tenth. Plain data.
 */
export type NamedGroups<T extends Named> = readonly (readonly T[])[]

interface Named {
  readonly name: string
}

const GROUPS = 64

function groupOf(name: string): number {
  let hash = 0
  for (let at = 0; at < name.length; at++) hash = (hash * 31 + name.charCodeAt(at)) % 0x100_0000
  return hash % GROUPS
}

/** These things in groups. Their names must differ. */
export function grouped<T extends Named>(all: readonly T[]): NamedGroups<T> {
  const groups = Array.from({ length: GROUPS }, (): T[] => [])
  for (const each of all) groups[groupOf(each.name)]?.push(each)
  return groups
}

export const findNamed = <T extends Named>(groups: NamedGroups<T>, name: string): T | undefined =>
  groups[groupOf(name)]?.find((each) => each.name === name)

/** Adds a thing, or replaces the one of its name. */
export const withNamed = <T extends Named>(groups: NamedGroups<T>, thing: T): NamedGroups<T> =>
  changed(groups, thing.name, (group) => [...group, thing])

export const withoutNamed = <T extends Named>(groups: NamedGroups<T>, name: string): NamedGroups<T> =>
  changed(groups, name, (group) => group)

function changed<T extends Named>(
  groups: NamedGroups<T>,
  name: string,
  change: (others: readonly T[]) => readonly T[],
): NamedGroups<T> {
  const at = groupOf(name)
  return groups.with(at, change((groups[at] ?? []).filter((each) => each.name !== name)))
}

export const countNamed = (groups: NamedGroups<Named>): number => groups.reduce((sum, { length }) => sum + length, 0)
