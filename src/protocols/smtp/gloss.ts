import { type Octets, toText } from '../../base/octets'
import { spokenName } from '../../mail/address'
import type { Command } from './grammar/commands'
import type { Reply } from './grammar/reply'

/** Plain sentences about single lines, as the map's captions say them. */

const plain: Readonly<Record<string, string>> = {
  DATA: 'Here comes the letter itself.',
  RSET: 'Forget it, let us begin anew.',
  NOOP: 'Are you still there?',
  QUIT: 'That is all. Goodbye.',
  HELP: 'What may I say here?',
  notOffered: 'A command that this server does not offer.',
  STARTTLS: 'May we speak in private?',
  malformed: 'A line that this server cannot read.',
}

export function commandGloss(command: Command): string {
  switch (command.type) {
    case 'EHLO':
      return `Hello, this is ${command.helloName}. What can you do?`
    case 'HELO':
      return `Hello, this is ${command.helloName}.`
    case 'MAIL':
      return command.reversePath === ''
        ? 'I have a notice that wants no answer.'
        : `I have a letter from ${spokenName(command.reversePath)}.`
    case 'RCPT':
      return `Will you take a letter for ${spokenName(command.forwardPath)}?`
    case 'VRFY':
      return `Do you know ${command.text}?`
    case 'AUTH':
      return command.mechanism === 'PLAIN' && command.response !== undefined
        ? plainGloss(command.response)
        : 'I would like to prove who I am.'
    case 'BDAT':
      return command.last
        ? `Here come the last ${command.size} octets of the letter.`
        : `Here come ${command.size} octets of the letter.`
    default:
      return plain[command.type] as string
  }
}

/** A PLAIN message names the user after its first NUL (RFC 4616 section 2). */
function plainGloss(response: Octets): string {
  const user = toText((response.split('\0')[1] ?? '') as Octets)
  return user === '' ? 'I would like to prove who I am.' : `I am ${spokenName(user)}, and this is my password.`
}

export const letterGloss = 'The letter, and a dot alone on a line to end it.'
/** The lone dot of RFC 2920 section 3.1. */
export const nothingGloss = 'Nobody takes it, so here comes no letter: a dot alone on a line.'
export const chunkGloss = 'A chunk of the letter, as long as I said.'
export const proofGloss = 'My proof, in base64.'

/** What a reply answers: a verb, or a moment of the session that has none. */
export type Asked =
  | 'greeting'
  | 'EHLO'
  | 'HELO'
  | 'MAIL'
  | 'RCPT'
  | 'DATA'
  | 'letter'
  | 'RSET'
  | 'NOOP'
  | 'QUIT'
  | 'VRFY'
  | 'HELP'
  | 'AUTH'
  | 'STARTTLS'
  | 'BDAT'

type Words = string | ((reply: Reply, who: string, carries: boolean) => string)

/** By what was asked, and the code of the reply to it. */
const toReply: Readonly<Partial<Record<Asked, Readonly<Record<number, Words>>>>> = {
  greeting: { 220: 'Good day, I am ready.' },
  EHLO: { 250: 'Hello. This is what I can do.' },
  HELO: { 250: 'Hello.' },
  MAIL: {
    250: (_, who) => (who === '' ? 'Good. Whom is it for?' : `A letter from ${spokenName(who)}, good. Whom is it for?`),
    530: 'First prove who you are.',
    550: ({ enhanced }) =>
      enhanced === '5.6.7' ? 'I cannot write that address without SMTPUTF8.' : 'No, I want no letter from there.',
    552: 'That letter is too large for me.',
  },
  RCPT: {
    250: (_, who, carries) =>
      carries ? `Yes, I will see that ${spokenName(who)} gets it.` : `Yes, ${spokenName(who)} lives here.`,
    550: ({ enhanced }) =>
      enhanced?.startsWith('5.7') ? 'I do not carry letters to other houses.' : 'No one of that name lives here.',
    553: 'I cannot write that address without SMTPUTF8.',
  },
  DATA: { 354: 'Go ahead. End with a dot alone on a line.' },
  BDAT: { 250: 'Got it. Go on.', 552: 'That letter is too large for me.' },
  letter: {
    250: 'Thank you, the letter is mine to carry now.',
    550: ({ enhanced }) =>
      enhanced === '5.6.11' ? 'Its lines are not ended as they should be.' : 'No, I do not take that letter.',
    552: 'That letter is too large for me.',
  },
  STARTTLS: { 220: 'Yes, let us make this private.' },
  RSET: { 250: 'Forgotten.' },
  NOOP: { 250: 'I am here.' },
  QUIT: { 221: 'Goodbye.' },
  AUTH: {
    235: (_, who) => (who === '' ? 'Good, I know you now.' : `Welcome, ${spokenName(who)}.`),
    334: 'Go on, prove it.',
  },
}

/** A plain sentence about a reply. `who` is whom the question was about; `carries`: the server takes letters for elsewhere. */
export function replyGloss(asked: Asked, reply: Reply, who = '', carries = false): string {
  const { code } = reply
  const words = toReply[asked]?.[code] ?? byCode[code]
  if (words !== undefined) return typeof words === 'string' ? words : words(reply, who, carries)
  return code >= 500 ? 'No.' : code >= 400 ? 'Not now. Try again later.' : 'Good.'
}

const byCode: Readonly<Record<number, string>> = {
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
