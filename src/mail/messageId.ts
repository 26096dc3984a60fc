import { endOfComment } from './comments'

/**
 * The message identifiers in the body of a Message-ID, In-Reply-To or References field (RFC 5322 section 3.6.4), in order,
 * without angle brackets and in a canonical form: without white space, folding and comments (section 4.5.4), and without
 * unnecessary quotation marks. Two identifiers are the same if their canonical forms are equal, and a canonical form may be
 * written between brackets again.
 *
 * Other text is skipped. The field is read once, so the time is linear in its length.
 */
export function messageIdsIn(fieldBody: string): readonly string[] {
  const found: string[] = []
  /** The characters since `<`, or undefined outside brackets. */
  let identifier: string | undefined
  /** The position of the first `@` outside quotation marks. */
  let sign = -1
  // Without any closing mark, an opening one is an ordinary character, and its partner is not searched for again.
  let quotesClose = true
  let literalsClose = true
  for (let at = 0; at < fieldBody.length; at++) {
    const char = fieldBody[at] as string
    if (char === '(') {
      at = endOfComment(fieldBody, at)
      continue
    }
    if (char === '"' && quotesClose) {
      const end = closing(fieldBody, at, '"')
      quotesClose = end !== -1
      if (quotesClose) {
        if (identifier !== undefined) identifier += shortest(fieldBody.slice(at + 1, end))
        at = end
        continue
      }
    }
    if (char === '[' && literalsClose && identifier?.endsWith('@')) {
      const end = closing(fieldBody, at, ']')
      literalsClose = end !== -1
      if (literalsClose) {
        identifier += fieldBody.slice(at, end + 1).replace(WHITE_SPACE, '')
        at = end
        continue
      }
    }
    if (char === '<') {
      identifier = ''
      sign = -1
    } else if (identifier === undefined) {
      if (char === '\\') at++
    } else if (char === '>') {
      if (sign > 0 && sign < identifier.length - 1) found.push(identifier)
      identifier = undefined
    } else if (!' \t\r\n'.includes(char)) {
      if (char === '@' && sign === -1) sign = identifier.length
      identifier += char
      if (char === '\\' && at + 1 < fieldBody.length) identifier += fieldBody[++at]
    }
  }
  return found
}

const WHITE_SPACE = /[ \t\r\n]+/g
/** `dot-atom-text` of RFC 5322 section 3.2.3, with the characters that RFC 6532 adds. */
const DOT_ATOM = /^[^ "(),.:;<>@[\\\]\x00-\x1f]+(?:\.[^ "(),.:;<>@[\\\]\x00-\x1f]+)*$/

/** The position of the mark that closes the one at `start`, quoted pairs aside; -1 if there is none. */
function closing(text: string, start: number, mark: '"' | ']'): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === mark) return at
    if (text[at] === '\\') at++
  }
  return -1
}

/** The shortest spelling of a quoted string (RFC 5322 section 3.2.4). */
function shortest(quoted: string): string {
  const meant = quoted.replace(/\r?\n/g, '').replace(/\\(.)/gs, '$1')
  return DOT_ATOM.test(meant) ? meant : `"${meant.replace(/["\\]/g, '\\$&')}"`
}
