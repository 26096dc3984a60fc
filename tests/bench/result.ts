/** One figure of ours beside that of a peer. A ratio above 1 means that we are faster. */
export interface Result {
  readonly name: string
  readonly unit: string
  readonly ours: number
  /** Left out where the peer is not here. */
  readonly peer?: number
  readonly ratio?: number
  /** Further figures of the same run. */
  readonly also?: readonly Result[]
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** The median of the rounds' own ratios: the two of a round ran side by side, so theirs is spared what else the machine did meanwhile. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return Math.round(median(ours.map((time, round) => (theirs[round] as number) / time)) * 100) / 100
}
