/** A day of the learner's own calendar in words: `30 November 2026`. */
export const dayOf = (at: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' }).format(new Date(at))
