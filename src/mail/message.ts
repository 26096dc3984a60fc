import { type Octets, slice } from '../base/octets'
import { bodyStart, fieldBody } from './headerFields'
import { messageIdsIn } from './messageId'

/** A message as octets (RFC 5322): a header section, an empty line, a body. */

export function bodyOf(message: Octets): Octets {
  return slice(message, bodyStart(message))
}

/**
 * A message's identity on its whole journey: its Message-ID without angle brackets, or undefined. An identifier without `@`, as
 * some software writes it, is accepted.
 */
export function messageId(message: Octets): string | undefined {
  const body = fieldBody(message, 'Message-ID') ?? ''
  return messageIdsIn(body)[0] ?? /^<([^<> \t\r\n]+)>$/.exec(body)?.[1]
}
