import { CRLF, fromText, type Octets, slice, toBase64 } from '../base/octets'
import { bodyStart, headerSection, LONGEST_FIELD_BODY, rawFields } from './headerFields'
import { decodeCharset } from './transferEncoding'

/**
 * A surrogate: a message for a reader that does not support UTF-8 in a header (RFC 6856 section 2.1, RFC 6855 section 7). The
 * header becomes ASCII, the body stays octet for octet. It follows the spirit of RFC 6858 and keeps as much as possible:
 *
 * - Words that are not ASCII become encoded words in text, display names and comments (RFC 2047 section 5). Octets that are not
 * UTF-8 count as windows-1252.
 * - An address that is not ASCII cannot be kept, and no other real address may replace it:
 * `invalid@internationalized-address.invalid` stands there, and the address itself follows in a comment.
 * - A parameter of a MIME field is written as in RFC 2231: `filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf`.
 * - A field for programs, such as Message-ID, that is not ASCII outside its comments is left out, and so is a field above 64
 * KiB.
 */
export function surrogate(message: Octets): Octets {
  const end = bodyStart(message)
  const header = slice(message, 0, end)
  if (isAscii(header)) return message
  const fields = rawFields(message).map((field) => (isAscii(field.octets) ? field.octets : asciiField(field.octets)))
  return (fields.join('') + message.slice(headerSection(message).length)) as Octets
}

/** The longest line with an encoded word, and the longest encoded word (RFC 2047 section 2). */
const LINE_LENGTH = 76
const WORD_LENGTH = 75
const CODED_BEGIN = '=?UTF-8?B?'
const CODED_END = '?='
const AROUND = CODED_BEGIN.length + CODED_END.length
/** Octets of the longest UTF-8 character; its base64 has eight characters. */
const CHARACTER = 4

const INVALID = 'invalid@internationalized-address.invalid'

const ADDRESSES = new Set(
  (
    'from sender reply-to to cc bcc resent-from resent-sender resent-reply-to resent-to resent-cc resent-bcc return-path ' +
    'delivered-to disposition-notification-to errors-to mail-followup-to list-id'
  ).split(' '),
)
const WITH_PARAMETERS = new Set(['content-type', 'content-disposition'])
/** Fields that programs read: an encoded word may stand in comments only. */
const FOR_PROGRAMS = new Set(
  (
    'message-id in-reply-to references resent-message-id date resent-date received mime-version content-id ' +
    'content-transfer-encoding dkim-signature authentication-results'
  ).split(' '),
)

// Not \s: it includes octet A0, a part of many UTF-8 characters.
const WHITE_SPACE = /([ \t\r\n]+)/
const QUOTED = '"(?:\\\\[^]|[^"\\\\])*"'
const PARAMETER = new RegExp(`(;[ \\t\\r\\n]*)([\\w!#$&'*+.^|~-]+)=(${QUOTED}|[^ \\t\\r\\n";]+)`, 'g')

const isAscii = (text: string): boolean => !/[\x80-\xff]/.test(text)
const unfold = (text: string): string => text.replace(/\r?\n/g, '')
const unquote = (text: string): string => unfold(text).replace(/\\([\s\S])/g, '$1')
const textOf = (source: string): string => decodeCharset(source as Octets, '')

/** A word of a field with the white space before it. */
interface Word {
  readonly space: string
  readonly octets: string
  /** The content of a quoted string or a comment, if it differs from the octets. */
  readonly inside?: string
  readonly isComment?: true
}

/** A piece of output: octets unchanged, or text as encoded words. */
interface Piece {
  readonly space: string
  readonly text: string
  readonly coded?: 'words' | 'comment'
}

/** The ASCII form of a field; empty if the field is left out, because it is too long or only for programs. */
function asciiField(field: string): string {
  if (field.length > LONGEST_FIELD_BODY) return ''
  const lineEnd = /\r?\n$/.exec(field)?.[0] ?? ''
  const whole = field.slice(0, field.length - lineEnd.length)
  const colon = whole.indexOf(':')
  const head = whole.slice(0, colon + 1)
  // A line that is no field is treated as text.
  if (colon === -1 || !isAscii(head)) return folded(0, codeWords(words(whole))) + lineEnd
  const pieces = fieldPieces(head.replace(/[ \t]*:$/, '').toLowerCase(), whole.slice(colon + 1))
  return pieces ? head + folded(head.length, pieces) + lineEnd : ''
}

