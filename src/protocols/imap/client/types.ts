import type { Octets } from '../../../base/octets'
import type { ClientExchange, SaslMechanism } from '../../../sasl'
import type { Input, Meaning } from '../../../session/session'
import type { ClientResponse } from './grammar'

/** What the client machine is given, says, hears and remembers. */

export interface ImapClientInput {
  readonly user: string
  readonly password: string
  readonly mailbox: string
  /** What the mail program has already. UIDs mean nothing under another UIDVALIDITY. */
  readonly known: Known
  readonly idle: boolean
  /** Left out: STARTTLS where it is offered. `implicit`: the wire is encrypted from its first octet. */
  readonly tls?: 'never' | 'opportunistic' | 'required' | 'implicit'
  /** SASL mechanisms it may log in by, LOGIN being the last resort. Left out: all. */
  readonly mechanisms?: readonly SaslMechanism[]
  /** For SCRAM: printable ASCII, never used before. Without one SCRAM is left out. */
  readonly nonce?: string
  /** What the person did while there was no connection: done before anything else (RFC 4549 section 4.2). */
  readonly wishes?: readonly ImapIntent[]
}

export interface Known {
  readonly uidValidity?: number
  /** The mod-sequence up to which everything has been told (RFC 7162). */
  readonly modSeq?: number
  readonly uids: readonly number[]
}

export type ImapIntent =
  | { readonly type: 'check' | 'leave' }
  | { readonly type: 'markSeen' | 'markFlagged' | 'remove'; readonly uid: number }

/**
 * What the client tells its host. Only `messageFetched` waits for an answer: `kept`.
 * `modSeq`: with this the mail program knows every change up to there.
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
  /** What the person wished is done, or can never be. */
  | { readonly type: 'wishDone'; readonly wish: ImapIntent }
  | { readonly type: 'loginRefused'; readonly text: string }
  | { readonly type: 'sessionLost'; readonly why: string; readonly text: string }

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
}

export type ImapClientEvent =
  | Extract<Input, { type: 'opened' | 'closed' | 'secured' }>
  | ClientResponse
  /** The completion of the command under way. */
  | { readonly type: 'accepted' | 'rejected'; readonly code: string; readonly text: string }
  | { readonly type: 'kept' }
  | { readonly type: 'responseTooLong' }
  | ImapIntent

export interface ImapClientContext extends Required<ImapClientInput> {
  readonly secure: boolean
  /** STARTTLS was refused, or is not wanted any more. */
  readonly plain: boolean
  readonly uidValidity: number
  /** HIGHESTMODSEQ of the open mailbox, 0 where the server keeps none. */
  readonly modSeq: number
  readonly capabilities: readonly string[]
  /** Extensions that the server has said are on. */
  readonly enabled: readonly string[]
  readonly exchange: ClientExchange | null
  /** The answer to the last challenge. */
  readonly response: Octets | 'failed'
  /** The number of the last tag: `a3`. */
  readonly tags: number
  /** Letters the mail program has. */
  readonly uids: readonly number[]
  /** By message sequence number: UIDs, 0 where not yet known. */
  readonly view: readonly number[]
  /** So many of the letters in the view have been asked about. */
  readonly listed: number
  readonly compared: boolean
  /** Flags and removals heard of while comparing, told to the host together. */
  readonly heard: readonly FlagNews[]
  readonly gone: readonly number[]
  readonly toFetch: readonly FlagNews[]
  readonly fetched: Octets | null
  /** What the server said last in a status of its own: why it hangs up, for one. */
  readonly lastWords: string
}

export interface Said {
  readonly line: Octets
  readonly means: Meaning
}

export interface Happened {
  readonly context: ImapClientContext
  readonly event: ImapClientEvent
}
