import { useEffect, useRef, useState } from 'react'
import { forget, readKept, writeKept } from '../keeping/database'
import { type Draft, nextAfter } from './draft'
import { readDraft } from './savedDraft'

/** A changed field. An attachment that is present but undefined is removed. */
export type DraftChange = Partial<Omit<Draft, 'attachment'>> & { readonly attachment?: Draft['attachment'] | undefined }

/** Each world has its own draft, and each task of a lesson; the first world's key has no name in it. */
const keyOf = (name: string): string => (name === 'two-towns' ? 'draft' : `draft:${name}`)
const SAVE_AFTER = 300

export interface DraftUse {
  readonly draft: Draft
  change(next: DraftChange): void
  /** Restores the letter that is ready to send. */
  begin(): void
  /** Call it when the letter was sent: the next draft is empty, to the same readers. */
  sent(): void
}

/** The letters that are ready to send are back in these forms. */
export const forgetDrafts = (names: readonly string[]): Promise<void> => forget(names.map(keyOf))

/** A kept draft; without a word in it the letter that is ready stays, since the form was opened for a reader, not to write. */
const writtenIn = (saved: Draft): Partial<Draft> =>
  saved.subject.trim() === '' && saved.body.trim() === '' && saved.attachment === undefined ? {} : saved

/**
 * The draft, which survives a reload, or the same to another reader `to`. If storage is forbidden, it lasts as long as the page.
 */
export function useDraft(name: string, first: Draft, to?: string): DraftUse {
  const [draft, setDraft] = useState(to === undefined ? first : { ...first, to })
  const touched = useRef(false)

  useEffect(() => {
    let wanted = true
    readKept(keyOf(name)).then(
      (kept) => {
        const saved = readDraft(kept)
        if (wanted && saved && !touched.current)
          setDraft((before) => (to === undefined ? { ...before, ...saved } : { ...before, ...writtenIn(saved), to }))
      },
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [name, to])

  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => void writeKept(keyOf(name), draft).catch(() => {}), SAVE_AFTER)
    return () => clearTimeout(timer)
  }, [name, draft])

  // The draft is also stored if the form is closed at once.
  const latest = useRef(draft)
  latest.current = draft
  useEffect(
    () => () => {
      if (touched.current) void writeKept(keyOf(name), latest.current).catch(() => {})
    },
    [name],
  )

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
  const sent = (): void => {
    touched.current = false
    void writeKept(keyOf(name), nextAfter(draft)).catch(() => {})
  }
  return { draft, change, begin, sent }
}
