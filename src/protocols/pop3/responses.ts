import type { Octets } from '../../base/octets'
import type { CommandName } from './catalogue'
import type { Answered } from './gloss'
import { type StatusLine, top } from './grammar'

/** A response as a value: what it answers, its first line, and the lines after it where it has more than one. */
export interface Response extends StatusLine {
  readonly to: Answered
  /** Not yet byte-stuffed, without the closing dot. */
  readonly content?: Octets
}

/** A message of the maildrop as this session knows it. Its number is its place, counted from 1, and never changes. */
export interface ListedMessage {
  readonly uid: string
  readonly size: number
  readonly deleted: boolean
}

export type Maildrop = readonly ListedMessage[]

const messageCount = (n: number): string => (n === 1 ? '1 message' : `${n} messages`)
const totalSize = (messages: Maildrop): number => messages.reduce((sum, message) => sum + message.size, 0)
const kept = (maildrop: Maildrop): Maildrop => maildrop.filter((message) => !message.deleted)

export const ok = (to: Answered, text: string, content?: Octets): Response =>
  content === undefined ? { to, status: '+OK', text } : { to, status: '+OK', text, content }
export const refuse = (to: Answered, text: string, code?: string): Response =>
  code === undefined ? { to, status: '-ERR', text } : { to, status: '-ERR', code, text }

export function messageAt(maildrop: Maildrop, messageNumber: number): ListedMessage | undefined {
  const message = maildrop[messageNumber - 1]
  return message?.deleted ? undefined : message
}

/** The cause in words where a message number names nothing that is left. */
export function noSuchMessage(to: CommandName, maildrop: Maildrop, messageNumber: number): Response {
  if (maildrop[messageNumber - 1]) return refuse(to, `message ${messageNumber} is deleted`)
  const range =
    maildrop.length === 0
      ? 'the maildrop is empty'
      : `there ${maildrop.length === 1 ? 'is' : 'are'} ${messageCount(maildrop.length)}`
  return refuse(to, `there is no message ${messageNumber}, ${range}`)
}

/** The drop listing: messages that are marked as deleted are not counted (RFC 1939 section 5, STAT). */
export function dropListing(maildrop: Maildrop): Response {
  const messages = kept(maildrop)
  return ok('STAT', `${messages.length} ${totalSize(messages)}`)
}

/** Scan listing or unique-id listing, of one message or of all (RFC 1939 sections 5 and 7). */
export function listing(to: 'LIST' | 'UIDL', maildrop: Maildrop, messageNumber: number | undefined): Response {
  const told = (message: ListedMessage): string | number => (to === 'LIST' ? message.size : message.uid)
  if (messageNumber !== undefined) {
    const message = messageAt(maildrop, messageNumber)
    return message ? ok(to, `${messageNumber} ${told(message)}`) : noSuchMessage(to, maildrop, messageNumber)
  }
  const lines = maildrop.map((message, at) => (message.deleted ? '' : `${at + 1} ${told(message)}\r\n`)).join('')
  const messages = kept(maildrop)
  const summary =
    to === 'LIST' ? `${messageCount(messages.length)} (${totalSize(messages)} octets)` : messageCount(messages.length)
  return ok(to, `listed: ${summary}`, lines as Octets)
}

/** What RETR or TOP gets once the host has handed the message over. */
export function message(wanted: Wanted, octets: Octets): Response {
  return wanted.to === 'RETR'
    ? ok('RETR', `${octets.length} octets`, octets)
    : ok('TOP', 'the top of the message follows', top(octets, wanted.lines))
}
export type Wanted = { readonly to: 'RETR' } | { readonly to: 'TOP'; readonly lines: number }

/** RFC 2449 section 6; AUTH-RESP-CODE is RFC 3206 section 6. USER is left out where a password may not go in the clear. */
export function capabilities(plaintextAuth: boolean): Response {
  const names = ['TOP', 'UIDL', 'RESP-CODES', 'AUTH-RESP-CODE', 'PIPELINING', ...(plaintextAuth ? ['USER'] : [])]
  return ok('CAPA', 'capability list follows', names.map((name) => `${name}\r\n`).join('') as Octets)
}

/** The answer to QUIT after UPDATE (RFC 1939 section 6). */
export function updated(removed: number, success: boolean): Response {
  if (!success) return refuse('QUIT', 'some deleted messages were not removed')
  return ok('QUIT', removed === 0 ? 'goodbye' : `${messageCount(removed)} removed, goodbye`)
}
