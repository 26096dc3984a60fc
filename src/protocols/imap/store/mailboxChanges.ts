import { wouldExceedQuota } from '../../../mail/counts'
import { countNamed, findNamed, grouped, withNamed, withoutNamed } from '../../../mail/namedGroups'
import {
  expunge,
  HIERARCHY_DELIMITER,
  INBOX,
  type MessageStore,
  mailboxName,
  messagesAt,
  newMailbox,
  type StoredMailbox,
  type StoredMessage,
  storedMailbox,
  type UserStore,
  uidsOf,
  withAdded,
  withMailbox,
  withUser,
} from '../../../mail/store'
import type { ResponseCode } from '../grammar/responses'
import type { MailboxChange, StoreAnswer } from './storeQuestions'

/** The answers that change whole mailboxes, and the common parts of all answers. */

export interface Answered {
  readonly store: MessageStore
  readonly answer: StoreAnswer
  readonly changes: readonly MailboxChange[]
}

export const refused = (store: MessageStore, text: string, code?: ResponseCode): Answered => ({
  store,
  answer: code === undefined ? { type: 'refused', text } : { type: 'refused', text, code },
  changes: [],
})

const mailboxesChanged = (store: MessageStore, changes: readonly MailboxChange[] = []): Answered => ({
  store,
  answer: { type: 'mailboxesChanged', own: changes },
  changes,
})

export const overQuota = (store: MessageStore): Answered =>
  refused(store, 'There is no room left: delete some letters first', 'OVERQUOTA')

export function copyMessages(
  store: MessageStore,
  user: string,
  mailbox: StoredMailbox,
  uids: readonly number[],
  to: string,
  move: boolean,
  all = false,
): Answered {
  const target = storedMailbox(store, user, to)
  if (!target) return noTarget(store, to)
  const messages = messagesAt(mailbox, uids)
  if (all && messages.length < uids.length)
    return refused(store, 'Another session removed some of these letters, so none is copied', 'EXPUNGEISSUED')
  const from = messages.map((message) => message.uid)
  const storage = messages.reduce((sum, { octets }) => sum + octets.length, 0)
  if (!move && wouldExceedQuota(store, user, { storage, messages: messages.length })) return overQuota(store)
  const toUids = messages.map((_, at) => target.uidNext + at)
  const grown = messages.length > 0 ? withAdded(target, messages) : target
  let after = withMailbox(store, user, grown)
  if (move) after = expunge(after, user, mailbox.name, from)[0]
  const left = storedMailbox(after, user, mailbox.name) ?? mailbox
  return {
    store: after,
    answer: {
      type: 'messagesCopied',
      mailbox: target.name,
      uidValidity: target.uidValidity,
      from,
      to: toUids,
      moved: move,
      modSeq: grown.highestModSeq,
      highestModSeq: left.highestModSeq,
    },
    changes: [...existsChanges(user, grown, toUids), ...(move ? expungedChanges(user, left, messages) : [])],
  }
}

const withoutDelimiter = (name: string): string => (name.endsWith(HIERARCHY_DELIMITER) ? name.slice(0, -1) : name)

/** Characters that no name contains: wildcards, controls, line ends (RFC 6855 section 3), and the replacement character. */
const FORBIDDEN = /[%*\p{Cc}\p{Surrogate}\u2028\u2029\ufffd]/u

/** Two names must not look alike, so characters are composed (Net-Unicode: RFC 9051 section 5.1, RFC 5198). */
const isComposed = (name: string): boolean => name === name.normalize('NFC')

const isName = (name: string): boolean =>
  !name.split(HIERARCHY_DELIMITER).some((level) => /^\.{0,2}$/.test(level)) && !FORBIDDEN.test(name) && isComposed(name)

/** An undecodable name is not repeated to the client: most likely its "&" is the mistake (RFC 3501 section 5.1.3). */
const inWords = (name: string): string =>
  name === '' ? '""' : name.includes('\ufffd') ? 'of that name, in which & is written &-' : name

export const noMailbox = (store: MessageStore, name: string): Answered =>
  refused(store, `There is no mailbox ${inWords(name)}`, 'NONEXISTENT')

function noName(store: MessageStore, name: string): Answered {
  if (name.includes('\ufffd')) return refused(store, '& is written &-, so this is no name for a mailbox', 'CANNOT')
  return isComposed(name)
    ? refused(store, `${inWords(name)} is no name for a mailbox`, 'CANNOT')
    : refused(store, 'A name is made of composed characters (NFC), as in é', 'CANNOT')
}

/** The target mailbox of a message does not exist; the client may create it if that is possible (RFC 9051 section 6.3.12). */
export const noTarget = (store: MessageStore, name: string): Answered =>
  isName(mailboxName(withoutDelimiter(name)))
    ? refused(store, `There is no mailbox ${name}`, 'TRYCREATE')
    : noName(store, name)

