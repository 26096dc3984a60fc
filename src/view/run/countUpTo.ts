/** The number of items, ordered by `at`, that are at or before the instant. */
export const countUpTo = <T>(items: readonly T[], at: (item: T) => number, t: number): number =>
  countFromEnd(items.length, (index) => at(items[index] as T), t)

/**
 * The number of ordered values at or before a bound. It takes O(log n) in the distance from the end, since most queries are near
 * the end.
 */
export function countFromEnd(length: number, valueAt: (index: number) => number, most: number): number {
  let high = length
  let low = length
  for (let step = 1; low > 0; step *= 2) {
    low = Math.max(0, high - step)
    if (valueAt(low) <= most) break
    high = low
  }
  // The value at `low`, if there is one, is at or before the bound; that at `high` is after it.
  while (low < high) {
    const middle = (low + high) >> 1
    if (valueAt(middle) <= most) low = middle + 1
    else high = middle
  }
  return low
}