function fieldPieces(name: string, body: string): readonly Piece[] | undefined {
  if (ADDRESSES.has(name)) return addressPieces(tokens(body))
  if (WITH_PARAMETERS.has(name)) return codeWords(words(asciiParameters(body)))
  if (!FOR_PROGRAMS.has(name)) return codeWords(words(body))
  const all = tokens(body)
  return all.every(({ octets, isComment }) => isComment || isAscii(octets)) ? codeWords(all) : undefined
}

function words(text: string): readonly Word[] {
  const found: Word[] = []
  let space = ''
  for (const [at, octets] of text.split(WHITE_SPACE).entries()) {
    if (at % 2 === 1) space = octets
    else if (octets !== '') found.push({ space, octets })
  }
  return found
}

/** The words of a structured field: atoms, quoted strings, comments, angle brackets with their content, and separators. */
function tokens(body: string): readonly Word[] {
  const comments = closedComments(body)
  const quotes = new ClosedQuotes(body)
  const found: Word[] = []
  let space = ''
  for (let at = 0; at < body.length; ) {
    const opening = body[at] as string
    const closed =
      opening === '"'
        ? quotes.end(at)
        : opening === '('
          ? comments.get(at)
          : opening === '<'
            ? endOfAngle(body, at, quotes)
            : undefined
    const end = closed ?? endOfRun(body, at)
    const octets = body.slice(at, end)
    at = end
    if (' \t\r\n'.includes(opening)) {
      space = octets
      continue
    }
    const inside = unquote(octets.slice(1, -1))
    if (closed !== undefined && opening === '"') found.push({ space, octets, inside })
    else if (closed !== undefined && opening === '(') found.push({ space, octets, inside, isComment: true })
    else found.push({ space, octets })
    space = ''
  }
  return found
}

const BLANKS = /[ \t\r\n]+/y
const ATOM = /[^ \t\r\n"(<,;:]+/y

/** The end of white space, of an atom, or of any other single character. */
function endOfRun(body: string, at: number): number {
  for (const run of [BLANKS, ATOM]) {
    run.lastIndex = at
    if (run.test(body)) return run.lastIndex
  }
  return at + 1
}

/** The end of each closed comment, by its beginning. Comments nest. */
function closedComments(body: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (let at = 0; at < body.length; at++) {
    const char = body[at]
    if (char === '\\') at++
    else if (char === '(') open.push(at)
    else if (char === ')') {
      const start = open.pop()
      if (start !== undefined) ends.set(start, at + 1)
    }
  }
  return ends
}

/** The ends of quoted strings. After an unclosed one there is no other, so the field is not searched again. */
class ClosedQuotes {
  private readonly body: string
  private unclosed = Number.POSITIVE_INFINITY

  constructor(body: string) {
    this.body = body
  }

  /** The end of the quoted string that begins at `start`; undefined if it is not closed. */
  end(start: number): number | undefined {
    if (start >= this.unclosed) return undefined
    for (let at = start + 1; at < this.body.length; at++) {
      if (this.body[at] === '\\') at++
      else if (this.body[at] === '"') return at + 1
    }
    this.unclosed = start
    return undefined
  }
}

/** The end of the angle brackets, skipping quoted strings; undefined if they are not closed. */
function endOfAngle(body: string, start: number, quotes: ClosedQuotes): number | undefined {
  for (let at = start + 1; at < body.length; ) {
    const char = body[at]
    if (char === '>') return at + 1
    if (char === '<') return undefined
    const next = char === '"' ? quotes.end(at) : at + 1
    if (next === undefined) return undefined
    at = next
  }
  return undefined
}

/**
 * Joins adjacent words that are not ASCII into one text to encode. White space between two encoded words is not shown (RFC 2047
 * section 6.2), so it goes into the text.
 */
function codeWords(all: readonly Word[]): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < all.length; ) {
    const { space, octets, inside = octets, isComment } = all[at++] as Word
    if (isAscii(octets)) pieces.push({ space, text: octets })
    else if (isComment) pieces.push({ space, text: textOf(inside), coded: 'comment' })
    else {
      let run = pieces.at(-1)?.text.endsWith('?=') ? unfold(space) + inside : inside
      for (let next = all[at]; next && !next.isComment && !isAscii(next.octets); next = all[++at])
        run += unfold(next.space) + (next.inside ?? next.octets)
      const next = all[at]
      if (next?.octets.startsWith('=?')) run += unfold(next.space)
      pieces.push({ space, text: textOf(run), coded: 'words' })
    }
  }
  return pieces
}

