import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contains, indexOfText } from './indexOf'

/** Texts of two characters repeat themselves again and again. */
const repetitive = (maxLength: number) =>
  fc.array(fc.constantFrom('a', 'a', 'a', 'b'), { maxLength }).map((signs) => signs.join(''))

it('finds the place that the engine’s own search finds', () => {
  fc.assert(
    fc.property(repetitive(400), repetitive(60), fc.nat(450), (text, wanted, from) => {
      expect(indexOfText(text, wanted, from)).toBe(text.indexOf(wanted, from))
    }),
  )
})

it('finds every part of a text', () => {
  fc.assert(
    fc.property(repetitive(300), fc.nat(300), fc.nat(300), (text, start, end) => {
      const wanted = text.slice(start, end)
      expect(indexOfText(text, wanted)).toBe(text.indexOf(wanted))
      expect(contains(text, wanted)).toBe(true)
      expect(contains(text, `${wanted}c`)).toBe(false)
    }),
  )
})
