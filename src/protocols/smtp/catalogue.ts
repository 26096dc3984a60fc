import type { CatalogueEntry } from '../../session/catalogue'

/**
 * Every command and every reply code of SMTP. HELP, the parser's known verbs, the editor's completion and hovers,
 * the State panel and the reference pages all read from here.
 */

/** A command that the server offers, with what the State panel says of it. */
export interface CommandEntry extends CatalogueEntry {
  readonly kind: 'command'
  readonly syntax: string
  readonly states: readonly string[]
  /** A line to try it with. */
  readonly example: string
  /** The replies that may come where the host is asked first. */
  readonly answers: string
  /** What it does, in a few words. */
  readonly effect: string
}

const anywhere = ['waiting', 'session.greeted', 'session.senderKnown', 'session.recipientsKnown'] as const

const command = (entry: Omit<CommandEntry, 'protocol' | 'kind'>): CommandEntry => ({
  protocol: 'SMTP',
  kind: 'command',
  ...entry,
})

export const commandEntries: readonly CommandEntry[] = [
  command({
    name: 'EHLO',
    syntax: 'EHLO domain',
    meaning: 'Says who is calling, and asks what the server can do. The answer lists its extensions, one a line.',
    term: 'extended hello',
    rfc: 'RFC 5321, section 4.1.1.1',
    states: anywhere,
    slip: 'It names the calling machine, not the person who wrote the letter. Said again, it clears the letter under way.',
    example: 'EHLO mx-out.paper.example',
    answers: '250',
    effect: 'says who is calling',
  }),
  command({
    name: 'HELO',
    syntax: 'HELO domain',
    meaning: 'The old greeting, from before there were extensions.',
    term: 'hello',
    rfc: 'RFC 5321, section 4.1.1.1',
    states: anywhere,
    slip: 'After HELO the server offers no extensions. Try EHLO first.',
    example: 'HELO mx-out.paper.example',
    answers: '250',
    effect: 'says who is calling, the old way',
  }),
  command({
    name: 'MAIL',
    syntax: 'MAIL FROM:<address>',
    meaning: 'Begins a letter and names where reports about it go if it cannot be delivered.',
    term: 'reverse-path',
    rfc: 'RFC 5321, section 4.1.1.2',
    states: ['session.greeted'],
    slip: 'It is the address on the envelope, not the From: line inside the letter. No space after the colon.',
    example: 'MAIL FROM:<alice@paper.example>',
    answers: '250',
    effect: 'names the sender',
  }),
  command({
    name: 'RCPT',
    syntax: 'RCPT TO:<address>',
    meaning: 'Names one person who shall get the letter. Said once for each; each gets an answer of its own.',
    term: 'forward-path',
    rfc: 'RFC 5321, section 4.1.1.3',
    states: ['session.senderKnown', 'session.recipientsKnown'],
    slip: 'It is the envelope that decides who gets the letter. The To: line inside is only text.',
    example: 'RCPT TO:<bob@bird.example>',
    answers: '250 or 550',
    effect: 'names one reader',
  }),
  command({
    name: 'DATA',
    syntax: 'DATA',
    meaning: 'Asks to hand over the letter itself: header, empty line, body. A line with a single dot ends it.',
    term: 'mail data',
    rfc: 'RFC 5321, section 4.1.1.4',
    states: ['session.recipientsKnown'],
    slip: 'The letter begins only after the answer 354, and every line then belongs to it until the lonely dot.',
    example: 'DATA',
    answers: '354',
    effect: 'begins the letter itself',
  }),
  command({
    name: 'RSET',
    syntax: 'RSET',
    meaning: 'Drops the letter under way: sender, readers and text. The greeting stays.',
    term: 'reset',
    rfc: 'RFC 5321, section 4.1.1.5',
    states: anywhere,
    slip: 'It does not undo a letter that was answered with 250 after the dot.',
    example: 'RSET',
    answers: '250',
    effect: 'forgets the sender and the readers',
  }),
  command({
    name: 'VRFY',
    syntax: 'VRFY user',
    meaning: 'Asks whether a name is known here.',
    term: 'verify',
    rfc: 'RFC 5321, section 4.1.1.6',
    states: anywhere,
    slip: 'Most servers answer 252, neither yes nor no, because spammers used to ask.',
    example: 'VRFY bob',
    answers: '250, 252 or 550',
    effect: 'asks whether a name is known',
  }),
  command({
    name: 'NOOP',
    syntax: 'NOOP',
    meaning: 'Does nothing but ask for an answer.',
    term: 'no operation',
    rfc: 'RFC 5321, section 4.1.1.9',
    states: anywhere,
    example: 'NOOP',
    answers: '250',
    effect: 'changes nothing',
  }),
  command({
    name: 'QUIT',
    syntax: 'QUIT',
    meaning: 'Says goodbye. The server answers, and then closes the connection.',
    term: 'quit',
    rfc: 'RFC 5321, section 4.1.1.10',
    states: anywhere,
    slip: 'A letter whose dot was not sent and answered before QUIT is dropped.',
    example: 'QUIT',
    answers: '221',
    effect: 'closes the connection',
  }),
  command({
    name: 'HELP',
    syntax: 'HELP [command]',
    meaning: 'Lists the commands, or shows how one of them is written.',
    term: 'help',
    rfc: 'RFC 5321, section 4.1.1.8',
    states: anywhere,
    example: 'HELP',
    answers: '214',
    effect: 'lists the commands',
  }),
  command({
    name: 'AUTH',
    syntax: 'AUTH PLAIN [base64]',
    meaning: 'Proves who you are with a name and a password. Submission servers ask for it before they take a letter.',
    term: 'SASL authentication',
    rfc: 'RFC 4954, section 4',
    states: ['session.greeted'],
    slip: 'base64 hides nothing: anyone on the way can read the password unless the connection is encrypted.',
    example: 'AUTH PLAIN',
    answers: '235 or 535',
    effect: 'proves who you are',
  }),
]

