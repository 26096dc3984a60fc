import { describe, expect, it } from 'vitest'
import { startOf } from '../knowledge'
import { completionsOf, type People, tagged } from './completions'

const people: People = {
  from: 'alice@paper.example',
  to: ['bob@bird.example'],
  hello: 'alice-laptop',
  login: { user: 'bob', password: 'birdsong' },
}
const legal = [
  { name: 'RCPT', syntax: 'RCPT TO:<address>', reply: '250', effect: 'names one reader' },
  { name: 'RSET', syntax: 'RSET', reply: '250', effect: 'forgets the sender' },
  { name: 'AUTH', syntax: 'AUTH PLAIN [base64]', reply: '235', effect: 'logs in' },
]

describe('startOf', () => {
  it.each([
    ['MAIL', 'MAIL FROM:<address>', 'MAIL FROM:<'],
    ['EHLO', 'EHLO domain', 'EHLO '],
    ['DATA', 'DATA', 'DATA'],
    ['AUTH', 'AUTH PLAIN [base64]', 'AUTH PLAIN '],
    ['HELP', 'HELP [command]', 'HELP '],
    ['RETR', 'RETR message', 'RETR '],
    ['LOGIN', 'tag LOGIN user password', 'LOGIN '],
    ['.', '.', '.'],
    ['response', 'base64 of NUL user NUL password', ''],
  ])('of %s, %j, is %j', (name, syntax, start) => {
    expect(startOf({ name, syntax })).toBe(start)
  })
})

describe('completionsOf', () => {
  const lines = (line: string) => completionsOf(line, 'SMTP', legal, people).map((completion) => completion.line)

  it('offers the legal commands, in any letter case', () => {
    expect(lines('')).toContain('RCPT TO:<')
    expect(lines('r')).toEqual(['RCPT TO:<', 'RCPT TO:<bob@bird.example>', 'RSET'])
    expect(lines('rcpt to:<b')).toEqual(['RCPT TO:<bob@bird.example>'])
    expect(lines('DATA')).toEqual([])
  })

  it('computes the initial response of AUTH PLAIN (RFC 4616)', () => {
    expect(lines('AUTH PLAIN ')).toEqual(['AUTH PLAIN AGJvYgBiaXJkc29uZw=='])
  })

  it('keeps the tag of an IMAP command, or makes one', () => {
    const select = [{ name: 'SELECT', syntax: 'SELECT mailbox', reply: 'OK', effect: 'opens' }]
    expect(completionsOf('a2 se', 'IMAP', select, people).map((found) => found.line)).toEqual([
      'a2 SELECT ',
      'a2 SELECT INBOX',
    ])
    expect(tagged('IMAP', 'SELECT ', 1)).toBe('a2 SELECT ')
    expect(tagged('IMAP', 'DONE', 1)).toBe('DONE')
    expect(tagged('SMTP', 'DATA', 1)).toBe('DATA')
  })
})
