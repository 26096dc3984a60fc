import { EMPTY, type Octets } from '../../base/octets'
import type { CommandEvent } from './commands/command'
import type { MailboxChange, StoreAnswer } from './storeQuestions'
import { afterNews, noteChanges, type SelectedMailbox } from './view'

/** What the host gives a server session. */
export interface ImapServerInput {
  readonly hostName: string
  /** Whether LOGIN is taken on a connection that is not encrypted (RFC 9051 section 11.1). */
  readonly plaintextAuth: boolean
}

/** What one server session remembers: plain data that survives JSON. */
export interface ServerContext extends ImapServerInput {
  readonly user: string | null
  readonly selected: SelectedMailbox | null
  /** The beginning of a command that goes on after a literal. */
  readonly pending: Octets
  /** The size of the literal that is being read. */
  readonly literal: number
  /** The command that waits for an answer of the host, or that IDLE keeps open. */
  readonly command: CommandEvent | null
}

export const startContext = ({ hostName, plaintextAuth }: ImapServerInput): ServerContext => ({
  hostName,
  plaintextAuth,
  user: null,
  selected: null,
  pending: EMPTY,
  literal: 0,
  command: null,
})

/** The view with the session's own doings taken in, which the host does not report back to it. */
export function withOwnChanges(
  { selected, user }: ServerContext,
  answer: StoreAnswer | undefined,
): SelectedMailbox | null {
  return selected && noteChanges(selected, user, ownChanges(user ?? '', selected.mailbox, answer))
}

function ownChanges(user: string, mailbox: string, answer: StoreAnswer | undefined): readonly MailboxChange[] {
  const of = (name: string, kind: 'exists' | 'expunged', uids: readonly number[]): readonly MailboxChange[] =>
    uids.map((uid) => ({ user, mailbox: name, kind, uid }))
  switch (answer?.type) {
    case 'messagesExpunged':
      return of(mailbox, 'expunged', answer.uids)
    case 'messageAppended':
      return of(answer.mailbox, 'exists', [answer.uid])
    case 'messagesCopied':
      return [...of(answer.mailbox, 'exists', answer.to), ...(answer.moved ? of(mailbox, 'expunged', answer.from) : [])]
    default:
      return []
  }
}

/** The view once a command is complete and its news told. */
export function settled(
  context: ServerContext,
  answer: StoreAnswer | undefined,
  mayExpunge: boolean,
): SelectedMailbox | null {
  const view = withOwnChanges(context, answer)
  return view && afterNews(view, mayExpunge)
}
