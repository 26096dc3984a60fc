import type { Instant } from '../../base/time'
import { factOf } from '../../world/trace'
import { glossOf } from '../gloss/gloss'
import { isLine } from '../run/flight'
import type { RunView } from '../run/runView'
import { wireTextOf } from '../run/wire'

/** A line of one of two runs that are compared. */
export interface ComparedLine {
  readonly at: Instant
  readonly protocol: string
  readonly from: string
  readonly to: string
  readonly wire: string
  readonly words?: string
}

/** The same place in two runs: a line of each, or of one of them only. */
export interface Pair {
  readonly key: string
  readonly at: Instant
  readonly left?: ComparedLine
  readonly right?: ComparedLine
  readonly equal: boolean
}

/** Milliseconds by which equal lines may be apart. */
const SAME_TIME = 1_000

/** So many lines of a run are compared: two long runs are still compared in no time. */
const MOST = 2_000

/**
 * The lines of two runs, matched by speaker, listener, protocol and their order among these, in the order of time. Equal texts at
 * nearly the same time are equal; at quite another time it is the time that differs.
 */
export function pairsOf(left: RunView, right: RunView): readonly Pair[] {
  const [a, b] = [linesOf(left), linesOf(right)]
  const keys = new Set([...a.keys(), ...b.keys()])
  return [...keys]
    .map((key): Pair => {
      const [one, other] = [a.get(key), b.get(key)]
      return {
        key,
        at: Math.min(one?.at ?? Number.POSITIVE_INFINITY, other?.at ?? Number.POSITIVE_INFINITY) as Instant,
        ...(one && { left: one }),
        ...(other && { right: other }),
        equal: one !== undefined && one.wire === other?.wire && Math.abs(one.at - other.at) <= SAME_TIME,
      }
    })
    .sort((one, other) => one.at - other.at)
}

function linesOf({ timeline: { trace }, history }: RunView): ReadonlyMap<string, ComparedLine> {
  const lines = new Map<string, ComparedLine>()
  const counts = new Map<string, number>()
  for (const { flight } of history.flights.lines) {
    if (lines.size >= MOST) break
    const fact = factOf(trace, flight.fact)
    if (flight.kind !== 'line' || !fact || !isLine(fact)) continue
    const { protocol, from, to } = flight
    const talk = `${protocol} ${from} ${to}`
    const number = (counts.get(talk) ?? 0) + 1
    counts.set(talk, number)
    const words = glossOf(fact.means)
    const line = { at: flight.sent, protocol, from, to, wire: wireTextOf(fact).text }
    lines.set(`${talk} ${number}`, words === undefined ? line : { ...line, words })
  }
  return lines
}

/** A row of a comparison: a pair that differs, or pairs next to each other that are equal. */
export type Row =
  | { readonly kind: 'pair'; readonly pair: Pair; readonly first: boolean }
  | { readonly kind: 'equal'; readonly pairs: readonly Pair[] }

/** Equal pairs are folded; the first difference is marked. */
export function rowsOf(pairs: readonly Pair[]): readonly Row[] {
  const rows: Row[] = []
  let equal: Pair[] = []
  const fold = (): void => {
    if (equal.length > 0) rows.push({ kind: 'equal', pairs: equal })
    equal = []
  }
  for (const pair of pairs) {
    if (pair.equal) {
      equal.push(pair)
      continue
    }
    fold()
    rows.push({ kind: 'pair', pair, first: !rows.some(({ kind }) => kind === 'pair') })
  }
  fold()
  return rows
}
