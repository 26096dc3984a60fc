/** Flags of a message (RFC 9051 section 2.3.2): compared without regard to case, kept in the RFC's spelling. */

export type FlagOperation = 'replace' | 'add' | 'remove'

export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

const SPELLING = new Map<string, string>(SYSTEM_FLAGS.map((flag) => [flag.toLowerCase(), flag]))

/** The RFC's spelling of a system flag; any other flag as written. */
export const canonicalFlag = (flag: string): string => SPELLING.get(flag.toLowerCase()) ?? flag

/** True where the flag is set. */
export function hasFlag(message: { readonly flags: readonly string[] }, flag: string): boolean {
  if (message.flags.length === 0) return false
  const known = canonicalFlag(flag)
  if (message.flags.includes(known)) return true
  if (known.startsWith('\\')) return false
  const wanted = flag.toLowerCase()
  return message.flags.some((set) => set.toLowerCase() === wanted)
}

/** The flags after an operation. `\Recent` belongs to the server and is never stored. */
export function mergeFlags(
  present: readonly string[],
  operation: FlagOperation,
  flags: readonly string[],
): readonly string[] {
  const given = flags.map(canonicalFlag).filter((flag) => flag.toLowerCase() !== '\\recent')
  if (operation === 'remove') {
    const removed = new Set(given.map((flag) => flag.toLowerCase()))
    return present.filter((flag) => !removed.has(flag.toLowerCase()))
  }
  // A map keeps the order, and the first spelling.
  const merged = new Map((operation === 'add' ? present : []).map((flag) => [flag.toLowerCase(), flag]))
  for (const flag of given) if (!merged.has(flag.toLowerCase())) merged.set(flag.toLowerCase(), flag)
  return [...merged.values()]
}

export const sameFlags = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((flag) => b.includes(flag))
