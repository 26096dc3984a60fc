import { get, set } from 'idb-keyval'
import type { Intervention } from '../../world/intervention'
import type { StepSize } from './run'

/** What was done, which is all that is needed to have the run again. */
export interface SavedBranch {
  readonly interventions: readonly Intervention[]
  readonly t: number
  /** How far the run was known, so that quiet times that were passed stay passed. */
  readonly until: number
}

export interface SavedRun extends SavedBranch {
  readonly version: 1
  readonly scenario: string
  readonly seed: number
  readonly stepBy: StepSize
  readonly speed: number
  readonly undo: readonly SavedBranch[]
}

let works = true
const listeners = new Set<() => void>()

function note(now: boolean): void {
  if (now === works) return
  works = now
  for (const listener of listeners) listener()
}

/** Whether what is saved is kept: an external store for the notice. */
export const keeping = {
  works: (): boolean => works,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

const keyOf = (key: string): string => `run:${key}`

/** Storage may be forbidden or full: then the page works and forgets. */
export async function loadRun(key: string): Promise<SavedRun | undefined> {
  try {
    const saved = await get<SavedRun>(keyOf(key))
    return saved?.version === 1 ? saved : undefined
  } catch {
    return undefined
  }
}

export async function saveRun(key: string, saved: SavedRun): Promise<void> {
  try {
    await set(keyOf(key), saved)
    note(true)
  } catch {
    // The run is still in memory; the page says that it will not last.
    note(false)
  }
}

/** Where the learner stood when the page was left, and how much had been done by then. */
export interface Place {
  readonly t: number
  readonly done: number
}

/** Writes the place down at once: a page that is being left has no time to wait for a database. */
export function leavePlace(key: string, place: Place): void {
  try {
    sessionStorage.setItem(keyOf(key), JSON.stringify(place))
  } catch {
    // As above.
  }
}

export function leftPlace(key: string): Place | undefined {
  try {
    const place = JSON.parse(sessionStorage.getItem(keyOf(key)) ?? 'null') as Partial<Place> | null
    return typeof place?.t === 'number' && typeof place.done === 'number' ? { t: place.t, done: place.done } : undefined
  } catch {
    return undefined
  }
}
