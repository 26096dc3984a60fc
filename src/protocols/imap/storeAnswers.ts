import type { Octets } from '../../base/octets'
import {
  deliver,
  expunge,
  type FlagOperation,
  findMailbox,
  findMessage,
  HIERARCHY_DELIMITER,
  hasFlag,
  hasUser,
  INBOX,
  type Mailbox,
  type MessageStore,
  mailboxesOf,
  mailboxName,
  newMailbox,
  type StoredMessage,
  storeFlags,
  SYSTEM_FLAGS,
  type UserStore,
  withMailbox,
  withUser,
} from '../../mail/store'

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
  | { readonly type: 'messagesFetched'; readonly messages: readonly StoredMessage[]; readonly madeSeen: readonly number[] }
  | { readonly type: 'flagsStored'; readonly messages: readonly { readonly uid: number; readonly flags: readonly string[] }[] }
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

export interface Answered {
  readonly store: MessageStore
  readonly answer: StoreAnswer
  readonly changes: readonly MailboxChange[]
}

const refused = (store: MessageStore, text: string, code?: string): Answered => ({
  store,
  answer: code === undefined ? { type: 'refused', text } : { type: 'refused', text, code },
  changes: [],
})

/**
 * Answers what an IMAP session asks: the store after it, the answer, and what other sessions should hear of it.
 * `now` is Unix milliseconds. Total: a question it does not know, or one without a user, is refused.
 */
export function answerImap(
  store: MessageStore,
  who: { readonly user?: string },
  question: { readonly type: string },
  now: number,
): Answered {
  const { user } = who
  if (user === undefined || !hasUser(store, user)) return refused(store, 'Nobody is logged in', 'SERVERBUG')
  const q = question as StoreQuestion
  switch (q.type) {
    case 'listMailboxes':
      return { store, answer: { type: 'mailboxesListed', mailboxes: listed(mailboxesOf(store, user)) }, changes: [] }
    case 'createMailbox':
      return create(store, user, q.mailbox)
    case 'renameMailbox':
      return rename(store, user, q.mailbox, q.to)
    default:
  }
  const mailbox = 'mailbox' in q ? findMailbox(store, user, q.mailbox) : undefined
  if (!mailbox) {
    const missing = 'mailbox' in q ? `There is no mailbox ${q.mailbox}` : `The store knows no question ${question.type}`
    return refused(store, missing, q.type === 'appendMessage' ? 'TRYCREATE' : 'NONEXISTENT')
  }
  switch (q.type) {
    case 'selectMailbox':
      return { store, answer: selection(mailbox, q.readOnly), changes: [] }
    case 'mailboxStatus':
      return { store, answer: status(mailbox), changes: [] }
    case 'deleteMailbox':
      return remove(store, user, mailbox)
    case 'subscribeMailbox':
      return {
        store: withMailbox(store, user, { ...mailbox, subscribed: q.subscribed }),
        answer: { type: 'mailboxesChanged' },
        changes: [],
      }
    case 'fetchMessages':
      return fetch(store, user, mailbox, q.uids, q.octets, q.markSeen)
    case 'storeFlags': {
      const [after, changed] = storeFlags(store, user, mailbox.name, q.uids, q.operation, q.flags)
      const messages = present(findMailbox(after, user, mailbox.name) as Mailbox, q.uids)
      return {
        store: after,
        answer: { type: 'flagsStored', messages: messages.map(({ uid, flags }) => ({ uid, flags })) },
        changes: flagChanges(user, mailbox.name, changed),
      }
    }
    case 'expungeMessages': {
      const marked = (q.uids ? present(mailbox, q.uids) : mailbox.messages).filter((m) => hasFlag(m, '\\Deleted'))
      const [after, uids] = expunge(store, user, mailbox.name, marked.map((message) => message.uid))
      return { store: after, answer: { type: 'messagesExpunged', uids }, changes: changesOf(user, mailbox.name, 'expunged', uids) }
    }
    case 'appendMessage': {
      const [after, uid] = deliver(store, user, mailbox.name, q.octets, q.internalDate ?? now, q.flags)
      return {
        store: after,
        answer: { type: 'messageAppended', mailbox: mailbox.name, uidValidity: mailbox.uidValidity, uid },
        changes: changesOf(user, mailbox.name, 'exists', [uid]),
      }
    }
    case 'copyMessages':
      return copy(store, user, mailbox, q.uids, q.to, q.move)
    default:
      return refused(store, `The store knows no question ${question.type}`, 'SERVERBUG')
  }
}

