/** The first course: its units in order. A unit is the folder of its lessons' names, and is shown with stops once it has lessons. */
export interface Unit {
  readonly folder: string
  readonly title: string
  readonly about: string
}

export const COURSE: readonly Unit[] = [
  { folder: '01-the-journey', title: 'The journey', about: 'push, find, collect' },
  { folder: '02-pushing-with-smtp', title: 'Pushing with SMTP', about: 'ports 25, 587, 465' },
  { folder: '03-finding-the-way', title: 'Finding the way', about: 'DNS: MX and A' },
  { folder: '04-collecting-with-pop3', title: 'Collecting with POP3', about: 'ports 110, 995' },
  { folder: '05-living-in-the-mailbox', title: 'Living in the mailbox', about: 'IMAP, ports 143, 993' },
  { folder: '06-choosing', title: 'Choosing', about: 'one mailbox, two ways' },
  { folder: '07-by-hand', title: 'By hand', about: 'every word is yours' },
]
