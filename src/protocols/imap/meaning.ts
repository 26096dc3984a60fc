import type { Meaning } from '../../session/session'
import type { CommandName } from './grammar/commandNames'

/** The meanings of IMAP's commands and responses, in the RFC's words. The view makes sentences of them. */

/** The most important item that a FETCH asks for or gives. */
export type FetchedKind = 'header' | 'text' | 'part' | 'message' | 'envelope' | 'structure' | 'flags' | 'other'

/** The reason why a synchronizing mail program sends a command (RFC 4549). */
export type ImapPurpose =
  | 'learnMore'
  | 'findNew'
  | 'fetchUnread'
  | 'findChangedFlags'
  | 'findRemaining'
  | 'compareAll'
  | 'removeOne'

type OnMailbox =
  | 'APPEND'
  | 'CREATE'
  | 'DELETE'
  | 'EXAMINE'
  | 'GETQUOTAROOT'
  | 'SELECT'
  | 'STATUS'
  | 'SUBSCRIBE'
  | 'UNSUBSCRIBE'

type WithArguments =
  | OnMailbox
  | 'AUTHENTICATE'
  | 'COPY'
  | 'ENABLE'
  | 'FETCH'
  | 'LIST'
  | 'LOGIN'
  | 'MOVE'
  | 'RENAME'
  | 'SORT'
  | 'STORE'
  | 'UID COPY'
  | 'UID EXPUNGE'
  | 'UID FETCH'
  | 'UID MOVE'
  | 'UID SORT'
  | 'UID STORE'

/** A command with the arguments that matter for its meaning. `set`: a sequence set as on the wire. */
export type ParsedCommand = { readonly purpose?: ImapPurpose } & (
  | { readonly type: Exclude<CommandName, WithArguments> }
  /** `since`: the client's earlier state, by QRESYNC. */
  | { readonly type: OnMailbox; readonly mailbox: string; readonly since?: true }
  | { readonly type: 'RENAME'; readonly mailbox: string; readonly to: string }
  | { readonly type: 'LIST'; readonly subscribed?: true }
  | { readonly type: 'LOGIN'; readonly user: string }
  | { readonly type: 'AUTHENTICATE'; readonly mechanism: string }
  | { readonly type: 'ENABLE'; readonly capabilities: readonly string[] }
  | { readonly type: 'COPY' | 'MOVE' | 'UID COPY' | 'UID MOVE'; readonly set: string; readonly to: string }
  | { readonly type: 'FETCH' | 'UID FETCH'; readonly set: string; readonly kind: FetchedKind }
  | {
      readonly type: 'STORE' | 'UID STORE'
      readonly set: string
      readonly operation: 'add' | 'remove' | 'replace'
      readonly flags: readonly string[]
    }
  | { readonly type: 'SORT' | 'UID SORT'; readonly criteria: readonly string[] }
  | { readonly type: 'UID EXPUNGE'; readonly set: string }
)

/** The command or moment that a status response, a continuation request or data answers. */
export type ImapAnswered = CommandName | 'greeting' | 'literal'

/** The reason of a BYE (RFC 9051 section 7.1.5). */
export type ByeReason =
  | 'logout'
  | 'autologout'
  | 'shuttingDown'
  | 'dismissed'
  | 'literalTooLong'
  | 'notImap'
  | 'tooManyMistakes'

/** OK, NO, BAD and BYE, tagged or not, with what follows them (RFC 9051 section 7.1). */
export interface ParsedStatus {
  readonly type: 'status'
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE'
  /** Undefined if it answers no command. */
  readonly answers?: ImapAnswered
  /** The response code with its arguments, as in the brackets. */
  readonly code?: string
  readonly text: string
  /** The number of copied, moved or removed messages. */
  readonly count?: number
  /** The result of a search is saved as `$`. */
  readonly saved?: true
  readonly reason?: ByeReason
}

