import { draw, drawBelow, type RandomState, seeded } from '../../../base/random'

/** Random choices from a seed for the events of a storm: one seed, one storm. */
export class RandomChoices {
  #state: RandomState

  constructor(seed: number) {
    this.#state = seeded(seed)
  }

  /** True with this probability: 0 to 1. */
  chance(share: number): boolean {
    const [value, next] = draw(this.#state)
    this.#state = next
    return value < share
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    const [value, next] = drawBelow(this.#state, high - low + 1)
    this.#state = next
    return low + value
  }

  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)] as T
  }

  /** So many different ones of them, in their order. */
  some<T>(items: readonly T[], count: number): readonly T[] {
    const left = [...items]
    while (left.length > count) left.splice(this.between(0, left.length - 1), 1)
    return left
  }
}
