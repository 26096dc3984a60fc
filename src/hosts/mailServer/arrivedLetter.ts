import type { Octets } from '../../base/octets'
import { dateTime } from '../../base/time'
import { beginsWithHeader, fieldBody, type HeaderField, prependFields } from '../../mail/headerFields'

/** What a server puts right in a letter that it has taken. Each gives the letter back as it is where nothing is wrong. */

const LONE_LINE_END = /\r(?!\n)|(?<!\r)\n/

/**
 * Every CR or LF of its own becomes CRLF. A policy may let them in, but none may go out again: a server further on that takes
 * `LF.LF` for the end of the data would be smuggled to (RFC 5321 section 2.3.8), and who reads by POP3 or IMAP reads lines.
 */
export function withWholeLineEnds(letter: Octets): Octets {
  return LONE_LINE_END.test(letter) ? (letter.replace(/\r\n|\r|\n/g, '\r\n') as Octets) : letter
}

/** What has no header section gets an empty line, so that its text stays text whatever fields are put on top. */
export function withHeaderSection(letter: Octets): Octets {
  return letter === '' || beginsWithHeader(letter) ? letter : (`\r\n${letter}` as Octets)
}

/** A submission server adds what a mail program left out (RFC 6409 sections 8.1 and 8.2); nothing that is there is touched. */
export function completed(letter: Octets, queueId: string, hostName: string, unixMs: number): Octets {
  const missing: HeaderField[] = []
  if (fieldBody(letter, 'Date') === undefined) missing.push({ fieldName: 'Date', fieldBody: dateTime(unixMs) })
  if (fieldBody(letter, 'Message-ID') === undefined) {
    missing.push({ fieldName: 'Message-ID', fieldBody: `<${queueId}.${Math.floor(unixMs / 1000)}@${hostName}>` })
  }
  return missing.length === 0 ? letter : prependFields(letter, missing)
}
