import { readText, writeText } from '../keeping/database'

/** Whether a journey is under way is known before the run is read, so that the first paint has the right shape. */
const KEY = 'home-under-way'

/** Where it cannot be kept, the page shows its sentence for a moment before the journey. */
export const noteUnderWay = (sent: boolean): void => writeText('local', KEY, sent ? 'yes' : undefined)

export const isUnderWay = (): boolean => readText('local', KEY) !== undefined