const syntaxOf = new Map(commandEntries.map((entry) => [entry.name, entry.syntax]))

/** How a command is written. The empty text where the verb is not ours. */
export const commandSyntax = (verb: string): string => syntaxOf.get(verb) ?? ''

/** Verbs of the standards that this server knows by name and does not offer: 502 rather than 500 (RFC 5321 section 4.2.4). */
export const verbsNotOffered: ReadonlySet<string> = new Set([
  'EXPN',
  'TURN',
  'ETRN',
  'ATRN',
  'STARTTLS',
  'BDAT',
  'SEND',
  'SOML',
  'SAML',
  'BURL',
])

/** The lines of HELP: all commands, or the one asked for, or undefined where there is none of that name. */
export function helpLines(topic: string, offersAuth: boolean): readonly string[] | undefined {
  const offered = commandEntries.filter((entry) => entry.name !== 'AUTH' || offersAuth)
  if (topic === '') return ['Commands:', offered.map((entry) => entry.name).join(' '), 'For more on one: HELP command']
  const entry = offered.find((one) => one.name === topic)
  return entry && [entry.syntax, `${entry.term} (${entry.rfc})`]
}

const reply = (
  code: string,
  term: string,
  rfc: string,
  meaning: string,
  example: string,
  slip?: string,
): CatalogueEntry => {
  const entry = { name: code, protocol: 'SMTP', kind: 'reply', meaning, term, rfc, example } as const
  return slip === undefined ? entry : { ...entry, slip }
}

const CODES = 'RFC 5321, section 4.2.3'

