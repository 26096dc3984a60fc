import { describe, expect, it } from 'vitest'
import { originationDate } from './dateField'

const utc = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0) =>
  Date.UTC(year, month - 1, day, hour, minute, second)

it.each([
  ['Sat, 21 Nov 2026 09:30:00 +0000', utc(2026, 11, 21), utc(2026, 11, 21, 9, 30)],
  ['21 Nov 2026 23:30:00 -0800', utc(2026, 11, 21), utc(2026, 11, 22, 7, 30)],
  ['Sun, 1 Mar 2026 00:10:00 +0530 (IST)', utc(2026, 3, 1), utc(2026, 2, 28, 18, 40)],
  ['1 Jan 99 00:00 EST', utc(1999, 1, 1), utc(1999, 1, 1, 5)],
  ['29 Feb 2024', utc(2024, 2, 29), utc(2024, 2, 29)],
  ['31 Dec 2026', utc(2026, 12, 31), utc(2026, 12, 31)],
  ['1 January 2020 12:00:00 GMT', utc(2020, 1, 1), utc(2020, 1, 1, 12)],
])('the date %j has its day and its instant', (field, day, at) => {
  expect(originationDate(field)).toEqual({ day, at })
})

// RFC 5322 section 4.3.
it.each([
  '21 Nov 2026 10 : 30 : 05 +0100',
  '21 Nov 2026 10 :30: 05 +0100',
  'Sat (day) , (a) 21 (b) Nov (c) 2026 (d) 10 (e) : (f) 30 (g) : (h) 05 (i) +0100',
  '21 Nov 2026 10:30:05 (a (b) c) +0100',
  '21 Nov 2026 10:30:05 (a \\) b) +0100',
  'Sat,21Nov2026 10:30:05+0100',
])('%j has comments and blanks where they may stand', (field) => {
  expect(originationDate(field)).toEqual({ day: utc(2026, 11, 21), at: utc(2026, 11, 21, 9, 30, 5) })
})

// 23:59:60 is valid; without leap seconds it is the next day's midnight.
it.each([
  ['31 Dec 2016 23:59:60 +0000', utc(2017, 1, 1)],
  ['31 Dec 2016 23:59:61 +0000', utc(2016, 12, 31)],
])('the leap second of %j is %d', (field, at) => {
  expect(originationDate(field)?.at).toBe(at)
})

describe('invalid dates', () => {
  it.each([
    '',
    'yesterday',
    '0 Nov 2026',
    '40 Nov 2026',
    '31 Feb 2026',
    '29 Feb 2026',
    '31 Apr 2026 10:00:00 +0000',
    '1 Foo 2026',
    '121 Nov 2026',
    '1 Jan 20266',
  ])('%j is no date', (field) => {
    expect(originationDate(field)).toBeUndefined()
  })

  // RFC 5256 section 2.2.
  it.each(['24:00:00', '10:61:00', '10:61', '10:00:61', '1000'])('the time %s counts as 00:00:00', (time) => {
    expect(originationDate(`21 Nov 2026 ${time} +0000`)?.at).toBe(utc(2026, 11, 21))
  })

  it('an invalid time counts as 00:00:00 of its own zone', () => {
    expect(originationDate('21 Nov 2026 24:00:00 -0800')?.at).toBe(utc(2026, 11, 21, 8))
  })

  it.each(['+9999', '+0060', '+01000', '+01', 'NOWHERE'])('the zone %s counts as UTC', (zone) => {
    expect(originationDate(`21 Nov 2026 10:00:00 ${zone}`)?.at).toBe(utc(2026, 11, 21, 10))
  })
})
