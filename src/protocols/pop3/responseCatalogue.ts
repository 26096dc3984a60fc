import type { CatalogueEntry } from '../../session/catalogue'
import { commandEntries } from './catalogue'
import type { ResponseCode } from './responses'

/** The words in answers: status indicators, response codes, and the capabilities that are no commands. */

const response = { protocol: 'POP3', kind: 'response' } as const
const capability = { protocol: 'POP3', kind: 'capability' } as const
const BEFORE = ['authorization.noUser', 'authorization.userGiven'] as const
const READY = ['transaction.ready'] as const
const LOGIN = ['authorization.verifying', 'authorization.opening'] as const

const statusEntries: readonly CatalogueEntry[] = [
  {
    ...response,
    name: '+OK',
    syntax: '+OK [text]',
    meaning: 'Yes: the command is done. Where the answer has more lines, a line with a lonely dot ends them.',
    term: 'positive status indicator',
    rfc: 'RFC 1939 section 3',
    states: [...BEFORE, ...READY, 'update'],
    slip: 'Whether more lines follow depends on the command: LIST has more, LIST 1 has none.',
    example: '+OK 1 512',
  },
  {
    ...response,
    name: '-ERR',
    syntax: '-ERR [text]',
    meaning: 'No, with the reason in words. Nothing has changed and the session goes on.',
    term: 'negative status indicator',
    rfc: 'RFC 1939 section 3',
    states: [...BEFORE, ...READY, 'update'],
    slip: 'The words are for people. A program that must know why looks for a code in brackets.',
    example: '-ERR there is no message 9',
  },
  {
    ...response,
    name: '+',
    syntax: '+ [base64]',
    meaning: 'Go on: within AUTH, the server’s part of the exchange, in base64. It may be empty.',
    term: 'server challenge',
    rfc: 'RFC 5034 section 4',
    states: ['authorization.challenged'],
    slip: 'The answer to it is a line of base64 without any command in front; a lonely `*` takes the login back.',
    example: '+ VXNlcm5hbWU6',
  },
]

/** The codes of this server, and those of others. */
const CODES: Readonly<
  Record<ResponseCode | 'SYS/PERM' | 'UTF8', Omit<CatalogueEntry, 'name' | 'protocol' | 'kind' | 'syntax' | 'term'>>
> = {
  AUTH: {
    meaning: 'The name or the password is wrong: ask the person, trying again by itself will not help.',
    rfc: 'RFC 3206 section 4',
    states: [...BEFORE, ...LOGIN],
    slip: 'Which of the two was wrong is never told: it would help those who guess.',
    example: '-ERR [AUTH] the name or the password is wrong',
  },
  'IN-USE': {
    meaning: 'Another session has the maildrop open and holds its lock: try again later.',
    rfc: 'RFC 2449 section 8.1.2',
    states: LOGIN,
    slip: 'It is often your own earlier session whose connection broke: its lock goes when the server notices.',
    example: '-ERR [IN-USE] another session has this maildrop open',
  },
  'LOGIN-DELAY': {
    meaning: 'You logged in a short while ago and have to wait before the next time.',
    rfc: 'RFC 2449 section 8.1.1',
    states: LOGIN,
    slip: 'A program should look no more often than the seconds that `CAPA` lists.',
    example: '-ERR [LOGIN-DELAY] you were here just now: wait 60 seconds between two logins',
  },
  'SYS/TEMP': {
    meaning: 'Something is wrong at the server for a while. It is not your fault: try again later.',
    rfc: 'RFC 3206 section 4',
    states: [...LOGIN, 'transaction.retrieving', 'update'],
    slip: 'Do not ask the person for another password: the old one may be right.',
    example: '-ERR [SYS/TEMP] the maildrop cannot be opened now, try again later',
  },
  'SYS/PERM': {
    meaning: 'Something is wrong at the server, and it stays wrong until somebody mends it.',
    rfc: 'RFC 3206 section 4',
    states: [...LOGIN, 'transaction.retrieving', 'update'],
    slip: 'Trying again will not help: tell whoever runs the server. This server never says it.',
    example: '-ERR [SYS/PERM] the mailbox is damaged',
  },
  UTF8: {
    meaning: 'The letter holds UTF-8 in its header, and you have not said that you can read that.',
    rfc: 'RFC 6856 section 5',
    states: ['transaction.retrieving'],
    slip: 'This server never says it: it rewrites such a header in ASCII. Where you hear it, say `UTF8` before the next login.',
    example: '-ERR [UTF8] the header of this message is in UTF-8',
  },
}