export const replyEntries: readonly CatalogueEntry[] = [
  reply('211', 'system status', CODES, 'How the server is doing.', '211 System status'),
  reply('214', 'help message', CODES, 'The help that was asked for.', '214 2.0.0 For more on one: HELP command'),
  reply(
    '220',
    'service ready',
    CODES,
    'The server is there and begins the talk. The client waits for it.',
    '220 mx.bird.example ESMTP',
    'The server speaks first. A client that speaks before 220 is out of turn.',
  ),
  reply('221', 'service closing', CODES, 'Goodbye; the connection closes now.', '221 2.0.0 Bye'),
  reply(
    '235',
    'authentication succeeded',
    'RFC 4954, section 6',
    'The name and password fit.',
    '235 2.7.0 Authentication successful',
  ),
  reply(
    '250',
    'requested mail action okay, completed',
    CODES,
    'Yes, done.',
    '250 2.1.5 Ok',
    "What was agreed to depends on the question: after the dot it means that the letter is now the server's to carry.",
  ),
  reply(
    '251',
    'user not local; will forward',
    CODES,
    'Not here, but the letter will be sent on.',
    '251 User not local; will forward to <bob@roof.example>',
  ),
  reply(
    '252',
    'cannot verify, but will accept',
    CODES,
    'The server will not say whether the name is known, but would take a letter.',
    '252 2.5.0 Cannot VRFY user',
  ),
  reply(
    '334',
    'server challenge',
    'RFC 4954, section 4',
    'Go on: the server waits for the next part of the proof, in base64.',
    '334 ',
  ),
  reply(
    '354',
    'start mail input',
    CODES,
    'Send the letter now, and end it with a dot alone on a line.',
    '354 End data with <CR><LF>.<CR><LF>',
    'It is not yet a yes to the letter. That comes after the dot.',
  ),
  reply(
    '421',
    'service not available',
    CODES,
    'The server has to close the connection. Try again later.',
    '421 4.4.2 mx.bird.example Timeout',
    'It may come at any time, in answer to any command or to none.',
  ),
  reply(
    '432',
    'password transition needed',
    'RFC 4954, section 6',
    'The account has to be made ready first.',
    '432 4.7.12 A password transition is needed',
  ),
  reply(
    '450',
    'mailbox unavailable',
    CODES,
    'Not now: the mailbox is busy. Try again later.',
    '450 4.2.0 Mailbox busy',
    'A reply that begins with 4 is no refusal: the letter stays in the queue and is tried again.',
  ),
  reply(
    '451',
    'local error in processing',
    CODES,
    'Something went wrong at the server. Try again later.',
    '451 4.3.0 Local error in processing',
  ),
  reply(
    '452',
    'insufficient system storage',
    CODES,
    'No room now, or too many readers for one letter. Try again later.',
    '452 4.5.3 Too many recipients',
  ),
  reply(
    '454',
    'temporary authentication failure',
    'RFC 4954, section 6',
    'The password cannot be checked just now.',
    '454 4.7.0 Temporary authentication failure',
  ),
  reply(
    '455',
    'unable to accommodate parameters',
    CODES,
    'What was asked for after the address cannot be done now.',
    '455 4.5.4 Parameters cannot be accommodated',
  ),
  reply(
    '500',
    'syntax error, command unrecognized',
    CODES,
    'The server does not know that command, or the line is too long.',
    '500 5.5.2 Command not recognized',
  ),
  reply(
    '501',
    'syntax error in parameters',
    CODES,
    'The command is known, but what follows it is not written as it should be.',
    '501 5.5.4 Syntax: MAIL FROM:<address>',
  ),
  reply(
    '502',
    'command not implemented',
    CODES,
    'The command exists in the standard, but this server does not do it.',
    '502 5.5.1 Command not implemented',
  ),
  reply(
    '503',
    'bad sequence of commands',
    CODES,
    'A good command at the wrong moment.',
    '503 5.5.1 Need RCPT command first',
    'Nothing is lost: say what is missing, and then the same line again.',
  ),
  reply(
    '504',
    'parameter not implemented',
    CODES,
    'The command is known, but not this form of it.',
    '504 5.5.4 Authentication mechanism not supported',
  ),
  reply(
    '530',
    'authentication required',
    'RFC 4954, section 6',
    'First prove who you are.',
    '530 5.7.0 Authentication required',
  ),
  reply(
    '534',
    'mechanism too weak',
    'RFC 4954, section 6',
    'A stronger way to prove who you are is needed.',
    '534 5.7.9 Authentication mechanism is too weak',
  ),
  reply(
    '535',
    'authentication credentials invalid',
    'RFC 4954, section 6',
    'The name and password do not fit.',
    '535 5.7.8 Authentication credentials invalid',
    'The same answer for an unknown name and for a wrong password, so that nobody can find out names.',
  ),
  reply(
    '538',
    'encryption required',
    'RFC 4954, section 4',
    'Passwords are taken on an encrypted connection only.',
    '538 5.7.11 Encryption required',
  ),
  reply(
    '550',
    'mailbox unavailable',
    CODES,
    'No: there is no such mailbox here, or the server may not take this letter.',
    '550 5.1.1 No such user here',
    'It is final. The sender gets a report, and the letter is not tried again.',
  ),
  reply(
    '551',
    'user not local',
    CODES,
    'Not here; try the address given.',
    '551 User not local; please try <bob@roof.example>',
  ),
  reply(
    '552',
    'exceeded storage allocation',
    CODES,
    'The letter is too large.',
    '552 5.3.4 Message size exceeds fixed limit',
  ),
  reply(
    '553',
    'mailbox name not allowed',
    CODES,
    'That cannot be the name of a mailbox.',
    '553 5.1.3 Mailbox name not allowed',
  ),
  reply(
    '554',
    'transaction failed',
    CODES,
    'No. As a greeting: there is no mail service here.',
    '554 5.0.0 Transaction failed',
  ),
  reply(
    '555',
    'parameters not recognized',
    CODES,
    'The server does not know what stands after the address.',
    '555 5.5.4 Parameter FROB not recognized',
  ),
]

export const smtpCatalogue: readonly CatalogueEntry[] = [...commandEntries, ...replyEntries]
