import { fromBase64, fromBytes, fromText, isUtf8, type Octets, toBase64, toBytes, toText } from '../../../base/octets'
import { expected, listMailbox, mailbox, type Scanner, stringOf } from '../grammar/grammar'
import { type ServerContext, speaksUtf8 } from './serverContext'

/**
 * Mailbox names on the wire: modified UTF-7 (RFC 3501 section 5.1.3). A name that a client sends in UTF-8 instead is accepted
 * unchanged.
 */
export function decodeMailboxName(name: Octets): string {
  if (!isUtf8(name) || /[\u0080-\u00ff]/.test(name)) return toText(name)
  return name.replace(/&([A-Za-z0-9+,]*)-/g, (whole, coded: string) => {
    if (coded === '') return '&'
    const padded = coded.replaceAll(',', '/') + '='.repeat((4 - (coded.length % 4)) % 4)
    const units = fromBase64(padded as Octets)
    if (units === undefined || units.length % 2 !== 0) return whole
    const bytes = toBytes(units)
    let text = ''
    for (let at = 0; at < bytes.length; at += 2)
      text += String.fromCharCode((bytes[at] as number) * 256 + (bytes[at + 1] as number))
    return text
  })
}

export function encodeMailboxName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-'
    const bytes = new Uint8Array(run.length * 2)
    for (let at = 0; at < run.length; at++) {
      bytes[at * 2] = Math.floor(run.charCodeAt(at) / 256)
      bytes[at * 2 + 1] = run.charCodeAt(at) % 256
    }
    return `&${toBase64(fromBytes(bytes)).replace(/=+$/, '').replaceAll('/', ',')}-`
  })
}

/** Replaces a "&" that begins no modified UTF-7. No mailbox has it in its name, and none may be created with it. */
const UNDECODABLE = '\ufffd'

/** The rule `mailbox` with the name decoded. A name in invalid modified UTF-7 matches no mailbox. */
export function mailboxArgument(s: Scanner): string {
  const start = s.at
  const name = mailbox(s)
  if (!isUtf8(name)) {
    s.at = start
    expected(s, 'a mailbox name in UTF-8')
  }
  if (s.utf8) return toText(name)
  const decoded = decodeMailboxName(name)
  // Otherwise LIST would show the mailbox under another name than the client used (RFC 3501 section 5.1.3).
  const isFaulty = /^[\x20-\x7e]*&[\x20-\x7e]*$/.test(name) && encodeMailboxName(decoded) !== name
  return isFaulty ? name.replaceAll('&', UNDECODABLE) : decoded
}

/** A pattern of mailbox names with the wildcards `*` and `%`. */
export function patternArgument(s: Scanner): string {
  const pattern = listMailbox(s)
  return s.utf8 ? toText(pattern) : decodeMailboxName(pattern)
}

/** A mailbox name in a response for this session: in UTF-8 if enabled, else in modified UTF-7. */
export function mailboxText(name: string, context: Pick<ServerContext, 'enabled'>): string {
  if (!speaksUtf8(context)) return stringOf(encodeMailboxName(name))
  const octets = fromText(name)
  return /[\r\n\0]/.test(octets) ? stringOf(octets) : `"${octets.replace(/["\\]/g, '\\$&')}"`
}
