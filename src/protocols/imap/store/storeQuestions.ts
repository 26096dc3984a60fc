import type { Octets } from '../../../base/octets'
import type { MailboxCounts } from '../../../mail/counts'
import type { FlagOperation, Quota, StoredMessage } from '../../../mail/store'
import type { Span } from '../../../mail/uidSets'
import type { SaslAnswer, SaslQuestion } from '../../../sasl/contract'
import type { ResponseCode } from '../grammar/responses'

/** A session's open mailbox. It keeps its UIDVALIDITY when it is renamed, and so is found again. */
interface OfOpenMailbox {
  readonly mailbox: string
  readonly uidValidity: number
}

/** Messages that are gone from the store and that the session still numbers: they are answered like existing ones. */
interface WithKept {
  readonly kept?: readonly StoredMessage[]
}

/** An IMAP session's questions to the message store. The host knows the logged-in user. */
export type StoreQuestion =
  | {
      readonly type: 'selectMailbox'
      readonly mailbox: string
      readonly readOnly: boolean
      readonly since?: KnownBefore
    }
  /** `counts` if LIST also wants STATUS data (RFC 5819). */
  | { readonly type: 'listMailboxes'; readonly counts: boolean }
  | { readonly type: 'mailboxStatus'; readonly mailbox: string }
  | { readonly type: 'createMailbox'; readonly mailbox: string; readonly specialUse?: string }
  | { readonly type: 'deleteMailbox'; readonly mailbox: string }
  | { readonly type: 'renameMailbox'; readonly mailbox: string; readonly to: string }
  | { readonly type: 'subscribeMailbox'; readonly mailbox: string; readonly subscribed: boolean }
  /** `markSeen` is FETCH BODY[] without PEEK. `vanished` asks which of these UIDs were removed after `changedSince`. */
  | (OfOpenMailbox &
      WithKept & {
        readonly type: 'fetchMessages'
        readonly uids: readonly number[]
        readonly markSeen: boolean
        readonly changedSince?: number
        readonly vanished?: readonly Span[]
      })
  | (OfOpenMailbox &
      WithKept & {
        readonly type: 'storeFlags'
        readonly uids: readonly number[]
        readonly operation: FlagOperation
        readonly flags: readonly string[]
        readonly unchangedSince?: number
      })
  /** Removes messages with \Deleted: all of them, or those with these UIDs. */
  | (OfOpenMailbox & { readonly type: 'expungeMessages'; readonly uids?: readonly number[] })
  | {
      readonly type: 'appendMessage'
      readonly mailbox: string
      readonly flags: readonly string[]
      readonly internalDate?: number
      readonly octets: Octets
    }
  | (OfOpenMailbox & {
      readonly type: 'copyMessages'
      readonly uids: readonly number[]
      readonly to: string
      readonly move: boolean
      /** If one of these UIDs is gone, nothing is copied. */
      readonly all: boolean
    })
  /** Without a mailbox: for the quota root, which is one for all mailboxes of a user. */
  | { readonly type: 'quotaUsage'; readonly mailbox?: string }

/** All questions of an IMAP server session to its host. */
export type ImapQuestion = StoreQuestion | LoginQuestion | SaslQuestion

export interface LoginQuestion {
  readonly type: 'login'
  readonly user: string
  readonly password: string
}

/** The host's answers to `login`; SASL has its own. */
export type LoginAnswer =
  | { readonly type: 'loggedIn'; readonly user: string }
  | { readonly type: 'loginFailed' }
  | SaslAnswer

/** A returning client's knowledge of a mailbox (RFC 7162 section 3.2.5). */
export interface KnownBefore {
  readonly uidValidity: number
  readonly modSeq: number
  /** Default: every possible UID. */
  readonly uids?: readonly Span[]
  /** Some message numbers with their UIDs, ascending. */
  readonly matches?: readonly (readonly [number: number, uid: number])[]
}

