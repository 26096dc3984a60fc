import { assert } from '../base/assert'
import type { Octets } from '../base/octets'

/**
 * The message store of one server: users, their mailboxes, the messages in them. Plain data that survives JSON.
 * Every change gives a new store that shares what did not change. POP3's maildrop is the INBOX of the same store.
 */
export interface MessageStore {
  readonly users: Readonly<Record<string, UserStore>>
}

export interface UserStore {
  readonly mailboxes: Readonly<Record<string, Mailbox>>
  /** The next mailbox to be created gets this UIDVALIDITY, so no name ever comes back with an old one (RFC 9051 2.3.1.1). */
  readonly nextUidValidity: number
}

export interface Mailbox {
  readonly name: string
  /** UIDs of one validity never mean another message (RFC 9051 section 2.3.1.1). */
  readonly uidValidity: number
  readonly uidNext: number
  readonly subscribed: boolean
  /** The special-use attribute (RFC 6154): `\Sent`. */
  readonly specialUse?: string
  /** In the order of their UIDs. */
  readonly messages: readonly StoredMessage[]
}

export interface StoredMessage {
  readonly uid: number
  /** System flags in the RFC's spelling (`\Seen`), keywords as first written. Never `\Recent`. */
  readonly flags: readonly string[]
  /** Unix milliseconds. */
  readonly internalDate: number
  /** Exactly as delivered. */
  readonly octets: Octets
}

export type FlagOperation = 'replace' | 'add' | 'remove'

export const INBOX = 'INBOX'
export const HIERARCHY_DELIMITER = '/'
export const SYSTEM_FLAGS = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

const STANDING: readonly (readonly [name: string, specialUse?: string])[] = [
  [INBOX],
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Trash', '\\Trash'],
  ['Junk', '\\Junk'],
]

/** A store in which each user has INBOX, Drafts, Sent, Trash and Junk. */
export function emptyStore(users: readonly string[], { uidValidity }: { readonly uidValidity: number }): MessageStore {
  const mailboxes = Object.fromEntries(
    STANDING.map(([name, specialUse], at) => [name, newMailbox(name, uidValidity + at, specialUse)]),
  )
  const nextUidValidity = uidValidity + STANDING.length
  return { users: Object.fromEntries(users.map((user) => [user, { mailboxes, nextUidValidity }])) }
}

export function newMailbox(name: string, uidValidity: number, specialUse?: string): Mailbox {
  const mailbox = { name, uidValidity, uidNext: 1, subscribed: true, messages: [] }
  return specialUse === undefined ? mailbox : { ...mailbox, specialUse }
}

/** INBOX is one name in any case; every other name is as it is written (RFC 9051 section 5.1). */
export function mailboxName(name: string): string {
  return name.toUpperCase() === INBOX ? INBOX : name
}

export function hasUser(store: MessageStore, user: string): boolean {
  return Object.hasOwn(store.users, user)
}

/** The mailboxes of a user, INBOX first, then by name. */
export function mailboxesOf(store: MessageStore, user: string): readonly Mailbox[] {
  if (!hasUser(store, user)) return []
  const all = Object.values((store.users[user] as UserStore).mailboxes)
  const rank = (mailbox: Mailbox): string => (mailbox.name === INBOX ? '' : mailbox.name)
  return all.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

export function findMailbox(store: MessageStore, user: string, name: string): Mailbox | undefined {
  if (!hasUser(store, user)) return undefined
  const { mailboxes } = store.users[user] as UserStore
  const known = mailboxName(name)
  return Object.hasOwn(mailboxes, known) ? mailboxes[known] : undefined
}

/** Where the message of this UID stands in the mailbox, or where it would stand: `messages[at].uid >= uid`. */
export function positionOf(messages: readonly { readonly uid: number }[], uid: number): number {
  let low = 0
  let high = messages.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((messages[middle] as { uid: number }).uid < uid) low = middle + 1
    else high = middle
  }
  return low
}

export function findMessage(mailbox: Mailbox, uid: number): StoredMessage | undefined {
  const message = mailbox.messages[positionOf(mailbox.messages, uid)]
  return message?.uid === uid ? message : undefined
}

