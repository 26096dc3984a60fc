import { useSyncExternalStore } from 'react'

/** Zone texts that were typed and not applied yet. They survive another panel, another host and a reload of the page. */

const drafts = new Map<string, string>()
const listeners = new Set<() => void>()
const keyOf = (key: string): string => `zone:${key}`

function read(key: string): string | undefined {
  if (!drafts.has(key)) {
    try {
      const saved = sessionStorage.getItem(keyOf(key))
      if (saved !== null) drafts.set(key, saved)
    } catch {
      // Storage may be forbidden: then a draft lives as long as the page.
    }
  }
  return drafts.get(key)
}

function write(key: string, text: string | undefined): void {
  if (text === undefined) drafts.delete(key)
  else drafts.set(key, text)
  try {
    if (text === undefined) sessionStorage.removeItem(keyOf(key))
    else sessionStorage.setItem(keyOf(key), text)
  } catch {
    // As above.
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The draft of that name, and how to change it; undefined throws it away. */
export function useZoneDraft(key: string): readonly [string | undefined, (text: string | undefined) => void] {
  const draft = useSyncExternalStore(subscribe, () => read(key))
  return [draft, (text) => write(key, text)]
}