export interface ListedMailbox {
  readonly name: string
  readonly subscribed: boolean
  readonly hasChildren: boolean
  /** Subscribed, but it does not exist (any more). */
  readonly nonExistent?: true
  readonly specialUse?: string
  readonly status?: MailboxStatus
}

export interface MailboxStatus extends MailboxCounts {
  /** The number of messages that no session has been told of. */
  readonly recent: number
  readonly uidNext: number
  readonly uidValidity: number
  readonly highestModSeq: number
}

export type StoreAnswer =
  | {
      readonly type: 'mailboxSelected'
      /** In the form of LIST. */
      readonly listed: ListedMailbox
      readonly mailbox: string
      readonly readOnly: boolean
      readonly uidValidity: number
      readonly uidNext: number
      readonly highestModSeq: number
      readonly uids: readonly number[]
      /** Messages that no session has been told of before, ascending (RFC 3501 section 2.3.2). */
      readonly recent: readonly number[]
      /** Keywords in use. */
      readonly keywords: readonly string[]
      /** The message sequence number of the first message without \Seen, or 0. */
      readonly firstUnseen: number
      /** The changes since the client was last connected. */
      readonly since?: { readonly vanished: readonly Span[]; readonly changed: readonly StoredMessage[] }
    }
  | { readonly type: 'mailboxesListed'; readonly mailboxes: readonly ListedMailbox[] }
  | { readonly type: 'statusFound'; readonly mailbox: string; readonly status: MailboxStatus }
  | {
      readonly type: 'messagesFetched'
      readonly messages: readonly StoredMessage[]
      /** The number of requested UIDs that exist or are kept, including those that `changedSince` leaves out. */
      readonly present: number
      readonly madeSeen: readonly number[]
      readonly vanished: readonly Span[]
    }
  | {
      readonly type: 'flagsStored'
      readonly messages: readonly Pick<StoredMessage, 'uid' | 'flags' | 'modSeq'>[]
      /** UIDs that changed after `unchangedSince` and so were skipped. */
      readonly modified: readonly number[]
    }
  | { readonly type: 'messagesExpunged'; readonly uids: readonly number[]; readonly highestModSeq: number }
  | {
      readonly type: 'messageAppended'
      readonly mailbox: string
      readonly uidValidity: number
      readonly uid: number
      readonly modSeq: number
    }
  | {
      readonly type: 'messagesCopied'
      readonly mailbox: string
      readonly uidValidity: number
      readonly from: readonly number[]
      readonly to: readonly number[]
      readonly moved: boolean
      /** The mod-sequences of the target mailbox, and of the source. */
      readonly modSeq: number
      readonly highestModSeq: number
    }
  /** `own`: the change for a mailbox that the asking session itself has open. */
  | { readonly type: 'mailboxesChanged'; readonly own: readonly MailboxChange[] }
  | { readonly type: 'quotaFound'; readonly mailbox?: string; readonly limits: Quota; readonly used: Required<Quota> }
  | { readonly type: 'refused'; readonly code?: ResponseCode; readonly text: string }

export const STORE_ANSWERS = [
  'mailboxSelected',
  'mailboxesListed',
  'statusFound',
  'messagesFetched',
  'flagsStored',
  'messagesExpunged',
  'messageAppended',
  'messagesCopied',
  'mailboxesChanged',
  'quotaFound',
  'refused',
] as const satisfies readonly StoreAnswer['type'][]

/** Mailbox-level news, for every other session that has the mailbox open. */
export interface MailboxChange {
  readonly user: string
  readonly mailbox: string
  readonly uidValidity: number
  readonly kind: 'exists' | 'expunged' | 'flags'
  readonly uid: number
  /** The mailbox's mod-sequence of this change. */
  readonly modSeq: number
  /** The new flags if kind is 'flags'. */
  readonly flags?: readonly string[]
  /** The message as it was if kind is 'expunged': a session answers for it until it has reported that it is gone. */
  readonly message?: StoredMessage
  /** The session that gets this news is the first to learn of the message (RFC 3501 section 2.3.2). */
  readonly recent?: true
}
