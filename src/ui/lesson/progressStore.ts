import { use } from 'react'
import {
  MOST_OF_A_FILE,
  mergedProgress,
  NO_PROGRESS,
  type Progress,
  type Refusal,
  type Refused,
  readProgress,
  readProgressFile,
} from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { createStore, type Store, useStore } from '../keeping/createStore'
import { changeKept, putAside, readKept, readText, writeText } from '../keeping/database'
import { news } from '../keeping/windows'

/** The storage of progress, common to all windows of this browser. */
export interface ProgressStorage {
  load(): Promise<unknown>
  /** Changes the stored progress in one transaction, so that no other window's answers are lost. Returns the new value. */
  change(next: (kept: unknown) => Progress): Promise<Progress>
  /** Puts unreadable data aside, so that they are not lost for good. */
  keepDamaged(data: unknown, at: number): Promise<void>
  /** Calls back when another window has changed the stored progress. */
  onChange(heard: () => void): void
}

export interface ProgressState {
  readonly progress: Progress
  /** One sentence for the learner if the storage has failed. */
  readonly notice?: string
  /** One sentence about the file that was chosen last: why it was refused. */
  readonly fileNotice?: string
}

export interface ProgressStore extends Store<ProgressState> {
  /** Resolves when the stored progress has been read. Never rejects. */
  readonly ready: Promise<void>
  change(next: (progress: Progress) => Progress): void
  /** All progress as the text of a file to keep. */
  exported(): string
  /** Imports an exported file; sets a notice if the text is not such a file. */
  imported(text: string): void
  importedFile(file: Pick<File, 'size' | 'text'>): Promise<void>
}

const KEY = 'progress'

/** Changes that the database has not confirmed yet. A page that is being left has no time to wait for them. */
let unsaved: Progress | undefined

/** Progress in this browser's IndexedDB. It only leaves the machine by the learner's own export. */
const indexedDb: ProgressStorage = {
  load: async () => {
    const left = kept(parsed(readText('session', KEY) ?? ''))
    if (!left) return readKept(KEY)
    const merged = await changeKept(KEY, (before) => mergedProgress(writtenOver(before), left))
    writeText('session', KEY, undefined)
    return merged
  },
  change: async (next) => {
    const kept = await changeKept(KEY, next)
    news().tell(KEY)
    return kept
  },
  keepDamaged: (data, at) => putAside(KEY, data, at),
  onChange: (heard) => {
    news().listen((key) => {
      if (key === KEY) heard()
    })
  },
}

/** Stores the unconfirmed changes at once. */
function leave(): void {
  if (unsaved) writeText('session', KEY, JSON.stringify(unsaved))
}

export function createProgressStore(storage: ProgressStorage, now: () => number = Date.now): ProgressStore {
  const store = createStore<ProgressState>({ progress: NO_PROGRESS })
  const put = store.set
  /** The number of changes that are shown but not confirmed yet. */
  let under = 0
  const change = (next: (progress: Progress) => Progress): void => {
    const before = store.get()
    const progress = next(before.progress)
    if (progress === before.progress) return
    put({ ...before, progress })
    unsaved = progress
    under++
    storage
      .change((stored) => next(writtenOver(stored)))
      .then(
        (stored) => {
          under--
          if (under > 0) return
          unsaved = undefined
          // Additions of other windows are shown too.
          put({ ...store.get(), progress: stored })
        },
        (error: unknown) => {
          under--
          put({ ...store.get(), notice: lessonText(error instanceof NewerProgress ? 'newer' : 'cannotKeep') })
        },
      )
  }
  const load = async (): Promise<void> => {
    let data: unknown
    try {
      data = await storage.load()
    } catch (error) {
      put({ ...store.get(), notice: lessonText(error instanceof NewerProgress ? 'newer' : 'cannotKeep') })
      return
    }
    if (data === undefined) return
    const read = readProgress(data)
    if ('progress' in read) put({ progress: read.progress })
    else if (read.refused === 'newer') put({ ...store.get(), notice: lessonText('newer') })
    else {
      put({ ...store.get(), notice: lessonText('damaged') })
      await storage.keepDamaged(data, now()).catch(() => undefined)
    }
  }
  storage.onChange(() => {
    void storage.load().then(
      (data) => {
        const progress = kept(data)
        if (progress && under === 0) put({ ...store.get(), progress })
      },
      () => undefined,
    )
  })
  const refuse = ({ refused, where = 'none' }: Refused): void =>
    put({
      ...store.get(),
      fileNotice: refused === 'damaged' ? lessonText('noProgressFile', { where }) : lessonText(FILE_NOTICES[refused]),
    })
  const made: ProgressStore = {
    ready: load(),
    get: store.get,
    subscribe: store.subscribe,
    change,
    exported: () => `${JSON.stringify(store.get().progress, undefined, 2)}\n`,
    imported: (text) => {
      const read = readProgressFile(text)
      if ('progress' in read) {
        const { progress } = read
        put({ progress })
        change(() => ({ ...progress }))
      } else refuse(read)
    },
    importedFile: async (file) => {
      const { fileNotice: _, ...before } = store.get()
      // The same refusal is said again, so it must first be gone.
      put(before)
      await Promise.resolve()
      // A huge file is not even read.
      if (file.size > 4 * MOST_OF_A_FILE) refuse({ refused: 'tooLong' })
      else made.imported(await file.text())
    },
  }
  return made
}

const FILE_NOTICES = {
  newer: 'newerFile',
  notJson: 'notJsonFile',
  tooLong: 'tooLongFile',
} as const satisfies Readonly<Record<Exclude<Refusal, 'damaged'>, string>>

const kept = (data: unknown): Progress | undefined => {
  const read = readProgress(data)
  return 'progress' in read ? read.progress : undefined
}

/** Another window has a newer version of the page, and what it has stored must not be lost. */
class NewerProgress extends Error {}

/** The stored progress that a change begins from. Throws `NewerProgress` if a newer version has stored it. */
function writtenOver(stored: unknown): Progress {
  const read = readProgress(stored)
  if ('progress' in read) return read.progress
  if (read.refused === 'newer') throw new NewerProgress()
  return NO_PROGRESS
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

let opened: ProgressStore | undefined
/** This browser's progress: every caller gets the same store. */
export function openProgress(): ProgressStore {
  if (!opened) {
    opened = createProgressStore(indexedDb)
    window.addEventListener('pagehide', leave)
  }
  return opened
}

/** The present progress. Nothing is shown before the stored progress has been read. */
export function useProgress(): ProgressState & Pick<ProgressStore, 'change'> {
  const store = openProgress()
  use(store.ready)
  return { ...useStore(store), change: store.change }
}
