import type { Octets } from '../../base/octets'
import type { Meaning } from '../../session/session'
import type { CommandName } from './catalogue'
import type { Command, StatusLine, Unreadable } from './grammar'

/** One plain sentence about each line, the same at both ends because both take it from the line itself. */

export type Answered = CommandName | 'greeting' | 'unreadable'

const letters = (n: number): string => (n === 0 ? 'No letter' : n === 1 ? 'One letter' : `${n} letters`)
const octetsOf = (n: number): string => (n === 1 ? 'one octet' : `${n} octets`)

export function commandGloss(command: Command | Unreadable): string {
  switch (command.type) {
    case 'USER':
      return `I come for the letters of ${command.user}.`
    case 'PASS':
      return 'Here is my password.'
    case 'APOP':
      return `I come for the letters of ${command.user}, and this digest shows that I know the password.`
    case 'AUTH':
      return `Let me log in by ${command.mechanism.toUpperCase()}.`
    case 'STLS':
      return 'Let us encrypt from here on.'
    case 'UTF8':
      return 'I can read headers in UTF-8.'
    case 'LANG':
      return command.range === undefined
        ? 'Which languages do you speak?'
        : `Please answer me in ${command.range === '*' ? 'whatever language you like' : command.range}.`
    case 'STAT':
      return 'How many letters are waiting?'
    case 'LIST':
      return command.messageNumber === undefined
        ? 'How large is each letter?'
        : `How large is letter ${command.messageNumber}?`
    case 'UIDL':
      return command.messageNumber === undefined
        ? 'What is each letter’s lasting name?'
        : `What is the lasting name of letter ${command.messageNumber}?`
    case 'RETR':
      return `Give me letter ${command.messageNumber}.`
    case 'TOP':
      return `Show me the head of letter ${command.messageNumber}${lineCount(command.lines)}.`
    case 'DELE':
      return `Mark letter ${command.messageNumber} as deleted.`
    case 'RSET':
      return 'Take all my marks back.'
    case 'NOOP':
      return 'Are you still there?'
    case 'CAPA':
      return 'What can you do?'
    case 'QUIT':
      return 'That is all, goodbye.'
    case 'unreadable':
      return `A line the server cannot read: ${command.cause}.`
  }
}

function lineCount(lines: number): string {
  return lines === 0 ? '' : lines === 1 ? ' and one line' : ` and ${lines} lines`
}

export function statusGloss(to: Answered, line: StatusLine): string {
  if (line.status === '-ERR') return line.text === '' ? 'No.' : `No: ${line.text.replace(/\.$/, '')}.`
  const numbers = /^([0-9]+)(?: ([0-9]+)$)?/.exec(line.text)
  const first = numbers ? Number(numbers[1]) : undefined
  const second = numbers?.[2] === undefined ? undefined : Number(numbers[2])
  switch (to) {
    case 'greeting':
      return 'Hello, a maildrop server is listening.'
    case 'USER':
      return 'And the password?'
    case 'PASS':
    case 'APOP':
    case 'AUTH':
      return 'Welcome: the maildrop is open, and locked for you alone.'
    case 'STLS':
      return 'Gladly: begin.'
    case 'UTF8':
      return 'Then letters come to you as they were written.'
    case 'LANG':
      return line.text.startsWith('the ') ? 'Here they are.' : 'You are answered in that language.'
    case 'STAT':
      if (first === undefined || second === undefined) return 'That is what is waiting.'
      return first === 0 ? 'No letter is waiting.' : `${letters(first)}, ${octetsOf(second)}.`
    case 'LIST':
      return first !== undefined && second !== undefined
        ? `Letter ${first} has ${octetsOf(second)}.`
        : 'Here are their sizes.'
    case 'UIDL':
      return first !== undefined
        ? `Letter ${first} is called ${line.text.slice(line.text.indexOf(' ') + 1)}.`
        : 'Here are their names.'
    case 'RETR':
      return first !== undefined ? `Here it is: ${octetsOf(first)}.` : 'Here it is.'
    case 'TOP':
      return 'Here is its beginning.'
    case 'DELE':
      return 'Marked: it goes when you say QUIT.'
    case 'RSET':
      return 'All marks are taken back.'
    case 'NOOP':
      return 'I am here.'
    case 'CAPA':
      return 'Here is what I can do.'
    case 'QUIT':
      return first !== undefined ? `${letters(first)} removed, goodbye.` : 'Goodbye.'
    default:
      return line.text
  }
}

/** A challenge as text where it is one, as LOGIN's and CRAM-MD5's are; SCRAM's is no words for people. */
export function challengeMeaning(challenge: Octets): Meaning {
  const asks = /^[A-Z][a-z]+(?: name)?:?$/i.test(challenge) ? ` ${challenge.replace(/:$/, '')}?` : ''
  const gloss = challenge === '' ? 'Go on, I am listening.' : asks === '' ? 'Answer me this.' : `Go on:${asks}`
  return { kind: 'continuation', name: '+', gloss }
}

/** A client's line within AUTH. What it holds is not said: it may be a password. */
export function saslLineGloss(line: Octets | 'cancel' | undefined): string {
  if (line === 'cancel') return 'I would rather not.'
  if (line === undefined) return 'A line that is not base64.'
  return line === '' ? 'I have seen it.' : 'Here is what proves who I am.'
}

/** The meaning of the lines that follow the first of a multi-line response. */
export function contentMeaning(to: Answered, content: Octets): Meaning {
  const gloss = contentGloss(to, content)
  return to === 'RETR' || to === 'TOP'
    ? { kind: 'mailData', name: 'message', gloss }
    : { kind: 'response', name: 'listing', gloss }
}

function contentGloss(to: Answered, content: Octets): string {
  const lines = content.split('\r\n').length - 1
  switch (to) {
    case 'LIST':
      return `${letters(lines)} with number and size.`
    case 'UIDL':
      return `${letters(lines)} with number and lasting name.`
    case 'CAPA':
      return content === '' ? 'Nothing beyond the plain protocol.' : `${content.trimEnd().replaceAll('\r\n', ', ')}.`
    case 'TOP':
      return 'The beginning of the letter, and a lonely dot to end it.'
    default:
      return 'The letter itself, and a lonely dot to end it.'
  }
}
