const NONE: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()
let done = NONE

/** The lessons that were finished, for the course list. */
export const doneLessons = {
  get: (): ReadonlySet<string> => done,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Progress is read after the first paint: the home page does not wait for it, nor for the code that reads it. */
export function loadDoneLessons(): void {
  void import('../lesson/progressStore').then(async ({ openProgress }) => {
    const store = openProgress()
    await store.ready
    const { lessons } = store.get().progress
    done = new Set(Object.keys(lessons).filter((id) => lessons[id]?.finished))
    for (const listener of listeners) listener()
  })
}
