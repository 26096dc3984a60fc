import { useCallback, useSyncExternalStore } from 'react'
import { createStore } from '../keeping/createStore'
import { readText, writeText } from '../keeping/database'

/** Zone texts that were typed and not applied yet. They survive another panel, another host and a reload of the page. */
const drafts = createStore<ReadonlyMap<string, string | undefined>>(new Map())
const keyOf = (key: string): string => `zone:${key}`

const read = (key: string): string | undefined =>
  drafts.get().has(key) ? drafts.get().get(key) : readText('session', keyOf(key))

function write(key: string, text: string | undefined): void {
  writeText('session', keyOf(key), text)
  drafts.set(new Map(drafts.get()).set(key, text))
}

/** The draft of that name, and how to change it; undefined throws it away. */
export function useZoneDraft(key: string): readonly [string | undefined, (text: string | undefined) => void] {
  const draft = useSyncExternalStore(drafts.subscribe, () => read(key))
  return [draft, useCallback((text) => write(key, text), [key])]
}
