import { describe, expect, it } from 'vitest'
import { octets } from '../../base/octets'
import {
  complaintsOf,
  type Draft,
  LARGEST_ATTACHMENT,
  nextAfter,
  readersOf,
  recipientsOf,
  sizeInWords,
  tooLarge,
} from './draft'
import { readDraft } from './savedDraft'

const draft: Draft = { to: 'bob@bird.example', subject: 'Lunch?', body: 'Friday?' }

describe('a draft', () => {
  it.each([
    ['bob@bird.example', ['bob@bird.example']],
    ['bob@bird.example, nobody@bird.example,', ['bob@bird.example', 'nobody@bird.example']],
    ['Bob <bob@bird.example>; bob@bird.example', ['bob@bird.example']],
    ['  ', []],
  ])('finds the recipients in %j', (to, expected) => {
    expect(recipientsOf(to)).toEqual(expected)
  })

  it.each([
    ['', 'who the letter is for'],
    ['bob', 'no @'],
    ['bob@', 'is no address'],
    ['@bird.example', 'is no address'],
    ['bob smith@bird.example', 'is no address'],
    ['bob@bird..example', 'is no address'],
    ['böb@bird.example', 'This form does not take them'],
    ['"b ob"@bird.example', 'is an address, but this form takes neither quoted names'],
    ['bob@[203.0.113.25]', 'is an address, but this form takes neither quoted names nor addresses in brackets'],
    ['bob@[203.0.113.256]', 'is no address'],
    [`${'b'.repeat(250)}@bird.example`, 'too long'],
  ])('says in one sentence what is wrong with %j', (to, words) => {
    expect(complaintsOf({ ...draft, to }).to).toContain(words)
  })

  it.each(['bob@bird.example', "o'neil+tag@a-b.example", 'nobody@brid.example', 'bob@localhost'])(
    'accepts %s',
    (to) => {
      expect(complaintsOf({ ...draft, to })).toEqual({})
    },
  )

  it('goes to everybody once, whether by name, by copy or by blind copy', () => {
    const copied = { ...draft, cc: 'carol@bird.example, bob@bird.example', bcc: 'dora@bird.example' }
    expect(readersOf(copied)).toEqual(['bob@bird.example', 'carol@bird.example', 'dora@bird.example'])
    expect(complaintsOf(copied)).toEqual({})
    expect(nextAfter(copied)).toEqual({ ...copied, subject: '', body: '' })
    expect(readDraft(copied)).toEqual(copied)
  })

  it('says at its own field what is wrong with a copy, and needs a reader who is no copy', () => {
    expect(complaintsOf({ ...draft, cc: 'bob', bcc: 'bob@' })).toEqual({
      cc: expect.stringContaining('no @') as string,
      bcc: expect.stringContaining('is no address') as string,
    })
    expect(complaintsOf({ ...draft, to: '', bcc: 'bob@bird.example' }).to).toContain('who the letter is for')
  })

  it('counts all readers together', () => {
    const many = (from: number) => Array.from({ length: 15 }, (_, n) => `r${from + n}@bird.example`).join(',')
    expect(complaintsOf({ ...draft, to: many(0), bcc: many(15) }).to).toContain('there are 30')
  })

  it('limits the size of the attachment', () => {
    const attachment = { name: 'film.mp4', type: 'video/mp4', octets: octets('x'.repeat(LARGEST_ATTACHMENT + 1)) }
    expect(complaintsOf({ ...draft, attachment }).attachment).toContain('at most 1 MB')
  })

  it('cannot be sent while a file is refused', () => {
    expect(complaintsOf(draft, tooLarge('film.mp4', 2_000_000))).toEqual({
      attachment: '“film.mp4” has 2 MB: choose a file of at most 1 MB, or continue without it.',
    })
  })

  it('shows sizes in words', () => {
    expect([1, 512, 23_400, 1_440_000].map(sizeInWords)).toEqual(['1 byte', '512 bytes', '23 kB', '1.4 MB'])
  })
})
