/** The state of the world's one source of randomness: a 32-bit counter of the splitmix32 generator. */
export type RandomState = number & { readonly random: unique symbol }

export const seeded = (seed: number): RandomState => (seed >>> 0) as RandomState

/** The next number in [0, 1) and the state after it. Integer arithmetic only, so it is the same on every platform. */
export function draw(state: RandomState): readonly [value: number, next: RandomState] {
  const next = (state + 0x9e3779b9) >>> 0
  let z = next
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  z ^= z >>> 15
  return [(z >>> 0) / 4_294_967_296, next as RandomState]
}

/** A whole number in [0, below) and the state after it. */
export function drawBelow(state: RandomState, below: number): readonly [value: number, next: RandomState] {
  const [value, next] = draw(state)
  return [Math.floor(value * below), next]
}
