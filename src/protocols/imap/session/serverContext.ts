import { EMPTY, type Octets } from '../../../base/octets'
import type { SaslMechanism } from '../../../sasl/contract'
import type { CommandEvent } from '../commands/commandEvent'
import type { Outcome, Response } from '../grammar/responses'
import type { ImapQuestion, MailboxChange, StoreAnswer } from '../store/storeQuestions'
import { afterNews, noteChanges, type SelectedMailbox, withTold } from './view'

/** A server session's input from the host. */
export interface ImapServerInput {
  readonly hostName: string
  /** True if a password is accepted without TLS (RFC 9051 section 11.1). */
  readonly plaintextAuth: boolean
  /** `implicit`: TLS begins with the connection (RFC 8314). Default: no TLS. */
  readonly tls?: 'none' | 'offered' | 'required' | 'implicit'
  /** SASL mechanisms of AUTHENTICATE, in the host's order. Default: PLAIN. */
  readonly mechanisms?: readonly SaslMechanism[]
}

/** The extensions that a client can enable (RFC 5161, RFC 7162, RFC 6855, RFC 9051 section 6.3.1). */
export type Extension = 'CONDSTORE' | 'QRESYNC' | 'UTF8=ACCEPT' | 'IMAP4rev2'

/** The context of one server session: plain data that survives JSON. */
export interface ServerContext extends Required<ImapServerInput> {
  /** The wire is encrypted. */
  readonly secure: boolean
  readonly user: string | null
  readonly enabled: readonly Extension[]
  /** The present command is the first with mod-sequences (RFC 7162 section 3.1). */
  readonly enablesModSeq: boolean
  readonly selected: SelectedMailbox | null
  /** Malformed lines and failed logins since the connection opened. */
  readonly mistakes: number
  /** The answer to the last mistake, while the server pauses before it. */
  readonly late: Response | null
  /** The part of a command before a literal. */
  readonly pending: Octets
  /** The size of the literal that is being read. */
  readonly literal: number
  /** The last command: it may wait for an answer of the host, or be an IDLE under way. */
  readonly command: CommandEvent | null
  /** A question to the host, or the outcome of the command if no question is needed. */
  readonly decision: ImapQuestion | Outcome | null
}

export const startContext = ({ hostName, plaintextAuth, tls, mechanisms }: ImapServerInput): ServerContext => ({
  hostName,
  plaintextAuth,
  tls: tls ?? 'none',
  mechanisms: mechanisms ?? ['PLAIN'],
  secure: tls === 'implicit',
  user: null,
  enabled: [],
  enablesModSeq: false,
  selected: null,
  mistakes: 0,
  late: null,
  pending: EMPTY,
  literal: 0,
  command: null,
  decision: null,
})

type Enabled = Pick<ServerContext, 'enabled'>

/** True if every flag change is reported with its mod-sequence (RFC 7162 section 3.1). */
export const tellsModSeq = ({ enabled }: Enabled): boolean =>
  enabled.includes('CONDSTORE') || enabled.includes('QRESYNC')
/** True if removals are reported by UID: VANISHED instead of EXPUNGE (RFC 7162 section 3.2.10). */
export const tellsVanished = ({ enabled }: Enabled): boolean => enabled.includes('QRESYNC')
export const isRev2 = ({ enabled }: Enabled): boolean => enabled.includes('IMAP4rev2')
/** The UIDs that are \Recent to this session: none for IMAP4rev2, which has dropped the flag. */
export const recentOf = (context: Enabled & Pick<ServerContext, 'selected'>): readonly number[] =>
  isRev2(context) ? [] : (context.selected?.recent ?? [])
/** True if mailbox names on the wire are UTF-8, not modified UTF-7 (RFC 6855 section 3, RFC 9051 section 5.1). */
export const speaksUtf8 = ({ enabled }: Enabled): boolean =>
  enabled.includes('UTF8=ACCEPT') || enabled.includes('IMAP4rev2')

/** The view with the session's own changes, which the host does not report back. */
export function withOwnChanges(
  { selected, user }: Pick<ServerContext, 'selected' | 'user'>,
  answer: StoreAnswer | undefined,
): SelectedMailbox | null {
  if (!selected) return null
  const tellsFlags = answer?.type === 'flagsStored' || answer?.type === 'messagesFetched'
  const fresh = tellsFlags ? withTold(selected, answer.messages) : selected
  return noteChanges(fresh, user, ownChanges(user ?? '', selected, answer))
}

function ownChanges(
  user: string,
  { mailbox, uidValidity }: SelectedMailbox,
  answer: StoreAnswer | undefined,
): readonly MailboxChange[] {
  const changes = (
    kind: 'exists' | 'expunged',
    uids: readonly number[],
    modSeq: number,
    of = { mailbox, uidValidity },
  ): readonly MailboxChange[] =>
    // The session is the first to learn of the messages that it adds itself.
    uids.map((uid) => ({ user, ...of, kind, uid, modSeq, ...(kind === 'exists' ? { recent: true } : {}) }))
  switch (answer?.type) {
    case 'messagesExpunged':
      return changes('expunged', answer.uids, answer.highestModSeq)
    case 'messageAppended':
      return changes('exists', [answer.uid], answer.modSeq, answer)
    case 'messagesCopied':
      return [
        ...changes('exists', answer.to, answer.modSeq, answer),
        ...(answer.moved ? changes('expunged', answer.from, answer.highestModSeq) : []),
      ]
    case 'mailboxesChanged':
      return answer.own
    default:
      return []
  }
}

/** The view after a command is complete and its news sent; `saves` is the result that its search saves for `$`. */
export function settled(
  context: ServerContext,
  answer: StoreAnswer | undefined,
  mayExpunge: boolean,
  saves: readonly number[] | undefined,
): SelectedMailbox | null {
  const view = withOwnChanges(context, answer)
  if (!view) return view
  const after = afterNews(view, mayExpunge)
  return saves ? { ...after, saved: saves } : after
}
