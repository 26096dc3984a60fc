import type { Octets } from '../../../base/octets'
import { dateTime } from '../grammar/dates'
import { accept, end, expect, expected, flagList, literal8, peek, type Scanner, sp } from '../grammar/grammar'
import { ok } from '../grammar/responses'
import { mailboxArgument } from '../session/mailboxNames'
import { speaksUtf8 } from '../session/serverContext'
import { answered, command, LOGGED_IN } from './command'

interface AppendArguments {
  readonly mailbox: string
  readonly flags: readonly string[]
  readonly internalDate?: number
  readonly octets: Octets
  readonly utf8: boolean
}

/** literal / literal8 / "UTF8" SP "(" literal8 ")" (RFC 3501, RFC 3516 section 4.4, RFC 6855 section 4). */
function messageData(s: Scanner): Pick<AppendArguments, 'octets' | 'utf8'> {
  const what = 'the letter as a literal: {size}'
  if (!accept(s, 'UTF8 (')) return { octets: literal8(s, what), utf8: false }
  const octets = literal8(s, what)
  expect(s, ')')
  return { octets, utf8: true }
}

export const append = command<AppendArguments>({
  name: 'APPEND',
  states: LOGGED_IN,
  syntax: 'APPEND mailbox [(flags)] ["date-time"] {size}',
  rfc: 'RFC 9051 section 6.3.12',
  example: 'APPEND Sent {14+}\r\nSubject: a\r\n\r\n',
  scan(s) {
    sp(s)
    const mailbox = mailboxArgument(s)
    sp(s)
    let flags: readonly string[] = []
    if (peek(s) === '(') {
      flags = flagList(s)
      sp(s)
    }
    const date = peek(s) === '"' ? dateTime(s) : undefined
    if (date !== undefined) sp(s)
    if (peek(s) === '(') expected(s, 'the letter as a literal: {size}')
    const message = messageData(s)
    end(s)
    return { mailbox, flags, ...message, ...(date === undefined ? {} : { internalDate: date }) }
  },
  parsed: ({ mailbox }) => ({ type: 'APPEND', mailbox }),
  question: ({ utf8, ...args }, context) => {
    if (utf8 && !speaksUtf8(context)) return { status: 'BAD', text: 'APPEND with UTF8 needs ENABLE UTF8=ACCEPT first' }
    return { type: 'appendMessage', ...args }
  },
  answer: (_args, _context, answer) => {
    const { uidValidity, uid } = answered(answer, 'messageAppended')
    return ok('Kept', `APPENDUID ${uidValidity} ${uid}`)
  },
})
