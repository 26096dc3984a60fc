import type { Octets } from '../../base/octets'
import type { SaslAnswer, SaslMechanism, SaslQuestion } from '../../sasl'
import type { MistakePolicy } from '../../session/defence'
import type { Input } from '../../session/session'
import type { Command, Unreadable } from './grammar'
import type { Maildrop, Response, Wanted } from './maildrop'

/** The input, context, questions and events of the server's machine. */

/** The host's configuration. A missing option means: no TLS, no SASL, no APOP, no delay. */
export interface ServerInput {
  readonly hostName: string
  /** True if a client may send a password without TLS: by USER and PASS, PLAIN and LOGIN. */
  readonly plaintextAuth: boolean
  /** `required`: no login before STLS. `implicit`: encrypted from the first octet (RFC 8314 section 3.3). */
  readonly tls?: 'none' | 'offered' | 'required' | 'implicit'
  readonly mechanisms?: readonly SaslMechanism[]
  /** The greeting carries a timestamp, and APOP is accepted (RFC 1939 section 7). */
  readonly apop?: boolean
  /** The least number of seconds between two logins of one user (RFC 2449 section 6.5). */
  readonly loginDelay?: number
  /** Default: `MISTAKE_POLICY`. */
  readonly mistakePolicy?: MistakePolicy
}

export type LoginRefusal = 'inUse' | 'loginDelay' | 'temporary'

/** The server's questions to its host. The user of the last three is the authenticated one. */
export type ServerQuestion =
  | SaslQuestion
  /** A timestamp for APOP, different each time, in the form of a Message-ID with its angle brackets. */
  | { readonly type: 'timestamp' }
  | { readonly type: 'verifyPassword'; readonly user: string; readonly password: string }
  /** `digest`: MD5 of timestamp and password, in lower-case hexadecimal digits. */
  | { readonly type: 'verifyDigest'; readonly user: string; readonly timestamp: string; readonly digest: string }
  /** `utf8`: messages are handed out and measured for a client that reads UTF-8 in headers (`handedOut`). */
  | { readonly type: 'openMaildrop'; readonly utf8: boolean }
  | { readonly type: 'retrieve'; readonly uid: string; readonly utf8: boolean }
  | { readonly type: 'update'; readonly remove: readonly string[] }

/** `verifyPassword` and `verifyDigest` are answered like SASL's questions. */
export type ServerAnswer =
  | SaslAnswer
  | { readonly type: 'timestamped'; readonly timestamp: string }
  | { readonly type: 'maildropOpened'; readonly messages: readonly { readonly uid: string; readonly size: number }[] }
  | { readonly type: 'maildropRefused'; readonly reason: LoginRefusal }
  /** In the form that `handedOut` makes. */
  | { readonly type: 'retrieved'; readonly octets: Octets }
  /** `gone`: another session has removed the message since this session began. */
  | { readonly type: 'notRetrieved'; readonly reason: 'gone' | 'temporary' }
  /** `removed`: the number of messages that still existed. */
  | { readonly type: 'updated'; readonly ok: boolean; readonly removed: number }

/** A line longer than the limit comes in pieces: `overlong` for each full piece, `lineTooLong` for the last. */
export type Overlong = { readonly type: 'overlong' } | { readonly type: 'lineTooLong' }
/** A line of an HTTP request, which a web page can send to any port. */
export interface HttpRequest {
  readonly type: 'httpRequest'
}
/** A client's line within AUTH (RFC 5034 section 4). */
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
  /** 0 for none. */
  readonly loginDelay: number
  readonly secure: boolean
  /** UTF-8 mode (RFC 6856 section 2.1). */
  readonly utf8: boolean
  /** The greeting's timestamp, with its angle brackets; empty if there is none. */
  readonly timestamp: string
  /** The name given by USER. */
  readonly user: string
  /** The command of the login. */
  readonly loginBy: 'PASS' | 'APOP' | 'AUTH'
  readonly maildrop: Maildrop
  /** The purpose of the message that the host was asked for. */
  readonly wanted: Wanted
  /** True while the rest of a line that is too long is skipped. */
  readonly overlong: boolean
  readonly mistakes: number
  /** The answer to the last mistake during the pause. */
  readonly putOff: Response | undefined
}
