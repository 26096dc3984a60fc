/**
 * Replaces each comment of a structured header field with a space (RFC 5322 section 3.2.2). Comments nest. A quoted string
 * contains none. An unclosed comment extends to the end.
 */
export function withoutComments(field: string): string {
  if (!field.includes('(')) return field
  let kept = ''
  let from = 0
  let depth = 0
  let quoted = false
  for (let at = 0; at < field.length; at++) {
    const char = field[at]
    if (char === '\\') at++
    else if (quoted) quoted = char !== '"'
    else if (char === '(') {
      if (depth === 0) kept += field.slice(from, at)
      depth++
    } else if (depth > 0) {
      if (char === ')' && --depth === 0) {
        kept += ' '
        from = at + 1
      }
    } else quoted = char === '"'
  }
  return depth > 0 ? kept : kept + field.slice(from)
}

/** The position of the parenthesis that closes a comment; an unclosed comment extends to the end. */
export function endOfComment(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '(') depth++
    else if (text[at] === ')' && --depth === 0) return at
  }
  return text.length
}
