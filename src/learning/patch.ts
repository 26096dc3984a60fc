/**
 * Changes to data, as RFC 7396 has them: an object changes the fields that it names, null removes a field, anything else takes
 * the field's place. Beyond the RFC, a list whose items have names may be changed by an object: it changes the items that it
 * names, null removes one.
 */

export type Path = readonly (string | number)[]

/** Reports a fault: its place, the fault, and its remedy. */
export type Tell = (path: Path, message: string, remedy: string) => void

/** By field: what names an item of the list, and a field that a new item needs. */
const NAMED_LISTS: Readonly<Record<string, { readonly name: string; readonly needs: string }>> = {
  accounts: { name: 'address', needs: 'password' },
  domains: { name: 'domain', needs: 'recipients' },
  zones: { name: 'apex', needs: 'text' },
  services: { name: 'port', needs: 'service' },
}

export const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/** The data with the changes. `path` leads to the changes in their file. */
export function applied(data: unknown, changes: unknown, path: Path, tell: Tell): unknown {
  if (!isRecord(changes)) return changes
  const list = NAMED_LISTS[String(path.at(-1))]
  if (list && (data === undefined || Array.isArray(data))) return appliedToList(data ?? [], list, changes, path, tell)
  if (Array.isArray(data)) {
    tell(path, 'this is a list, and its items have no names', 'Give the whole list.')
    return data
  }
  const result = new Map<string, unknown>(isRecord(data) ? Object.entries(data) : [])
  for (const [key, change] of Object.entries(changes)) {
    if (change !== null) result.set(key, applied(result.get(key), change, [...path, key], tell))
    else if (!result.delete(key)) nothingToRemove([...path, key], [...result.keys()], tell)
  }
  return Object.fromEntries(result)
}

function appliedToList(
  items: readonly unknown[],
  { name: field, needs }: { readonly name: string; readonly needs: string },
  changes: Readonly<Record<string, unknown>>,
  path: Path,
  tell: Tell,
): readonly unknown[] {
  const nameOf = (item: unknown): string => (isRecord(item) ? String(item[field]) : '')
  const result = [...items]
  for (const [name, change] of Object.entries(changes)) {
    const here = [...path, name]
    const at = result.findIndex((item) => nameOf(item) === name)
    if (change === null) {
      if (at === -1) nothingToRemove(here, result.map(nameOf), tell)
      else result.splice(at, 1)
    } else if (at !== -1) result[at] = applied(result[at], change, here, tell)
    else if (isRecord(change) && needs in change)
      result.push({ [field]: field === 'port' ? Number(name) : name, ...(applied({}, change, here, tell) as object) })
    else
      tell(
        here,
        `there is no "${name}"`,
        `There are ${result.map(nameOf).join(', ') || 'none'}; a new one needs ${needs}.`,
      )
  }
  return result
}

const nothingToRemove = (path: Path, names: readonly string[], tell: Tell): void =>
  tell(path, 'there is nothing to remove', `There are ${names.join(', ') || 'none'}.`)
