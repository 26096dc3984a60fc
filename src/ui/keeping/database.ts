import { delMany, get, set, update } from 'idb-keyval'
import { createStore, type Store } from './createStore'

/**
 * The browser's database, which may be forbidden, full, or never answer. The data read from it have an unknown shape, and the
 * caller has to check them. Calls settle within `PATIENCE`.
 */

/** The longest time in milliseconds that a page waits for the database. */
const PATIENCE = 2000

/** Whether the page's data are kept: the database refuses to, or has not answered yet and may still do so. */
type Keeping = 'kept' | 'late' | 'refused'

const works = createStore<Keeping>('kept')
/** For the notice. */
export const keeps: Store<Keeping> = works

/** True after a call has timed out. Then no call waits again until the database has answered. */
let silent = false

async function within<T>(work: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  try {
    const answer = work().then((result) => {
      silent = false
      works.set('kept')
      return result
    })
    const patience = new Promise<never>((_, reject) => {
      const giveUp = (): void => reject(new Error('the database does not answer'))
      if (silent) giveUp()
      timer = setTimeout(() => {
        silent = true
        giveUp()
      }, PATIENCE)
    })
    return await Promise.race([answer, patience])
  } catch (error) {
    works.set(silent ? 'late' : 'refused')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The value of a key, or undefined. Rejects if the database cannot be read or does not answer in time. */
export const readKept = (key: string): Promise<unknown> => within(() => get<unknown>(key))

export const writeKept = (key: string, value: unknown): Promise<void> => within(() => set(key, value))

/** Forgets values that are not needed any more. Never rejects: what stays is forgotten at the next call. */
export const forget = (keys: readonly string[]): Promise<void> =>
  within(() => delMany([...keys])).catch(() => undefined)

/** Changes the value of a key in one transaction, so that no other window interferes. Returns the new value. */
export async function changeKept<T>(key: string, change: (kept: unknown) => T): Promise<T> {
  let made: { readonly value: T } | undefined
  await within(() =>
    update<unknown>(key, (kept) => {
      const value = change(kept)
      made = { value }
      return value
    }),
  )
  if (!made) throw new Error('Broken expectation: a change is made before it is kept')
  return made.value
}

/** The greatest number of unreadable values that are put aside. */
const MOST_ASIDE = 5

/** Puts an unreadable value aside, so that it is not lost for good. Never rejects. */
export async function putAside(key: string, data: unknown, at: number): Promise<void> {
  const aside = (kept: unknown): readonly unknown[] => [
    ...(Array.isArray(kept) ? kept.slice(1 - MOST_ASIDE) : []),
    { at, data },
  ]
  await changeKept(`${key}:damaged`, aside).catch(() => undefined)
}

/** Text kept for this window alone, or for all windows; undefined if there is none or storage is forbidden. */
export function readText(storage: 'session' | 'local', key: string): string | undefined {
  try {
    return areaOf(storage).getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps text at once, or removes it. If storage is forbidden, it does nothing. */
export function writeText(storage: 'session' | 'local', key: string, text: string | undefined): void {
  try {
    if (text === undefined) areaOf(storage).removeItem(key)
    else areaOf(storage).setItem(key, text)
  } catch {
    // Then the text lasts as long as the page.
  }
}

const areaOf = (storage: 'session' | 'local'): Storage => (storage === 'session' ? sessionStorage : localStorage)
