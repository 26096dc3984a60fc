/** The Date field of RFC 5322 section 3.3, with the obsolete forms of section 4.3. */
export interface OriginationDate {
  /** Unix milliseconds of 0:00 UTC of the day as it is written, whatever its zone: what SENTON compares. */
  readonly day: number
  /** Unix milliseconds of the instant: what SORT (DATE) compares. */
  readonly at: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DATE =
  /(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{2,4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([+-])(\d{2})(\d{2})|\s+([a-z]{1,4}))?)?/i
/** obs-zone: hours east of Greenwich. Military letters and unknown names count as 0 (RFC 5322 section 4.3). */
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

/** The date that a field body tells, or undefined where it tells none. */
export function originationDate(fieldBody: string): OriginationDate | undefined {
  const found = DATE.exec(fieldBody.replace(/\([^()]*\)/g, ' '))
  if (!found) return undefined
  const [
    ,
    dayText,
    name = '',
    yearText = '',
    hour = '0',
    minute = '0',
    second = '0',
    sign,
    zoneHours,
    zoneMinutes,
    zone,
  ] = found
  const month = MONTHS.indexOf(name.toLowerCase())
  const day = Number(dayText)
  if (month === -1 || day < 1 || day > 31) return undefined
  const start = unixDay(fullYear(yearText), month + 1, day) * 86_400_000
  const offset = sign
    ? (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
    : (ZONES[zone?.toUpperCase() ?? ''] ?? 0) * 60
  return { day: start, at: start + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000 }
}

/** obs-year: two digits below 50 are of this century, three digits count from 1900 (RFC 5322 section 4.3). */
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