const codeEntries: readonly CatalogueEntry[] = Object.entries(CODES).map(([code, entry]) => ({
  ...response,
  name: `[${code}]`,
  syntax: `-ERR [${code}] text`,
  term: `${code} response code`,
  ...entry,
}))

/**
 * Capabilities that are no commands; CAPA lists TOP, UIDL, USER, STLS, UTF8 and LANG by their command's name (RFC 2449 section
 * 5).
 */
export const capabilityEntries: readonly CatalogueEntry[] = [
  {
    ...capability,
    name: 'SASL',
    syntax: 'SASL mechanism …',
    meaning: 'The mechanisms that AUTH takes now. Before encryption it may be fewer.',
    term: 'SASL capability',
    rfc: 'RFC 2449 section 6.3, RFC 5034',
    states: [...BEFORE, ...READY],
    slip: 'A list that grows after `STLS` is no mistake: PLAIN is only safe there.',
    example: 'SASL SCRAM-SHA-256 PLAIN',
  },
  {
    ...capability,
    name: 'RESP-CODES',
    syntax: 'RESP-CODES',
    meaning: 'Whatever stands in brackets at the beginning of an answer’s text is a code for programs.',
    term: 'RESP-CODES capability',
    rfc: 'RFC 2449 section 6.4',
    states: [...BEFORE, ...READY],
    slip: 'Codes are read without regard to case, and details behind a `/` may be passed over.',
    example: 'RESP-CODES',
  },
  {
    ...capability,
    name: 'AUTH-RESP-CODE',
    syntax: 'AUTH-RESP-CODE',
    meaning: 'A login that fails for its name or password always has the code `[AUTH]`.',
    term: 'AUTH-RESP-CODE capability',
    rfc: 'RFC 3206 section 6',
    states: [...BEFORE, ...READY],
    slip: 'So a refusal without that code says nothing against the password.',
    example: 'AUTH-RESP-CODE',
  },
  {
    ...capability,
    name: 'PIPELINING',
    syntax: 'PIPELINING',
    meaning: 'Commands may be sent without waiting for the answers; these come in the same order.',
    term: 'PIPELINING capability',
    rfc: 'RFC 2449 section 6.6',
    states: [...BEFORE, ...READY],
    slip: 'Never behind `STLS`: its answer has to be waited for.',
    example: 'PIPELINING',
  },
  {
    ...capability,
    name: 'LOGIN-DELAY',
    syntax: 'LOGIN-DELAY seconds',
    meaning: 'How many seconds have to pass between two logins.',
    term: 'LOGIN-DELAY capability',
    rfc: 'RFC 2449 section 6.5',
    states: [...BEFORE, ...READY],
    slip: 'It counts from the last login that succeeded, not from its end.',
    example: 'LOGIN-DELAY 60',
  },
  {
    ...capability,
    name: 'EXPIRE',
    syntax: 'EXPIRE days',
    meaning: 'After how many days the server may remove letters by itself; `NEVER` where it does not.',
    term: 'EXPIRE capability',
    rfc: 'RFC 2449 section 6.7',
    states: [...BEFORE, ...READY],
    slip: '`EXPIRE 0` means that letters you fetched are gone after QUIT, even without DELE.',
    example: 'EXPIRE NEVER',
  },
  {
    ...capability,
    name: 'IMPLEMENTATION',
    syntax: 'IMPLEMENTATION name',
    meaning: 'Which program the server is, for logs.',
    term: 'IMPLEMENTATION capability',
    rfc: 'RFC 2449 section 6.9',
    states: [...BEFORE, ...READY],
    slip: 'No client may behave differently because of it.',
    example: 'IMPLEMENTATION EHLO-World',
  },
]

/** Every command, every kind of answer and every capability, for hovers, completion, the reference and the quiz. */
export const pop3Catalogue: readonly CatalogueEntry[] = [
  ...commandEntries,
  ...statusEntries,
  ...codeEntries,
  ...capabilityEntries,
]
