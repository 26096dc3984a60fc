import type { Octets } from '../../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../../sasl'
import type { Input, Meaning } from '../../../session/session'
import type { ClientResponse } from './grammar'

/** The input, output, events and context of the client machine. */

export interface ImapClientInput {
  readonly user: string
  readonly password: string
  readonly mailbox: string
  /** The mail program's known state. Its UIDs are invalid under another UIDVALIDITY. */
  readonly known: Known
  readonly idle: boolean
  /** Default: STARTTLS if offered. `implicit`: TLS begins with the connection. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** SASL mechanisms for the login, with LOGIN as the last choice. Default: all. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM: printable ASCII, used only once. Without it the client does not use SCRAM. */
  readonly nonce?: string
  /** The user's offline changes, which come before anything else (RFC 4549 section 4.2). */
  readonly wishes?: readonly ImapIntent[]
}

export interface Known {
  readonly uidValidity?: number
  /** Every change up to this mod-sequence is known (RFC 7162). */
  readonly modSeq?: number
  readonly uids: readonly number[]
}

/** Sets or clears a flag. */
export type MarkIntent = 'markSeen' | 'markUnseen' | 'markFlagged' | 'markUnflagged'

export type ImapIntent =
  | { readonly type: 'check' | 'leave' }
  | { readonly type: MarkIntent | 'remove'; readonly uid: number }
  /** Into another mailbox, which is created if it does not exist. */
  | { readonly type: 'move'; readonly uid: number; readonly mailbox: string }

/**
 * The client's reports to its host. Only `messageFetched` waits for an answer: `kept`. `modSeq`: after this report the mail
 * program knows every change up to it.
 */
export type ImapClientQuestion =
  | {
      readonly type: 'mailboxOpened'
      readonly uidValidity: number
      readonly exists: number
      readonly modSeq?: number
    }
  | {
      readonly type: 'messageFetched'
      readonly uid: number
      readonly uidValidity: number
      readonly flags: readonly string[]
      readonly octets: Octets
    }
  | {
      readonly type: 'mailboxNews'
      readonly expunged: readonly number[]
      readonly flags: readonly FlagNews[]
      readonly uidValidity?: number
      readonly modSeq?: number
    }
  /** The user's change is done, or can never be done. */
  | { readonly type: 'wishDone'; readonly wish: ImapIntent }
  | { readonly type: 'loginRefused'; readonly text: string }
  | { readonly type: 'sessionLost'; readonly why: string; readonly text: string }

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
}

/** The host's answer to each question: the program has noted it. */
export interface ImapClientAnswer {
  readonly type: 'kept'
}

export type ImapClientEvent =
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>
  | ClientResponse
  /** The completion of the present command. */
  | { readonly type: 'accepted'; readonly code: string; readonly text: string }
  | { readonly type: 'rejected'; readonly code: string; readonly text: string }
  | ImapClientAnswer
  | { readonly type: 'responseTooLong' }
  | ImapIntent

export interface ImapClientContext extends Required<ImapClientInput> {
  readonly secure: boolean
  /** STARTTLS was refused, or is not wanted. */
  readonly plain: boolean
  readonly uidValidity: number
  /** HIGHESTMODSEQ of the open mailbox, 0 if the server has none. */
  readonly modSeq: number
  readonly capabilities: readonly string[]
  /** Extensions that the server has enabled. */
  readonly enabled: readonly string[]
  readonly exchange: ClientExchange | null
  /** The response to the last challenge. */
  readonly response: Octets | 'failed'
  /** The number of the last tag: `a3`. */
  readonly tags: number
  /** UIDs of the mail program's messages. */
  readonly uids: readonly number[]
  /** By message sequence number: UIDs, 0 for an unknown one. */
  readonly view: readonly number[]
  /** The number of messages in the view that FETCH has asked about. */
  readonly listed: number
  readonly compared: boolean
  /** Flags and removals found by the comparison, reported to the host together. */
  readonly heard: readonly FlagNews[]
  readonly gone: readonly number[]
  readonly toFetch: readonly FlagNews[]
  readonly fetched: Octets | null
  /** The mailbox of the present wish has been created. */
  readonly created: boolean
  /** The text of the server's last status response: the reason of a BYE, for example. */
  readonly lastWords: string
}

export interface Said {
  readonly line: Octets
  readonly means: Meaning
}

export interface Scope {
  readonly context: ImapClientContext
  readonly event: ImapClientEvent
}
export interface On<Type extends ImapClientEvent['type']> {
  readonly context: ImapClientContext
  readonly event: Extract<ImapClientEvent, { readonly type: Type }>
}
