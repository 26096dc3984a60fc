import { distance } from 'fastest-levenshtein'

/** Longer names are not compared: a slip of the pen is short. */
const LONGEST = 80

/** The name that was probably meant: the one that differs in the fewest letters, if it differs in few. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const given = bare(written)
  if (given.length > LONGEST) return undefined
  const most = given.length < 4 ? 1 : given.length < 9 ? 2 : 3
  let best: { readonly name: string; readonly off: number } | undefined
  for (const name of names) {
    if (name === written || name.length > LONGEST) continue
    const off = distance(given, bare(name))
    if (off <= most && off < (best?.off ?? Number.POSITIVE_INFINITY)) best = { name, off }
  }
  return best?.name
}

/** `Fine-Print` is as good as `finePrint`. */
const bare = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '')

/** So many names are told. */
const MOST_TOLD = 24

/** The remedy for a name that does not exist: the nearest one, or all that there are. */
export function meant(written: string, names: readonly string[], none: string): string {
  const near = nearest(written, names)
  if (near !== undefined) return `Did you mean "${near}"?`
  if (names.length === 0) return none
  return `There ${names.length === 1 ? 'is' : 'are'} ${listed(names)}.`
}

/** As many names as one can read. */
export const listed = (names: readonly string[]): string =>
  names.length <= MOST_TOLD
    ? names.join(', ')
    : `${names.slice(0, MOST_TOLD).join(', ')} and ${names.length - MOST_TOLD} more`
