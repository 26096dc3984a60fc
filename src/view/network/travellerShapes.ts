import type { ProtocolFace } from '../../session/face'
import type { Traveller } from '../stage/scene'
import type { Stroke } from './symbols'

/**
 * The symbols of travellers: `body` is filled with the sheet's colour and drawn in the protocol's hue; `dot` is filled with the
 * hue. A letter is drawn as everywhere else (`messageSymbol.ts`). The tail of a slip is at its lower left, where its speaker is
 * if it flies to the right.
 */
export const TRAVELLER_SHAPES: Readonly<Record<Exclude<Traveller['shape'], 'letter'>, readonly Stroke[]>> = {
  slip: [
    {
      as: 'body',
      d: 'M-13.5 -9.5h27a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-17.5l-6.5 6v-6h-3a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2Z',
    },
  ],
  diamond: [{ as: 'dot', d: 'M0 -8.5L8.5 0L0 8.5L-8.5 0Z' }],
  bead: [{ as: 'body', d: 'M-7 -5H7A5 5 0 0 1 7 5H-7A5 5 0 0 1 -7 -5Z' }],
}

/** The writing on a slip has the form of its protocol's line, so the hue is not the only sign of the protocol. */
export const WRITING: Readonly<Record<ProtocolFace['look']['stroke'], string>> = {
  solid: 'M-9.5 -1.5H9.5',
  double: 'M-9.5 -4H9.5M-9.5 1H9.5',
  dashes: 'M-9.5 -1.5h4.5M-2.2 -1.5h4.5M5 -1.5h4.5',
  dots: 'M-7.5 -1.5h0.1M-2.5 -1.5h0.1M2.5 -1.5h0.1M7.5 -1.5h0.1',
  thin: 'M-5 -1.5H5',
}
