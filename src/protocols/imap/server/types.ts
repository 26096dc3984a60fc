import type { Octets } from '../../../base/octets'
import type { Input, Stopping } from '../../../session/session'
import type { CommandEvent } from '../commands/commandEvent'
import type { Response } from '../grammar/responses'
import type { ServerContext } from '../session/serverContext'
import type { LoginAnswer, MailboxChange, StoreAnswer } from '../store/storeQuestions'

/** The events of the server's machine. */

/** A malformed command. The tag is `*` if there is none (RFC 9051 section 7.1.3). */
export interface Unreadable {
  readonly type: 'unreadable'
  readonly tag: Octets
  readonly text: string
}

export interface LiteralAnnounced {
  readonly type: 'literalAnnounced'
  readonly tag: Octets
  /** The line with its end. */
  readonly line: Octets
  readonly size: number
  /** True if the client waits for a continuation request before it sends the literal. */
  readonly synchronizing: boolean
}

/** The readers' units. */
export type ImapServerUnit =
  | CommandEvent
  | Unreadable
  | LiteralAnnounced
  | { readonly type: 'literalRead'; readonly octets: Octets }
  | { readonly type: 'lineTooLong'; readonly tag: Octets }
  | { readonly type: 'linePassed' | 'lineEnded' }
  /** A line of an HTTP request. */
  | { readonly type: 'notImap' }
  /** A line within AUTHENTICATE: base64, or `*` (RFC 9051 section 6.2.2). */
  | { readonly type: 'saslResponse'; readonly response: Octets }
  | { readonly type: 'saslCancelled' | 'notBase64' }
  | { readonly type: 'DONE' | 'notDone' }

/** The host's answers, and its news of other sessions' changes. */
export type ImapServerAnswer =
  | LoginAnswer
  | StoreAnswer
  | { readonly type: 'mailboxChanged'; readonly changes: readonly MailboxChange[] }

export type ImapServerEvent =
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>
  | ImapServerUnit
  | ImapServerAnswer
  /** The client was silent for too long. */
  | { readonly type: 'autologout' }
  | Stopping

export interface Scope {
  readonly context: ServerContext
  readonly event: ImapServerEvent
}
export interface On<Type extends ImapServerEvent['type']> {
  readonly context: ServerContext
  readonly event: Extract<ImapServerEvent, { readonly type: Type }>
}

export interface Responses {
  readonly responses: readonly Response[]
}
