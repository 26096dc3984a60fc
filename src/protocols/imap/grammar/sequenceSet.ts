import { joined, type Span } from '../../../mail/uidSets'
import { accept, nzNumber, type Scanner } from './grammar'

/** seq-range = seq-number ":" seq-number; one number is a range of one. `*` is the last existing one. */
export interface SequenceRange {
  readonly from: number | '*'
  readonly to: number | '*'
}
/** `$` is the result that the last SEARCH saved (RFC 5182). */
export type SequenceSet = readonly SequenceRange[] | '$'

/** sequence-set = (seq-number / seq-range) ["," sequence-set] / "$" */
export function sequenceSet(s: Scanner): SequenceSet {
  if (accept(s, '$')) return '$'
  const ranges: SequenceRange[] = []
  const seqNumber = (): number | '*' => (accept(s, '*') ? '*' : nzNumber(s, 'a message number from 1, or "*"'))
  do {
    const from = seqNumber()
    ranges.push({ from, to: accept(s, ':') ? seqNumber() : from })
  } while (accept(s, ','))
  return ranges
}

/** known-uids of RFC 7162: a sequence set without "*". */
export function knownSet(s: Scanner): readonly Span[] {
  const spans: Span[] = []
  do {
    const from = nzNumber(s, 'a UID from 1')
    const to = accept(s, ':') ? nzNumber(s, 'a UID from 1') : from
    spans.push([Math.min(from, to), Math.max(from, to)])
  } while (accept(s, ','))
  return joined(spans)
}

export function sequenceSetText(set: SequenceSet): string {
  if (set === '$') return '$'
  return set.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',')
}

/** The session's knowledge: UIDs by message sequence number, and the UIDs that a search saved. */
export interface Known {
  readonly uids: readonly number[]
  readonly saved: readonly number[]
}

/**
 * The UIDs of a set of message sequence numbers, ascending, each once. Undefined if a message does not exist. `1:*` in an empty
 * mailbox is an empty set, and no error.
 */
export function resolveNumbers(set: SequenceSet, known: Known): readonly number[] | undefined {
  return tooHigh(set, known.uids.length) === undefined ? resolvePresent(set, known) : undefined
}

/** The same for a search, which ignores a number without a message. */
export function resolvePresent(set: SequenceSet, known: Known): readonly number[] {
  const { uids } = known
  if (set === '$') return savedIn(known)
  const last = uids.length
  const spans: Span[] = []
  for (const { from, to } of set) {
    const a = from === '*' ? last : from
    const b = to === '*' ? last : to
    const low = Math.min(a, b)
    if (low > 0 && low <= last) spans.push([low - 1, Math.min(Math.max(a, b), last) - 1])
  }
  return gather(spans, uids)
}

/** The first number of a set that is above the last message's. */
export function tooHigh(set: SequenceSet, last: number): number | undefined {
  if (set === '$') return undefined
  for (const { from, to } of set) {
    const low = Math.min(from === '*' ? last : from, to === '*' ? last : to)
    if (low > last) return low
  }
  return undefined
}

/** The session's UIDs in a set of UIDs. A missing one is ignored (RFC 9051 6.4.9). */
export function resolveUids(set: SequenceSet, known: Known): readonly number[] {
  if (set === '$') return savedIn(known)
  return gather(
    uidSpans(set, known.uids.at(-1)).map(([from, to]) => [
      positionIn(known.uids, from),
      positionIn(known.uids, to + 1) - 1,
    ]),
    known.uids,
  )
}

/** The highest possible UID (RFC 9051 section 2.3.1.1). */
const HIGHEST_UID = 0xffff_ffff

/**
 * All UIDs of a set, past ones included: `*` is the highest possible UID, since the messages with the highest UIDs may be the
 * removed ones (RFC 7162 section 3.2.6).
 */
export const uidsEver = (set: SequenceSet): readonly Span[] => uidSpans(set, HIGHEST_UID)

/** The UIDs of a set, existing or not. `last` is the value of `*`; without it a range of `*` is empty. */
function uidSpans(set: SequenceSet, last: number | undefined): readonly Span[] {
  if (set === '$') return []
  const spans: Span[] = []
  for (const { from, to } of set) {
    if (last === undefined && (from === '*' || to === '*')) continue
    const a = from === '*' ? (last ?? 0) : from
    const b = to === '*' ? (last ?? 0) : to
    spans.push([Math.min(a, b), Math.max(a, b)])
  }
  return spans
}

/** Removed messages leave a saved result (RFC 5182 section 2.1). */
const savedIn = ({ uids, saved }: Known): readonly number[] =>
  saved.filter((uid) => uids[positionIn(uids, uid)] === uid)

/** The position of the first UID that is not below the given one. */
export function positionIn(uids: readonly number[], uid: number): number {
  let low = 0
  let high = uids.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((uids[middle] as number) < uid) low = middle + 1
    else high = middle
  }
  return low
}

function gather(spans: readonly Span[], uids: readonly number[]): readonly number[] {
  const ordered = [...spans].sort((a, b) => a[0] - b[0])
  if (ordered.length === 1 && ordered[0]?.[0] === 0 && ordered[0][1] === uids.length - 1) return uids
  const found: number[] = []
  let next = 0
  for (const [first, last] of ordered) {
    for (let at = Math.max(first, next); at <= last; at++) found.push(uids[at] as number)
    next = Math.max(next, last + 1)
  }
  return found
}
