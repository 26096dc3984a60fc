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

/** A command of POP3. `effect` continues the command's name: "STAT counts the messages". */
export interface CommandEntry extends CatalogueEntry {
  readonly name: CommandName
  readonly kind: 'command'
  readonly syntax: string
  readonly effect: string
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
    effect: 'says who is calling',
    meaning:
      'Names the mailbox that you want to open. The server often says yes to any name, so as not to tell who exists.',
    term: 'USER command',
    rfc: 'RFC 1939 section 7',
    states: AUTHORIZATION,
    slip: 'The name is often the whole address: `bob@bird.example`, not `bob`.',
    example: 'USER bob@bird.example',
  },
  {
    ...command,
    name: 'PASS',
    syntax: 'PASS password',
    effect: 'proves it and opens the maildrop',
    meaning:
      'Gives the password. If it is right, the server locks the maildrop for you alone and the real work can begin.',
    term: 'PASS command',
    rfc: 'RFC 1939 section 7',
    states: ['authorization.userGiven'],
    slip: 'PASS follows USER. Spaces belong to the password, so a space too many makes it wrong.',
    example: 'PASS secret',
  },
  {
    ...command,
    name: 'APOP',
    syntax: 'APOP name digest',
    effect: 'proves it without sending the password',
    meaning:
      'Logs in with a digest: MD5 of the timestamp in the greeting and the password. Who listens learns nothing to use again.',
    term: 'APOP command',
    rfc: 'RFC 1939 section 7',
    states: AUTHORIZATION,
    slip: 'It is there only where the greeting has a timestamp in angle brackets. The brackets belong to what is digested.',
    example: 'APOP bob@bird.example c4c9334bac560ecc979e58001b3e22fb',
  },
  {
    ...command,
    name: 'AUTH',
    syntax: 'AUTH mechanism [initial-response]',
    effect: 'logs in by a SASL mechanism',
    meaning:
      'Logs in by a mechanism that `CAPA` lists behind `SASL`. Server and client then send lines in base64, `+` before the server’s.',
    term: 'AUTH command',
    rfc: 'RFC 5034 section 4',
    states: AUTHORIZATION,
    slip: 'Base64 only wraps, it hides nothing: PLAIN shows the password to whoever listens. An empty initial response is `=`.',
    example: 'AUTH PLAIN AGJvYkBiaXJkLmV4YW1wbGUAc2VjcmV0',
  },
  {
    ...command,
    name: 'STLS',
    syntax: 'STLS',
    effect: 'encrypts the connection',
    meaning: 'Begins TLS on this connection. Behind the answer nothing is readable for others any more.',
    term: 'STLS command',
    rfc: 'RFC 2595 section 4',
    states: AUTHORIZATION,
    slip: 'Wait for the answer: what is sent right behind STLS in the clear is thrown away. Then ask `CAPA` anew.',
    example: 'STLS',
  },
  {
    ...command,
    name: 'UTF8',
    syntax: 'UTF8',
    effect: 'lets headers come in UTF-8',
    meaning:
      'Says that you can read letters whose header holds UTF-8. Without it their headers come rewritten, all in ASCII.',
    term: 'UTF8 command',
    rfc: 'RFC 6856 section 2.1',
    states: AUTHORIZATION,
    slip: 'It comes before the login, and after `STLS` where both are wanted.',
    example: 'UTF8',
  },
  {
    ...command,
    name: 'STAT',
    syntax: 'STAT',
    effect: 'counts the letters',
    meaning: 'Asks how many letters wait and how many octets they have together.',
    term: 'drop listing',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'The octets are those of the letters themselves, line ends of two octets counted; letters marked as deleted are not in it.',
    example: 'STAT',
  },
  {
    ...command,
    name: 'LIST',
    syntax: 'LIST [message]',
    effect: 'gives each letter’s size',
    meaning: 'Lists the letters by number, with the size of each; with a number, of that one letter.',
    term: 'scan listing',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'The numbers hold for this session only. To know a letter again tomorrow, ask UIDL.',
    example: 'LIST 1',
  },
  {
    ...command,
    name: 'UIDL',
    syntax: 'UIDL [message]',
    effect: 'gives each letter’s lasting name',
    meaning:
      'Lists a name for each letter that stays the same in later sessions, so a program knows which it has already.',
    term: 'unique-id listing',
    rfc: 'RFC 1939 section 7',
    states: TRANSACTION,
    slip: 'A name tells a letter only within its mailbox. A program that leaves letters on the server has to remember the names.',
    example: 'UIDL',
  },
  {
    ...command,
    name: 'RETR',
    syntax: 'RETR message',
    effect: 'fetches one letter whole',
    meaning: 'Sends one whole letter. It stays on the server until it is deleted.',
    term: 'RETR command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'RETR alone removes nothing: it takes DELE and then QUIT.',
    example: 'RETR 1',
  },
  {
    ...command,
    name: 'TOP',
    syntax: 'TOP message lines',
    effect: 'shows a letter’s head and first lines',
    meaning: 'Sends the header of a letter and the first lines of its body, to see what it is before fetching it.',
    term: 'TOP command',
    rfc: 'RFC 1939 section 7',
    states: TRANSACTION,
    slip: 'Both numbers are needed: `TOP 1 0` gives the header only.',
    example: 'TOP 1 5',
  },
  {
    ...command,
    name: 'DELE',
    syntax: 'DELE message',
    effect: 'marks a letter for removal',
    meaning: 'Marks a letter as deleted. It is removed only when you say QUIT, and RSET takes the mark back.',
    term: 'DELE command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'If the connection breaks before QUIT, nothing is removed.',
    example: 'DELE 1',
  },
  {
    ...command,
    name: 'RSET',
    syntax: 'RSET',
    effect: 'takes all marks back',
    meaning: 'Takes back every mark of this session: no letter is deleted any more.',
    term: 'RSET command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'It is not SMTP’s RSET: you stay logged in, and only the marks go.',
    example: 'RSET',
  },
  {
    ...command,
    name: 'NOOP',
    syntax: 'NOOP',
    effect: 'changes nothing',
    meaning: 'Does nothing but get an answer. It shows that the line is alive and keeps the server from hanging up.',
    term: 'NOOP command',
    rfc: 'RFC 1939 section 5',
    states: TRANSACTION,
    slip: 'Ten minutes without a command and the server hangs up; a NOOP in time prevents it.',
    example: 'NOOP',
  },
  {
    ...command,
    name: 'CAPA',
    syntax: 'CAPA',
    effect: 'lists what the server can do',
    meaning: 'Lists what this server can do beyond the plain protocol.',
    term: 'capability response',
    rfc: 'RFC 2449 section 5',
    states: [...AUTHORIZATION, ...TRANSACTION],
    slip: 'The list may change after `STLS`: ask again.',
    example: 'CAPA',
  },
  {
    ...command,
    name: 'LANG',
    syntax: 'LANG [language]',
    effect: 'chooses the language of the answers',
    meaning: 'Lists the languages that the server’s texts come in; with a language it changes to that, if it is there.',
    term: 'LANG command',
    rfc: 'RFC 6856 section 3',
    states: [...AUTHORIZATION, ...TRANSACTION],
    slip: 'Only the words for people change. Programs look at `+OK`, `-ERR` and codes such as `[IN-USE]`.',
    example: 'LANG en',
  },
  {
    ...command,
    name: 'QUIT',
    syntax: 'QUIT',
    effect: 'removes what is marked and closes',
    meaning: 'Ends the session. After a login the server now removes the letters that are marked as deleted.',
    term: 'QUIT command, UPDATE state',
    rfc: 'RFC 1939 sections 4 and 6',
    states: [...AUTHORIZATION, ...TRANSACTION],
    slip: 'Hanging up without QUIT leaves every letter where it was.',
    example: 'QUIT',
  },
]

export const COMMAND_NAMES: ReadonlySet<string> = new Set(commandEntries.map((entry) => entry.name))
