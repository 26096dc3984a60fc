import type { CatalogueEntry } from '../../session/catalogue'

export type CommandName =
  | 'USER'
  | 'PASS'
  | 'STAT'
  | 'LIST'
  | 'UIDL'
  | 'RETR'
  | 'TOP'
  | 'DELE'
  | 'RSET'
  | 'NOOP'
  | 'CAPA'
  | 'QUIT'

/** A command of POP3. `effect` continues the command's name: "STAT asks how many letters wait". */
export interface CommandEntry extends CatalogueEntry {
  readonly name: CommandName
  readonly kind: 'command'
  readonly syntax: string
  readonly effect: string
}

const pop3 = { protocol: 'POP3' } as const
const command = { ...pop3, kind: 'command' } as const
const response = { ...pop3, kind: 'response' } as const

/** Every command this server reads. The grammar takes its keywords from here. */
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
    states: ['authorization'],
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
    name: 'STAT',
    syntax: 'STAT',
    effect: 'counts the letters',
    meaning: 'Asks how many letters wait and how many octets they have together.',
    term: 'drop listing',
    rfc: 'RFC 1939 section 5',
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['transaction.ready'],
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
    states: ['authorization', 'transaction.ready'],
    example: 'CAPA',
  },
  {
    ...command,
    name: 'QUIT',
    syntax: 'QUIT',
    effect: 'removes what is marked and closes',
    meaning: 'Ends the session. After a login the server now removes the letters that are marked as deleted.',
    term: 'QUIT command, UPDATE state',
    rfc: 'RFC 1939 sections 4 and 6',
    states: ['authorization', 'transaction.ready'],
    slip: 'Hanging up without QUIT leaves every letter where it was.',
    example: 'QUIT',
  },
]

export const COMMAND_NAMES: ReadonlySet<string> = new Set(commandEntries.map((entry) => entry.name))

/** Every command and every kind of answer, for hovers, completion, the reference and the quiz. */
export const pop3Catalogue: readonly CatalogueEntry[] = [
  ...commandEntries,
  {
    ...response,
    name: '+OK',
    syntax: '+OK [text]',
    meaning: 'Yes: the command is done. Where the answer has more lines, a line with a lonely dot ends them.',
    term: 'positive status indicator',
    rfc: 'RFC 1939 section 3',
    example: '+OK 1 512',
  },
  {
    ...response,
    name: '-ERR',
    syntax: '-ERR [text]',
    meaning: 'No, with the reason in words. Nothing has changed and the session goes on.',
    term: 'negative status indicator',
    rfc: 'RFC 1939 section 3',
    example: '-ERR there is no message 9',
  },
  {
    ...response,
    name: '[AUTH]',
    syntax: '-ERR [AUTH] text',
    meaning: 'The name or the password is wrong: ask the person, trying again by itself will not help.',
    term: 'AUTH response code',
    rfc: 'RFC 3206 section 4',
    example: '-ERR [AUTH] the name or the password is wrong',
  },
  {
    ...response,
    name: '[IN-USE]',
    syntax: '-ERR [IN-USE] text',
    meaning: 'Another session has the maildrop open and holds its lock: try again later.',
    term: 'IN-USE response code',
    rfc: 'RFC 2449 section 8.1.1',
    example: '-ERR [IN-USE] another session has this maildrop open',
  },
]
