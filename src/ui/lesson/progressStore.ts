import { get, set, update } from 'idb-keyval'
import { use, useSyncExternalStore } from 'react'
import { NO_PROGRESS, type Progress, readProgress } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'

/** Where progress is kept. */
export interface ProgressStorage {
  load(): Promise<unknown>
  save(progress: Progress): Promise<void>
  /** Puts data aside that could not be read, so that nothing is lost for good. */
  keepDamaged(data: unknown, at: number): Promise<void>
}

export interface ProgressState {
  readonly progress: Progress
  /** One sentence for the learner where something went wrong with storage. */
  readonly notice?: string
}

export interface ProgressStore {
  /** Resolves when what was stored has been read. Never rejects. */
  readonly ready: Promise<void>
  get(): ProgressState
  subscribe(listener: () => void): () => void
  change(next: (progress: Progress) => Progress): void
  /** All of it, as the text of a file to keep. */
  exported(): string
  /** Takes an exported file; leaves a notice where it is none. */
  imported(text: string): void
}

const KEY = 'progress'
const DAMAGED = 'progress:damaged'

/** What is on its way to the database. A page that is being left has no time to wait for it. */
let unsaved: Progress | undefined

/** Progress in this browser's IndexedDB. It never leaves the machine but by the learner's own export. */
const indexedDb: ProgressStorage = {
  load: async () => {
    const left = takeLeft()
    if (left === undefined) return get<unknown>(KEY)
    await set(KEY, left)
    return left
  },
  save: async (progress) => {
    unsaved = progress
    await set(KEY, progress)
    if (unsaved === progress) unsaved = undefined
  },
  keepDamaged: (data, at) => update<readonly unknown[]>(DAMAGED, (kept = []) => [...kept.slice(-4), { at, data }]),
}

/** Writes down at once what the database has not confirmed yet. */
function leave(): void {
  try {
    if (unsaved) sessionStorage.setItem(KEY, JSON.stringify(unsaved))
  } catch {
    // Storage is forbidden or full, and the page has said so.
  }
}

function takeLeft(): unknown {
  try {
    const left = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    return left === null ? undefined : parsed(left)
  } catch {
    return undefined
  }
}

export function createProgressStore(storage: ProgressStorage, now: () => number = Date.now): ProgressStore {
  const listeners = new Set<() => void>()
  let state: ProgressState = { progress: NO_PROGRESS }
  const put = (next: ProgressState): void => {
    state = next
    for (const listener of listeners) listener()
  }
  const change = (next: (progress: Progress) => Progress): void => {
    const progress = next(state.progress)
    if (progress === state.progress) return
    put({ ...state, progress })
    storage.save(progress).catch(() => put({ ...state, notice: lessonText('cannotKeep') }))
  }
  const load = async (): Promise<void> => {
    let data: unknown
    try {
      data = await storage.load()
    } catch {
      put({ ...state, notice: lessonText('cannotKeep') })
      return
    }
    if (data === undefined) return
    const progress = readProgress(data)
    if (progress) put({ progress })
    else {
      put({ ...state, notice: lessonText('damaged') })
      await storage.keepDamaged(data, now()).catch(() => undefined)
    }
  }
  return {
    ready: load(),
    get: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change,
    exported: () => `${JSON.stringify(state.progress, undefined, 2)}\n`,
    imported: (text) => {
      const progress = readProgress(parsed(text))
      if (progress) {
        put({ progress })
        change(() => ({ ...progress }))
      } else put({ ...state, notice: lessonText('noProgressFile') })
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

let opened: ProgressStore | undefined
/** This browser's progress: the same store wherever it is asked for. */
export function openProgress(): ProgressStore {
  if (!opened) {
    opened = createProgressStore(indexedDb)
    window.addEventListener('pagehide', leave)
  }
  return opened
}

/** Progress as it stands; what was stored is back before anything is shown. */
export function useProgress(): ProgressState & Pick<ProgressStore, 'change'> {
  const store = openProgress()
  use(store.ready)
  const state = useSyncExternalStore(store.subscribe, store.get, store.get)
  return { ...state, change: store.change }
}
