import { type MessageStore, storedMailbox, withMailbox } from '../../../mail/store'
import type { Session } from '../../../session/session'
import type { MailboxChange } from '../store/storeQuestions'
import type { ServerContext } from './serverContext'

/** A session of a logged-in user, with the host's name for it. */
export interface Watcher<Id> {
  readonly id: Id
  readonly session: Session
}

/**
 * The news of these changes for each session, and the store afterwards. A new message is \Recent to one session with write
 * access, preferably `asking`. Without such a session, it is \Recent to each session that has the mailbox open and to later
 * ones (RFC 3501 section 2.3.2). `asking` made the changes and gets no news.
 */
export function newsFor<Id>(
  store: MessageStore,
  changes: readonly MailboxChange[],
  watchers: readonly Watcher<Id>[],
  asking?: Id,
): readonly [MessageStore, ReadonlyMap<Id, readonly MailboxChange[]>] {
  const first = watchers.filter(({ id }) => id === asking)
  const others = watchers.filter(({ id }) => id !== asking)
  const news = new Map(others.map(({ id }): [Id, MailboxChange[]] => [id, []]))
  let after = store
  for (const change of changes) {
    const finder = change.kind === 'exists' ? [...first, ...others].find((each) => mayChange(each, change)) : undefined
    if (finder) after = told(after, change)
    for (const [id, heard] of news) {
      const recent = change.kind === 'exists' && (!finder || finder.id === id)
      heard.push(recent ? { ...change, recent } : change)
    }
  }
  return [after, news]
}

/** True if this session has the mailbox open with write access. */
function mayChange<Id>({ session }: Watcher<Id>, { user, uidValidity }: MailboxChange): boolean {
  const { user: whose, selected } = session.machine.context as ServerContext
  return whose === user && selected?.uidValidity === uidValidity && !selected.readOnly
}

function told(store: MessageStore, { user, mailbox: name, uid }: MailboxChange): MessageStore {
  const mailbox = storedMailbox(store, user, name)
  return mailbox && mailbox.recentFrom <= uid ? withMailbox(store, user, { ...mailbox, recentFrom: uid + 1 }) : store
}
