import { useEffect, useRef, useState } from 'react'
import { readKept, writeKept } from '../keeping/database'
import { type Draft, nextAfter } from './draft'
import { readDraft } from './savedDraft'

/** A changed field; an attachment that is there and undefined is taken out. */
export type DraftChange = Partial<Omit<Draft, 'attachment'>> & { readonly attachment?: Draft['attachment'] | undefined }

/** Each world has its own draft; the first one's has no name. */
const keyOf = (scenario: string): string => (scenario === 'two-towns' ? 'draft' : `draft:${scenario}`)
const SAVE_AFTER = 300

export interface DraftUse {
  readonly draft: Draft
  change(next: DraftChange): void
  /** Puts back the letter that lies ready. */
  begin(): void
  /** The draft has left as a letter: the next one begins empty, to the same readers. */
  sent(): void
}

/** The draft, kept through a reload. Storage may be forbidden: then it is kept as long as the page. */
export function useDraft(scenario: string, first: Draft): DraftUse {
  const [draft, setDraft] = useState(first)
  const touched = useRef(false)

  useEffect(() => {
    let wanted = true
    readKept(keyOf(scenario)).then(
      (kept) => {
        const saved = readDraft(kept)
        if (wanted && saved && !touched.current) setDraft((before) => ({ ...before, ...saved }))
      },
      () => {},
    )
    return () => {
      wanted = false
    }
  }, [scenario])

  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => void writeKept(keyOf(scenario), draft).catch(() => {}), SAVE_AFTER)
    return () => clearTimeout(timer)
  }, [scenario, draft])

  // Whoever puts the letter aside at once has written it all the same.
  const latest = useRef(draft)
  latest.current = draft
  useEffect(
    () => () => {
      if (touched.current) void writeKept(keyOf(scenario), latest.current).catch(() => {})
    },
    [scenario],
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
    void writeKept(keyOf(scenario), nextAfter(draft)).catch(() => {})
  }
  return { draft, change, begin, sent }
}
