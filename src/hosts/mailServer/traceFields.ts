import { fromText, type Octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import { isAddressLiteral, isDomain } from '../../mail/address'
import { countFields, prependFields, withoutFields } from '../../mail/headerFields'
import type { SmtpTransport } from '../../protocols/smtp'

/** The trace fields that each hop adds to a message and reads there (RFC 5321 section 4.4). */

export interface Arrival {
  /** The argument of EHLO or HELO. */
  readonly helloName: string
  readonly peerName: string
  readonly peerAddress: string
  readonly hostName: string
  readonly protocol: SmtpTransport
  readonly queueId: string
  readonly forwardPaths: readonly string[]
  readonly unixMs: number
}

/** `address-literal`: an IPv6 address has its tag (RFC 5321 section 4.1.3). */
export const addressLiteral = (address: string): string =>
  address.includes(':') ? `[IPv6:${address}]` : `[${address}]`

/**
 * `Extended-Domain`: the client's own name, and in brackets the connection's data. A HELO name that is neither a domain nor an
 * address literal does not fit the grammar: the address replaces it.
 */
function extendedDomain({ helloName, peerName, peerAddress }: Arrival): readonly [string, string] {
  const literal = addressLiteral(peerAddress)
  const said = isDomain(helloName) || isAddressLiteral(helloName) ? helloName : literal
  return [said, peerName !== peerAddress && isDomain(peerName) ? `(${peerName} ${literal})` : `(${literal})`]
}

/** RFC 5322 section 2.1.1, without CRLF. */
const LINE_LENGTH = 78

/** Writes parts on one line if they fit, else one below the other. */
function folded(parts: readonly string[], indent: number): string {
  let text = ''
  let length = indent
  for (const part of parts) {
    const breaks = text !== '' && length + 1 + part.length > LINE_LENGTH
    text += text === '' ? part : breaks ? `\r\n\t${part}` : ` ${part}`
    length = breaks ? 1 + part.length : length + 1 + part.length
  }
  return text
}

/**
 * The body of `Time-stamp-line`, folded between its clauses so that lines stay within 78 characters if the names allow it.
 * `FOR` appears only for a single recipient: otherwise each recipient would learn of the others (section 7.2).
 */
export function timeStamp(arrival: Arrival): string {
  const { hostName, protocol, queueId, forwardPaths, unixMs } = arrival
  const [said, seen] = extendedDomain(arrival)
  const lines = [
    folded([`from ${said}`, seen], 'Received: '.length),
    folded([`by ${hostName}`, `with ${protocol}`, `id ${queueId}`], 1),
    ...(forwardPaths.length === 1 ? [`for <${forwardPaths[0]}>`] : []),
  ]
  return fromText(`${lines.join('\r\n\t')};\r\n\t${dateOf(unixMs)}`)
}

/** The latest formatted second: many messages arrive within a second. */
let written = { second: -1, date: '' }

function dateOf(unixMs: number): string {
  const second = Math.floor(unixMs / 1000)
  if (second !== written.second) written = { second, date: dateTime(unixMs) }
  return written.date
}

/** A message with this hop's Received field at the top. */
export function stampReceived(message: Octets, arrival: Arrival): Octets {
  return prependFields(message, [{ fieldName: 'Received', fieldBody: timeStamp(arrival) }])
}

/** Adds one Return-Path at final delivery and removes all others. */
export function stampReturnPath(message: Octets, reversePath: string): Octets {
  const field = { fieldName: 'Return-Path', fieldBody: fromText(`<${reversePath}>`) }
  return prependFields(withoutFields(message, ['Return-Path']), [field])
}

/** The number of servers that a message has passed. */
export const hopsOf = (message: Octets): number => countFields(message, 'Received')
