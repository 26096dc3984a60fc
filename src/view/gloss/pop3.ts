import type { Pop3Parsed } from '../../protocols/pop3'

/** Plain sentences about single lines of POP3, as the map's captions say them. */

const letters = (n: number): string => (n === 0 ? 'No letter' : n === 1 ? 'One letter' : `${n} letters`)
const octetsOf = (n: number): string => (n === 1 ? 'one octet' : `${n} octets`)

export function pop3Gloss(parsed: Pop3Parsed): string {
  switch (parsed.type) {
    case 'USER':
      return `I come for the letters of ${parsed.user}.`
    case 'PASS':
      return 'Here is my password.'
    case 'APOP':
      return `I come for the letters of ${parsed.user}, and this digest shows that I know the password.`
    case 'AUTH':
      return `Let me log in by ${parsed.mechanism.toUpperCase()}.`
    case 'STLS':
      return 'Let us encrypt from here on.'
    case 'UTF8':
      return 'I can read headers in UTF-8.'
    case 'LANG':
      return parsed.range === undefined
        ? 'Which languages do you speak?'
        : `Please answer me in ${parsed.range === '*' ? 'whatever language you like' : parsed.range}.`
    case 'STAT':
      return 'How many letters are waiting?'
    case 'LIST':
      return parsed.messageNumber === undefined
        ? 'How large is each letter?'
        : `How large is letter ${parsed.messageNumber}?`
    case 'UIDL':
      return parsed.messageNumber === undefined
        ? 'What is each letter’s lasting name?'
        : `What is the lasting name of letter ${parsed.messageNumber}?`
    case 'RETR':
      return `Give me letter ${parsed.messageNumber}.`
    case 'TOP':
      return `Show me the head of letter ${parsed.messageNumber}${lineCount(parsed.lines)}.`
    case 'DELE':
      return `Mark letter ${parsed.messageNumber} as deleted.`
    case 'RSET':
      return 'Take all my marks back.'
    case 'NOOP':
      return 'Are you still there?'
    case 'CAPA':
      return 'What can you do?'
    case 'QUIT':
      return 'That is all, goodbye.'
    case 'unreadable':
      return 'A line that this server cannot read.'
    case 'lineTooLong':
      return 'A line that is too long.'
    case 'httpRequest':
      return 'A web page wants something of a web server.'
    case 'saslCancelled':
      return 'I would rather not.'
    case 'notBase64':
      return 'A line that is not base64.'
    case 'saslResponse':
      return parsed.empty ? 'I have seen it.' : 'Here is what proves who I am.'
    case 'challenge':
      if (parsed.empty) return 'Go on, I am listening.'
      return parsed.prompt === undefined ? 'Answer me this.' : `Go on: ${parsed.prompt}?`
    case 'status':
      return statusGloss(parsed)
    case 'content':
      return contentGloss(parsed)
  }
}

function lineCount(lines: number): string {
  return lines === 0 ? '' : lines === 1 ? ' and one line' : ` and ${lines} lines`
}

function statusGloss(line: Extract<Pop3Parsed, { type: 'status' }>): string {
  if (line.status === '-ERR') return line.text === '' ? 'No.' : `No: ${line.text.replace(/\.$/, '')}.`
  const numbers = /^([0-9]+)(?: ([0-9]+)$)?/.exec(line.text)
  const first = numbers ? Number(numbers[1]) : undefined
  const second = numbers?.[2] === undefined ? undefined : Number(numbers[2])
  switch (line.answers) {
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

function contentGloss({ answers, lines, capabilities = [] }: Extract<Pop3Parsed, { type: 'content' }>): string {
  switch (answers) {
    case 'LIST':
      return `${letters(lines)} with number and size.`
    case 'UIDL':
      return `${letters(lines)} with number and lasting name.`
    case 'CAPA':
      return capabilities.length === 0 ? 'Nothing beyond the plain protocol.' : `${capabilities.join(', ')}.`
    case 'TOP':
      return 'The beginning of the letter, and a lonely dot to end it.'
    default:
      return 'The letter itself, and a lonely dot to end it.'
  }
}
