const NONE: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()
let done = NONE

/** The lessons that were finished. Progress is read after the first paint: the home page does not wait for it. */
export const doneLessons = {
  get: (): ReadonlySet<string> => done,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  put: (next: ReadonlySet<string>): void => {
    done = next
    for (const listener of listeners) listener()
  },
}
