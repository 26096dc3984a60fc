/** The words of a filter, each with its place in the text. */

export const OPERATORS = ['==', '!=', '<=', '>=', '<', '>', 'contains'] as const
export type Operator = (typeof OPERATORS)[number]

export interface Place {
  /** Offset of the first character. */
  readonly start: number
  readonly end: number
}

export type Token = Place &
  (
    | { readonly type: 'word'; readonly text: string; readonly quoted?: true }
    | { readonly type: 'operator'; readonly operator: Operator }
    | { readonly type: 'and' | 'or' | 'not' | '(' | ')' }
    /** A quotation mark without its partner, or a sign that means nothing. */
    | { readonly type: 'unclosed' | 'stray'; readonly text: string }
  )

const SIGNS: Readonly<Record<string, Operator>> = {
  '==': '==',
  '=': '==',
  '!=': '!=',
  '<=': '<=',
  '>=': '>=',
  '<': '<',
  '>': '>',
}
/** Words for operators, as in Wireshark. */
const WORDS: Readonly<Record<string, Operator>> = {
  eq: '==',
  ne: '!=',
  le: '<=',
  ge: '>=',
  lt: '<',
  gt: '>',
  contains: 'contains',
}
const JOINTS: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  and: 'and',
  or: 'or',
  not: 'not',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
}

const SPACE = /\s/
/** Characters that end a word. */
const ENDS = /[\s()"'=!<>&|]/

/** Cuts a filter into its words. Each character is read once. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let start = 0; start < text.length; ) {
    const char = text[start] as string
    if (SPACE.test(char)) {
      start++
      continue
    }
    const token = char === '"' || char === "'" ? quoted(text, start, char) : plain(text, start, char)
    tokens.push(token)
    start = token.end
  }
  return tokens
}

function plain(text: string, start: number, char: string): Token {
  if (char === '(' || char === ')') return { type: char, start, end: start + 1 }
  const pair = text.slice(start, start + 2)
  const sign = SIGNS[pair] ?? SIGNS[char]
  if (sign !== undefined) {
    return { type: 'operator', operator: sign, start, end: start + (SIGNS[pair] ? pair : char).length }
  }
  const joint = JOINTS[pair] ?? JOINTS[char]
  if (joint !== undefined) return { type: joint, start, end: start + (JOINTS[pair] ? pair : char).length }
  if (ENDS.test(char)) return { type: 'stray', text: char, start, end: start + 1 }
  let end = start + 1
  while (end < text.length && !ENDS.test(text[end] as string)) end++
  const word = text.slice(start, end)
  const small = word.toLowerCase()
  const operator = Object.hasOwn(WORDS, small) ? WORDS[small] : undefined
  if (operator !== undefined) return { type: 'operator', operator, start, end }
  const named = Object.hasOwn(JOINTS, small) ? JOINTS[small] : undefined
  return named === undefined ? { type: 'word', text: word, start, end } : { type: named, start, end }
}

/** A backslash before a quotation mark or a backslash takes it literally; before anything else it is a character. */
function quoted(text: string, start: number, mark: string): Token {
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] as string
    if (char === mark) return { type: 'word', text: value, quoted: true, start, end: at + 1 }
    const next = text[at + 1]
    if (char === '\\' && (next === mark || next === '\\')) at++
    value += char === '\\' && (next === mark || next === '\\') ? next : char
  }
  return { type: 'unclosed', text: value, start, end: text.length }
}
