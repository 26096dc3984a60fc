import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betterThan, isNullMx, orderExchangers } from './exchangers'

const mx = (preference: number, name: string) => ({ preference, name })

describe('the order of exchangers (RFC 5321 section 5.1)', () => {
  const some = fc.array(
    fc.record({ preference: fc.integer({ min: 0, max: 3 }), name: fc.constantFrom('a', 'b', 'c', 'd') }),
    {
      maxLength: 8,
    },
  )
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

  test('is by preference, and loses none', () => {
    fc.assert(
      fc.property(some, chance, (exchangers, drawn) => {
        const ordered = orderExchangers(exchangers, drawn)
        expect(ordered.map(({ preference }) => preference)).toEqual(
          exchangers.map(({ preference }) => preference).sort((a, b) => a - b),
        )
        expect([...ordered].map(({ name }) => name).sort()).toEqual(exchangers.map(({ name }) => name).sort())
      }),
    )
  })

  test('among equals every order comes, each as often as another', () => {
    const counts = new Map<string, number>()
    for (let n = 0; n < 600; n++) {
      const order = orderExchangers([mx(1, 'a'), mx(1, 'b'), mx(1, 'c'), mx(2, 'z')], n / 600)
      const key = order.map(({ name }) => name).join('')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(['abcz', 'acbz', 'bacz', 'bcaz', 'cabz', 'cbaz'])
    expect(new Set(counts.values())).toEqual(new Set([100]))
  })

  test('is the same whatever the order of the answer was', () => {
    const answer = [mx(10, 'b'), mx(10, 'a'), mx(5, 'c')]
    expect(orderExchangers(answer, 0.7)).toEqual(orderExchangers([...answer].reverse(), 0.7))
  })
})

describe('a server that is an exchanger itself', () => {
  const ours = (name: string) => name === 'us'

  test.each([
    ['keeps only the better ones', [mx(10, 'a'), mx(20, 'us'), mx(20, 'b'), mx(30, 'c')], ['a']],
    ['has none left where it is the best', [mx(10, 'us'), mx(10, 'a'), mx(20, 'b')], []],
    ['counts by its best record', [mx(30, 'us'), mx(10, 'us'), mx(5, 'a'), mx(20, 'b')], ['a']],
    ['and who is none keeps all', [mx(10, 'a'), mx(20, 'b')], ['a', 'b']],
  ])('%s', (_, exchangers, names) => {
    expect(betterThan(ours, exchangers).map(({ name }) => name)).toEqual(names)
  })
})

test('a null MX is alone and has no name (RFC 7505 section 3)', () => {
  expect(isNullMx([mx(0, '.')])).toBe(true)
  expect(isNullMx([mx(0, '')])).toBe(true)
  expect(isNullMx([mx(0, '.'), mx(10, 'a')])).toBe(false)
  expect(isNullMx([])).toBe(false)
})
