/** The switches of a mail server: the name of each, and its values. */
export default {
  'title.relayForStrangers': 'Relay for strangers',
  'title.requireAuthentication': 'Submission needs a login',
  'title.completeHeaders': 'Submission completes letters',
  'title.plaintextAuth': 'Passwords in the clear',
  'title.loginDelay': 'POP3: rest between logins',
  'title.apop': 'POP3: APOP',
  'title.tls': 'STARTTLS',
  'title.outgoingTls': 'TLS towards other servers',
  'title.outgoingPipelining': 'Groups of commands to other servers',
  'title.outgoingChunking': 'Chunks to other servers',
  'title.holdQueue': 'Hold the queue',
  'title.bareLineFeed': 'A line feed of its own',
  'title.maxSize': 'Largest letter',
  'title.maxRecipients': 'Recipients of one letter',
  'title.maxHops': 'Hops before a loop is suspected',
  'title.delayNoticeAfter': 'Notice of a delay',
  'title.giveUpTime': 'Giving up',
  value:
    '{value, select, none {none} offered {offered} required {required} never {never} opportunistic {opportunistic} refuse {refuse} tolerate {tolerate} other {{value}}}',
  on: 'on',
  off: 'off',
} as const
