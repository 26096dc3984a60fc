import type { Octets } from '../../base/octets'
import type { Input, Meaning } from '../../session/session'
import { type ClientResponse, type FetchedData, words } from './clientGrammar'

/** What the client machine is given, says, hears and remembers. */

export interface ImapClientInput {
  readonly user: string
  readonly password: string
  readonly mailbox: string
  /** What the mail program has already. UIDs mean nothing under another UIDVALIDITY. */
  readonly known: { readonly uidValidity?: number; readonly uids: readonly number[] }
  readonly idle: boolean
}

export type ImapIntent =
  | { readonly type: 'check' | 'leave' }
  | { readonly type: 'markSeen' | 'markFlagged' | 'remove'; readonly uid: number }

/** What the client tells its host. Only `messageFetched` waits for an answer: `kept`. */
export type ImapClientQuestion =
  | { readonly type: 'mailboxOpened'; readonly uidValidity: number; readonly exists: number }
  | {
      readonly type: 'messageFetched'
      readonly uid: number
      readonly uidValidity: number
      readonly flags: readonly string[]
      readonly octets: Octets
    }
  | { readonly type: 'mailboxNews'; readonly expunged: readonly number[]; readonly flags: readonly FlagNews[] }
  | { readonly type: 'loginRefused'; readonly text: string }
  | { readonly type: 'sessionLost'; readonly why: string; readonly text: string }

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
}

export type ImapClientEvent =
  | Extract<Input, { type: 'opened' | 'closed' }>
  | ClientResponse
  /** The completion of the command under way. */
  | { readonly type: 'accepted' | 'rejected'; readonly code: string; readonly text: string }
  | { readonly type: 'kept' }
  | { readonly type: 'responseTooLong' }
  | ImapIntent

export interface ImapClientContext extends ImapClientInput {
  readonly uidValidity: number
  readonly capabilities: readonly string[]
  /** The number of the last tag: `a3`. */
  readonly tags: number
  /** Letters the mail program has. */
  readonly uids: readonly number[]
  /** By message sequence number: UIDs, 0 where not yet known. */
  readonly view: readonly number[]
  /** So many of the letters in the view have been asked about. */
  readonly listed: number
  readonly compared: boolean
  readonly heard: readonly FlagNews[]
  readonly toFetch: readonly FlagNews[]
  readonly fetched: Octets | null
  readonly wishes: readonly ImapIntent[]
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

export const tagOf = (context: ImapClientContext): string => `a${context.tags}`

export const uidAt = ({ view }: ImapClientContext, number: number): number => view[number - 1] ?? 0
export const newest = ({ uids }: ImapClientContext): number => uids.reduce((max, uid) => Math.max(max, uid), 0)
export const wish = ({ wishes }: ImapClientContext): ImapIntent | undefined => wishes[0]
export const wishUid = (context: ImapClientContext): number => (wish(context) as { uid?: number } | undefined)?.uid ?? 0
export const told = (event: ImapClientEvent): { number: number; message: FetchedData } =>
  event as { type: 'fetchTold'; number: number; message: FetchedData }

/** The UID and flags that an untagged FETCH tells of a letter the mail program has. */
export function flagNews(context: ImapClientContext, event: ImapClientEvent): FlagNews | undefined {
  const { number, message } = told(event)
  const uid = message.uid ?? uidAt(context, number)
  return message.flags && context.uids.includes(uid) ? { uid, flags: message.flags } : undefined
}

/** What is new on the server under a UID that the mail program does not have. */
export function isNew(context: ImapClientContext, uid: number): boolean {
  return uid > 0 && !context.uids.includes(uid) && !context.toFetch.some((each) => each.uid === uid)
}

/** Letters the mail program has and the mailbox has no longer. */
export function vanished({ uids, view }: ImapClientContext): readonly number[] {
  const there = new Set(view)
  return uids.filter((uid) => !there.has(uid))
}

export function codeWords(event: ImapClientEvent): readonly string[] {
  return words((event as { code?: string }).code ?? '')
}
