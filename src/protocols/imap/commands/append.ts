import type { Octets } from '../../../base/octets'
import { dateTime, end, expected, flagList, peek, sp, string } from '../grammar'
import { mailboxArgument } from '../mailboxNames'
import { ok } from '../responses'
import { answered, command, LOGGED_IN } from './command'

interface AppendArguments {
  readonly mailbox: string
  readonly flags: readonly string[]
  readonly internalDate?: number
  readonly octets: Octets
}

export const append = command<AppendArguments>({
  name: 'APPEND',
  states: LOGGED_IN,
  syntax: 'APPEND mailbox [(flags)] ["date-time"] {size}',
  meaning: 'Puts a letter into a mailbox: a draft, or a copy of what was sent.',
  effect: 'The mailbox has one more letter.',
  rfc: 'RFC 9051 section 6.3.12',
  slip: 'The size counts octets, not characters, and each line end is two.',
  example: 'APPEND Sent {14+}\r\nSubject: a\r\n\r\n',
  scan(s) {
    sp(s)
    const name = mailboxArgument(s)
    sp(s)
    const flags = peek(s) === '(' ? flagList(s) : []
    if (flags.length > 0 || s.source[s.at - 1] === ')') sp(s)
    const date = peek(s) === '"' ? dateTime(s) : undefined
    if (date !== undefined) sp(s)
    if (peek(s) !== '{') expected(s, 'the letter as a literal: {size}')
    const octets = string(s)
    end(s)
    return { mailbox: name, flags, octets, ...(date === undefined ? {} : { internalDate: date }) }
  },
  gloss: (args) => `Put this letter into ${args.mailbox}.`,
  question: (args) => ({ type: 'appendMessage', ...args }),
  answer: (_args, _context, answer) => {
    const { uidValidity, uid } = answered(answer, 'messageAppended')
    return ok('Kept', `I have kept it; its UID is ${uid}.`, `APPENDUID ${uidValidity} ${uid}`)
  },
})
