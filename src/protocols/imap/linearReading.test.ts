import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import type { StoredMessage } from '../../mail/store'
import { scan } from './grammar/grammar'
import { addressesOf } from './items/envelopeAddresses'
import { fetchItems } from './items/fetchItems'
import { searchProgram } from './search/searchKeys'
import { matcherOf } from './search/searchMatch'
import { byReferences } from './search/threadReferences'

/** The time to read a stranger's message is linear: eight times the length never takes sixty-four times the work. */

/** Milliseconds below which differences do not count. Quadratic work takes seconds here. */
const SHORT = 25

/** The shortest of some runs, in milliseconds. */
function cost(work: () => void): number {
  const took = [1, 2, 3, 4, 5].map(() => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
  return Math.min(...took)
}

/** The growth of the work at eight times the size. */
function growth(at: number, work: (size: number) => () => void): number {
  const [once, eightfold] = [work(at), work(8 * at)]
  once()
  eightfold()
  return cost(eightfold) / Math.max(cost(once), SHORT)
}

describe('reading a message of a stranger', () => {
  it.each([
    ['brackets that nothing closes', '[\\'],
    ['brackets side by side', '['],
    ['brackets before a quoted closing one', '[\\[a'],
    ['quotation marks with quoted pairs', '"\\'],
    ['comments that nothing closes', '('],
    ['angle brackets', '<'],
    ['commas', ','],
    ['colons and semicolons', ':;'],
  ])('%s', (_, piece) => {
    const field = (size: number) => piece.repeat(size / piece.length)
    expect(growth(8000, (size) => () => void addressesOf(field(size)))).toBeLessThan(40)
  })

  it('a long thread', () => {
    // Each message continues where the one before ended, so that all are one thread of that depth.
    const chain = (size: number): readonly StoredMessage[] =>
      Array.from({ length: size / 500 }, (_, message) => {
        const ids = Array.from({ length: 501 }, (_, at) => `<${message * 500 + at}@x>`)
        const text = octets(`References: ${ids.join(' ')}\r\n\r\n`)
        return { uid: message + 1, flags: [], modSeq: 1, internalDate: 0, octets: text }
      })
    const growing = growth(4000, (size) => {
      const messages = chain(size)
      return () => void byReferences(messages)
    })
    expect(growing).toBeLessThan(40)
  })
})

describe('a command that says the same many times', () => {
  const scanner = (text: string) => scan(octets(text))

  it.each([
    ['TEXT needle', 1],
    ['NOT TEXT needle', 1],
    ['(TEXT needle UNSEEN)', 1],
    ['TEXT needle SUBJECT needle', 2],
  ])('looks for %s in a message no more often than it says it otherwise', (keys, reads) => {
    let read = 0
    const message: StoredMessage = {
      uid: 1,
      flags: [],
      modSeq: 1,
      internalDate: 0,
      get octets() {
        read++
        return octets('Subject: needle\r\n\r\nneedle\r\n')
      },
    }
    const times = (count: number): number => {
      read = 0
      const { key } = searchProgram(scanner(Array.from({ length: count }, () => keys).join(' ')))
      matcherOf(key, { uids: [1], saved: [], recent: [] })(message)
      return read
    }
    expect(times(1)).toBe(reads)
    expect(times(5000)).toBe(reads)
  })

  it('gets each item once', () => {
    const asked = Array.from({ length: 900 }, () => 'BODY.PEEK[HEADER.FIELDS (From To)] UID').join(' ')
    expect(fetchItems(scanner(`(${asked})`)).map((item) => ('label' in item ? item.label : item.kind))).toEqual([
      'BODY[HEADER.FIELDS (From To)]',
      'UID',
    ])
  })
})
