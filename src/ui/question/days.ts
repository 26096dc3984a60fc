/** Days of the learner's own calendar. */

/** The end of today, or of a day after it, in Unix milliseconds. */
export function endOfDay(now: number, after = 0): number {
  const day = new Date(now)
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + after + 1).getTime() - 1
}

/** `Tuesday`, or short: `Tue`. */
export const weekday = (at: number, form: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { weekday: form }).format(new Date(at))

/** The days from now until then, by the calendar: 1 is tomorrow. Rounded, since a day may have an hour more or less. */
export const daysAhead = (now: number, at: number): number => Math.round((endOfDay(at) - endOfDay(now)) / 86_400_000)
