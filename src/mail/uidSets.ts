/** A range of UIDs as first and last: a mailbox records in this form which UIDs are gone. */
export type Span = readonly [first: number, last: number]

/** Ascending UIDs as the fewest spans. */
export function spansOf(uids: readonly number[]): readonly Span[] {
  const spans: [number, number][] = []
  for (const uid of uids) {
    const last = spans.at(-1)
    if (last && last[1] + 1 === uid) last[1] = uid
    else spans.push([uid, uid])
  }
  return spans
}

/** Spans in any order, joined where they touch. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const found: [number, number][] = []
  for (const [first, last] of [...spans].sort((a, b) => a[0] - b[0])) {
    const before = found.at(-1)
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last)
    else found.push([first, last])
  }
  return found
}

/** The intersection. Each list must be ascending and without overlaps, as `joined` returns it. */
export function common(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const found: Span[] = []
  let i = 0
  let k = 0
  while (i < a.length && k < b.length) {
    const [one, other] = [a[i] as Span, b[k] as Span]
    const first = Math.max(one[0], other[0])
    const last = Math.min(one[1], other[1])
    if (first <= last) found.push([first, last])
    if (one[1] < other[1]) i++
    else k++
  }
  return found
}

/** The gaps between the spans, from 1 to `last`. */
export function gaps(spans: readonly Span[], last: number): readonly Span[] {
  const found: Span[] = []
  let next = 1
  for (const [from, to] of spans) {
    if (from > next) found.push([next, Math.min(from - 1, last)])
    next = to + 1
  }
  if (next <= last) found.push([next, last])
  return found
}

/** The IMAP form: `1:3,7`. */
export const spansText = (spans: readonly Span[]): string =>
  spans.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`)).join(',')
