/** The switches of a mail server: the effect of each in one or two plain sentences. */
export default {
  'about.relayForStrangers':
    'Port 25 passes letters on to any domain for anybody. Such an open relay is found by senders of spam within hours.',
  'about.greylisting':
    'Seconds that a stranger has to wait: the first letter of a sender to a reader is put off with 451, and taken when the same server tries again after that time; from then on at once (RFC 6647). 0: off. Programs that send spam seldom try again.',
  'about.requireAuthentication':
    'On the submission ports MAIL is answered by 530 until the client has logged in (RFC 6409 section 4.3).',
  'about.completeHeaders':
    'A letter that is submitted without Date or Message-ID gets them (RFC 6409 section 8). A relay never touches them.',
  'about.plaintextAuth':
    'PLAIN and LOGIN are taken before the connection is encrypted, too. Anybody on the way can read the password.',
  'about.loginDelay':
    'Seconds that have to pass between two logins of one user; sooner, and the answer is -ERR [LOGIN-DELAY] (RFC 2449 section 6.5).',
  'about.apop':
    'The greeting carries a timestamp, and a client may prove its password by a digest of both (RFC 1939 section 7).',
  'about.tls': 'Whether ports that begin in plaintext offer to go over to TLS, or demand it before anything else.',
  'about.outgoingTls':
    'Opportunistic: encrypted where the other server offers STARTTLS, else in the clear, as most servers do. Required: rather not at all.',
  'about.outgoingPipelining':
    'MAIL, RCPT and DATA go out together, and the replies are counted off in order (RFC 2920), where the other server offers PIPELINING. Most real servers do so: it saves a round trip for each command.',
  'about.outgoingChunking':
    'The letter goes by BDAT with its length before it, and no dot ends it (RFC 3030), where the other server offers CHUNKING. Some real servers do so, Exim among them.',
  'about.holdQueue':
    'Letters for other servers are taken and kept, and none leaves until the queue is released; then all go at once. A letter that is on its way already is not called back.',
  'about.bareLineFeed':
    'A CR or LF that is not part of CRLF: refused with 550 after the letter, or taken as data, where it becomes the end of a line. It never ends the letter: servers that let it were open to SMTP smuggling.',
  'about.maxSize': 'In octets, as SIZE announces it. Above it MAIL or the letter is answered by 552.',
  'about.maxRecipients':
    'LIMITS announces it (RFC 9422); one more is put off with 452, and the sender goes on with the rest in a next transaction. 100 is the least that RFC 5321 asks for.',
  'about.maxHops':
    'A letter with more Received fields than this goes in circles, and is refused with 554 5.4.6. RFC 5321 section 6.3 asks for 100 at least.',
  'about.delayNoticeAfter':
    'Seconds after which a sender is told that the letter could not be delivered yet, and is being tried again.',
  'about.giveUpTime':
    'Seconds after which a letter that cannot be delivered goes back: four to five days, says RFC 5321 section 4.5.4.1.',
  title: 'Switches',
  'group.security': 'Who may do what',
  'group.delivery': 'Letters',
  'group.details': 'Details of the protocols',
  folded: '{title} ({count})',
  noPower: 'a host without power cannot be changed',
  atLeast: 'a whole number, {least} at least',
  between: 'a whole number, {least} to {most}',
} as const
