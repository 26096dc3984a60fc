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
    term: 'positive status indicator',
    rfc: 'RFC 1939 section 3',
    states: [...BEFORE, ...READY, 'update'],
    example: '+OK 1 512',
  },
  {
    ...response,
    name: '-ERR',
    syntax: '-ERR [text]',
    term: 'negative status indicator',
    rfc: 'RFC 1939 section 3',
    states: [...BEFORE, ...READY, 'update'],
    example: '-ERR there is no message 9',
  },
  {
    ...response,
    name: '+',
    syntax: '+ [base64]',
    term: 'server challenge',
    rfc: 'RFC 5034 section 4',
    states: ['authorization.challenged'],
    example: '+ VXNlcm5hbWU6',
  },
]

/** The codes of this server, and those of others. */
const CODES: Readonly<
  Record<ResponseCode | 'SYS/PERM' | 'UTF8', Omit<CatalogueEntry, 'name' | 'protocol' | 'kind' | 'syntax' | 'term'>>
> = {
  AUTH: {
    rfc: 'RFC 3206 section 4',
    states: [...BEFORE, ...LOGIN],
    example: '-ERR [AUTH] the name or the password is wrong',
  },
  'IN-USE': {
    rfc: 'RFC 2449 section 8.1.2',
    states: LOGIN,
    example: '-ERR [IN-USE] another session has this maildrop open',
  },
  'LOGIN-DELAY': {
    rfc: 'RFC 2449 section 8.1.1',
    states: LOGIN,
    example: '-ERR [LOGIN-DELAY] you were here just now: wait 60 seconds between two logins',
  },
  'SYS/TEMP': {
    rfc: 'RFC 3206 section 4',
    states: [...LOGIN, 'transaction.retrieving', 'update'],
    example: '-ERR [SYS/TEMP] the maildrop cannot be opened now, try again later',
  },
  'SYS/PERM': {
    rfc: 'RFC 3206 section 4',
    states: [...LOGIN, 'transaction.retrieving', 'update'],
    example: '-ERR [SYS/PERM] the mailbox is damaged',
  },
  UTF8: {
    rfc: 'RFC 6856 section 5',
    states: ['transaction.retrieving'],
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
    term: 'SASL capability',
    rfc: 'RFC 2449 section 6.3, RFC 5034',
    states: [...BEFORE, ...READY],
    example: 'SASL SCRAM-SHA-256 PLAIN',
  },
  {
    ...capability,
    name: 'RESP-CODES',
    syntax: 'RESP-CODES',
    term: 'RESP-CODES capability',
    rfc: 'RFC 2449 section 6.4',
    states: [...BEFORE, ...READY],
    example: 'RESP-CODES',
  },
  {
    ...capability,
    name: 'AUTH-RESP-CODE',
    syntax: 'AUTH-RESP-CODE',
    term: 'AUTH-RESP-CODE capability',
    rfc: 'RFC 3206 section 6',
    states: [...BEFORE, ...READY],
    example: 'AUTH-RESP-CODE',
  },
  {
    ...capability,
    name: 'PIPELINING',
    syntax: 'PIPELINING',
    term: 'PIPELINING capability',
    rfc: 'RFC 2449 section 6.6',
    states: [...BEFORE, ...READY],
    example: 'PIPELINING',
  },
  {
    ...capability,
    name: 'LOGIN-DELAY',
    syntax: 'LOGIN-DELAY seconds',
    term: 'LOGIN-DELAY capability',
    rfc: 'RFC 2449 section 6.5',
    states: [...BEFORE, ...READY],
    example: 'LOGIN-DELAY 60',
  },
  {
    ...capability,
    name: 'EXPIRE',
    syntax: 'EXPIRE days',
    term: 'EXPIRE capability',
    rfc: 'RFC 2449 section 6.7',
    states: [...BEFORE, ...READY],
    example: 'EXPIRE NEVER',
  },
  {
    ...capability,
    name: 'IMPLEMENTATION',
    syntax: 'IMPLEMENTATION name',
    term: 'IMPLEMENTATION capability',
    rfc: 'RFC 2449 section 6.9',
    states: [...BEFORE, ...READY],
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