function selection(mailbox: Mailbox, readOnly: boolean): StoreAnswer {
  const keywords = new Set(mailbox.messages.flatMap((message) => message.flags))
  for (const known of SYSTEM_FLAGS) keywords.delete(known)
  return {
    type: 'mailboxSelected',
    mailbox: mailbox.name,
    readOnly,
    uidValidity: mailbox.uidValidity,
    uidNext: mailbox.uidNext,
    uids: mailbox.messages.map((message) => message.uid),
    flags: [...SYSTEM_FLAGS, ...keywords],
    firstUnseen: mailbox.messages.findIndex((message) => !hasFlag(message, '\\Seen')) + 1,
  }
}

function status(mailbox: Mailbox): StoreAnswer {
  const count = (flag: string): number => mailbox.messages.filter((message) => hasFlag(message, flag)).length
  return {
    type: 'statusFound',
    mailbox: mailbox.name,
    messages: mailbox.messages.length,
    unseen: mailbox.messages.length - count('\\Seen'),
    deleted: count('\\Deleted'),
    size: mailbox.messages.reduce((sum, message) => sum + message.octets.length, 0),
    uidNext: mailbox.uidNext,
    uidValidity: mailbox.uidValidity,
  }
}

function listed(mailboxes: readonly Mailbox[]): readonly ListedMailbox[] {
  return mailboxes.map(({ name, subscribed, specialUse }) => ({
    name,
    subscribed,
    hasChildren: mailboxes.some((other) => other.name.startsWith(name + HIERARCHY_DELIMITER)),
    ...(specialUse === undefined ? {} : { specialUse }),
  }))
}

function fetch(
  store: MessageStore,
  user: string,
  mailbox: Mailbox,
  uids: readonly number[],
  octets: boolean,
  markSeen: boolean,
): Answered {
  const [after, changed] = markSeen
    ? storeFlags(store, user, mailbox.name, uids, 'add', ['\\Seen'])
    : ([store, []] as const)
  const found = present(findMailbox(after, user, mailbox.name) as Mailbox, uids)
  const messages = octets ? found : found.map((message) => ({ ...message, octets: '' as Octets }))
  return {
    store: after,
    answer: { type: 'messagesFetched', messages, madeSeen: changed.map((message) => message.uid) },
    changes: flagChanges(user, mailbox.name, changed),
  }
}

function copy(store: MessageStore, user: string, mailbox: Mailbox, uids: readonly number[], to: string, move: boolean): Answered {
  const target = findMailbox(store, user, to)
  if (!target) return refused(store, `There is no mailbox ${to}`, 'TRYCREATE')
  const messages = present(mailbox, uids)
  const copies = messages.map((message, at) => ({ ...message, uid: target.uidNext + at }))
  const grown = { ...target, uidNext: target.uidNext + copies.length, messages: [...target.messages, ...copies] }
  const from = messages.map((message) => message.uid)
  const toUids = copies.map((message) => message.uid)
  let after = copies.length > 0 ? withMailbox(store, user, grown) : store
  if (move) after = expunge(after, user, mailbox.name, from)[0]
  return {
    store: after,
    answer: { type: 'messagesCopied', mailbox: target.name, uidValidity: target.uidValidity, from, to: toUids, moved: move },
    changes: [
      ...changesOf(user, target.name, 'exists', toUids),
      ...(move ? changesOf(user, mailbox.name, 'expunged', from) : []),
    ],
  }
}

