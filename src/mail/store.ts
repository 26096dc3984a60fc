import { assert } from '../base/assert'
import type { Octets } from '../base/octets'
import { sameContent } from './content'
import { type FlagOperation, mergeFlags, sameFlags } from './flags'
import { append, type Blocks, findIn, pick, positionOf, remove, replace } from './messageBlocks'
import { findNamed, grouped, type NamedGroups, withNamed } from './namedGroups'
import { type Span, spansOf } from './uidSets'

export { canonicalFlag, type FlagOperation, hasFlag, SYSTEM_FLAGS } from './flags'
export { positionOf } from './messageBlocks'

/**
 * The message store of one server: users, their mailboxes, the messages in them. Plain data that survives JSON. Every change
 * gives a new store that shares all unchanged parts. POP3's maildrop is the INBOX of the same store.
 */
export interface MessageStore {
  readonly users: Readonly<Record<string, UserStore>>
}

export interface UserStore {
  readonly mailboxes: NamedGroups<StoredMailbox>
  /** The UIDVALIDITY of the next new mailbox, so that no name ever returns with an old one (RFC 9051 2.3.1.1). */
  readonly nextUidValidity: number
  /** Subscribed names. One may outlive its mailbox (RFC 9051 section 6.3.7). */
  readonly subscriptions: readonly string[]
  readonly quota?: Quota
}

/** One user's limits for all mailboxes together (RFC 9208 section 5). */
export interface Quota {
  /** Octets. */
  readonly storage?: number
  readonly messages?: number
}

interface MailboxHead {
  readonly name: string
  /** Within one validity, a UID never names another message (RFC 9051 section 2.3.1.1). */
  readonly uidValidity: number
  readonly uidNext: number
  /** Messages from this UID on are recent: no session with write access has been told of them (RFC 3501 2.3.2). */
  readonly recentFrom: number
  /** Grows with every change of the mailbox; each message carries the value of its last change (RFC 7162 section 3.1). */
  readonly highestModSeq: number
  /** The special-use attribute (RFC 6154): `\Sent`. */
  readonly specialUse?: string
  /** The expunged UIDs by mod-sequence, ascending, for QRESYNC (RFC 7162 section 3.2.5). */
  readonly vanished: readonly Vanished[]
  /** `vanished` is complete for changes after this mod-sequence. */
  readonly vanishedAfter: number
}

/** A mailbox in the form in which the store keeps it. */
export interface StoredMailbox extends MailboxHead {
  readonly blocks: Blocks<StoredMessage>
}

/** A mailbox in the form for readers: its messages in one array, in the order of their UIDs. */
export interface Mailbox extends MailboxHead {
  readonly messages: readonly StoredMessage[]
}

export interface Vanished {
  readonly modSeq: number
  readonly uids: readonly Span[]
}

export interface StoredMessage {
  readonly uid: number
  /** System flags in the RFC's spelling (`\Seen`), keywords as first written. Never `\Recent`, which belongs to each session. */
  readonly flags: readonly string[]
  /** The mailbox's mod-sequence at the last change of this message. */
  readonly modSeq: number
  /** Unix milliseconds. */
  readonly internalDate: number
  /** The octets as delivered. */
  readonly octets: Octets
}

export const INBOX = 'INBOX'
export const HIERARCHY_DELIMITER = '/'
/** The number of remembered expunges. For older ones, all missing UIDs are reported. */
const REMEMBERED = 1000

const STANDING: readonly (readonly [name: string, specialUse?: string])[] = [
  [INBOX],
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Trash', '\\Trash'],
  ['Junk', '\\Junk'],
]

/** A store in which each user has INBOX, Drafts, Sent, Trash and Junk, all subscribed. */
export function emptyStore(
  users: readonly string[],
  { uidValidity, quota }: { readonly uidValidity: number; readonly quota?: Quota },
): MessageStore {
  const user: UserStore = {
    mailboxes: grouped(STANDING.map(([name, specialUse], at) => newMailbox(name, uidValidity + at, specialUse))),
    nextUidValidity: uidValidity + STANDING.length,
    subscriptions: STANDING.map(([name]) => name),
    ...(quota ? { quota } : {}),
  }
  return { users: Object.fromEntries(users.map((name) => [name, user])) }
}