/** Creates a mailbox and its missing parents (RFC 9051 section 6.3.4). */
export function createMailbox(store: MessageStore, user: string, wanted: string, specialUse?: string): Answered {
  const name = mailboxName(withoutDelimiter(wanted))
  const levels = name.split(HIERARCHY_DELIMITER)
  if (!isName(name)) return noName(store, wanted)
  if (name.length > 500 || levels.length > 20)
    return refused(store, 'The name is too long: 500 characters and 20 levels are the limit', 'LIMIT')
  if (storedMailbox(store, user, name)) return refused(store, `There is a mailbox ${name} already`, 'ALREADYEXISTS')
  let of = store.users[user] as UserStore
  if (specialUse !== undefined && of.mailboxes.flat().some((each) => each.specialUse === specialUse))
    return refused(store, `There is a mailbox for ${specialUse} already`, 'USEATTR')
  if (countNamed(of.mailboxes) + levels.length > MAX_MAILBOXES)
    return refused(store, `There are ${MAX_MAILBOXES} mailboxes at most`, 'LIMIT')
  for (let depth = 1; depth <= levels.length; depth++) {
    const level = mailboxName(levels.slice(0, depth).join(HIERARCHY_DELIMITER))
    if (findNamed(of.mailboxes, level)) continue
    const made = newMailbox(level, of.nextUidValidity, depth === levels.length ? specialUse : undefined)
    of = { ...of, mailboxes: withNamed(of.mailboxes, made), nextUidValidity: of.nextUidValidity + 1 }
  }
  return mailboxesChanged(withUser(store, user, of))
}

/** The limit of mailboxes for one user. */
const MAX_MAILBOXES = 2000

export function removeMailbox(store: MessageStore, user: string, mailbox: StoredMailbox): Answered {
  if (mailbox.name === INBOX) return refused(store, 'INBOX cannot be deleted', 'CANNOT')
  const of = store.users[user] as UserStore
  if (of.mailboxes.flat().some(({ name }) => name.startsWith(mailbox.name + HIERARCHY_DELIMITER))) {
    return refused(store, `${mailbox.name} has mailboxes below it`, 'HASCHILDREN')
  }
  return mailboxesChanged(
    withUser(store, user, { ...of, mailboxes: withoutNamed(of.mailboxes, mailbox.name) }),
    expungedChanges(user, mailbox, mailbox.blocks.flat()),
  )
}

/** Renames a mailbox and its children; INBOX stays and only its messages move (RFC 9051 section 6.3.6). */
export function renameMailbox(store: MessageStore, user: string, from: string, to: string): Answered {
  const mailbox = storedMailbox(store, user, from)
  if (!mailbox) return noMailbox(store, from)
  const target = mailboxName(withoutDelimiter(to))
  if (mailbox.name !== INBOX && target.startsWith(mailbox.name + HIERARCHY_DELIMITER))
    return refused(store, 'A mailbox cannot move below itself', 'CANNOT')
  const made = createMailbox(store, user, to)
  if (made.answer.type === 'refused') return made
  if (mailbox.name === INBOX) {
    const uids = uidsOf(mailbox)
    const moved = copyMessages(made.store, user, mailbox, uids, target, true)
    return mailboxesChanged(moved.store, moved.changes)
  }
  const of = made.store.users[user] as UserStore
  // It keeps its UIDVALIDITY, which no other mailbox of this user ever had, so no UID names another message.
  const renamed = of.mailboxes.flat().flatMap((each): StoredMailbox | readonly [] => {
    if (each.name === target) return []
    const isMoved = each.name === mailbox.name || each.name.startsWith(mailbox.name + HIERARCHY_DELIMITER)
    return isMoved ? { ...each, name: target + each.name.slice(mailbox.name.length) } : each
  })
  return mailboxesChanged(withUser(made.store, user, { ...of, mailboxes: grouped(renamed) }))
}

/** Subscriptions are a list of names: a name may be in it without its mailbox (RFC 9051 section 6.3.7). */
export function subscribe(store: MessageStore, user: string, wanted: string, subscribed: boolean): Answered {
  const of = store.users[user] as UserStore
  const name = mailboxName(wanted)
  if (subscribed && !storedMailbox(store, user, name)) return noMailbox(store, wanted)
  if (of.subscriptions.includes(name) === subscribed) return mailboxesChanged(store)
  if (subscribed && of.subscriptions.length >= MAX_MAILBOXES)
    return refused(store, `There are ${MAX_MAILBOXES} subscriptions at most`, 'LIMIT')
  const subscriptions = subscribed ? [...of.subscriptions, name] : of.subscriptions.filter((each) => each !== name)
  return mailboxesChanged(withUser(store, user, { ...of, subscriptions }))
}

/** The change for messages that were added; the mailbox is given in its new state. */
export const existsChanges = (
  user: string,
  { name, uidValidity, highestModSeq: modSeq }: StoredMailbox,
  uids: readonly number[],
): readonly MailboxChange[] => uids.map((uid) => ({ user, mailbox: name, uidValidity, kind: 'exists', uid, modSeq }))

/** The change for these removed messages; the mailbox is given in its new state. */
export const expungedChanges = (
  user: string,
  { name, uidValidity, highestModSeq: modSeq }: StoredMailbox,
  messages: readonly StoredMessage[],
): readonly MailboxChange[] =>
  messages.map((message) => ({
    user,
    mailbox: name,
    uidValidity,
    kind: 'expunged',
    uid: message.uid,
    modSeq,
    message,
  }))

export const flagChanges = (
  user: string,
  { name, uidValidity }: StoredMailbox,
  messages: readonly StoredMessage[],
): readonly MailboxChange[] =>
  messages.map(({ uid, flags, modSeq }) => ({ user, mailbox: name, uidValidity, kind: 'flags', uid, flags, modSeq }))