/**
 * An address list (RFC 5322 section 3.4): words before `<` or `:` are a display name; other words between separators are an
 * address.
 */
function addressPieces(all: readonly Word[]): readonly Piece[] {
  const pieces: Piece[] = []
  let before: Word[] = []
  for (const word of all) {
    if (!'<:,;'.includes(word.octets[0] as string)) {
      before.push(word)
      continue
    }
    const isName = word.octets.startsWith('<') || word.octets === ':'
    pieces.push(...(isName ? codeWords(before) : barePieces(before)), ...anglePieces(word))
    before = []
  }
  return [...pieces, ...barePieces(before)]
}

/** An address without angle brackets, with its comments. */
function barePieces(all: readonly Word[]): readonly Piece[] {
  const address = all.filter(({ isComment }) => !isComment)
  const first = address[0]
  if (!first || address.every(({ octets }) => isAscii(octets))) return codeWords(all)
  const written = address.map(({ space, octets }, at) => (at === 0 ? octets : unfold(space) + octets)).join('')
  return [...replaced(first.space, INVALID, written), ...codeWords(all.filter(({ isComment }) => isComment))]
}

const anglePieces = ({ space, octets }: Word): readonly Piece[] =>
  isAscii(octets) ? [{ space, text: octets }] : replaced(space, `<${INVALID}>`, unfold(octets.slice(1, -1)))

const replaced = (space: string, by: string, address: string): readonly Piece[] => [
  { space, text: by },
  { space: ' ', text: textOf(address), coded: 'comment' },
]

/** Percent-encodes the values of parameters (RFC 2231 section 4). Other characters that are not ASCII become `?`. */
function asciiParameters(body: string): string {
  const percent = (octet: string): string => `%${octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  return body
    .replace(PARAMETER, (whole, before: string, name: string, value: string) => {
      if (isAscii(value)) return whole
      if (name.endsWith('*')) return `${before}${name}=${value.replace(/[\x80-\xff]/g, percent)}`
      const octets = fromText(textOf(value.startsWith('"') ? unquote(value.slice(1, -1)) : value))
      return `${before}${name}*=UTF-8''${octets.replace(/[^\w!#$&+.^`{|}~-]/g, percent)}`
    })
    .replace(/[\x80-\xff]/g, '?')
}

/** Writes the pieces from a column on, and folds lines that are too long. */
function folded(start: number, pieces: readonly Piece[]): string {
  let written = ''
  let column = start
  const after = (space: string): number => {
    const lineEnd = space.lastIndexOf('\n')
    return lineEnd === -1 ? column + space.length : space.length - lineEnd - 1
  }
  const put = (space: string, text: string): void => {
    column = after(space) + text.length
    written += space + text
  }
  const fitting = (space: string, length: number): string =>
    space === '' || space.includes('\n') || column + space.length + length <= LINE_LENGTH ? space : CRLF + space

  const putCoded = (space: string, text: string, open: string, close: string): void => {
    const characters = [...text]
    let at = 0
    let begin = open
    let gap = space === '' && column > 0 ? ' ' : space
    // A comma may follow a comment directly.
    const behind = close === '' ? 0 : close.length + 1
    while (at < characters.length) {
      gap = fitting(gap, AROUND + 2 * CHARACTER + begin.length + behind)
      const room = Math.min(LINE_LENGTH - after(gap) - begin.length - behind, WORD_LENGTH) - AROUND
      const most = Math.max(Math.floor(room / 4) * 3, CHARACTER)
      let octets = '' as Octets
      for (; at < characters.length; at++) {
        const longer = (octets + fromText(characters[at] as string)) as Octets
        if (longer.length > most) break
        octets = longer
      }
      const end = at === characters.length ? close : ''
      put(gap, `${begin}${CODED_BEGIN}${toBase64(octets)}${CODED_END}${end}`)
      begin = ''
      gap = `${CRLF} `
    }
  }

  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at++] as Piece
    const isBehindWords = pieces[at - 2]?.coded === 'words'
    // An encoded word needs white space around it (RFC 2047 section 5).
    const space = piece.space === '' && isBehindWords ? ' ' : piece.space
    if (piece.coded === 'comment') putCoded(space, piece.text, '(', ')')
    else if (piece.coded) putCoded(space, piece.text, '', '')
    else {
      let { text } = piece
      for (let next = pieces[at]; next && next.space === '' && !next.coded; next = pieces[++at]) text += next.text
      put(fitting(space, text.length), text)
    }
  }
  return written
}