export function newMailbox(name: string, uidValidity: number, specialUse?: string): StoredMailbox {
  const mailbox = {
    name,
    uidValidity,
    uidNext: 1,
    recentFrom: 1,
    highestModSeq: 1,
    vanished: [],
    vanishedAfter: 0,
    blocks: [],
  }
  return specialUse === undefined ? mailbox : { ...mailbox, specialUse }
}

/** INBOX is one name in any case, also as a parent; every other name stays as written (RFC 9051 section 5.1). */
export function mailboxName(name: string): string {
  return name.replace(/^inbox(?=$|\/)/i, INBOX)
}

export function hasUser(store: MessageStore, user: string): boolean {
  return Object.hasOwn(store.users, user)
}

export const userOf = (store: MessageStore, user: string): UserStore | undefined =>
  hasUser(store, user) ? store.users[user] : undefined

/** A user's mailboxes in stored form, INBOX first, then by name. */
export function storedMailboxesOf(store: MessageStore, user: string): readonly StoredMailbox[] {
  const rank = (mailbox: StoredMailbox): string => (mailbox.name === INBOX ? '' : mailbox.name)
  return (userOf(store, user)?.mailboxes ?? []).flat().sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

/** The mailboxes of a user, INBOX first, then by name. */
export const mailboxesOf = (store: MessageStore, user: string): readonly Mailbox[] =>
  storedMailboxesOf(store, user).map(laidOut)

export function storedMailbox(store: MessageStore, user: string, name: string): StoredMailbox | undefined {
  return findNamed(userOf(store, user)?.mailboxes ?? [], mailboxName(name))
}

export function findMailbox(store: MessageStore, user: string, name: string): Mailbox | undefined {
  const found = storedMailbox(store, user, name)
  return found && laidOut(found)
}

const layouts = new WeakMap<StoredMailbox, Mailbox>()

/** Makes the layout of a mailbox once and caches it. */
function laidOut(mailbox: StoredMailbox): Mailbox {
  let layout = layouts.get(mailbox)
  if (!layout) {
    const { blocks, ...head } = mailbox
    layout = { ...head, messages: blocks.flat() }
    layouts.set(mailbox, layout)
  }
  return layout
}

export function findMessage(mailbox: Mailbox | StoredMailbox, uid: number): StoredMessage | undefined {
  if ('blocks' in mailbox) return findIn(mailbox.blocks, uid)
  const message = mailbox.messages[positionOf(mailbox.messages, uid)]
  return message?.uid === uid ? message : undefined
}

const uidLists = new WeakMap<StoredMailbox, readonly number[]>()

/** The UIDs of a mailbox, ascending. Cached for each state of the mailbox. */
export function uidsOf(mailbox: StoredMailbox): readonly number[] {
  let uids = uidLists.get(mailbox)
  if (!uids) {
    uids = mailbox.blocks.flatMap((block) => block.map(({ uid }) => uid))
    uidLists.set(mailbox, uids)
  }
  return uids
}

/** The UIDs of the recent messages, ascending. */
export function recentUids(mailbox: StoredMailbox): readonly number[] {
  if (mailbox.recentFrom === mailbox.uidNext) return []
  const uids = uidsOf(mailbox)
  let from = uids.length
  while (from > 0 && (uids[from - 1] as number) >= mailbox.recentFrom) from--
  return uids.slice(from)
}

/** The existing messages with these UIDs. */
export const messagesAt = (mailbox: StoredMailbox, uids: readonly number[]): readonly StoredMessage[] =>
  pick(mailbox.blocks, uids)

/** Replaces the mailbox of this name. The user must exist. */
export function withMailbox(store: MessageStore, user: string, mailbox: StoredMailbox): MessageStore {
  const of = store.users[user] as UserStore
  return withUser(store, user, { ...of, mailboxes: withNamed(of.mailboxes, mailbox) })
}

export function withUser(store: MessageStore, user: string, of: UserStore): MessageStore {
  return { ...store, users: { ...store.users, [user]: of } }
}

/** Sets a user's quota. Existing messages stay. */
export function withQuota(store: MessageStore, user: string, quota: Quota): MessageStore {
  return withUser(store, user, { ...(store.users[user] as UserStore), quota })
}

/** Adds a message at the end of a mailbox and gives it the next UID. Throws if the user or the mailbox does not exist. */
export function deliver(
  store: MessageStore,
  user: string,
  mailbox: string,
  octets: Octets,
  internalDate: number,
  flags: readonly string[] = [],
): readonly [MessageStore, number] {
  const found = storedMailbox(store, user, mailbox)
  assert(found, `there is a mailbox ${mailbox} of ${user}`)
  const message = { flags: mergeFlags([], 'replace', flags), internalDate, octets }
  return [withMailbox(store, user, withAdded(found, [message])), found.uidNext]
}

/** Adds messages at the end of a mailbox; they get the next UIDs in order, and one mod-sequence. */
export function withAdded(
  mailbox: StoredMailbox,
  messages: readonly Pick<StoredMessage, 'flags' | 'internalDate' | 'octets'>[],
): StoredMailbox {
  const modSeq = mailbox.highestModSeq + 1
  const added = messages.map((message, at) => {
    const { flags, internalDate, octets } = message
    return sameContent(message, { uid: mailbox.uidNext + at, flags, modSeq, internalDate, octets })
  })
  return {
    ...mailbox,
    uidNext: mailbox.uidNext + added.length,
    highestModSeq: modSeq,
    blocks: append(mailbox.blocks, added),
  }
}

/** Changes flags of the messages with these UIDs; returns the messages whose flags changed. */
export function storeFlags(
  store: MessageStore,
  user: string,
  mailbox: string,
  uids: readonly number[],
  operation: FlagOperation,
  flags: readonly string[],
): readonly [MessageStore, readonly StoredMessage[]] {
  const found = storedMailbox(store, user, mailbox)
  if (!found) return [store, []]
  const modSeq = found.highestModSeq + 1
  const changed: StoredMessage[] = []
  for (const message of messagesAt(found, uids)) {
    const after = mergeFlags(message.flags, operation, flags)
    if (!sameFlags(message.flags, after)) changed.push(sameContent(message, { ...message, flags: after, modSeq }))
  }
  if (changed.length === 0) return [store, changed]
  const next = { ...found, highestModSeq: modSeq, blocks: replace(found.blocks, changed) }
  return [withMailbox(store, user, next), changed]
}

/** Removes the messages with these UIDs; returns the UIDs that existed, ascending. */
export function expunge(
  store: MessageStore,
  user: string,
  mailbox: string,
  uids: readonly number[],
): readonly [MessageStore, readonly number[]] {
  const found = storedMailbox(store, user, mailbox)
  if (!found) return [store, []]
  const doomed = new Set(messagesAt(found, uids).map(({ uid }) => uid))
  if (doomed.size === 0) return [store, []]
  const removed = [...doomed].sort((a, b) => a - b)
  const modSeq = found.highestModSeq + 1
  const vanished = [...found.vanished, { modSeq, uids: spansOf(removed) }]
  const forgotten = vanished.length > REMEMBERED ? vanished[0] : undefined
  const next = {
    ...found,
    highestModSeq: modSeq,
    vanished: forgotten ? vanished.slice(1) : vanished,
    vanishedAfter: forgotten?.modSeq ?? found.vanishedAfter,
    blocks: remove(found.blocks, doomed),
  }
  return [withMailbox(store, user, next), removed]
}
