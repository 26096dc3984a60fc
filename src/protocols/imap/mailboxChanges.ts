import {
  expunge,
  findMailbox,
  findMessage,
  HIERARCHY_DELIMITER,
  INBOX,
  type Mailbox,
  type MessageStore,
  mailboxName,
  newMailbox,
  type StoredMessage,
  type UserStore,
  withMailbox,
  withUser,
} from '../../mail/store'
import type { MailboxChange, StoreAnswer } from './storeQuestions'

/** The answers that change mailboxes as a whole, and what all answers share. */

export interface Answered {
  readonly store: MessageStore
  readonly answer: StoreAnswer
  readonly changes: readonly MailboxChange[]
}

export const refused = (store: MessageStore, text: string, code?: string): Answered => ({
  store,
  answer: code === undefined ? { type: 'refused', text } : { type: 'refused', text, code },
  changes: [],
})

export function copyMessages(
  store: MessageStore,
  user: string,
  mailbox: Mailbox,
  uids: readonly number[],
  to: string,
  move: boolean,
): Answered {
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
    answer: {
      type: 'messagesCopied',
      mailbox: target.name,
      uidValidity: target.uidValidity,
      from,
      to: toUids,
      moved: move,
    },
    changes: [
      ...changesOf(user, target.name, 'exists', toUids),
      ...(move ? changesOf(user, mailbox.name, 'expunged', from) : []),
    ],
  }
}

/** Creates a mailbox and the names above it that are missing (RFC 9051 section 6.3.4). */
export function createMailbox(store: MessageStore, user: string, wanted: string): Answered {
  const name = mailboxName(wanted.endsWith(HIERARCHY_DELIMITER) ? wanted.slice(0, -1) : wanted)
  const levels = name.split(HIERARCHY_DELIMITER)
  if (name === '' || levels.includes('') || /[%*\x00-\x1f\x7f]/.test(name))
    return refused(store, `${wanted} is no name for a mailbox`, 'CANNOT')
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

export function removeMailbox(store: MessageStore, user: string, mailbox: Mailbox): Answered {
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
export function renameMailbox(store: MessageStore, user: string, from: string, to: string): Answered {
  const mailbox = findMailbox(store, user, from)
  if (!mailbox) return refused(store, `There is no mailbox ${from}`, 'NONEXISTENT')
  const made = createMailbox(store, user, to)
  if (made.answer.type === 'refused') return made
  const target = findMailbox(made.store, user, to.endsWith(HIERARCHY_DELIMITER) ? to.slice(0, -1) : to) as Mailbox
  if (target.name.startsWith(mailbox.name + HIERARCHY_DELIMITER))
    return refused(store, 'A mailbox cannot move below itself', 'CANNOT')
  if (mailbox.name === INBOX) {
    return {
      ...copyMessages(
        made.store,
        user,
        mailbox,
        mailbox.messages.map(({ uid }) => uid),
        target.name,
        true,
      ),
      answer: made.answer,
    }
  }
  const of = made.store.users[user] as UserStore
  let { nextUidValidity } = of
  const mailboxes: Record<string, Mailbox> = {}
  for (const [name, each] of Object.entries(of.mailboxes)) {
    if (name === target.name) continue
    if (name !== mailbox.name && !name.startsWith(mailbox.name + HIERARCHY_DELIMITER))
      Object.assign(mailboxes, { [name]: each })
    else {
      const renamed = target.name + name.slice(mailbox.name.length)
      const { specialUse: _stays, ...rest } = each
      mailboxes[renamed] = { ...rest, name: renamed, uidValidity: nextUidValidity++ }
    }
  }
  return { store: withUser(made.store, user, { mailboxes, nextUidValidity }), answer: made.answer, changes: [] }
}

export const present = (mailbox: Mailbox, uids: readonly number[]): readonly StoredMessage[] =>
  uids.map((uid) => findMessage(mailbox, uid)).filter((message) => message !== undefined)

export const changesOf = (
  user: string,
  mailbox: string,
  kind: 'exists' | 'expunged',
  uids: readonly number[],
): readonly MailboxChange[] => uids.map((uid) => ({ user, mailbox, kind, uid }))

export const flagChanges = (
  user: string,
  mailbox: string,
  messages: readonly StoredMessage[],
): readonly MailboxChange[] => messages.map(({ uid, flags }) => ({ user, mailbox, kind: 'flags', uid, flags }))
