import type { Traveller } from '../stage/scene'
import type { MapFrame } from './frame'
import { type Path, standsAt } from './geometry'

/** Half the width and half the height of a traveller. */
export const TRAVELLER_BOX: Readonly<Record<Traveller['shape'], readonly [number, number]>> = {
  letter: [23, 16],
  slip: [16, 13],
  diamond: [9, 9],
  bead: [9, 6],
}

/** On a small screen travellers are smaller, because paths are short. */
export const COMPACT = 0.85

/** Where an object is on its path, as a share of the path. */
export function shareOf({ look }: MapFrame, path: Path, { shape, progress }: Traveller): number {
  const [halfWidth] = TRAVELLER_BOX[shape]
  return standsAt(path, look.compact ? halfWidth * COMPACT : halfWidth, look.still ? 1 : progress)
}
