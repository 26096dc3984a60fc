import type { ZoneFault } from './zoneFault'

/** The words of a master file (RFC 1035 section 5.1): blanks, quotation marks, parentheses across lines, comments, `\`. */

/** A place in a text, for a message or an editor's mark. `line` and `column` count from 1, columns in UTF-16 units. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly length: number
}

/** An error at a place. */
export interface Problem extends Place {
  readonly fault: ZoneFault
}

export interface Word extends Place {
  /** As written, without its quotation marks; `\DDD` and `\X` are not yet decoded. */
  readonly text: string
  readonly quoted: boolean
}

/** A directive or a record with all its lines. */
export interface Entry {
  readonly words: readonly Word[]
  /** It begins with a blank: its owner is the last stated one. */
  readonly startsBlank: boolean
}

export interface Words {
  readonly entries: readonly Entry[]
  readonly problems: readonly Problem[]
}

const END_OF_WORD = /[\s;()"]/

/** Splits a text into entries. A malformed one is left out and reported. */
export function entriesOf(text: string): Words {
  const entries: Entry[] = []
  const problems: Problem[] = []
  let words: Word[] = []
  let open: Place[] = []
  let broken = false
  let startsBlank = /^[ \t]/.test(text)
  let line = 1
  let lineStart = 0
  let at = 0

  const place = (start: number, end: number): Place => ({ line, column: start - lineStart + 1, length: end - start })
  const problem = (where: Place, fault: ZoneFault): void => {
    problems.push({ ...where, fault })
    broken = true
  }
  const endEntry = (): void => {
    if (words.length > 0 && !broken) entries.push({ words, startsBlank })
    words = []
    broken = false
  }
  /** The end of a run of characters; an escaped character never ends it. */
  const runEnd = (start: number, ends: RegExp): number => {
    let end = start
    while (end < text.length && !ends.test(text.charAt(end)))
      end += text.charAt(end) === '\\' && !isNewline(end + 1) ? 2 : 1
    return Math.min(end, text.length)
  }
  const isNewline = (where: number): boolean => where >= text.length || text.charAt(where) === '\n'

  while (at < text.length) {
    const here = text.charAt(at)
    if (here === '\n') {
      if (open.length === 0) {
        endEntry()
        startsBlank = /[ \t]/.test(text.charAt(at + 1))
      }
      at += 1
      line += 1
      lineStart = at
    } else if (/\s/.test(here)) {
      at += 1
    } else if (here === ';') {
      while (!isNewline(at)) at += 1
    } else if (here === '(') {
      open.push(place(at, at + 1))
      at += 1
    } else if (here === ')') {
      if (!open.pop()) problem(place(at, at + 1), { is: 'notOpened' })
      at += 1
    } else if (here === '"') {
      const end = runEnd(at + 1, /["\n]/)
      const closed = text.charAt(end) === '"'
      if (!closed) problem(place(at, end), { is: 'quotationNotClosed' })
      words.push({ text: text.slice(at + 1, end), quoted: true, ...place(at, closed ? end + 1 : end) })
      at = closed ? end + 1 : end
    } else {
      const end = Math.max(runEnd(at, END_OF_WORD), at + 1)
      words.push({ text: text.slice(at, end), quoted: false, ...place(at, end) })
      at = end
    }
  }
  const unclosed = open[0]
  if (unclosed) problem(unclosed, { is: 'notClosed' })
  open = []
  endEntry()
  return { entries, problems }
}

/** The characters of a word, decoded, and whether each was escaped: `\DDD` is an octet, `\X` is X itself. */
export function charactersOf(
  text: string,
): readonly { readonly text: string; readonly escaped: boolean }[] | undefined {
  const found: { text: string; escaped: boolean }[] = []
  for (const [whole] of text.matchAll(/\\\d{3}|\\[^\d]|\\|[^\\]/gsu)) {
    if (!whole.startsWith('\\')) found.push({ text: whole, escaped: false })
    else if (/^\\\d/.test(whole)) {
      const octet = Number(whole.slice(1))
      if (octet > 255) return undefined
      found.push({ text: String.fromCharCode(octet), escaped: true })
    } else if (whole.length === 1) return undefined
    else found.push({ text: whole.slice(1), escaped: true })
  }
  return found
}