/** Untagged data (RFC 9051 sections 7.2 to 7.5). */
export type ParsedData =
  | { readonly type: 'CAPABILITY' | 'ENABLED' | 'FLAGS' | 'ID' | 'NAMESPACE' | 'QUOTA' }
  /** `root`: there is a quota root, so a limit. */
  | { readonly type: 'QUOTAROOT'; readonly root: boolean }
  | { readonly type: 'EXISTS' | 'RECENT'; readonly count: number }
  | { readonly type: 'EXPUNGE'; readonly messageNumber: number }
  | { readonly type: 'VANISHED'; readonly count: number; readonly earlier: boolean }
  /** A message's flags as news, requested flags, or data; `subject` if it is among these. */
  | {
      readonly type: 'FETCH'
      readonly messageNumber: number
      readonly kind: FetchedKind | 'flagNews'
      readonly flags?: readonly string[]
      readonly subject?: string
      /** Reading it has set \Seen, and its flags are told unasked. */
      readonly madeSeen?: true
    }
  /** The name is empty if only the hierarchy delimiter was requested. */
  | { readonly type: 'LIST' | 'LSUB'; readonly mailbox: string; readonly delimiter: string }
  | { readonly type: 'STATUS'; readonly mailbox: string; readonly messages: number; readonly unseen: number }
  /** `numbers`: the first ten, message sequence numbers or UIDs. */
  | { readonly type: 'SEARCH' | 'ESEARCH' | 'SORT'; readonly count: number; readonly numbers: readonly number[] }
  | { readonly type: 'THREAD'; readonly messages: number; readonly threads: number }

export type ImapParsed = { readonly protocol: 'IMAP' } & (
  | ParsedCommand
  | ParsedStatus
  /** A separate type, since commands and responses share names. */
  | { readonly type: 'data'; readonly data: ParsedData }
  | { readonly type: 'continuation'; readonly answers: ImapAnswered }
  /** A command up to the literal that it announces, and the literal. `size` in octets. */
  | { readonly type: 'literalAnnounced' | 'literal'; readonly size: number }
  | { readonly type: 'DONE' | 'notDone' | 'unreadable' | 'lineTooLong' | 'notImap' | 'saslResponse' | 'saslCancelled' }
)

const meaning = (kind: Meaning['kind'], name: string, parsed: ImapParsed): Meaning => ({ kind, name, parsed })

export const meaningOfCommand = (parsed: ParsedCommand): Meaning =>
  meaning('command', parsed.type, { protocol: 'IMAP', ...parsed })

export function meaningOfStatus(parsed: ParsedStatus): Meaning {
  const means = meaning('response', parsed.status, { protocol: 'IMAP', ...parsed })
  return parsed.status === 'NO' || parsed.status === 'BAD' ? { ...means, refused: true } : means
}

export const meaningOfData = (data: ParsedData): Meaning =>
  meaning('response', data.type, { protocol: 'IMAP', type: 'data', data })

export const meaningOfContinuation = (answers: ImapAnswered): Meaning =>
  meaning('continuation', '+', { protocol: 'IMAP', type: 'continuation', answers })

/** `name`: the command that announces it. */
export const meaningOfAnnouncement = (name: string, size: number): Meaning =>
  meaning('command', name, { protocol: 'IMAP', type: 'literalAnnounced', size })

export const meaningOfLiteral = (size: number): Meaning =>
  meaning('literal', '', { protocol: 'IMAP', type: 'literal', size })

/** `name`: the word in the place of the command. */
export const meaningOfUnreadable = (name: string): Meaning =>
  meaning('command', name, { protocol: 'IMAP', type: 'unreadable' })

export const meanings = {
  lineTooLong: meaning('line', '', { protocol: 'IMAP', type: 'lineTooLong' }),
  notImap: meaning('line', '', { protocol: 'IMAP', type: 'notImap' }),
  done: meaning('command', 'DONE', { protocol: 'IMAP', type: 'DONE' }),
  notDone: meaning('command', 'DONE', { protocol: 'IMAP', type: 'notDone' }),
  saslResponse: meaning('line', 'AUTHENTICATE', { protocol: 'IMAP', type: 'saslResponse' }),
  saslCancelled: meaning('line', 'AUTHENTICATE', { protocol: 'IMAP', type: 'saslCancelled' }),
} as const
