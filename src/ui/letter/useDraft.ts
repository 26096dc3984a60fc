import { get, set } from 'idb-keyval'
import { useEffect, useRef, useState } from 'react'
import type { Draft } from './draft'

/** A changed field; an attachment that is there and undefined is taken out. */
export type DraftChange = Partial<Omit<Draft, 'attachment'>> & { readonly attachment?: Draft['attachment'] | undefined }

const KEY = 'draft'
const SAVE_AFTER = 300

/** The draft, kept through a reload. Storage may be forbidden: then it is kept as long as the page. */
export function useDraft(first: Draft): readonly [Draft, (change: DraftChange) => void, () => void] {
  const [draft, setDraft] = useState(first)
  const touched = useRef(false)

  useEffect(() => {
    let wanted = true
    get<Draft>(KEY).then(
      (saved) => {
        if (wanted && saved && !touched.current) setDraft((before) => ({ ...before, ...saved }))
      },
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [])

  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => void set(KEY, draft).catch(() => {}), SAVE_AFTER)
    return () => clearTimeout(timer)
  }, [draft])

  const change = (next: DraftChange): void => {
    touched.current = true
    setDraft(({ attachment: before, ...rest }) => {
      const { attachment: after, ...change } = next
      const attachment = 'attachment' in next ? after : before
      return { ...rest, ...change, ...(attachment ? { attachment } : {}) }
    })
  }
  const begin = (): void => {
    touched.current = true
    setDraft(first)
  }
  return [draft, change, begin]
}
