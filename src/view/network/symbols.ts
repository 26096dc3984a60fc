import type { HostSymbol } from '../../world/scenario'

/** A stroke of a symbol: `body` is filled with the ground, `faint` is a paler line, `slot` a thick one, `dot` is filled with ink. */
export interface Stroke {
  readonly d: string
  readonly as: 'body' | 'line' | 'faint' | 'slot' | 'dot'
}

const circle = (r: number): string => `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`
const dot = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 1 ${2 * r} 0a${r} ${r} 0 1 1 ${-2 * r} 0Z`

/** Line symbols in a box of 44 pixels around the origin. */
export const HOST_SYMBOLS: Readonly<Record<HostSymbol, readonly Stroke[]>> = {
  laptop: [
    { as: 'body', d: 'M-16 -13.5a1.5 1.5 0 0 1 1.5 -1.5h29a1.5 1.5 0 0 1 1.5 1.5V9H-16Z' },
    { as: 'body', d: 'M-16 9H16L21 16H-21Z' },
    { as: 'faint', d: 'M-15 6.5H15M-4.5 12.8H4.5' },
  ],
  phone: [
    { as: 'body', d: 'M-9.5 -17a2 2 0 0 1 2 -2h15a2 2 0 0 1 2 2v34a2 2 0 0 1 -2 2h-15a2 2 0 0 1 -2 -2Z' },
    { as: 'faint', d: 'M-9 -14H9M-9 12H9' },
    { as: 'line', d: 'M-2.5 15.6H2.5' },
  ],
  submissionServer: [
    { as: 'body', d: 'M-12.5 -11H12.5V16.5H-12.5Z' },
    { as: 'body', d: 'M-14.5 -11C-14.5 -16.5 -8 -20.5 0 -20.5S14.5 -16.5 14.5 -11Z' },
    { as: 'body', d: 'M-16 16.5H16V20.5H-16Z' },
    { as: 'slot', d: 'M-7.5 -4.5H7.5' },
    { as: 'faint', d: 'M-6 3H6M-6 8H6' },
  ],
  exchanger: [
    { as: 'body', d: 'M-14.5 20V-6.5A14.5 14 0 0 1 14.5 -6.5V20' },
    { as: 'line', d: 'M-19 20H19' },
    { as: 'faint', d: 'M-13.5 -7.5H13.5' },
    { as: 'slot', d: 'M-6.5 4.5H6.5' },
    { as: 'dot', d: dot(9, 11.5, 1.9) },
  ],
  mailboxStore: [
    { as: 'body', d: 'M-18 -17H18V17H-18Z' },
    { as: 'line', d: 'M-6 -17V17M6 -17V17M-18 -5.7H18M-18 5.7H18' },
    { as: 'slot', d: 'M-16 -8.4H-8.5M8.5 -8.4H16M-3.8 2.9H3.8M-16 2.9H-14.5M-16 14.2H-8.5M8.5 14.2H16' },
  ],
  resolver: [
    { as: 'line', d: 'M0 -20V19M-8 19H8' },
    { as: 'body', d: 'M0 -15H15L20 -9.5L15 -4H0Z' },
    { as: 'body', d: 'M0 -1H-13L-18 4.5L-13 10H0Z' },
  ],
  root: [
    { as: 'body', d: circle(10.5) },
    { as: 'line', d: circle(6.6) },
    { as: 'dot', d: circle(2.6) },
  ],
  topLevel: [
    { as: 'body', d: circle(8) },
    { as: 'dot', d: circle(2.4) },
  ],
  zone: [{ as: 'body', d: circle(5.2) }],
}

/** Half the width and half the height of a symbol, for everything that must not cover it. */
export const SYMBOL_BOX: Readonly<Record<HostSymbol, readonly [number, number]>> = {
  laptop: [22, 17],
  phone: [11, 20],
  submissionServer: [17, 22],
  exchanger: [20, 21],
  mailboxStore: [19, 18],
  resolver: [21, 21],
  root: [11, 11],
  topLevel: [9, 9],
  zone: [6, 6],
}

/** A padlock of 10 pixels, for a connection inside TLS. */
export const LOCK: readonly Stroke[] = [
  { as: 'line', d: 'M-3 -0.5V-3.2A3 3 0 0 1 3 -3.2V-0.5' },
  { as: 'body', d: 'M-4.8 -0.5H4.8V6H-4.8Z' },
]

/** A host that rests: two bars, as for a pause. */
export const REST_MARK = { ring: circle(8), sign: 'M-2.4 -3.4V3.4M2.4 -3.4V3.4' } as const

/** Marks of an outcome, around the origin. */
export const OUTCOME_MARKS = {
  accepted: { ring: circle(8.5), sign: 'M-3.6 0.2L-1 3L3.8 -2.8' },
  refused: { ring: 'M-8 -8H8V8H-8Z', sign: 'M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6' },
  later: {
    ring: circle(9),
    sign: 'M-3 -4.6H3M-3 4.6H3M-2.4 -4.6C-2.4 -1.2 2.4 1.2 2.4 4.6M2.4 -4.6C2.4 -1.2 -2.4 1.2 -2.4 4.6',
  },
  lost: { ring: 'M-8 -8H8V8H-8Z', sign: 'M-3.6 -3.6L3.6 3.6M3.6 -3.6L-3.6 3.6' },
} as const
