import type { CompiledMessage } from 'icu-minify/format'
import { ready } from './ready'
import type { Messages } from './topic'

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const ACCENTED = 'àƀćđéƒĝĥíĵķĺɱñóþɋŕšţúṽŵẋýžÀƁĆĐÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÚṼŴẊÝŽ'
const ACCENTS = new Map(Array.from(PLAIN, (letter, at) => [letter, Array.from(ACCENTED)[at] ?? letter]))
const LONGER = 0.4

/**
 * English as a made-up language: each letter has an accent, each message stands in brackets and is 40 % longer. On a page in
 * this language, a text without accents still stands in code, and a text that is cut off leaves no space for German.
 */
export const madeUp = (english: Messages): Messages =>
  Object.fromEntries(Object.entries(english).map(([key, source]) => [key, bracketed(ready(source))]))

function bracketed(message: CompiledMessage): CompiledMessage {
  const nodes = typeof message === 'string' ? [stretched(message)] : message.map((node) => nodeOf(node))
  return ['[', ...nodes, ']']
}

type Node = Exclude<CompiledMessage, string>[number]

/** A node is text, the number of a plural, or a list that begins with the name of an argument or a tag. */
function nodeOf(node: Node): Node {
  if (typeof node === 'string') return stretched(node)
  if (!Array.isArray(node)) return node
  const [name, kind, ...rest] = node
  return typeof kind === 'number' && kind > 0
    ? ([name, kind, ...rest.map((choices) => branchesOf(choices))] as Node)
    : ([name, ...node.slice(1).map((child) => nodeOf(child as Node))] as Node)
}

/** The branches of a plural or a choice: each is a node, or a list of nodes. */
function branchesOf(choices: unknown): unknown {
  if (typeof choices !== 'object' || choices === null) return choices
  return Object.fromEntries(Object.entries(choices).map(([name, branch]) => [name, branchOf(branch)]))
}

const branchOf = (branch: unknown): unknown =>
  Array.isArray(branch) ? branch.map((node) => nodeOf(node as Node)) : nodeOf(branch as Node)

/** Code stands in back-ticks and is the same in every language. */
const stretched = (text: string): string =>
  text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? part : longer(part)))
    .join('`')

/** Doubles vowels until the text is long enough, as words in other languages are longer. */
function longer(text: string): string {
  const letters = Array.from(text).filter((sign) => ACCENTS.has(sign)).length
  let owed = Math.ceil(letters * LONGER)
  return text.replace(/[A-Za-z]/g, (letter, at: number) => {
    const accented = ACCENTS.get(letter) ?? letter
    if (owed <= 0 || (!/[aeiou]/i.test(letter) && at % 3 !== 0)) return accented
    owed--
    return accented + (ACCENTS.get(letter.toLowerCase()) ?? letter)
  })
}
