import { expect, it } from 'vitest'
import { stretchesOf } from './words'

const marked = (line: string, other: string): string =>
  stretchesOf(line, other)
    .map(({ text, differs }) => (differs ? `[${text}]` : text))
    .join('')

it.each([
  ['RCPT TO:<bob@bird.example>', 'RCPT TO:<nobody@bird.example>', 'RCPT TO:<[bob@bird.example>]'],
  ['EHLO alice', 'HELO alice', '[EHLO] alice'],
  ['250 2.1.5 Ok', '550 5.1.1 No such user', '[250 2.1.5 Ok]'],
  ['a1 OK done', 'a1 OK done', 'a1 OK done'],
  ['250 one', '250 one two', '250 one'],
  ['250 one two', '250 one', '250 one[ two]'],
  ['', 'QUIT', ''],
])('of %j beside %j marks %j', (line, other, shown) => expect(marked(line, other)).toBe(shown))

it('is quick with lines of any length', () => {
  const long = 'a '.repeat(200_000)
  const begun = performance.now()
  expect(stretchesOf(long, `${long}b`).every(({ differs }) => !differs)).toBe(true)
  expect(performance.now() - begun).toBeLessThan(1000)
})
