/** The first course: its units in order. A unit is shown with stops once it has lessons. */
export interface Unit {
  readonly title: string
  readonly about: string
}

export const COURSE: readonly Unit[] = [
  { title: 'The journey', about: 'push, find, collect' },
  { title: 'Pushing with SMTP', about: 'ports 25, 587, 465' },
  { title: 'Finding the way', about: 'DNS: MX and A' },
  { title: 'Collecting with POP3', about: 'ports 110, 995' },
  { title: 'Living in the mailbox with IMAP', about: 'ports 143, 993' },
  { title: 'Choosing', about: 'one mailbox, two ways' },
  { title: 'By hand', about: 'every word is yours' },
]
