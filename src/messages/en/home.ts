/** The home page: one sentence, one stage, one button, and the course beneath. */
export default {
  sentence: 'Send one letter, and read every word <wide></wide>the machines say to carry it.',
  letter: 'The letter',
  from: '<label>from</label> <code>{address}</code>',
  to: '<label>to</label> <code>{address}</code>',
  inside: 'inside: “{subject}”',
  send: 'Send the letter',
  leavesSoon: 'It leaves in a moment.',
  orPress: 'or press <key>Enter</key>',
  willBeSaid:
    '{lines, plural, one {# line} other {# lines}} will be said, {minutes, plural, one {about a minute} other {about # minutes}}',
  course: 'The course',
  startAnew: 'Reset',
  lookInside: 'Look inside: the octets',
  foldMailboxes: 'Fold the mailboxes away',
  foldInside: 'Fold the octets away',
  howItWorks: 'How an email service works',
  planned: 'not written yet',
  sign: '{mark, select, done {done, {count}} due {due again, {count}} next {next} other {open, any order}}',
} as const
