import type { Octets } from '../../base/octets'
import {
  deliver,
  expunge,
  findMailbox,
  HIERARCHY_DELIMITER,
  hasFlag,
  hasUser,
  type Mailbox,
  type MessageStore,
  mailboxesOf,
  SYSTEM_FLAGS,
  storeFlags,
  withMailbox,
} from '../../mail/store'
import {
  type Answered,
  changesOf,
  copyMessages,
  createMailbox,
  flagChanges,
  present,
  refused,
  removeMailbox,
  renameMailbox,
} from './mailboxChanges'
import type { ListedMailbox, StoreAnswer, StoreQuestion } from './storeQuestions'

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
      return createMailbox(store, user, q.mailbox)
    case 'renameMailbox':
      return renameMailbox(store, user, q.mailbox, q.to)
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
      return removeMailbox(store, user, mailbox)
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
      const [after, uids] = expunge(
        store,
        user,
        mailbox.name,
        marked.map((message) => message.uid),
      )
      return {
        store: after,
        answer: { type: 'messagesExpunged', uids },
        changes: changesOf(user, mailbox.name, 'expunged', uids),
      }
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
      return copyMessages(store, user, mailbox, q.uids, q.to, q.move)
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
