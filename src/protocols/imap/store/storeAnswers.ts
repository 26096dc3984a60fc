import { countsOf, usageOf, wouldExceedQuota } from '../../../mail/counts'
import { type FlagOperation, mergeFlags } from '../../../mail/flags'
import {
  deliver,
  expunge,
  HIERARCHY_DELIMITER,
  hasFlag,
  hasUser,
  type MessageStore,
  messagesAt,
  newMailbox,
  recentUids,
  type StoredMailbox,
  type StoredMessage,
  storedMailbox,
  storedMailboxesOf,
  storeFlags,
  uidsOf,
  userOf,
  withMailbox,
} from '../../../mail/store'
import {
  type Answered,
  copyMessages,
  createMailbox,
  existsChanges,
  expungedChanges,
  flagChanges,
  noMailbox,
  noTarget,
  overQuota,
  refused,
  removeMailbox,
  renameMailbox,
  subscribe,
} from './mailboxChanges'
import { changedSince, vanishedSince } from './resync'
import type { ListedMailbox, MailboxStatus, StoreAnswer, StoreQuestion } from './storeQuestions'

type Asked<Type extends StoreQuestion['type']> = Extract<StoreQuestion, { readonly type: Type }>

/**
 * Answers an IMAP session's question: returns the store afterwards, the answer, and the news for other sessions. `now` is Unix
 * milliseconds. Total: an unknown question, or one without a user, is refused.
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
      return {
        store,
        answer: { type: 'mailboxesListed', mailboxes: listed(store, user, q.counts) },
        changes: [],
      }
    case 'createMailbox':
      return createMailbox(store, user, q.mailbox, q.specialUse)
    case 'renameMailbox':
      return renameMailbox(store, user, q.mailbox, q.to)
    case 'subscribeMailbox':
      return subscribe(store, user, q.mailbox, q.subscribed)
    case 'quotaUsage':
      return quota(store, user, q)
    default:
  }
  const mailbox = 'mailbox' in q ? named(store, user, q) : undefined
  if (!mailbox) {
    if ('uidValidity' in q) return ofDeleted(store, user, q)
    if (!('mailbox' in q)) return refused(store, `The store knows no question ${question.type}`, 'SERVERBUG')
    return q.type === 'appendMessage' ? noTarget(store, q.mailbox) : noMailbox(store, q.mailbox)
  }
  return answerOf(store, user, mailbox, q, now)
}

function answerOf(store: MessageStore, user: string, mailbox: StoredMailbox, q: StoreQuestion, now: number): Answered {
  switch (q.type) {
    case 'selectMailbox':
      return select(store, user, mailbox, q)
    case 'mailboxStatus':
      return { store, answer: { type: 'statusFound', mailbox: mailbox.name, status: status(mailbox) }, changes: [] }
    case 'deleteMailbox':
      return removeMailbox(store, user, mailbox)
    case 'fetchMessages':
      return fetch(store, user, mailbox, q)
    case 'storeFlags':
      return storeChange(store, user, mailbox, q)
    case 'expungeMessages': {
      const marked = (q.uids ? messagesAt(mailbox, q.uids) : mailbox.blocks.flat()).filter((m) =>
        hasFlag(m, '\\Deleted'),
      )
      const doomed = marked.map(({ uid }) => uid)
      const [after, uids] = expunge(store, user, mailbox.name, doomed)
      const left = storedMailbox(after, user, mailbox.name) as StoredMailbox
      return {
        store: after,
        answer: { type: 'messagesExpunged', uids, highestModSeq: left.highestModSeq },
        changes: expungedChanges(user, left, marked),
      }
    }
    case 'appendMessage': {
      if (q.flags.length > MAX_FLAGS) return tooManyFlags(store)
      if (q.octets === '') return refused(store, 'A letter has one octet at least', 'CANNOT')
      if (wouldExceedQuota(store, user, { storage: q.octets.length, messages: 1 })) return overQuota(store)
      const [after, uid] = deliver(store, user, mailbox.name, q.octets, q.internalDate ?? now, q.flags)
      const grown = storedMailbox(after, user, mailbox.name) as StoredMailbox
      const { name, uidValidity, highestModSeq: modSeq } = grown
      return {
        store: after,
        answer: { type: 'messageAppended', mailbox: name, uidValidity, uid, modSeq },
        changes: existsChanges(user, grown, [uid]),
      }
    }
    case 'copyMessages':
      return copyMessages(store, user, mailbox, q.uids, q.to, q.move, q.all)
    default:
      return refused(store, `The store knows no question ${q.type}`, 'SERVERBUG')
  }
}

/**
 * A mailbox that another session has deleted while this one has it open. The session is answered as from an empty mailbox whose
 * messages it has not been told are gone (RFC 2180 sections 3.2 and 4.1.1); it hears of them as of every removal.
 */
