import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { civil, civilTime, dateTime, instant, internalDateTime, later, minutes, START, seconds } from './time'

/** Years 0 to 9999: those that a header can write. */
const unixMs = fc.integer({ min: Date.UTC(0, 0, 1) - 1900 * 31_556_952_000, max: Date.UTC(9999, 11, 31, 23, 59, 59) })

describe('civil time', () => {
  it('agrees with the platform at every instant', () => {
    fc.assert(
      fc.property(unixMs, (ms) => {
        const date = new Date(ms)
        expect(civilTime(ms)).toEqual({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour: date.getUTCHours(),
          minute: date.getUTCMinutes(),
          second: date.getUTCSeconds(),
          weekday: date.getUTCDay(),
        })
      }),
      { numRuns: 20_000 },
    )
  })

  it('agrees with the platform on every day of four centuries', () => {
    const wrong: string[] = []
    for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2300, 0, 1); day += 86_400_000) {
      const { year, month, day: dayOfMonth, weekday } = civilTime(day)
      const date = new Date(day)
      const same =
        year === date.getUTCFullYear() &&
        month === date.getUTCMonth() + 1 &&
        dayOfMonth === date.getUTCDate() &&
        weekday === date.getUTCDay()
      if (!same) wrong.push(date.toISOString())
    }
    expect(wrong).toEqual([])
  })

  it('writes the Date field and INTERNALDATE', () => {
    expect(dateTime(Date.UTC(2026, 10, 21, 9, 30))).toBe('Sat, 21 Nov 2026 09:30:00 +0000')
    expect(dateTime(Date.UTC(2024, 1, 29, 23, 59, 59))).toBe('Thu, 29 Feb 2024 23:59:59 +0000')
    expect(internalDateTime(Date.UTC(2026, 10, 1, 9, 30))).toBe(' 1-Nov-2026 09:30:00 +0000')
    expect(new Date(dateTime(Date.UTC(2026, 0, 2, 3, 4, 5))).getTime()).toBe(Date.UTC(2026, 0, 2, 3, 4, 5))
  })
})

describe('virtual time', () => {
  it('counts milliseconds from the beginning of the scenario', () => {
    expect(later(later(START, seconds(1.5)), minutes(1))).toBe(61_500)
    expect(civil(1000, instant(2.75))).toBe(1002)
  })
})
