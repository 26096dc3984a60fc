import { get, set, update } from 'idb-keyval'
import type { Progress } from '../../learning/progress'
import type { ProgressStorage } from '../../ui/lesson/progressStore'

const KEY = 'ehlo-world:progress'
const DAMAGED = 'ehlo-world:progress:damaged'

/** Progress in this browser's IndexedDB. It never leaves the machine but by the learner's own export. */
export const browserProgress: ProgressStorage = {
  load: () => get<unknown>(KEY),
  save: (progress: Progress) => set(KEY, progress),
  keepDamaged: (data, at) => update<readonly unknown[]>(DAMAGED, (kept = []) => [...kept.slice(-4), { at, data }]),
}
