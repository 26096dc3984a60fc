/** How many of the items, which are ordered by `at`, lie at or before the instant. */
export const countUpTo = <T>(items: readonly T[], at: (item: T) => number, t: number): number =>
  countFromEnd(items.length, (index) => at(items[index] as T), t)

/**
 * How many of so many ordered values lie at or before one of them. It takes O(log n) in the distance from the end, where most
 * of what is asked for lies.
 */
export function countFromEnd(length: number, valueAt: (index: number) => number, most: number): number {
  let high = length
  let low = length
  for (let step = 1; low > 0; step *= 2) {
    low = Math.max(0, high - step)
    if (valueAt(low) <= most) break
    high = low
  }
  // The value at `low` lies at or before it, where there is one; that at `high` does not.
  while (low < high) {
    const middle = (low + high) >> 1
    if (valueAt(middle) <= most) low = middle + 1
    else high = middle
  }
  return low
}
