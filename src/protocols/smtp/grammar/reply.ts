import { fromText, type Octets } from '../../../base/octets'

/** Replies and mail data on the wire and as values. Commands are in `commands.ts`. */

/** A reply (RFC 5321 section 4.2). `enhanced` is its enhanced status code, `5.1.1` (RFC 3463). */
export interface Reply {
  readonly code: number
  readonly enhanced?: string
  /** One line, or several for a multiline reply. */
  readonly text: string | readonly string[]
}

/** Characters that are not allowed in a reply text (`textstring`, RFC 5321 section 4.2). */
const NOT_TEXT = /[^\t -~]/g
/** The same if RFC 6531 section 3.7.4.2 allows UTF-8. */
const NOT_UTF8_TEXT = /[^\t -~\u0080-\uffff]/g
/**
 * RFC 5321 section 4.5.3.1.5, minus the code before the text and CRLF after it. In characters; only an address may have
 * characters beyond ASCII.
 */
const REPLY_TEXT_LIMIT = 512 - 4 - 2

/**
 * `Reply-line`, with the enhanced status code on every line if wanted (RFC 2034 section 4). `utf8`: the text may have
 * characters beyond ASCII.
 */
export function formatReply(reply: Reply, enhanced: boolean, utf8 = false): Octets {
  const prefix = enhanced && reply.enhanced !== undefined ? `${reply.enhanced} ` : ''
  const lines = typeof reply.text === 'string' ? [reply.text] : reply.text
  const last = lines.length - 1
  const wire = lines.map((line, at) => {
    const text = `${prefix}${line.replace(utf8 ? NOT_UTF8_TEXT : NOT_TEXT, '?')}`.slice(0, REPLY_TEXT_LIMIT)
    return `${reply.code}${at === last ? ' ' : '-'}${text}\r\n`
  })
  return fromText(wire.join(''))
}

const REPLY_LINE = /^([2-5][0-5]\d)(?:([ -])(.*))?$/s
const ENHANCED_CODE = /^([245]\.\d{1,3}\.\d{1,3})(?: |$)/

/** No sensible reply is longer, so a client keeps no more. */
const REPLY_LIMIT = 65_536

/** The reply at the front of the inbox with its length, 'needsMore', or 'malformed' with the length of the malformed line. */
export function parseReply(
  inbox: Octets,
):
  | 'needsMore'
  | { readonly reply: Reply; readonly length: number }
  | { readonly reply: undefined; readonly length: number } {
  const lines: string[] = []
  let code: string | undefined
  let at = 0
  for (;;) {
    const end = inbox.indexOf('\r\n', at)
    if (end === -1) return inbox.length > REPLY_LIMIT ? { reply: undefined, length: inbox.length } : 'needsMore'
    const line = REPLY_LINE.exec(inbox.slice(at, end))
    at = end + 2
    if (!line || (code !== undefined && line[1] !== code)) return { reply: undefined, length: at }
    code = line[1] as string
    lines.push(line[3] ?? '')
    if (line[2] === '-') continue
    return { reply: replyOf(Number(code), lines), length: at }
  }
}

function replyOf(code: number, lines: readonly string[]): Reply {
  const enhanced = ENHANCED_CODE.exec(lines[0] as string)?.[1]
  const marked = enhanced !== undefined && enhanced.charAt(0) === String(code).charAt(0)
  const texts = marked
    ? lines.map((line) => (line.startsWith(enhanced) ? line.slice(enhanced.length + 1) : line))
    : lines
  const text = texts.length === 1 ? (texts[0] as string) : texts
  return marked ? { code, enhanced, text } : { code, text }
}

/** The reply on one line, for reports and logs: `550 5.1.1 No such user here`. */
export function replyText(reply: Reply): string {
  const text = typeof reply.text === 'string' ? reply.text : reply.text.join(' ')
  return reply.enhanced === undefined ? `${reply.code} ${text}` : `${reply.code} ${reply.enhanced} ${text}`
}

/**
 * Mail data for the wire: adds a dot before each line that begins with one, a line end if the last line has none, and the line
 * with the dot alone (transparency, RFC 5321 section 4.5.2).
 */
export function stuffDots(message: Octets): Octets {
  let data = message.startsWith('.') ? `.${message}` : message
  if (data.includes('\r\n.')) data = data.replace(/\r\n\./g, '\r\n..')
  return (data + (endsWithLine(data) ? '.\r\n' : '\r\n.\r\n')) as Octets
}

/** False if the last line has no line end. */
export const endsWithLine = (message: string): boolean => message === '' || message.endsWith('\r\n')

/** Removes the first dot from each line that begins with one. `midLine`: the piece does not begin at a line's beginning. */
export function unstuffDots(data: Octets, midLine = false): Octets {
  const first = !midLine && data.startsWith('.') ? data.slice(1) : data
  return (data.includes('\r\n.') ? first.replace(/\r\n\./g, '\r\n') : first) as Octets
}

const ABOVE_ASCII = /[\u0080-\u00ff]/

/** True if the message has octets above 127, which need 8BITMIME (RFC 6152). */
export const hasEightBit = (message: Octets): boolean => ABOVE_ASCII.test(message)
