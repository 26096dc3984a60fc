/** The same order for the same question and visit, and another one for the next, since places are not to be learnt. */
export function shuffled<T>(items: readonly T[], name: string, seed: number): readonly T[] {
  let state = [...name].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, seed + 1)
  const next = (): number => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const order = [...items]
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1))
    ;[order[at], order[other]] = [order[other] as T, order[at] as T]
  }
  // Items in their right order would be an answer.
  return order.length > 1 && order.every((item, at) => item === items[at]) ? [...order.slice(1), order[0] as T] : order
}