function ofDeleted(
  store: MessageStore,
  user: string,
  q: Extract<StoreQuestion, { readonly uidValidity: number }>,
): Answered {
  const answered = (answer: StoreAnswer): Answered => ({ store, answer, changes: [] })
  switch (q.type) {
    case 'fetchMessages': {
      const { changedSince: modSeq = 0 } = q
      const kept = withKept([], q.kept)
      const wanted = kept.filter((message) => message.modSeq > modSeq)
      const seen = q.markSeen ? wanted.filter((message) => !hasFlag(message, '\\Seen')) : []
      return answered({
        type: 'messagesFetched',
        messages: q.markSeen ? asIfStored(wanted, 'add', ['\\Seen']) : wanted,
        present: kept.length,
        madeSeen: seen.map(({ uid }) => uid),
        vanished: [],
      })
    }
    case 'storeFlags': {
      const { unchangedSince = Number.MAX_SAFE_INTEGER } = q
      const kept = withKept([], q.kept)
      const free = kept.filter(({ modSeq }) => modSeq <= unchangedSince)
      const messages = asIfStored(free, q.operation, q.flags)
      if (messages.some(({ flags }) => flags.length > MAX_FLAGS)) return tooManyFlags(store)
      const modified = kept.filter(({ modSeq }) => modSeq > unchangedSince).map(({ uid }) => uid)
      return answered({
        type: 'flagsStored',
        messages: messages.map(({ uid, flags, modSeq }) => ({ uid, flags, modSeq })),
        modified,
      })
    }
    case 'expungeMessages':
      return answered({ type: 'messagesExpunged', uids: [], highestModSeq: 0 })
    case 'copyMessages':
      return copyMessages(store, user, newMailbox(q.mailbox, q.uidValidity), q.uids, q.to, false, q.all)
  }
}

/** The mailbox of that name; an open one is found by its UIDVALIDITY, whatever its present name. */
function named(
  store: MessageStore,
  user: string,
  q: { readonly mailbox?: string; readonly uidValidity?: number },
): StoredMailbox | undefined {
  const found = storedMailbox(store, user, q.mailbox ?? '')
  if (q.uidValidity === undefined || found?.uidValidity === q.uidValidity) return found
  return userOf(store, user)
    ?.mailboxes.flat()
    .find((each) => each.uidValidity === q.uidValidity)
}

function select(
  store: MessageStore,
  user: string,
  mailbox: StoredMailbox,
  { readOnly, since }: Asked<'selectMailbox'>,
): Answered {
  const { name, uidValidity, uidNext, highestModSeq } = mailbox
  const { keywords, firstUnseen } = countsOf(mailbox)
  const known = since?.uidValidity === uidValidity ? since : undefined
  const recent = recentUids(mailbox)
  return {
    // Opening read-only leaves messages recent (RFC 3501 section 6.3.2).
    store: readOnly || recent.length === 0 ? store : withMailbox(store, user, { ...mailbox, recentFrom: uidNext }),
    answer: {
      type: 'mailboxSelected',
      listed: listedAs(store, user, mailbox),
      mailbox: name,
      readOnly,
      uidValidity,
      uidNext,
      highestModSeq,
      uids: uidsOf(mailbox),
      recent,
      keywords,
      firstUnseen,
      ...(known ? { since: { vanished: vanishedSince(mailbox, known), changed: changedSince(mailbox, known) } } : {}),
    },
    changes: [],
  }
}

const status = (mailbox: StoredMailbox): MailboxStatus => ({
  ...countsOf(mailbox),
  recent: recentUids(mailbox).length,
  uidNext: mailbox.uidNext,
  uidValidity: mailbox.uidValidity,
  highestModSeq: mailbox.highestModSeq,
})

const inList = (
  { name, specialUse }: StoredMailbox,
  subscriptions: readonly string[],
  hasChildren: boolean,
): ListedMailbox => ({
  name,
  subscribed: subscriptions.includes(name),
  hasChildren,
  ...(specialUse === undefined ? {} : { specialUse }),
})

/** One mailbox in the form of the list. */
function listedAs(store: MessageStore, user: string, mailbox: StoredMailbox): ListedMailbox {
  const { mailboxes = [], subscriptions = [] } = userOf(store, user) ?? {}
  const above = mailbox.name + HIERARCHY_DELIMITER
  return inList(
    mailbox,
    subscriptions,
    mailboxes.flat().some(({ name }) => name.startsWith(above)),
  )
}

function listed(store: MessageStore, user: string, counts: boolean): readonly ListedMailbox[] {
  const subscriptions = userOf(store, user)?.subscriptions ?? []
  const mailboxes = storedMailboxesOf(store, user)
  const parents = new Set<string>()
  for (const { name } of mailboxes) {
    for (let at = name.indexOf(HIERARCHY_DELIMITER); at !== -1; at = name.indexOf(HIERARCHY_DELIMITER, at + 1))
      parents.add(name.slice(0, at))
  }
  const there = mailboxes.map(
    (mailbox): ListedMailbox => ({
      ...inList(mailbox, subscriptions, parents.has(mailbox.name)),
      ...(counts ? { status: status(mailbox) } : {}),
    }),
  )
  const missing = subscriptions
    .filter((name) => !storedMailbox(store, user, name))
    .map((name): ListedMailbox => ({ name, subscribed: true, hasChildren: parents.has(name), nonExistent: true }))
  return [...there, ...missing]
}

