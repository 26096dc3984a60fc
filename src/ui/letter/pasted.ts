import { readText, writeText } from '../keeping/database'

/** The pasted text and the place of its line of trust. Both stay in this browser tab, and go with it. */

/** The characters of a pasted text that are read and kept. */
export const MOST_PASTED = 500_000

const TEXT = 'letter:pasted'
const TRUST = 'letter:trusted'

export const readPasted = (): string => readText('session', TEXT) ?? ''

/** A new text has its own line of trust. */
export function writePasted(text: string): void {
  writeText('session', TEXT, text === '' ? undefined : text.slice(0, MOST_PASTED))
  writeText('session', TRUST, undefined)
}

/** The first trusted station, if it was moved. */
export function readTrusted(): number | undefined {
  const kept = readText('session', TRUST)
  return kept === undefined || !/^\d{1,3}$/.test(kept) ? undefined : Number(kept)
}

export const writeTrusted = (place: number): void => writeText('session', TRUST, String(place))
