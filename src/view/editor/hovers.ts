import type { CatalogueEntry } from '../../session/catalogue'
import { lookUp } from '../knowledge'
import type { DialogueProtocol } from '../run/connections'

export interface Hover {
  readonly entry: CatalogueEntry
  /** Columns of the line, from 0. */
  readonly start: number
  readonly end: number
}

/** The catalogue's explanation of the word at this column: a verb, a reply code, a status. */
export function hoverAt(line: string, column: number, protocol: DialogueProtocol): Hover | undefined {
  for (const match of line.matchAll(/[+\-*]?[A-Za-z0-9.\\]+/g)) {
    const start = match.index
    const end = start + match[0].length
    if (column < start || column > end) continue
    const word = match[0]
    // In `250-SIZE`, the hyphen directly after the code says that more lines follow.
    const entry = lookUp(protocol, word) ?? (/^\d{3}/.test(word) ? lookUp(protocol, word.slice(0, 3)) : undefined)
    return entry && { entry, start, end }
  }
  return undefined
}
