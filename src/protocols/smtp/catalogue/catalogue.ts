import type { CatalogueEntry } from '../../../session/catalogue'
import { enhancedEntries } from './enhancedCatalogue'
import { keywordEntries, parameterEntries } from './keywordCatalogue'
import { replyEntries } from './replyCatalogue'

/**
 * Every command, keyword, parameter, reply code and enhanced code of SMTP. HELP, the parser's known verbs, the editor's
 * completion and hovers, the State panel and the reference pages all read it.
 */

/** A command that the server offers, with the State panel's texts. */
export interface CommandEntry extends CatalogueEntry {
  readonly kind: 'command'
  readonly syntax: string
  readonly states: readonly string[]
  /** An example line. */
  readonly example: string
  /** The possible replies if the server must ask its host first. */
  readonly answers: string
  /** The effect, in a few words. */
  readonly effect: string
}

const anywhere = [
  'session.ready.waiting',
  'session.ready.greeted',
  'session.ready.transaction.senderKnown',
  'session.ready.transaction.recipientsKnown',
  'session.ready.transaction.chunksUnderWay',
  'session.ready.transaction.chunksRefused',
] as const

const command = (entry: Omit<CommandEntry, 'protocol' | 'kind'>): CommandEntry => ({
  protocol: 'SMTP',
  kind: 'command',
  ...entry,
})

const notOffered = (
  name: string,
  syntax: string,
  term: string,
  rfc: string,
  meaning: string,
  slip: string,
): CatalogueEntry => ({ name, protocol: 'SMTP', kind: 'command', syntax, meaning, term, rfc, slip })

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
    syntax: 'MAIL FROM:<address> [parameters]',
    meaning: 'Begins a letter and names where reports about it go if it cannot be delivered.',
    term: 'reverse-path',
    rfc: 'RFC 5321, section 4.1.1.2',
    states: ['session.ready.greeted'],
    slip: 'It is the address on the envelope, not the From: line inside the letter. No space after the colon.',
    example: 'MAIL FROM:<alice@paper.example>',
    answers: '250',
    effect: 'names the sender',
  }),
  command({
    name: 'RCPT',
    syntax: 'RCPT TO:<address> [parameters]',
    meaning: 'Names one person who shall get the letter. Said once for each; each gets an answer of its own.',
    term: 'forward-path',
    rfc: 'RFC 5321, section 4.1.1.3',
    states: ['session.ready.transaction.senderKnown', 'session.ready.transaction.recipientsKnown'],
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
    states: ['session.ready.transaction.recipientsKnown'],
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
    syntax: 'VRFY user [SMTPUTF8]',
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
    slip: 'What stands behind it is read and ignored. It keeps a quiet connection from being closed.',
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
    syntax: 'HELP [topic]',
    meaning: 'Lists the commands, or explains one of them, a parameter, or a code.',
    term: 'help',
    rfc: 'RFC 5321, section 4.1.1.8',
    states: anywhere,
    slip: 'It is meant for people; a program reads the answer to EHLO. Codes and parameters have help too: HELP 550, HELP NOTIFY.',
    example: 'HELP',
    answers: '214',
    effect: 'lists the commands',
  }),
  command({
    name: 'BDAT',
    syntax: 'BDAT octets [LAST]',
    meaning:
      'Hands over a piece of the letter whose length is said beforehand. The piece follows at once; LAST ends the letter.',
    term: 'data chunk',
    rfc: 'RFC 3030, section 2',
    states: ['session.ready.transaction.recipientsKnown', 'session.ready.transaction.chunksUnderWay'],
    slip: 'Nothing in a chunk is looked at: no dot ends it, and no dot is doubled. A count that is wrong by one spoils all that follows.',
    example: 'BDAT 0 LAST',
    answers: '250',
    effect: 'hands over a piece of the letter',
  }),
  command({
    name: 'STARTTLS',
    syntax: 'STARTTLS',
    meaning:
      'Asks to encrypt the connection. After 220 the two ends agree on keys, and then all begins anew with EHLO.',
    term: 'start TLS',
    rfc: 'RFC 3207, section 4',
    states: ['session.ready.greeted'],
    slip: 'What was said before no longer counts: EHLO has to be said again, and the answer may offer other things.',
    example: 'STARTTLS',
    answers: '220',
    effect: 'encrypts the connection',
  }),
  command({
    name: 'AUTH',
    syntax: 'AUTH mechanism [base64]',
    meaning: 'Proves who you are with a name and a password. Submission servers ask for it before they take a letter.',
    term: 'SASL authentication',
    rfc: 'RFC 4954, section 4',
    states: ['session.ready.greeted'],
    slip: 'base64 hides nothing: anyone on the way can read the password unless the connection is encrypted.',
    example: 'AUTH PLAIN',
    answers: '235 or 535',
    effect: 'proves who you are',
  }),
]

