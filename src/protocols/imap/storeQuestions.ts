import type { Octets } from '../../base/octets'
import type { FlagOperation, StoredMessage } from '../../mail/store'

/** What an IMAP session asks of the message store. `login` is not here: passwords are the host's. */
export type StoreQuestion =
  | { readonly type: 'selectMailbox'; readonly mailbox: string; readonly readOnly: boolean }
  | { readonly type: 'listMailboxes' }
  | { readonly type: 'mailboxStatus'; readonly mailbox: string }
  | { readonly type: 'createMailbox' | 'deleteMailbox'; readonly mailbox: string }
  | { readonly type: 'renameMailbox'; readonly mailbox: string; readonly to: string }
  | { readonly type: 'subscribeMailbox'; readonly mailbox: string; readonly subscribed: boolean }
  /** `octets` false where flags and dates suffice. `markSeen` is FETCH BODY[] without PEEK. */
  | {
      readonly type: 'fetchMessages'
      readonly mailbox: string
      readonly uids: readonly number[]
      readonly octets: boolean
      readonly markSeen: boolean
    }
  | {
      readonly type: 'storeFlags'
      readonly mailbox: string
      readonly uids: readonly number[]
      readonly operation: FlagOperation
      readonly flags: readonly string[]
    }
  /** Removes messages that have \Deleted: all of them, or of these UIDs. */
  | { readonly type: 'expungeMessages'; readonly mailbox: string; readonly uids?: readonly number[] }
  | {
      readonly type: 'appendMessage'
      readonly mailbox: string
      readonly flags: readonly string[]
      readonly internalDate?: number
      readonly octets: Octets
    }
  | {
      readonly type: 'copyMessages'
      readonly mailbox: string
      readonly uids: readonly number[]
      readonly to: string
      readonly move: boolean
    }

/** Whatever an IMAP server session asks of its host. */
export type ImapQuestion = StoreQuestion | LoginQuestion

export interface LoginQuestion {
  readonly type: 'login'
  readonly user: string
  readonly password: string
}

export interface ListedMailbox {
  readonly name: string
  readonly subscribed: boolean
  readonly hasChildren: boolean
  readonly specialUse?: string
}

export type StoreAnswer =
  | {
      readonly type: 'mailboxSelected'
      readonly mailbox: string
      readonly readOnly: boolean
      readonly uidValidity: number
      readonly uidNext: number
      readonly uids: readonly number[]
      /** Flags in use, the system flags first. */
      readonly flags: readonly string[]
      /** The message sequence number of the first message without \Seen, or 0. */
      readonly firstUnseen: number
    }
  | { readonly type: 'mailboxesListed'; readonly mailboxes: readonly ListedMailbox[] }
  | {
      readonly type: 'statusFound'
      readonly mailbox: string
      readonly messages: number
      readonly unseen: number
      readonly deleted: number
      readonly size: number
      readonly uidNext: number
      readonly uidValidity: number
    }
  | {
      readonly type: 'messagesFetched'
      readonly messages: readonly StoredMessage[]
      readonly madeSeen: readonly number[]
    }
  | {
      readonly type: 'flagsStored'
      readonly messages: readonly { readonly uid: number; readonly flags: readonly string[] }[]
    }
  | { readonly type: 'messagesExpunged'; readonly uids: readonly number[] }
  | { readonly type: 'messageAppended'; readonly mailbox: string; readonly uidValidity: number; readonly uid: number }
  | {
      readonly type: 'messagesCopied'
      readonly mailbox: string
      readonly uidValidity: number
      readonly from: readonly number[]
      readonly to: readonly number[]
      readonly moved: boolean
    }
  | { readonly type: 'mailboxesChanged' }
  | { readonly type: 'refused'; readonly code?: string; readonly text: string }

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
  'refused',
] as const satisfies readonly StoreAnswer['type'][]

/** Mailbox-level news, for every other session that has the mailbox open. */
export interface MailboxChange {
  readonly user: string
  readonly mailbox: string
  readonly kind: 'exists' | 'expunged' | 'flags'
  readonly uid: number
  /** The flags as they are now, where kind is 'flags'. */
  readonly flags?: readonly string[]
}
