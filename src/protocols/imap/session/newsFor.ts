import { type MessageStore, storedMailbox, withMailbox } from '../../../mail/store'
import type { Session } from '../../../session/session'
import type { MailboxChange } from '../store/storeQuestions'
import type { ServerContext } from './serverContext'

/** A session of a logged-in user, under a name that the host knows it by. */
export interface Watcher<Id> {
  readonly id: Id
  readonly session: Session
}

/**
 * What each of the sessions is to hear of these changes, and the store after it. A letter that came is \Recent to one
 * session that may change the mailbox, `asking` before all others; while there is none it is so to each that looks, and
 * stays so for those that come (RFC 3501 section 2.3.2). `asking` made the changes and is told nothing.
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

/** True where this session has the mailbox of the change open, and not for reading only. */
function mayChange<Id>({ session }: Watcher<Id>, { user, uidValidity }: MailboxChange): boolean {
  const { user: whose, selected } = session.machine.context as ServerContext
  return whose === user && selected?.uidValidity === uidValidity && !selected.readOnly
}

function told(store: MessageStore, { user, mailbox: name, uid }: MailboxChange): MessageStore {
  const mailbox = storedMailbox(store, user, name)
  return mailbox && mailbox.recentFrom <= uid ? withMailbox(store, user, { ...mailbox, recentFrom: uid + 1 }) : store
}
