import type { Octets } from '../../base/octets'
import type { SaslAnswer, SaslMechanism, SaslQuestion } from '../../sasl'
import type { Input } from '../../session/session'
import type { Command, Unreadable } from './grammar'
import type { Maildrop, Response, Wanted } from './responses'

/** What the server's machine is given, remembers, asks and is told. */

/** What a host configures. What is left out is not there: no TLS, no SASL, no APOP, no delay. */
export interface ServerInput {
  readonly hostName: string
  /** True where a password may be sent as it is over a connection without TLS: by USER and PASS, PLAIN and LOGIN. */
  readonly plaintextAuth: boolean
  /** `required`: nobody logs in before STLS. `implicit`: encrypted from the first octet (RFC 8314 section 3.3). */
  readonly tls?: 'none' | 'offered' | 'required' | 'implicit'
  readonly mechanisms?: readonly SaslMechanism[]
  /** The greeting carries a timestamp, and APOP is taken (RFC 1939 section 7). */
  readonly apop?: boolean
  /** Seconds that have to pass between two logins of one user (RFC 2449 section 6.5). */
  readonly loginDelay?: number
  /** How many lines that are no commands, and logins that fail, are answered at once; each of the next waits longer. 5 if left out. */
  readonly freeMistakes?: number
  /** The next mistake after so many ends the connection. 15 if left out. */
  readonly mistakeLimit?: number
}

export type LoginRefusal = 'inUse' | 'loginDelay' | 'temporary'

/** What the server asks of its host. The user of the last three is whoever was authenticated last on this session. */
export type ServerQuestion =
  | SaslQuestion
  /** A timestamp for APOP, different each time, in the form of a Message-ID with its angle brackets. */
  | { readonly type: 'timestamp' }
  | { readonly type: 'verifyPassword'; readonly user: string; readonly password: string }
  /** `digest`: MD5 of timestamp and password, in small hexadecimal digits. */
  | { readonly type: 'verifyDigest'; readonly user: string; readonly timestamp: string; readonly digest: string }
  /** `utf8`: letters are handed out, and so measured, for a client that reads UTF-8 in headers (`handedOut`). */
  | { readonly type: 'openMaildrop'; readonly utf8: boolean }
  | { readonly type: 'retrieve'; readonly uid: string; readonly utf8: boolean }
  | { readonly type: 'update'; readonly remove: readonly string[] }

/** `verifyPassword` and `verifyDigest` are answered as SASL's questions are. */
export type ServerAnswer =
  | SaslAnswer
  | { readonly type: 'timestamped'; readonly timestamp: string }
  | { readonly type: 'maildropOpened'; readonly messages: readonly { readonly uid: string; readonly size: number }[] }
  | { readonly type: 'maildropRefused'; readonly reason: LoginRefusal }
  /** As `handedOut` makes them. */
  | { readonly type: 'retrieved'; readonly octets: Octets }
  /** `gone`: somebody else has removed the message since this session began. */
  | { readonly type: 'notRetrieved'; readonly reason: 'gone' | 'temporary' }
  /** `removed`: how many were still there to be removed. */
  | { readonly type: 'updated'; readonly ok: boolean; readonly removed: number }

/** A line longer than the limit comes in pieces: `overlong` for each full piece, `lineTooLong` for the last. */
export type Overlong = { readonly type: 'overlong' } | { readonly type: 'lineTooLong' }
/** The first line of a request of HTTP, as a web page sends it wherever it is told to. */
export interface HttpRequest {
  readonly type: 'httpRequest'
}
/** What a client says within AUTH (RFC 5034 section 4). */
export type SaslLine =
  | { readonly type: 'saslResponse'; readonly response: Octets }
  | { readonly type: 'notBase64' }
  | { readonly type: 'cancelled' }

export type ServerEvent =
  | Command
  | Unreadable
  | Overlong
  | HttpRequest
  | SaslLine
  | ServerAnswer
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>

export interface ServerContext extends Required<Omit<ServerInput, 'loginDelay'>> {
  /** 0 where there is none. */
  readonly loginDelay: number
  readonly secure: boolean
  /** UTF-8 mode (RFC 6856 section 2.1). */
  readonly utf8: boolean
  /** The greeting's, with its angle brackets; empty where there is none. */
  readonly timestamp: string
  /** The name given by USER. */
  readonly user: string
  /** By which command somebody logs in. */
  readonly loginBy: 'PASS' | 'APOP' | 'AUTH'
  readonly maildrop: Maildrop
  /** What the message that was asked of the host is for. */
  readonly wanted: Wanted
  /** True while the rest of a line that is too long goes by. */
  readonly overlong: boolean
  readonly mistakes: number
  /** The answer to the last mistake, while it waits. */
  readonly putOff: Response | undefined
}
