/** The panels beside a run: what was said, its octets, states, mailboxes. */
export default {
  transcript: 'Transcript',
  inspector: 'Inspector',
  state: 'State',
  mailboxes: 'Mailboxes',
  machine: 'Machine',
} as const
