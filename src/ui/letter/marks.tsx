import type { ReactNode } from 'react'

/** A piece of text that is marked where it stands. */
export interface Mark {
  readonly text: string
  readonly className: string | undefined
}

/** Marks that are looked for in one text. */
const MOST = 100

/** A text with every occurrence of some of its parts marked, in any letter case. */
export function marked(text: string, marks: readonly Mark[]): ReactNode {
  const lower = text.toLowerCase()
  const found: { readonly at: number; readonly mark: Mark }[] = []
  for (const mark of marks.slice(0, MOST)) {
    if (mark.text === '') continue
    const wanted = mark.text.toLowerCase()
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
      if (!isPartOfLonger(text, at, wanted.length)) found.push({ at, mark })
    }
  }
  found.sort((one, other) => one.at - other.at)
  const parts: ReactNode[] = []
  let from = 0
  for (const { at, mark } of found) {
    if (at < from) continue
    parts.push(
      text.slice(from, at),
      <mark key={at} className={mark.className}>
        {text.slice(at, at + mark.text.length)}
      </mark>,
    )
    from = at + mark.text.length
  }
  return [...parts, text.slice(from)]
}

const isPartOfLonger = (text: string, at: number, length: number): boolean =>
  /[\w.@-]/.test(text[at - 1] ?? '') || /[\w@-]/.test(text[at + length] ?? '')
