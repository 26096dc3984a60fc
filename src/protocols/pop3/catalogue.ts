import type { CatalogueEntry } from '../../session/catalogue'

/** The commands of TRANSACTION only. */
export const TRANSACTION_COMMANDS = ['STAT', 'LIST', 'UIDL', 'RETR', 'TOP', 'DELE', 'RSET', 'NOOP'] as const
/** The commands of AUTHORIZATION only. */
export const LOGIN_COMMANDS = ['USER', 'PASS', 'APOP', 'AUTH', 'STLS', 'UTF8'] as const
const ANYWHERE = ['CAPA', 'LANG', 'QUIT'] as const

export type CommandName =
  | (typeof TRANSACTION_COMMANDS)[number]
  | (typeof LOGIN_COMMANDS)[number]
  | (typeof ANYWHERE)[number]

/** A command of POP3. */
export interface CommandEntry extends CatalogueEntry {
  readonly name: CommandName
  readonly kind: 'command'
  readonly syntax: string
}

const pop3 = { protocol: 'POP3' } as const
const command = { ...pop3, kind: 'command' } as const
const AUTHORIZATION = ['authorization.noUser', 'authorization.userGiven'] as const
const TRANSACTION = ['transaction.ready'] as const

/** Every command of this server. The grammar takes its keywords from here. */
export const commandEntries: readonly CommandEntry[] = [
  {
    ...command,
    name: 'USER',
    syntax: 'USER name',
    term: 'USER command',
    rfc: 'RFC 1939 section 7',
    states: AUTHORIZATION,
    example: 'USER bob@bird.example',
  },
  {
    ...command,
    name: 'PASS',
    syntax: 'PASS password',
    term: 'PASS command',
    rfc: 'RFC 1939 section 7',
    states: ['authorization.userGiven'],
    example: 'PASS secret',
  },
  {
    ...command,
    name: 'APOP',
    syntax: 'APOP name digest',
    term: 'APOP command',
    rfc: 'RFC 1939 section 7',
    states: AUTHORIZATION,
    example: 'APOP bob@bird.example c4c9334bac560ecc979e58001b3e22fb',
  },
  {
    ...command,
    name: 'AUTH',
    syntax: 'AUTH mechanism [initial-response]',
    term: 'AUTH command',
    rfc: 'RFC 5034 section 4',
    states: AUTHORIZATION,
    example: 'AUTH PLAIN AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0',
  },
  {
    ...command,
    name: 'STLS',
    syntax: 'STLS',
    term: 'STLS command',
    rfc: 'RFC 2595 section 4',
    states: AUTHORIZATION,
    example: 'STLS',
  },
  {
    ...command,
    name: 'UTF8',
    syntax: 'UTF8',
    term: 'UTF8 command',
    rfc: 'RFC 6856 section 2.1',
    states: AUTHORIZATION,
    example: 'UTF8',
  },
  {
    ...command,
    name: 'STAT',
    syntax: 'STAT',
    term: 'drop listing',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'STAT',
  },
  {
    ...command,
    name: 'LIST',
    syntax: 'LIST [message]',
    term: 'scan listing',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'LIST 1',
  },
  {
    ...command,
    name: 'UIDL',
    syntax: 'UIDL [message]',
    term: 'unique-id listing',
    rfc: 'RFC 1939 section 7',
    states: TRANSACTION,
    example: 'UIDL',
  },
  {
    ...command,
    name: 'RETR',
    syntax: 'RETR message',
    term: 'RETR command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'RETR 1',
  },
  {
    ...command,
    name: 'TOP',
    syntax: 'TOP message lines',
    term: 'TOP command',
    rfc: 'RFC 1939 section 7',
    states: TRANSACTION,
    example: 'TOP 1 5',
  },
  {
    ...command,
    name: 'DELE',
    syntax: 'DELE message',
    term: 'DELE command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'DELE 1',
  },
  {
    ...command,
    name: 'RSET',
    syntax: 'RSET',
    term: 'RSET command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'RSET',
  },
  {
    ...command,
    name: 'NOOP',
    syntax: 'NOOP',
    term: 'NOOP command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    example: 'NOOP',
  },
  {
    ...command,
    name: 'CAPA',
    syntax: 'CAPA',
    term: 'capability response',
    rfc: 'RFC 2449 section 5',
    states: [...AUTHORIZATION, ...TRANSACTION],
    example: 'CAPA',
  },
  {
    ...command,
    name: 'LANG',
    syntax: 'LANG [language]',
    term: 'LANG command',
    rfc: 'RFC 6856 section 3',
    states: [...AUTHORIZATION, ...TRANSACTION],
    example: 'LANG en',
  },
  {
    ...command,
    name: 'QUIT',
    syntax: 'QUIT',
    term: 'QUIT command, UPDATE state',
    rfc: 'RFC 1939 sections 4 and 6',
    states: [...AUTHORIZATION, ...TRANSACTION],
    example: 'QUIT',
  },
]

export const COMMAND_NAMES: ReadonlySet<string> = new Set(commandEntries.map((entry) => entry.name))
