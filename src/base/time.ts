/** Virtual milliseconds since the scenario began. */
export type Instant = number & { readonly instant: unique symbol }
/** Virtual milliseconds. */
export type Duration = number & { readonly duration: unique symbol }

export const START = 0 as Instant

/** An instant, in virtual milliseconds since the scenario began. */
export const instant = (ms: number): Instant => ms as Instant
export const milliseconds = (n: number): Duration => n as Duration
export const seconds = (n: number): Duration => (n * 1000) as Duration
export const minutes = (n: number): Duration => (n * 60_000) as Duration
export const later = (at: Instant, by: Duration): Instant => (at + by) as Instant

/** Milliseconds of the civil clock (Unix time) at an instant of a scenario whose epoch is given in the same unit. */
export const civil = (epoch: number, at: Instant): number => epoch + Math.floor(at)

/** The parts of a civil time in UTC, computed without the platform's Date so that the engine has no clock at hand. */
export interface CivilTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** 0 is Sunday. */
  readonly weekday: number
}

const MS_A_DAY = 86_400_000

/** Unix milliseconds to UTC parts. The algorithm counts days in 400-year eras that begin on 1 March. */
export function civilTime(unixMs: number): CivilTime {
  const days = Math.floor(unixMs / MS_A_DAY)
  const ms = unixMs - days * MS_A_DAY
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return {
    year,
    month,
    day,
    hour: Math.floor(ms / 3_600_000),
    minute: Math.floor(ms / 60_000) % 60,
    second: Math.floor(ms / 1000) % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
  }
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const two = (n: number): string => String(n).padStart(2, '0')

/** A date-time of RFC 5322 section 3.3, in UTC: `Sat, 21 Nov 2026 09:30:00 +0000`. */
export function dateTime(unixMs: number): string {
  const t = civilTime(unixMs)
  return `${WEEKDAYS[t.weekday]}, ${t.day} ${MONTHS[t.month - 1]} ${t.year} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} +0000`
}

/** A date-time of IMAP's INTERNALDATE (RFC 9051 section 9, date-time), in UTC: `21-Nov-2026 09:30:00 +0000`. */
export function internalDateTime(unixMs: number): string {
  const t = civilTime(unixMs)
  return `${String(t.day).padStart(2, ' ')}-${MONTHS[t.month - 1]}-${String(t.year).padStart(4, '0')} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} +0000`
}
