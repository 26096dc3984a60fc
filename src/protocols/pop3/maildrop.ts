import type { Octets } from '../../base/octets'
import type { StatusLine } from './grammar'
import type { Answered } from './meaning'

/** The maildrop of a session (RFC 1939 section 3), and a response as a value. */

/** A response as a value: the command it answers, its first line, and its further lines if any. */
export interface Response extends StatusLine {
  readonly to: Answered
  /** Not yet byte-stuffed, without the closing dot. */
  readonly content?: Octets
}

/** A message of the maildrop in this session. Its number is its place, counted from 1, and never changes. */
export interface ListedMessage {
  readonly uid: string
  readonly size: number
  readonly deleted: boolean
}

export type Maildrop = readonly ListedMessage[]

/** The purpose of a message that the host was asked for: RETR, or TOP with its lines. */
export type Wanted = { readonly to: 'RETR' } | { readonly to: 'TOP'; readonly lines: number }

/** The messages that are not marked as deleted. */
export const kept = (maildrop: Maildrop): Maildrop => maildrop.filter((message) => !message.deleted)

/** In octets. */
export const totalSize = (messages: Maildrop): number => messages.reduce((sum, message) => sum + message.size, 0)

/** The message with this number, unless it is marked as deleted. */
export function messageAt(maildrop: Maildrop, messageNumber: number): ListedMessage | undefined {
  const message = maildrop[messageNumber - 1]
  return message?.deleted ? undefined : message
}
