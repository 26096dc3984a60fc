import type { CatalogueEntry } from '../../../session/catalogue'
import { enhancedEntries } from './enhancedCatalogue'
import { keywordEntries, parameterEntries } from './keywordCatalogue'
import { replyEntries } from './replyCatalogue'

/**
 * Every command, keyword, parameter, reply code and enhanced code of SMTP. HELP, the parser's known verbs, the editor's
 * completion and hovers, the State panel and the reference pages all read it.
 */

/** A command that the server offers. */
export interface CommandEntry extends VerbEntry {
  readonly states: readonly string[]
  /** An example line. */
  readonly example: string
  /** The possible replies if the server must ask its host first. */
  readonly answers: string
}

/** A verb of the standards, with its line in the reply to HELP. */
export interface VerbEntry extends CatalogueEntry {
  readonly kind: 'command'
  readonly syntax: string
  /** The text of HELP on the wire, in ASCII (RFC 5321 section 4.1.1.8). */
  readonly help: string
}

const anywhere = [
  'ready.waiting',
  'ready.greeted',
  'ready.transaction.senderKnown',
  'ready.transaction.recipientsKnown',
  'ready.transaction.chunksUnderWay',
  'ready.transaction.chunksRefused',
] as const

const command = (entry: Omit<CommandEntry, 'protocol' | 'kind'>): CommandEntry => ({
  protocol: 'SMTP',
  kind: 'command',
  ...entry,
})

const notOffered = (name: string, syntax: string, term: string, rfc: string, help: string): VerbEntry => ({
  name,
  protocol: 'SMTP',
  kind: 'command',
  syntax,
  term,
  rfc,
  help,
})

export const commandEntries: readonly CommandEntry[] = [
  command({
    name: 'EHLO',
    syntax: 'EHLO domain',
    help: 'Say who is calling; the reply lists the extensions.',
    term: 'extended hello',
    rfc: 'RFC 5321, section 4.1.1.1',
    states: anywhere,
    example: 'EHLO mx-out.paper.example',
    answers: '250',
  }),
  command({
    name: 'HELO',
    syntax: 'HELO domain',
    help: 'Say who is calling, without extensions.',
    term: 'hello',
    rfc: 'RFC 5321, section 4.1.1.1',
    states: anywhere,
    example: 'HELO mx-out.paper.example',
    answers: '250',
  }),
  command({
    name: 'MAIL',
    syntax: 'MAIL FROM:<address> [parameters]',
    help: 'Begin a mail transaction and name the reverse-path.',
    term: 'reverse-path',
    rfc: 'RFC 5321, section 4.1.1.2',
    states: ['ready.greeted'],
    example: 'MAIL FROM:<alice@paper.example>',
    answers: '250',
  }),
  command({
    name: 'RCPT',
    syntax: 'RCPT TO:<address> [parameters]',
    help: 'Name one recipient of the message.',
    term: 'forward-path',
    rfc: 'RFC 5321, section 4.1.1.3',
    states: ['ready.transaction.senderKnown', 'ready.transaction.recipientsKnown'],
    example: 'RCPT TO:<bob@bird.example>',
    answers: '250, 550',
  }),
  command({
    name: 'DATA',
    syntax: 'DATA',
    help: 'Send the message; a line with a single dot ends it.',
    term: 'mail data',
    rfc: 'RFC 5321, section 4.1.1.4',
    states: ['ready.transaction.recipientsKnown'],
    example: 'DATA',
    answers: '354',
  }),
  command({
    name: 'RSET',
    syntax: 'RSET',
    help: 'Abort the mail transaction.',
    term: 'reset',
    rfc: 'RFC 5321, section 4.1.1.5',
    states: anywhere,
    example: 'RSET',
    answers: '250',
  }),
  command({
    name: 'VRFY',
    syntax: 'VRFY user [SMTPUTF8]',
    help: 'Ask whether a user is known here.',
    term: 'verify',
    rfc: 'RFC 5321, section 4.1.1.6',
    states: anywhere,
    example: 'VRFY bob',
    answers: '250, 252, 550',
  }),
  command({
    name: 'NOOP',
    syntax: 'NOOP',
    help: 'Do nothing but reply.',
    term: 'no operation',
    rfc: 'RFC 5321, section 4.1.1.9',
    states: anywhere,
    example: 'NOOP',
    answers: '250',
  }),
  command({
    name: 'QUIT',
    syntax: 'QUIT',
    help: 'End the session; the server closes the connection.',
    term: 'quit',
    rfc: 'RFC 5321, section 4.1.1.10',
    states: anywhere,
    example: 'QUIT',
    answers: '221',
  }),
  command({
    name: 'HELP',
    syntax: 'HELP [topic]',
    help: 'List the commands, or describe one.',
    term: 'help',
    rfc: 'RFC 5321, section 4.1.1.8',
    states: anywhere,
    example: 'HELP',
    answers: '214',
  }),
  command({
    name: 'BDAT',
    syntax: 'BDAT octets [LAST]',
    help: 'Send a part of the message, by its number of octets.',
    term: 'data chunk',
    rfc: 'RFC 3030, section 2',
    states: ['ready.transaction.recipientsKnown', 'ready.transaction.chunksUnderWay'],
    example: 'BDAT 0 LAST',
    answers: '250',
  }),
  command({
    name: 'STARTTLS',
    syntax: 'STARTTLS',
    help: 'Encrypt the connection.',
    term: 'start TLS',
    rfc: 'RFC 3207, section 4',
    states: ['ready.greeted'],
    example: 'STARTTLS',
    answers: '220',
  }),
  command({
    name: 'AUTH',
    syntax: 'AUTH mechanism [base64]',
    help: 'Log in by a SASL mechanism.',
    term: 'SASL authentication',
    rfc: 'RFC 4954, section 4',
    states: ['ready.greeted'],
    example: 'AUTH PLAIN',
    answers: '235, 535',
  }),
]