/** Creates a mailbox and the names above it that are missing (RFC 9051 section 6.3.4). */
function create(store: MessageStore, user: string, wanted: string): Answered {
  const name = mailboxName(wanted.endsWith(HIERARCHY_DELIMITER) ? wanted.slice(0, -1) : wanted)
  const levels = name.split(HIERARCHY_DELIMITER)
  if (name === '' || levels.includes('') || /[%*\x00-\x1f\x7f]/.test(name)) return refused(store, `${wanted} is no name for a mailbox`, 'CANNOT')
  if (name.length > 500 || levels.length > 20) return refused(store, 'The name is too long', 'LIMIT')
  if (findMailbox(store, user, name)) return refused(store, `There is a mailbox ${name} already`, 'ALREADYEXISTS')
  let of = store.users[user] as UserStore
  for (let depth = 1; depth <= levels.length; depth++) {
    const level = mailboxName(levels.slice(0, depth).join(HIERARCHY_DELIMITER))
    if (Object.hasOwn(of.mailboxes, level)) continue
    const made = { ...newMailbox(level, of.nextUidValidity), subscribed: false }
    of = { mailboxes: { ...of.mailboxes, [level]: made }, nextUidValidity: of.nextUidValidity + 1 }
  }
  return { store: withUser(store, user, of), answer: { type: 'mailboxesChanged' }, changes: [] }
}

function remove(store: MessageStore, user: string, mailbox: Mailbox): Answered {
  if (mailbox.name === INBOX) return refused(store, 'INBOX cannot be deleted', 'CANNOT')
  const of = store.users[user] as UserStore
  if (Object.keys(of.mailboxes).some((name) => name.startsWith(mailbox.name + HIERARCHY_DELIMITER))) {
    return refused(store, `${mailbox.name} has mailboxes below it`, 'HASCHILDREN')
  }
  const { [mailbox.name]: _gone, ...mailboxes } = of.mailboxes
  const uids = mailbox.messages.map((message) => message.uid)
  return {
    store: withUser(store, user, { ...of, mailboxes }),
    answer: { type: 'mailboxesChanged' },
    changes: changesOf(user, mailbox.name, 'expunged', uids),
  }
}

/** Renames a mailbox and those below it; INBOX stays and only gives its messages away (RFC 9051 section 6.3.6). */
function rename(store: MessageStore, user: string, from: string, to: string): Answered {
  const mailbox = findMailbox(store, user, from)
  if (!mailbox) return refused(store, `There is no mailbox ${from}`, 'NONEXISTENT')
  const made = create(store, user, to)
  if (made.answer.type === 'refused') return made
  const target = findMailbox(made.store, user, to.endsWith(HIERARCHY_DELIMITER) ? to.slice(0, -1) : to) as Mailbox
  if (target.name.startsWith(mailbox.name + HIERARCHY_DELIMITER)) return refused(store, 'A mailbox cannot move below itself', 'CANNOT')
  if (mailbox.name === INBOX) {
    return { ...copy(made.store, user, mailbox, mailbox.messages.map(({ uid }) => uid), target.name, true), answer: made.answer }
  }
  const of = made.store.users[user] as UserStore
  let { nextUidValidity } = of
  const mailboxes: Record<string, Mailbox> = {}
  for (const [name, each] of Object.entries(of.mailboxes)) {
    if (name === target.name) continue
    if (name !== mailbox.name && !name.startsWith(mailbox.name + HIERARCHY_DELIMITER)) Object.assign(mailboxes, { [name]: each })
    else {
      const renamed = target.name + name.slice(mailbox.name.length)
      const { specialUse: _stays, ...rest } = each
      mailboxes[renamed] = { ...rest, name: renamed, uidValidity: nextUidValidity++ }
    }
  }
  return { store: withUser(made.store, user, { mailboxes, nextUidValidity }), answer: made.answer, changes: [] }
}

const present = (mailbox: Mailbox, uids: readonly number[]): readonly StoredMessage[] =>
  uids.map((uid) => findMessage(mailbox, uid)).filter((message) => message !== undefined)

const changesOf = (user: string, mailbox: string, kind: 'exists' | 'expunged', uids: readonly number[]): readonly MailboxChange[] =>
  uids.map((uid) => ({ user, mailbox, kind, uid }))

const flagChanges = (user: string, mailbox: string, messages: readonly StoredMessage[]): readonly MailboxChange[] =>
  messages.map(({ uid, flags }) => ({ user, mailbox, kind: 'flags', uid, flags }))
