import { panelsText } from '../../messages/panels'
import type { SeenConnection } from '../run/connections'
import type { Names } from '../run/names'
import type { TranscriptLine } from '../run/transcript'

/** Lays out a transcript: each line is a row, and a long letter is shortened. */
export type TranscriptRow =
  | { readonly type: 'line'; readonly line: TranscriptLine; readonly number?: number }
  /** From here on the dialogue travels inside TLS; `whole` if it did so from the first octet. */
  | { readonly type: 'tls'; readonly whole: boolean }
  | { readonly type: 'more'; readonly fact: number; readonly part: number; readonly hidden: number }

/** Tells a row from all others of its transcript, also when more rows come. */
export const keyOfRow = (row: TranscriptRow): string =>
  row.type === 'line'
    ? `${row.line.fact}-${row.line.part}`
    : row.type === 'more'
      ? `more-${row.fact}-${row.part}`
      : row.type

/** The row at which a person is who moves by arrow keys. It is theirs only as long as the same fact is chosen. */
export interface Cursor {
  readonly key: string
  readonly chosen: number | undefined
}

/** The place of the cursor among the rows: without a cursor of its own the first row of the chosen fact; -1 if there is none. */
export function placeOf(
  rows: readonly TranscriptRow[],
  cursor: Cursor | undefined,
  chosen: number | undefined,
): number {
  const own = cursor && cursor.chosen === chosen ? rows.findIndex((row) => keyOfRow(row) === cursor.key) : -1
  if (own !== -1 || chosen === undefined) return own
  return rows.findIndex((row) => row.type === 'line' && row.line.fact === chosen)
}

/** The number of lines of a letter that are shown before it is opened. */
const SHOWN = 24
/** The number of lines that are shown of an opened letter, since an attachment has thousands. */
const SHOWN_OPEN = 2_000

/** Numbers commands, and shortens letters to their first lines except those that were opened. */
export function rowsOf(lines: readonly TranscriptLine[], opened: ReadonlySet<number>): readonly TranscriptRow[] {
  const rows: TranscriptRow[] = []
  let number = 0
  let message = -1
  let part = 0
  let shown = 0
  let hidden = 0
  let encrypted = false
  const endMessage = (): void => {
    if (hidden > 0) rows.push({ type: 'more', fact: message, part, hidden })
    hidden = 0
  }
  for (const line of lines) {
    if (line.encrypted && !encrypted) {
      encrypted = true
      rows.push({ type: 'tls', whole: rows.length === 0 })
    }
    if (line.data && line.fact === message) shown++
    else {
      endMessage()
      message = line.fact
      part = line.part
      shown = 1
    }
    if (line.data && shown > (opened.has(line.fact) ? SHOWN_OPEN : SHOWN)) {
      hidden++
      continue
    }
    if (line.command) rows.push({ type: 'line', line, number: ++number })
    else rows.push({ type: 'line', line })
  }
  endMessage()
  return rows
}

/** The beginning and the rest of a line: `RCPT` and ` TO:<…>`, `250-` and `SIZE 1000`. */
export function partsOf(line: TranscriptLine): readonly [lead: string, rest: string] {
  if (line.words !== undefined) return ['', line.words]
  const text = line.octets as string
  if (line.data || (line.speaker === 'client' && !line.command)) return ['', text]
  const { kind, name } = line.means
  if (kind === 'reply' || kind === 'greeting') {
    const code = /^\d{3}/.exec(text)?.[0] ?? /^[+-]\w+/.exec(text)?.[0]
    if (code) return [code, text.slice(code.length)]
  }
  // The further lines of a multiline response do not begin with a keyword.
  if (kind === 'response' && (line.part > 0 || name === 'listing')) return ['', text]
  // The tag or the asterisk, a message's number or UID, and then the keyword: `a4 UID FETCH`, `* 1 EXISTS`.
  const word = /^\S+ (?:\d+ |UID )?(\S+)/i.exec(text)
  const named = (found: string): boolean => name.toUpperCase().endsWith(found.toUpperCase())
  if (word?.[1] && named(word[1]) && !named(text.slice(0, text.indexOf(' ')))) {
    const to = word[0].length
    return [text.slice(0, to), text.slice(to)]
  }
  const first = /^(?:MAIL FROM:|RCPT TO:|\S+)/i.exec(text)?.[0] ?? ''
  return [first, text.slice(first.length)]
}

/**
 * "SMTP alice-laptop to mx-out, port 587"; `outside` if the client is a program outside of the world. Until the far end has
 * spoken, the title is only "connection", since the protocol is not known.
 */
export function titleOf(seen: SeenConnection, names: Names, outside = false): string {
  const by = outside ? 'program' : seen.typed ? 'hand' : 'machine'
  const ends = { from: names.short(seen.client), to: names.short(seen.server), port: seen.port, by }
  return seen.protocol === 'TEXT'
    ? panelsText('connectionTitle', ends)
    : panelsText('dialogueTitle', { protocol: seen.protocol, ...ends })
}

/**
 * The line of a reply that has its tick or cross: the last one. In POP3 it is the status line, since the listing after it is no
 * further verdict.
 */
export function hasVerdict({ speaker, last, data, means }: TranscriptLine): boolean {
  return speaker === 'server' && last && !data && means.name !== 'listing'
}
