import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw, drawBelow, type RandomState, seeded } from './random'

function series(seed: number, length: number): number[] {
  let state: RandomState = seeded(seed)
  return Array.from({ length }, () => {
    const [value, next] = draw(state)
    state = next
    return value
  })
}

describe('seeded randomness', () => {
  it('gives the same series for a seed on every platform', () => {
    expect(series(1, 4).map((value) => Math.floor(value * 2 ** 32))).toMatchInlineSnapshot(`
      [
        1580013426,
        350525680,
        3524174333,
        3011703609,
      ]
    `)
  })

  it('continues from its state, which is a number that survives JSON', () => {
    const [, next] = draw(seeded(7))
    expect(draw(JSON.parse(JSON.stringify(next)) as RandomState)[0]).toBe(series(7, 2)[1])
  })

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), (seed, below) => {
        const [value, next] = draw(seeded(seed))
        const [whole] = drawBelow(next, below)
        return value >= 0 && value < 1 && Number.isInteger(whole) && whole >= 0 && whole < below
      }),
    )
  })

  it('spreads evenly over ten boxes', () => {
    const boxes = Array.from({ length: 10 }, () => 0)
    for (const value of series(2026, 100_000)) boxes[Math.floor(value * 10)] = (boxes[Math.floor(value * 10)] ?? 0) + 1
    // Nine degrees of freedom: a fair generator exceeds a chi square of 27.9 once in a thousand runs.
    const chiSquare = boxes.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(27.9)
  })

  it('gives different series for neighbouring seeds', () => {
    expect(series(1, 3)).not.toEqual(series(2, 3))
  })
})