const syntaxOf = new Map(commandEntries.map((entry) => [entry.name, entry.syntax]))

/** The syntax of a command; empty for a verb that is not offered. */
export const commandSyntax = (verb: string): string => syntaxOf.get(verb) ?? ''

/** Verbs of the standards that this server knows but does not offer: 502 rather than 500 (RFC 5321 section 4.2.4). */
export const notOfferedEntries: readonly VerbEntry[] = [
  notOffered('EXPN', 'EXPN list', 'expand', 'RFC 5321, section 4.1.1.7', 'Ask who is on a mailing list.'),
  notOffered(
    'ETRN',
    'ETRN domain',
    'remote queue processing',
    'RFC 1985, section 5',
    'Ask for the mail that is queued for a domain.',
  ),
  notOffered(
    'ATRN',
    'ATRN domain',
    'authenticated turn',
    'RFC 2645, section 5',
    'Change roles after AUTH, to get the mail of a domain.',
  ),
  notOffered('TURN', 'TURN', 'turn', 'RFC 5321, appendix F.1', 'Change roles with the server; obsolete.'),
  notOffered(
    'SEND',
    'SEND FROM:<address>',
    'send to terminal',
    'RFC 5321, appendix F.6',
    'Write to the terminal of a user; obsolete.',
  ),
  notOffered(
    'SOML',
    'SOML FROM:<address>',
    'send or mail',
    'RFC 5321, appendix F.6',
    'Write to the terminal or to the mailbox; obsolete.',
  ),
  notOffered(
    'SAML',
    'SAML FROM:<address>',
    'send and mail',
    'RFC 5321, appendix F.6',
    'Write to the terminal and to the mailbox; obsolete.',
  ),
  notOffered(
    'BURL',
    'BURL imap-url [LAST]',
    'submission by reference',
    'RFC 4468, section 3',
    'Submit a message that lies on an IMAP server.',
  ),
]

export const verbsNotOffered: ReadonlySet<string> = new Set(notOfferedEntries.map((entry) => entry.name))

const verbs = new Map([...commandEntries, ...notOfferedEntries].map((entry) => [entry.name, entry]))

/** The entry of a verb in any case. */
export const verbEntry = (name: string): VerbEntry | undefined => verbs.get(name.toUpperCase())

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
