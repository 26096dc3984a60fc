/** How many of the items, which are ordered by `at`, lie at or before the instant. */
export function countUpTo<T>(items: readonly T[], at: (item: T) => number, t: number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(items[middle] as T) <= t) low = middle + 1
    else high = middle
  }
  return low
}
