import type { Octets } from '../../base/octets'
import { isPlaintext, type SaslMechanism } from '../../sasl'
import type { CommandName } from './catalogue'
import { sizeOf, top } from './content'
import { GREATEST_NUMBER } from './grammar'
import { LANGUAGE, LANGUAGE_LISTING, speaks } from './languages'
import { kept, type ListedMessage, type Maildrop, messageAt, type Response, totalSize } from './maildrop'
import type { Answered } from './meaning'
import type { LoginRefusal, ServerContext } from './serverTypes'

/** Every response code of this server (RFC 2449 section 8.1, RFC 3206 section 4). */
export type ResponseCode = 'AUTH' | 'IN-USE' | 'LOGIN-DELAY' | 'SYS/TEMP'

const messageCount = (n: number): string => (n === 1 ? '1 message' : `${n} messages`)

export const ok = (to: Answered, text: string, content?: Octets): Response =>
  content === undefined ? { to, status: '+OK', text } : { to, status: '+OK', text, content }
export const refuse = (to: Answered, text: string, code?: ResponseCode): Response =>
  code === undefined ? { to, status: '-ERR', text } : { to, status: '-ERR', code, text }

/** The cause in words if a message number is unknown or deleted. */
export function noSuchMessage(to: CommandName, maildrop: Maildrop, messageNumber: number): Response {
  if (maildrop[messageNumber - 1]) return refuse(to, `message ${messageNumber} is deleted`)
  const range =
    maildrop.length === 0
      ? 'the maildrop is empty'
      : `there ${maildrop.length === 1 ? 'is' : 'are'} ${messageCount(maildrop.length)}`
  const told = messageNumber < GREATEST_NUMBER ? messageNumber : 'of so great a number'
  return refuse(to, `there is no message ${told}, ${range}`)
}

/** The drop listing, without messages that are marked as deleted (RFC 1939 section 5, STAT). */
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

/** The response to RETR or TOP with the host's message. */
export const message = ({ wanted }: ServerContext, octets: Octets): Response =>
  wanted.to === 'RETR'
    ? ok('RETR', `${sizeOf(octets)} octets`, octets)
    : ok('TOP', 'the top of the message follows', top(octets, wanted.lines))

/** A removed message is no fault of the server, so the response has no code (RFC 3206 section 4). */
export const notRetrieved = ({ wanted }: ServerContext, reason: 'gone' | 'temporary'): Response =>
  reason === 'gone'
    ? refuse(
        wanted.to,
        'another program has removed the message since you logged in: the next login shows what is left',
      )
    : refuse(wanted.to, 'the message cannot be read now, try again later', 'SYS/TEMP')

type Login = Pick<ServerContext, 'tls' | 'secure' | 'plaintextAuth' | 'mechanisms'>

/** True if a user may log in now: not before a required STLS. */
export const mayLogIn = ({ tls, secure }: Login): boolean => secure || tls !== 'required'
/** True if the client may send a password in plaintext. */
export const mayShowPassword = (login: Login): boolean => mayLogIn(login) && (login.secure || login.plaintextAuth)

/** The mechanisms that may be used now. */
export const mechanismsNow = (login: Login): readonly SaslMechanism[] =>
  mayLogIn(login) ? login.mechanisms.filter((name) => mayShowPassword(login) || !isPlaintext(name)) : []

/** The reason why a login cannot begin. */
export function notNow(to: 'USER' | 'AUTH' | 'APOP', context: ServerContext): Response {
  return mayLogIn(context)
    ? refuse(to, 'a password may not be sent over a connection that is not encrypted', 'AUTH')
    : refuse(to, 'nobody logs in here before the connection is encrypted: say STLS first', 'AUTH')
}

export function noMechanism(context: ServerContext, mechanism: string): Response {
  const names = mechanismsNow(context)
  const told = /^[A-Za-z0-9_-]{1,20}$/.test(mechanism) ? ` ${mechanism.toUpperCase()}` : ' of that name'
  return refuse(
    'AUTH',
    `there is no mechanism${told} here, ${names.length === 0 ? 'nor any other' : `but ${names.join(', ')}`}`,
  )
}

/**
 * The capabilities of CAPA (RFC 2449 section 6). Only STLS changes with the login, since it must come before it (RFC 2595
 * section 4). EXPIRE NEVER: only clients remove messages.
 */
export function capabilities(context: ServerContext, loggedIn: boolean): Response {
  const mechanisms = mechanismsNow(context)
  const stls = context.tls === 'offered' || context.tls === 'required'
  const names = [
    'TOP',
    'UIDL',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'PIPELINING',
    ...(stls && !context.secure && !context.utf8 && !loggedIn ? ['STLS'] : []),
    ...(mayShowPassword(context) ? ['USER'] : []),
    ...(mechanisms.length > 0 ? [`SASL ${mechanisms.join(' ')}`] : []),
    ...(context.loginDelay > 0 ? [`LOGIN-DELAY ${context.loginDelay}`] : []),
    'EXPIRE NEVER',
    'UTF8 USER',
    'LANG',
    'IMPLEMENTATION EHLO-World',
  ]
  return ok('CAPA', 'capability list follows', names.map((name) => `${name}\r\n`).join('') as Octets)
}

/** The response if the name and the password are right, but the maildrop does not open. */
export function notOpened({ loginBy, loginDelay }: ServerContext, reason: LoginRefusal): Response {
  switch (reason) {
    case 'inUse':
      return refuse(loginBy, 'another session has this maildrop open', 'IN-USE')
    case 'loginDelay':
      return refuse(loginBy, `you were here just now: wait ${loginDelay} seconds between two logins`, 'LOGIN-DELAY')
    case 'temporary':
      return refuse(loginBy, 'the maildrop cannot be opened now, try again later', 'SYS/TEMP')
  }
}

/** LANG without a language lists the languages; with one it selects it (RFC 6856 section 3.2). */
export function language(range: string | undefined): Response {
  if (range === undefined) return ok('LANG', 'the languages follow', LANGUAGE_LISTING)
  return speaks(range)
    ? ok('LANG', `${LANGUAGE} the answers are in English`)
    : refuse('LANG', 'only English (en) is spoken here')
}

/** The response to QUIT after UPDATE (RFC 1939 section 6). */
export function updated(removed: number, success: boolean): Response {
  if (!success) return refuse('QUIT', 'some deleted messages were not removed, try again later', 'SYS/TEMP')
  return ok('QUIT', removed === 0 ? 'goodbye' : `${messageCount(removed)} removed, goodbye`)
}
