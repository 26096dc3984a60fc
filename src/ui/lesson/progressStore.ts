import { createContext, use, useSyncExternalStore } from 'react'
import { NO_PROGRESS, type Progress, readProgress } from '../../learning/progress'

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
  /** All of it, as a file to keep. */
  exported(): string
  /** Takes an exported file; false, with a notice, where it is none. */
  imported(text: string): boolean
}

export function createProgressStore(storage: ProgressStorage): ProgressStore {
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
    storage.save(progress).catch(() => put({ ...state, notice: 'This browser does not let the page keep your progress: export it before you leave.' }))
  }
  const load = async (): Promise<void> => {
    let data: unknown
    try {
      data = await storage.load()
    } catch {
      put({ ...state, notice: 'This browser does not let the page keep your progress: export it before you leave.' })
      return
    }
    if (data === undefined) return
    const progress = readProgress(data)
    if (progress) put({ progress })
    else {
      put({ ...state, notice: 'Your stored progress could not be read, so you start fresh; a copy of it is kept in this browser.' })
      await storage.keepDamaged(data, Date.now()).catch(() => undefined)
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
      let progress: Progress | undefined
      try {
        progress = readProgress(JSON.parse(text))
      } catch {
        progress = undefined
      }
      if (!progress) {
        put({ ...state, notice: 'That file holds no progress of EHLO World: choose one that was exported here.' })
        return false
      }
      const taken = progress
      change(() => taken)
      return true
    },
  }
}

export const ProgressContext = createContext<ProgressStore | undefined>(undefined)

export function useProgressStore(): ProgressStore {
  const store = use(ProgressContext)
  if (!store) throw new Error('Broken expectation: useProgress outside of a ProgressContext')
  return store
}

/** Progress as it stands; what was stored is back before anything is shown. */
export function useProgress(): ProgressState & Pick<ProgressStore, 'change'> {
  const store = useProgressStore()
  use(store.ready)
  const state = useSyncExternalStore(store.subscribe, store.get, store.get)
  return { ...state, change: store.change }
}