/** The existing messages and those that the session keeps, in the order of their UIDs. */
const withKept = (there: readonly StoredMessage[], kept: readonly StoredMessage[] = []): readonly StoredMessage[] =>
  kept.length === 0 ? there : [...there, ...kept].sort((a, b) => a.uid - b.uid)

/** A kept message after such a change. It is gone, so the store does not change. */
const asIfStored = (
  kept: readonly StoredMessage[] | undefined,
  operation: FlagOperation,
  flags: readonly string[],
): readonly StoredMessage[] =>
  (kept ?? []).map((message) => ({ ...message, flags: mergeFlags(message.flags, operation, flags) }))

function fetch(store: MessageStore, user: string, mailbox: StoredMailbox, q: Asked<'fetchMessages'>): Answered {
  const { uids, markSeen, changedSince: modSeq } = q
  const found = withKept(messagesAt(mailbox, uids), q.kept)
  const wanted = modSeq === undefined ? found : found.filter((message) => message.modSeq > modSeq)
  const [after, changed] = markSeen
    ? storeFlags(
        store,
        user,
        mailbox.name,
        wanted.map(({ uid }) => uid),
        'add',
        ['\\Seen'],
      )
    : ([store, []] as const)
  const seenOfKept = markSeen
    ? asIfStored(
        q.kept?.filter((message) => !hasFlag(message, '\\Seen')),
        'add',
        ['\\Seen'],
      )
    : []
  const fresh = new Map([...changed, ...seenOfKept].map((message) => [message.uid, message]))
  return {
    store: after,
    answer: {
      type: 'messagesFetched',
      messages: fresh.size === 0 ? wanted : wanted.map((message) => fresh.get(message.uid) ?? message),
      present: found.length,
      madeSeen: [...fresh.keys()],
      vanished: q.vanished ? vanishedSince(mailbox, { modSeq: modSeq ?? 0, uids: q.vanished }) : [],
    },
    changes: flagChanges(user, mailbox, changed),
  }
}

/** The limit of flags on one message, keywords included. */
const MAX_FLAGS = 100
/** The limit of flags in one command, of which several may be one. */
const MAX_NAMED = 1000
const tooManyFlags = (store: MessageStore): Answered =>
  refused(store, `A letter bears ${MAX_FLAGS} marks at most`, 'LIMIT')

function storeChange(store: MessageStore, user: string, mailbox: StoredMailbox, q: Asked<'storeFlags'>): Answered {
  // No message has so many: they would only be compared with those of each one.
  if (q.flags.length > MAX_NAMED) return tooManyFlags(store)
  const found = withKept(messagesAt(mailbox, q.uids), q.kept)
  const grows = q.operation === 'remove' ? 0 : q.flags.length
  const isFull = ({ flags }: StoredMessage): boolean =>
    flags.length + grows > MAX_FLAGS && mergeFlags(flags, q.operation, q.flags).length > MAX_FLAGS
  if (grows > 0 && found.some(isFull)) return tooManyFlags(store)
  const limit = q.unchangedSince ?? Number.MAX_SAFE_INTEGER
  const free = found.filter(({ modSeq }) => modSeq <= limit).map(({ uid }) => uid)
  const [after, changed] = storeFlags(store, user, mailbox.name, free, q.operation, q.flags)
  const stored = messagesAt(storedMailbox(after, user, mailbox.name) as StoredMailbox, free)
  const messages = withKept(
    stored,
    asIfStored(
      q.kept?.filter(({ modSeq }) => modSeq <= limit),
      q.operation,
      q.flags,
    ),
  )
  return {
    store: after,
    answer: {
      type: 'flagsStored',
      messages: messages.map(({ uid, flags, modSeq }) => ({ uid, flags, modSeq })),
      modified: found.filter(({ modSeq }) => modSeq > limit).map(({ uid }) => uid),
    },
    changes: flagChanges(user, mailbox, changed),
  }
}

function quota(store: MessageStore, user: string, { mailbox }: Asked<'quotaUsage'>): Answered {
  const found = mailbox === undefined ? undefined : storedMailbox(store, user, mailbox)
  if (mailbox !== undefined && !found) return noMailbox(store, mailbox)
  return {
    store,
    answer: {
      type: 'quotaFound',
      ...(found ? { mailbox: found.name } : {}),
      limits: userOf(store, user)?.quota ?? {},
      used: usageOf(store, user),
    },
    changes: [],
  }
}
