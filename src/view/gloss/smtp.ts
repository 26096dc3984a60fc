import { spokenName } from '../../mail/address'
import type { ParsedReply, SmtpAnswered, SmtpParsed } from '../../protocols/smtp'

/** Plain sentences about single lines of SMTP, as the map's captions say them. */

const plain = {
  DATA: 'Here comes the letter itself.',
  RSET: 'Forget it, let us begin anew.',
  NOOP: 'Are you still there?',
  QUIT: 'That is all. Goodbye.',
  HELP: 'What may I say here?',
  STARTTLS: 'May we speak in private?',
  notOffered: 'A command that this server does not offer.',
  malformed: 'A line that this server cannot read.',
  notSmtp: 'A line of HTTP, as a web browser says it.',
  lineTooLong: 'A line that is too long.',
  saslResponse: 'My proof, in base64.',
  saslCancelled: 'I would rather not.',
  noReply: 'That is no answer.',
} as const

export function smtpGloss(parsed: SmtpParsed): string {
  switch (parsed.type) {
    case 'reply':
      return replyGloss(parsed)
    case 'EHLO':
      return `Hello, this is ${parsed.helloName}. What can you do?`
    case 'HELO':
      return `Hello, this is ${parsed.helloName}.`
    case 'MAIL':
      return parsed.reversePath === ''
        ? 'I have a notice that wants no answer.'
        : `I have a letter from ${spokenName(parsed.reversePath)}.`
    case 'RCPT':
      return `Will you take a letter for ${spokenName(parsed.forwardPath)}?`
    case 'VRFY':
      return `Do you know ${parsed.text}?`
    case 'AUTH':
      return parsed.user === undefined
        ? 'I would like to prove who I am.'
        : `I am ${spokenName(parsed.user)}, and this is my password.`
    case 'BDAT':
      return parsed.last
        ? `Here come the last ${parsed.size} octets of the letter.`
        : `Here come ${parsed.size} octets of the letter.`
    case 'mailData':
      if (parsed.part) return 'A piece of the letter.'
      return parsed.empty
        ? 'Nobody takes it, so here comes no letter: a dot alone on a line.'
        : 'The letter, and a dot alone on a line to end it.'
    case 'chunk':
      return parsed.part ? 'A piece of a chunk.' : 'A chunk of the letter, as long as I said.'
    default:
      return plain[parsed.type]
  }
}

type Words = string | ((reply: ParsedReply) => string)

const needsUtf8 = 'I cannot write that address without SMTPUTF8.'
const tooLarge = 'That letter is too large for me.'
const letterUnderWay = 'Not while a letter is under way.'
const badLineEnds = 'Its lines are not ended as they should be.'

/** By which of the server's own replies it is. */
const toReason: Readonly<Partial<Record<NonNullable<ParsedReply['reason']>, string>>> = {
  needHello: 'We have not been introduced: EHLO comes first.',
  needMail: 'No sender yet, MAIL comes first.',
  needRecipient: 'No reader yet, RCPT comes first.',
  nestedMail: 'A sender is already known.',
  authInTransaction: letterUnderWay,
  tlsInTransaction: letterUnderWay,
  chunksUnderWay: 'The letter is coming in chunks.',
  chunkWasRefused: 'A chunk was refused, so the letter is spoilt. RSET forgets it.',
  tlsRequired: 'First let us make this private.',
  alreadySecure: 'We are private already.',
  alreadyAuthenticated: 'I know already who you are.',
  authNeedsEhlo: 'That takes EHLO, not HELO.',
  unknownMechanism: 'I do not know that way to prove who you are.',
  tooManyRecipients: 'That is enough readers for one letter.',
  lineTooLong: 'That line is longer than I can read.',
  responseTooLong: 'That is longer than I can read.',
  cancelled: 'As you like.',
  bareLineEnd: badLineEnds,
  timeout: 'You have been silent too long. I have to close now.',
  shuttingDown: 'I am being shut down. Please come again later.',
  notSmtp: 'That is HTTP, and here SMTP is spoken. I have to close now.',
  tooManyErrors: 'That is one mistake too many. I have to close now.',
}

/** By what was asked, and the code of the reply to it. */
const toAnswer: Readonly<Partial<Record<SmtpAnswered, Readonly<Record<number, Words>>>>> = {
  greeting: { 220: 'Good day, I am ready.' },
  EHLO: { 250: 'Hello. This is what I can do.' },
  HELO: { 250: 'Hello.' },
  MAIL: {
    250: ({ address }) =>
      address ? `A letter from ${spokenName(address)}, good. Whom is it for?` : 'Good. Whom is it for?',
    530: 'First prove who you are.',
    550: ({ enhancedStatusCode }) => (enhancedStatusCode === '5.6.7' ? needsUtf8 : 'No, I want no letter from there.'),
    552: tooLarge,
  },
  RCPT: {
    250: ({ address = '', relays }) =>
      relays ? `Yes, I will see that ${spokenName(address)} gets it.` : `Yes, ${spokenName(address)} lives here.`,
    550: ({ enhancedStatusCode }) =>
      enhancedStatusCode?.startsWith('5.7')
        ? 'I do not carry letters to other houses.'
        : 'No one of that name lives here.',
    553: needsUtf8,
  },
  DATA: { 354: 'Go ahead. End with a dot alone on a line.' },
  BDAT: { 250: 'Got it. Go on.', 552: tooLarge },
  mailData: {
    250: 'Thank you, the letter is mine to carry now.',
    550: ({ enhancedStatusCode }) => (enhancedStatusCode === '5.6.11' ? badLineEnds : 'No, I do not take that letter.'),
    552: tooLarge,
  },
  STARTTLS: { 220: 'Yes, let us make this private.', 502: 'I cannot do that here.' },
  RSET: { 250: 'Forgotten.' },
  NOOP: { 250: 'I am here.' },
  QUIT: { 221: 'Goodbye.' },
  AUTH: {
    235: ({ address }) => (address ? `Welcome, ${spokenName(address)}.` : 'Good, I know you now.'),
    334: 'Go on, prove it.',
    501: ({ reason }) => (reason === 'notBase64' ? 'I cannot read that.' : 'That is no proof of the kind you named.'),
    502: 'Nobody needs a password here.',
  },
}

/** By the code alone. */
const toCode: Readonly<Record<number, string>> = {
  214: 'This is what you may say here.',
  252: 'I will not say, but I would take a letter and try.',
  421: 'I have to close now.',
  452: 'No room for more just now. Try again later.',
  454: 'I cannot do that just now.',
  500: 'I do not know that word.',
  501: 'I know the word, but not what comes after it.',
  502: 'I know that word, but I do not do it.',
  503: 'Not at this moment: something comes before it.',
  504: 'I know the word, but not that form of it.',
  530: 'First something else: a password, or encryption.',
  535: 'That name and password do not fit.',
  538: 'Not in the open: first let us make this private.',
  550: 'No one of that name lives here.',
  552: 'That is too large for me.',
  553: 'That cannot be the name of a mailbox.',
  554: 'No, not here.',
  555: 'I do not know what you ask for after the address.',
}

function replyGloss(reply: ParsedReply): string {
  const { code, answers, reason } = reply
  const words = (reason && toReason[reason]) ?? (answers && toAnswer[answers]?.[code]) ?? toCode[code]
  if (words !== undefined) return typeof words === 'string' ? words : words(reply)
  return code >= 500 ? 'No.' : code >= 400 ? 'Not now. Try again later.' : 'Good.'
}
