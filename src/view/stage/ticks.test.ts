import { describe, expect, it } from 'vitest'
import { tickPaths } from './ticks'

describe('tickPaths', () => {
  it('one path for each protocol, however many ticks, each at its place', () => {
    const ticks = Array.from({ length: 101 }, (_, x) => ({ x, protocol: x % 2 === 0 ? 'SMTP' : 'IMAP', fact: x }))
    const paths = tickPaths(ticks, 500)
    expect(paths.map(({ protocol }) => protocol)).toEqual(['SMTP', 'IMAP'])
    const [smtp, imap] = paths.map(({ d }) => [...d.matchAll(/M(-?[\d.]+)/g)].map(([, x]) => Number(x)))
    expect(smtp).toEqual(Array.from({ length: 51 }, (_, n) => Math.round((n * 10 - 0.8) * 10) / 10))
    // IMAP has two strokes.
    expect(imap?.slice(0, 4)).toEqual([2.8, 5.8, 12.8, 15.8])
    expect(imap).toHaveLength(100)
  })
})
