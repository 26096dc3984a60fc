import { unixDay } from '../../../mail/dateField'
import { accept, expect, expected, match, type Scanner } from './grammar'

/** Dates of commands (RFC 9051 section 9): Unix milliseconds. */

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DATE = /([0-9]{1,2})-([A-Z]{3})-([0-9]{4})/iy
const TIME = / ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([+-])([0-9]{2})([0-9]{2})/y

function dateText(s: Scanner): number {
  const start = s.at
  const found = match(s, DATE) ?? expected(s, 'a date such as 21-Nov-2026')
  const [day, month, year] = found.split('-') as [string, string, string]
  const at = MONTHS.indexOf(month.toUpperCase())
  const length = at === -1 ? 0 : unixDay(Number(year), at + 2, 1) - unixDay(Number(year), at + 1, 1)
  if (Number(day) < 1 || Number(day) > length) {
    s.at = start
    expected(s, 'a date that exists, such as 21-Nov-2026')
  }
  return unixDay(Number(year), at + 1, Number(day)) * 86_400_000
}

/** date = date-text / DQUOTE date-text DQUOTE: that day's beginning in UTC. */
export function date(s: Scanner): number {
  if (!accept(s, '"')) return dateText(s)
  const day = dateText(s)
  expect(s, '"')
  return day
}

/** date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE */
export function dateTime(s: Scanner): number {
  expect(s, '"', 'a date and time in quotation marks')
  accept(s, ' ')
  const day = dateText(s)
  const start = s.at
  const time = match(s, TIME) ?? expected(s, 'a time such as 09:30:00 +0000')
  const at = (from: number): number => Number(time.slice(from, from + 2))
  if (at(1) > 23 || at(4) > 59 || at(7) > 60 || at(13) > 59) {
    s.at = start
    expected(s, 'a time from 00:00:00 to 23:59:60')
  }
  expect(s, '"')
  const zone = (at(11) * 60 + at(13)) * (time[10] === '-' ? -1 : 1)
  const instant = day + ((at(1) * 60 + at(4) - zone) * 60 + at(7)) * 1000
  if (instant < unixDay(0, 1, 1) * 86_400_000 || instant >= unixDay(10_000, 1, 1) * 86_400_000) {
    s.at = start
    expected(s, 'a time that is within the years 0000 to 9999 in UTC too')
  }
  return instant
}
