import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Table } from './table'

it('a version of a map does not change when others are made from it', () => {
  const step = fc.record({ from: fc.nat(), keys: fc.array(fc.nat(400), { maxLength: 60 }), takes: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const versions = [{ table: Table.empty<number>(), model: new Map<string, number>() }]
      for (const [n, { from, keys, takes }] of steps.entries()) {
        const base = versions[from % versions.length]
        let table = base?.table ?? Table.empty<number>()
        const model = new Map(base?.model)
        for (const key of keys.map((number) => `key ${number}`)) {
          table = takes ? table.without(key) : table.with(key, n)
          if (takes) model.delete(key)
          else model.set(key, n)
        }
        versions.push({ table, model })
      }
      for (const { table, model } of versions) {
        expect(new Map(table)).toEqual(model)
        expect(table.size).toBe(model.size)
        for (const key of ['key 1', 'key 7', 'none']) expect(table.get(key)).toBe(model.get(key))
      }
    }),
    { numRuns: 60 },
  )
})

it('distinguishes keys with the same hash', () => {
  const pairs = ['costarring', 'liquid', 'declinate', 'macallums']
  const keys = [...pairs, ...Array.from({ length: 5000 }, (_, n) => `key ${n}`)]
  const table = keys.reduce((all, key, n) => all.with(key, n), Table.empty<number>())
  expect(keys.map((key) => table.get(key))).toEqual(keys.map((_, n) => n))
  expect(table.without('liquid').get('costarring')).toBe(0)
  expect(table.without('liquid').has('liquid')).toBe(false)
})