const syntaxOf = new Map(commandEntries.map((entry) => [entry.name, entry.syntax]))

/** The syntax of a command; empty for a verb that is not offered. */
export const commandSyntax = (verb: string): string => syntaxOf.get(verb) ?? ''

/** Verbs of the standards that this server knows but does not offer: 502 rather than 500 (RFC 5321 section 4.2.4). */
export const notOfferedEntries: readonly CatalogueEntry[] = [
  notOffered(
    'EXPN',
    'EXPN list',
    'expand',
    'RFC 5321, section 4.1.1.7',
    'Asks who is on a mailing list.',
    'Hardly any server tells: lists are private, and spammers used to ask.',
  ),
  notOffered(
    'ETRN',
    'ETRN domain',
    'remote queue processing',
    'RFC 1985, section 5',
    'Asks the server to begin sending what it keeps for a domain.',
    'The letters come on a new connection, not on this one.',
  ),
  notOffered(
    'ATRN',
    'ATRN domain',
    'authenticated turn',
    'RFC 2645, section 5',
    'Asks to change places, so that the server sends what it keeps for a domain.',
    'Only after AUTH, and only on servers made for it.',
  ),
  notOffered(
    'TURN',
    'TURN',
    'turn',
    'RFC 5321, appendix F.1',
    'Asked to change places, so that the server becomes the client.',
    'Anyone could claim to be anyone, so it is no longer done.',
  ),
  notOffered(
    'SEND',
    'SEND FROM:<address>',
    'send to terminal',
    'RFC 5321, appendix F.6',
    'Wrote a letter straight onto the screen of somebody who was logged in.',
    'It is history: use MAIL.',
  ),
  notOffered(
    'SOML',
    'SOML FROM:<address>',
    'send or mail',
    'RFC 5321, appendix F.6',
    'Wrote onto the screen, or into the mailbox where nobody was logged in.',
    'It is history: use MAIL.',
  ),
  notOffered(
    'SAML',
    'SAML FROM:<address>',
    'send and mail',
    'RFC 5321, appendix F.6',
    'Wrote onto the screen and into the mailbox.',
    'It is history: use MAIL.',
  ),
  notOffered(
    'BURL',
    'BURL imap-url [LAST]',
    'submission by reference',
    'RFC 4468, section 3',
    'Hands in a letter that already lies on an IMAP server, by its address there.',
    'The server fetches the letter itself, so both have to work together.',
  ),
]

export const verbsNotOffered: ReadonlySet<string> = new Set(notOfferedEntries.map((entry) => entry.name))

export const smtpCatalogue: readonly CatalogueEntry[] = [
  ...commandEntries,
  ...notOfferedEntries,
  ...keywordEntries,
  ...parameterEntries,
  ...replyEntries,
  ...enhancedEntries,
]

/** The entry of a name in any case: a verb, a keyword, a parameter with or without its `=`, a code. */
export const smtpEntry = (name: string): CatalogueEntry | undefined => {
  const wanted = name.toUpperCase()
  return smtpCatalogue.find((entry) => entry.name === wanted || entry.name === `${wanted}=`)
}
