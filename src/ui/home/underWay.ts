import { readText, writeText } from '../keeping/database'

/** Remembers whether a journey is under way, so that the first paint has the right layout before the run is read. */
const KEY = 'home-under-way'

/** If storage is forbidden, the page shows its sentence for a moment before the journey. */
export const noteUnderWay = (sent: boolean): void => writeText('local', KEY, sent ? 'yes' : undefined)

export const isUnderWay = (): boolean => readText('local', KEY) !== undefined
