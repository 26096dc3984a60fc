import type { Octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import { beginsWithHeader, fieldBody, type HeaderField, prependFields } from '../../mail/headerFields'

/** Repairs of a message that a server has accepted. Each returns a correct message unchanged. */

const LONE_LINE_END = /\r(?!\n)|(?<!\r)\n/

/**
 * Turns every lone CR or LF into CRLF. A policy may accept them, but none may go out again: a next server that treats `LF.LF`
 * as the end of the data would be open to smuggling (RFC 5321 section 2.3.8), and POP3 and IMAP clients read lines.
 */
export function withWholeLineEnds(message: Octets): Octets {
  return LONE_LINE_END.test(message) ? (message.replace(/\r\n|\r|\n/g, '\r\n') as Octets) : message
}

/**
 * Adds an empty line before a message without a header section, so that its text stays text when fields are added at the top.
 */
export function withHeaderSection(message: Octets): Octets {
  return message === '' || beginsWithHeader(message) ? message : (`\r\n${message}` as Octets)
}

/** A submission server adds missing fields (RFC 6409 sections 8.1 and 8.2) and changes nothing else. */
export function completed(message: Octets, queueId: string, hostName: string, unixMs: number): Octets {
  const missing: HeaderField[] = []
  if (fieldBody(message, 'Date') === undefined) missing.push({ fieldName: 'Date', fieldBody: dateTime(unixMs) })
  if (fieldBody(message, 'Message-ID') === undefined) {
    missing.push({ fieldName: 'Message-ID', fieldBody: `<${queueId}.${Math.floor(unixMs / 1000)}@${hostName}>` })
  }
  return missing.length === 0 ? message : prependFields(message, missing)
}
