import { withoutComments } from './comments'

/** The Date field of RFC 5322 section 3.3, with the obsolete forms of section 4.3. */
export interface OriginationDate {
  /** Unix milliseconds of 0:00 UTC of the written day, whatever its zone: SENTON compares it. */
  readonly day: number
  /** Unix milliseconds of the instant: SORT (DATE) compares it. */
  readonly at: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** White space and comments may stand between all parts, and around the colons (RFC 5322 section 4.3). */
const DATE = /(?<!\d)(\d{1,2})\s*([a-z]{3})[a-z]*\s*(\d{2,4})(?!\d)/i
const TIME = /^\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2}))?(?!\d)/
const ZONE = /^\s*(?:([+-])(\d{2})(\d{2})(?!\d)|([a-z]+))/i
/** obs-zone: hours east of Greenwich. Military zones and unknown names count as 0 (RFC 5322 section 4.3). */
const ZONES: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
}

/**
 * The date of a field body; undefined if there is none or it does not exist. An invalid zone counts as UTC, an invalid time as
 * 00:00:00 (RFC 5256 section 2.2).
 */
export function originationDate(fieldBody: string): OriginationDate | undefined {
  const field = withoutComments(fieldBody)
  const date = DATE.exec(field)
  if (!date) return undefined
  const [, dayText, name = '', yearText = ''] = date
  const day = Number(dayText)
  const month = MONTHS.indexOf(name.toLowerCase()) + 1
  const year = fullYear(yearText)
  if (month === 0 || day < 1 || day > unixDay(year, month + 1, 1) - unixDay(year, month, 1)) return undefined
  const start = unixDay(year, month, day) * 86_400_000
  const rest = field.slice(date.index + date[0].length)
  const time = TIME.exec(rest)
  if (!time) return { day: start, at: start }
  const seconds = secondsOf(time) - zoneOffset(rest.slice(time[0].length)) * 60
  return { day: start, at: start + seconds * 1000 }
}

/** The seconds since 0:00; a leap second is the 61st of its minute (RFC 5322 section 3.3). */
function secondsOf([, hourText, minuteText, secondText = '0']: RegExpExecArray): number {
  const [hour, minute, second] = [Number(hourText), Number(minuteText), Number(secondText)]
  return hour > 23 || minute > 59 || second > 60 ? 0 : (hour * 60 + minute) * 60 + second
}

/** Minutes east of Greenwich. */
function zoneOffset(text: string): number {
  const [, sign, hours, minutes, zone = ''] = ZONE.exec(text) ?? []
  if (sign === undefined) return (ZONES[zone.toUpperCase()] ?? 0) * 60
  if (Number(minutes) > 59) return 0
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}

/** obs-year: two digits below 50 belong to this century, three digits count from 1900 (RFC 5322 section 4.3). */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length === 2) return year < 50 ? 2000 + year : 1900 + year
  return text.length === 3 ? 1900 + year : year
}

/** Days since 1 January 1970, counted in 400-year eras that begin on 1 March. */
export function unixDay(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const monthFromMarch = month > 2 ? month - 3 : month + 9
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}
