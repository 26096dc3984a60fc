import { fromText, type Octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import { isAddressLiteral, isDomain } from '../../mail/address'
import { countFields, prependFields, withoutFields } from '../../mail/headerFields'
import type { SmtpTransport } from '../../protocols/smtp'

/** What each hop writes on top of a letter, and reads there (RFC 5321 section 4.4). */

export interface Arrival {
  /** As EHLO or HELO gave it. */
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
 * `Extended-Domain`: what the client called itself, and in brackets what the connection says. A HELO name that is neither a
 * domain nor an address literal has no place in the grammar: the address stands for it.
 */
function extendedDomain({ helloName, peerName, peerAddress }: Arrival): readonly [string, string] {
  const literal = addressLiteral(peerAddress)
  const said = isDomain(helloName) || isAddressLiteral(helloName) ? helloName : literal
  return [said, peerName !== peerAddress && isDomain(peerName) ? `(${peerName} ${literal})` : `(${literal})`]
}

/** RFC 5322 section 2.1.1, without CRLF. */
const LINE_LENGTH = 78

/** Parts side by side where the line has room for them, else one below the other. */
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
 * The body of `Time-stamp-line`, folded between its clauses so that lines stay within 78 characters where names allow it.
 * `FOR` stands there for one recipient alone: with more it would tell each of the others (section 7.2).
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

/** The second that was written last: letters come in many a second. */
let written = { second: -1, date: '' }

function dateOf(unixMs: number): string {
  const second = Math.floor(unixMs / 1000)
  if (second !== written.second) written = { second, date: dateTime(unixMs) }
  return written.date
}

/** A letter with this hop's Received on top. */
export function stampReceived(message: Octets, arrival: Arrival): Octets {
  return prependFields(message, [{ fieldName: 'Received', fieldBody: timeStamp(arrival) }])
}

/** Where it began, at final delivery: one Return-Path, whatever others the letter came with. */
export function stampReturnPath(message: Octets, reversePath: string): Octets {
  const field = { fieldName: 'Return-Path', fieldBody: fromText(`<${reversePath}>`) }
  return prependFields(withoutFields(message, ['Return-Path']), [field])
}

/** How many servers a letter has come through. */
export const hopsOf = (message: Octets): number => countFields(message, 'Received')