/** Puts a mailbox in place of the one of its name. The user must exist. */
export function withMailbox(store: MessageStore, user: string, mailbox: Mailbox): MessageStore {
  const of = store.users[user] as UserStore
  return withUser(store, user, { ...of, mailboxes: { ...of.mailboxes, [mailbox.name]: mailbox } })
}

export function withUser(store: MessageStore, user: string, of: UserStore): MessageStore {
  return { ...store, users: { ...store.users, [user]: of } }
}

/** Adds a message at the end of a mailbox and gives it the next UID. Throws where there is no such user or mailbox. */
export function deliver(
  store: MessageStore,
  user: string,
  mailbox: string,
  octets: Octets,
  internalDate: number,
  flags: readonly string[] = [],
): readonly [MessageStore, number] {
  const found = findMailbox(store, user, mailbox)
  assert(found, `there is a mailbox ${mailbox} of ${user}`)
  const uid = found.uidNext
  const message: StoredMessage = { uid, flags: mergeFlags([], 'replace', flags), internalDate, octets }
  const grown = { ...found, uidNext: uid + 1, messages: [...found.messages, message] }
  return [withMailbox(store, user, grown), uid]
}

/** Changes flags of the messages with these UIDs; gives back those messages whose flags are different now. */
export function storeFlags(
  store: MessageStore,
  user: string,
  mailbox: string,
  uids: readonly number[],
  operation: FlagOperation,
  flags: readonly string[],
): readonly [MessageStore, readonly StoredMessage[]] {
  const found = findMailbox(store, user, mailbox)
  if (!found) return [store, []]
  let messages: StoredMessage[] | undefined
  const changed: StoredMessage[] = []
  for (const uid of uids) {
    const at = positionOf(found.messages, uid)
    const message = (messages ?? found.messages)[at]
    if (message?.uid !== uid) continue
    const after = mergeFlags(message.flags, operation, flags)
    if (sameFlags(message.flags, after)) continue
    messages ??= [...found.messages]
    const next = { ...message, flags: after }
    messages[at] = next
    changed.push(next)
  }
  return messages ? [withMailbox(store, user, { ...found, messages }), changed] : [store, []]
}

/** Removes the messages with these UIDs; gives back the UIDs that were there, ascending. */
export function expunge(
  store: MessageStore,
  user: string,
  mailbox: string,
  uids: readonly number[],
): readonly [MessageStore, readonly number[]] {
  const found = findMailbox(store, user, mailbox)
  if (!found) return [store, []]
  const doomed = new Set(uids)
  const removed = found.messages.filter((message) => doomed.has(message.uid)).map((message) => message.uid)
  if (removed.length === 0) return [store, removed]
  const messages = found.messages.filter((message) => !doomed.has(message.uid))
  return [withMailbox(store, user, { ...found, messages }), removed]
}

/** True where the flag is set: flags are compared without regard to case (RFC 9051 section 2.3.2). */
export function hasFlag(message: { readonly flags: readonly string[] }, flag: string): boolean {
  const wanted = flag.toLowerCase()
  return message.flags.some((set) => set.toLowerCase() === wanted)
}

/** A flag in the RFC's spelling where it is a system flag, else as it is written. */
export function canonicalFlag(flag: string): string {
  const wanted = flag.toLowerCase()
  return SYSTEM_FLAGS.find((known) => known.toLowerCase() === wanted) ?? flag
}

function mergeFlags(present: readonly string[], operation: FlagOperation, flags: readonly string[]): readonly string[] {
  const given = flags.map(canonicalFlag).filter((flag) => flag.toLowerCase() !== '\\recent')
  if (operation === 'remove') return present.filter((flag) => !hasFlag({ flags: given }, flag))
  const merged: string[] = operation === 'add' ? [...present] : []
  for (const flag of given) if (!hasFlag({ flags: merged }, flag)) merged.push(flag)
  return merged
}

function sameFlags(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((flag) => b.includes(flag))
}
