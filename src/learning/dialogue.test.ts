import { describe, expect, it } from 'vitest'
import { follow, givenFrom, helpAfter } from './dialogue'

const dialogue = {
  lines: [
    { line: 'EHLO laptop', gap: false },
    { line: 'MAIL FROM:<a@b.example>', gap: true },
    { line: 'RCPT TO:<c@d.example>', gap: true },
    { line: 'DATA', gap: false },
    { line: 'QUIT', gap: false },
  ],
}
const said = (...lines: readonly (string | readonly [string, string])[]) =>
  lines.map((line) => (typeof line === 'string' ? { text: line } : { text: line[0], refused: line[1] }))

describe('a dialogue with gaps', () => {
  it('goes on with any line that is not refused', () => {
    expect(follow(dialogue, said('EHLO laptop', 'mail from:<>')).place).toBe(2)
  })

  it('stays at a gap whose line was refused, and takes the next one', () => {
    const lines = said('EHLO laptop', ['MAIL FROM:a@b', '501'], 'MAIL FROM:<a@b>')
    expect(follow(dialogue, lines)).toEqual({ place: 2, fills: [0, undefined, 1], raised: 0 })
  })

  it('lets other lines stand between a given one and the next', () => {
    const lines = said('NOOP', 'EHLO laptop')
    expect(follow(dialogue, lines).fills).toEqual([undefined, 0])
  })

  it('begins anew at an earlier given line that is said and answered again', () => {
    const lines = [
      { line: 'EHLO laptop', gap: false },
      { line: 'MAIL FROM:<a@b.example>', gap: false },
      { line: 'DATA', gap: true },
      { line: 'milk', gap: false },
      { line: '..', gap: true },
      { line: 'bread', gap: false },
      { line: '.', gap: true },
    ]
    const early = said('EHLO laptop', 'MAIL FROM:<a@b.example>', 'DATA', 'milk', '.', ['bread', '500'])
    const answered = { text: 'mail from:<a@b.example>', answered: true }
    expect(follow({ lines }, [...early, answered])).toMatchObject({ place: 2, fills: [0, 1, 2, 3, 4, 5, 1] })
    // Within a letter it is a line of the letter.
    expect(
      follow({ lines }, [...said('EHLO laptop', 'MAIL FROM:<a@b.example>', 'DATA', 'milk'), { text: 'EHLO laptop' }])
        .place,
    ).toBe(5)
    // The line that comes next is not an earlier one, even if it is alike.
    const twice = { lines: [...lines.slice(0, 2), { line: 'EHLO laptop', gap: true }] }
    expect(
      follow(twice, [...said('EHLO laptop', 'MAIL FROM:<a@b.example>'), { text: 'EHLO laptop', answered: true }]).place,
    ).toBe(3)
  })

  it('keeps a gap for what is said beside the matter, except where that is the matter', () => {
    const lines = said('EHLO laptop', 'NOOP', 'RSET', 'MAIL FROM:<a@b.example>')
    expect(follow(dialogue, lines).fills).toEqual([0, undefined, undefined, 1])
    const marking = {
      lines: [
        { line: 'DELE 2', gap: true },
        { line: 'QUIT', gap: false },
      ],
    }
    expect(follow(marking, said('RSET', 'dele 3')).fills).toEqual([undefined, 0])
    const tagged = { lines: [{ line: 'a2 SELECT INBOX', gap: true }] }
    expect(follow(tagged, said('a1 NOOP', 'a2 EXAMINE INBOX')).fills).toEqual([undefined, 0])
  })

  it('adds a grade of help after two refusals of the same kind, and of one kind only once', () => {
    const [wrong, other] = [['MAIL', '501'] as const, ['RCPT', '503'] as const]
    expect(follow(dialogue, said('EHLO laptop', wrong, other)).raised).toBe(0)
    expect(follow(dialogue, said('EHLO laptop', wrong, wrong)).raised).toBe(1)
    expect(follow(dialogue, said('EHLO laptop', wrong, wrong, wrong)).raised).toBe(1)
    expect(helpAfter('blank', 1)).toBe('gaps')
    expect(helpAfter('gaps', 3)).toBe('whole')
  })

  it('is said by the page up to the next gap, and to its end after the last one', () => {
    expect(givenFrom(dialogue, 0)).toEqual(['EHLO laptop'])
    expect(givenFrom(dialogue, 1)).toEqual([])
    expect(givenFrom(dialogue, 3)).toEqual(['DATA', 'QUIT'])
  })
})
