import { describe, expect, it } from 'vitest'
import { type Purpose, purposeReader } from './purpose'

interface Reading extends Purpose {
  readonly kind: 'reading'
  readonly page: number
}

describe('the purpose of a session', () => {
  const read = purposeReader<Reading>({ reading: true })

  it('is read by the part of the host that noted it', () => {
    expect(read({ kind: 'reading', page: 3 })).toEqual({ kind: 'reading', page: 3 })
  })

  it.each([
    ['nothing', undefined],
    ['a purpose of another part', { kind: 'writing', page: 3 }],
    ['a purpose without a kind', { page: 3 }],
    ['a kind that every object has as a property', { kind: 'toString', page: 3 }],
  ])('is not read from %s', (_, purpose) => {
    expect(read(purpose)).toBeUndefined()
  })
})
