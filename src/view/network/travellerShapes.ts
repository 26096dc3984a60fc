import type { Traveller } from '../stage/scene'
import type { Stroke } from './symbols'

/**
 * The symbols of travellers: `body` is filled with the sheet's colour and drawn in the protocol's hue; `dot` is filled with the
 * hue.
 */
export const TRAVELLER_SHAPES: Readonly<Record<Traveller['shape'], readonly Stroke[]>> = {
  letter: [
    {
      as: 'body',
      d: 'M-18.5 -13.5a1.5 1.5 0 0 1 1.5 -1.5h34a1.5 1.5 0 0 1 1.5 1.5v25a1.5 1.5 0 0 1 -1.5 1.5h-34a1.5 1.5 0 0 1 -1.5 -1.5Z',
    },
    { as: 'line', d: 'M-16.5 -12.5L0 2L16.5 -12.5' },
  ],
  diamond: [{ as: 'dot', d: 'M0 -8.5L8.5 0L0 8.5L-8.5 0Z' }],
  token: [{ as: 'body', d: 'M-21 0L-10.5 -9V-4.5H10.5V-9L21 0L10.5 9V4.5H-10.5V9Z' }],
  sack: [
    { as: 'body', d: 'M-5 -7.5C-13 -3 -15.5 4 -14 10C-13 14.5 -8 15.5 0 15.5S13 14.5 14 10C15.5 4 13 -3 5 -7.5Z' },
    { as: 'body', d: 'M-5.5 -7.5L-9 -15L-4 -13L0 -16L4 -13L9 -15L5.5 -7.5Z' },
  ],
  bead: [{ as: 'body', d: 'M-7 -5H7A5 5 0 0 1 7 5H-7A5 5 0 0 1 -7 -5Z' }],
}
