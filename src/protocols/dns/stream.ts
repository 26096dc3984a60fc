import type { Octets } from '../../base/octets'
import type { Unit } from '../../session/session'
import { meaningOf, UNREADABLE } from './meaning'
import { decode, unframed } from './wire'

/** DNS over TCP: a stream of messages, each after its length in two octets (RFC 1035 section 4.2.2, RFC 7766). */

/** A complete message, which may be malformed. */
export interface MessageRead {
  readonly type: 'message'
  readonly octets: Octets
}

/** Never holds more than the 65,537 octets of the longest message. */
export function readMessage(inbox: Octets): Unit | 'needsMore' {
  const first = unframed(inbox)
  if (!first) return 'needsMore'
  const message = decode(first.message)
  const event: MessageRead = { type: 'message', octets: first.message }
  return { event, length: first.length, means: message === 'malformed' ? UNREADABLE : meaningOf(message) }
}
