/** A message with everything that transport might damage: leading dots, an empty line at the end, spaces at a line's end. */
export const testMessage = (subject: string): string =>
  [
    `Subject: ${subject}`,
    'From: Alice <alice@example.test>',
    'To: Bob <bob@example.test>',
    'Date: Mon, 23 Nov 2026 07:00:00 +0000',
    `Message-ID: <${subject.replace(/\W+/g, '-')}@example.test>`,
    '',
    '.one dot',
    '..two dots',
    '.',
    'a space at the end ',
    '',
    '',
  ].join('\r\n')

/** A world with everything open, for programs that also accept logins in plaintext. */
export const EVERYTHING = [
  '--scenario',
  'example-test',
  '--allow-plaintext-auth',
  ...['smtp', 'submission', 'submissions', 'imap', 'imaps', 'pop3', 'pop3s'].flatMap((option) => [`--${option}`, '0']),
] as const
