/** A lexical token of an address field (RFC 5322 section 3.2). */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'comment' | 'special'
  /** Without the quotes or parentheses around it. */
  readonly text: string
  /** White space or a comment stands before it. */
  readonly spaced: boolean
}

/** A domain-literal, in which colons and commas have no special meaning (RFC 5322 section 3.4.1). */
const LITERAL = /\[(?:[^[\]\\]|\\.)*(\]?)/sy
/** The text up to the next special character. */
const WORD = /\[|[^\s"(<>,:;@[]+/sy
const SPACE = /\s+/y

/** The tokens of an address field, in linear time. */
export function tokens(field: string): readonly Token[] {
  const found: Token[] = []
  // An opening bracket without a closing one is an ordinary character, and its partner is not searched for again.
  let literalsClose = true
  let spaced = false
  let at = 0
  while (at < field.length) {
    const char = field[at] as string
    if (char === '"' || char === '(') {
      const [text, next] = enclosed(field, at)
      const kind = char === '"' ? 'quoted' : 'comment'
      found.push({ kind, text, spaced })
      spaced = kind === 'comment'
      at = next
      continue
    }
    if ('<>,:;@'.includes(char)) {
      found.push({ kind: 'special', text: char, spaced })
      at++
    } else {
      WORD.lastIndex = at
      let word = WORD.exec(field)
      if (char === '[' && literalsClose) {
        LITERAL.lastIndex = at
        const literal = LITERAL.exec(field)
        if (literal?.[1]) word = literal
        // Only another opening bracket ends it early.
        else literalsClose = field[at + (literal?.[0].length ?? 0)] === '['
      }
      if (!word) {
        SPACE.lastIndex = at
        at += SPACE.exec(field)?.[0].length ?? 1
        spaced = true
        continue
      }
      found.push({ kind: 'word', text: word[0], spaced })
      at += word[0].length
    }
    spaced = false
  }
  return found
}

/** The text of a quoted string or a nested comment from its opening character on, and the offset after it. */
function enclosed(field: string, start: number): readonly [text: string, next: number] {
  const opening = field[start]
  const closing = opening === '(' ? ')' : '"'
  let text = ''
  let depth = 1
  let at = start + 1
  for (; at < field.length; at++) {
    let char = field[at] as string
    if (char === '\\' && at + 1 < field.length) char = field[++at] as string
    else if (char === closing && --depth === 0) return [text, at + 1]
    else if (char === opening && opening === '(') depth++
    text += char
  }
  return [text, at]
}
