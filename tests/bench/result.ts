/** One figure of ours beside that of a peer. A ratio above 1 means that we are faster. */
export interface Result {
  readonly name: string
  readonly unit: string
  readonly ours: number
  /** Left out if the peer is not installed. */
  readonly peer?: number
  readonly ratio?: number
  /** Further figures of the same run. */
  readonly also?: readonly Result[]
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number

/** The value that 95 of 100 do not exceed. */
export const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] as number

/**
 * The median of the rounds' own ratios: both parts of a round run side by side, so other work of the machine affects them
 * equally.
 */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): number {
  return Math.round(median(ours.map((time, round) => (theirs[round] as number) / time)) * 100) / 100
}
