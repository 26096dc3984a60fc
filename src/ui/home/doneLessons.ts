import { createStore, type Store } from '../keeping/createStore'

const done = createStore<ReadonlySet<string>>(new Set())

/** The lessons that were finished, for the course list. */
export const doneLessons: Store<ReadonlySet<string>> = done

/** Progress is read after the first paint: the home page waits neither for it nor for the code that reads it. */
export function loadDoneLessons(): void {
  void import('../lesson/progressStore').then(async ({ openProgress }) => {
    const store = openProgress()
    await store.ready
    const { lessons } = store.get().progress
    done.set(new Set(Object.keys(lessons).filter((id) => lessons[id]?.finished)))
  })
}
