import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUpTo } from './countUpTo'
import { put, Vector } from './vector'

it('a version of a list does not change when others are made from it', () => {
  const step = fc.record({
    from: fc.nat(),
    kept: fc.option(fc.nat(3000), { nil: Number.POSITIVE_INFINITY }),
    at: fc.nat(2000),
    pushes: fc.integer({ min: 0, max: 70 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const versions: { list: Vector<number | undefined>; model: (number | undefined)[] }[] = [
        { list: Vector.empty(), model: [] },
      ]
      for (const [n, { from, kept, at, pushes }] of steps.entries()) {
        const base = versions[from % versions.length] ?? { list: Vector.empty<number | undefined>(), model: [] }
        let list = base.list.upTo(kept)
        const model = base.model.slice(0, kept)
        for (let i = 0; i < pushes; i++) {
          list = list.push(n * 1000 + i)
          model.push(n * 1000 + i)
        }
        list = put(list, at, -n)
        while (model.length < at) model.push(undefined)
        model[at] = -n
        versions.push({ list, model })
      }
      for (const { list, model } of versions) {
        expect([...list]).toEqual(model)
        expect(list.first(40)).toEqual(model.slice(0, 40))
        expect(list.get(model.length)).toBeUndefined()
      }
    }),
    { numRuns: 60 },
  )
})

it('counts the items at or before a value, from the first to the last', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 400 }), fc.integer({ min: -1, max: 301 }), (values, most) => {
      const ordered = values.toSorted((a, b) => a - b)
      const list = ordered.reduce((all, value) => all.push(value), Vector.empty<number>())
      const expected = ordered.filter((value) => value <= most).length
      expect(list.countUpTo((value) => value, most)).toBe(expected)
      expect(countUpTo(ordered, (value) => value, most)).toBe(expected)
    }),
  )
})
