import { EMPTY, type Octets, octets } from '../../../base/octets'
import { spansOf, spansText } from '../../../mail/uidSets'
import { astringOf } from '../grammar/grammar'
import { meaningOfCommand, meanings, type ParsedCommand } from '../meaning'
import { encodeMailboxName } from '../session/mailboxNames'
import { flagNews, isQuick, mark, newest, tagOf, uidAt, vanishedKnown, wish, wishMailbox, wishUid } from './context'
import { authenticateLine, loginLine, mechanismFor, responseLine } from './login'
import type { ImapClientContext, ImapClientQuestion, On, Said, Scope } from './types'

/** The client's commands and its reports to the host: parameters of the machine's actions, and no targets. */

/** Sends a command under the next tag. */
const command = (
  text: string | ((context: ImapClientContext) => string),
  parsed: ParsedCommand | ((context: ImapClientContext) => ParsedCommand),
) =>
  [
    'nextTag',
    {
      type: 'say',
      params: ({ context }: Scope): Said => ({
        line: `${tagOf(context)} ${typeof text === 'string' ? text : text(context)}\r\n` as Octets,
        means: meaningOfCommand(typeof parsed === 'function' ? parsed(context) : parsed),
      }),
    },
  ] as const

export const says = {
  capability: command('CAPABILITY', { type: 'CAPABILITY' }),
  capabilityAgain: command('CAPABILITY', { type: 'CAPABILITY', purpose: 'learnMore' }),
  startTls: command('STARTTLS', { type: 'STARTTLS' }),
  authenticate: command(authenticateLine, (context) => ({
    type: 'AUTHENTICATE',
    mechanism: mechanismFor(context) ?? '',
  })),
  login: command(loginLine, ({ user }) => ({ type: 'LOGIN', user })),
  enable: command('ENABLE QRESYNC', { type: 'ENABLE', capabilities: ['QRESYNC'] }),
  select: command(selectLine, (context) => ({
    type: 'SELECT',
    mailbox: context.mailbox,
    ...(isQuick(context) && { since: true }),
  })),
  /** RFC 7162 section 3.1.4.1. */
  fetchChanges: command(
    (context) => `UID FETCH 1:${newest(context)} (FLAGS) (CHANGEDSINCE ${context.known.modSeq})`,
    (context) => ({ type: 'UID FETCH', set: `1:${newest(context)}`, kind: 'flags', purpose: 'findChangedFlags' }),
  ),
  searchRemaining: command((context) => `UID SEARCH UID 1:${newest(context)}`, {
    type: 'UID SEARCH',
    purpose: 'findRemaining',
  }),
  fetchFlags: command(
    (context) => `UID FETCH 1:${newest(context)} (FLAGS)`,
    (context) => ({ type: 'UID FETCH', set: `1:${newest(context)}`, kind: 'flags', purpose: 'compareAll' }),
  ),
  fetchNew: command(
    (context) => `UID FETCH ${newest(context) + 1}:* (FLAGS RFC822.SIZE ENVELOPE)`,
    (context) => ({ type: 'UID FETCH', set: `${newest(context) + 1}:*`, kind: 'envelope', purpose: 'findNew' }),
  ),
  fetchMessage: command(
    ({ toFetch }) => `UID FETCH ${toFetch[0]?.uid} BODY.PEEK[]`,
    ({ toFetch }) => ({ type: 'UID FETCH', set: `${toFetch[0]?.uid}`, kind: 'message', purpose: 'fetchUnread' }),
  ),
  noop: command('NOOP', { type: 'NOOP' }),
  mark: command(
    (context) => `UID STORE ${wishUid(context)} ${mark(context)?.sets ? '+' : '-'}FLAGS (${mark(context)?.flag})`,
    (context) => ({
      type: 'UID STORE',
      set: `${wishUid(context)}`,
      operation: mark(context)?.sets ? 'add' : 'remove',
      flags: [mark(context)?.flag ?? ''],
    }),
  ),
  /** RFC 6851. */
  move: command(
    (context) => `UID MOVE ${wishUid(context)} ${mailboxOf(context)}`,
    (context) => ({ type: 'UID MOVE', set: `${wishUid(context)}`, to: wishMailbox(context) }),
  ),
  /** Without MOVE: a copy, and then the message itself is removed. */
  copy: command(
    (context) => `UID COPY ${wishUid(context)} ${mailboxOf(context)}`,
    (context) => ({ type: 'UID COPY', set: `${wishUid(context)}`, to: wishMailbox(context) }),
  ),
  create: command(
    (context) => `CREATE ${mailboxOf(context)}`,
    (context) => ({ type: 'CREATE', mailbox: wishMailbox(context) }),
  ),
  markDeleted: command(
    (context) => `UID STORE ${wishUid(context)} +FLAGS.SILENT (\\Deleted)`,
    (context) => ({ type: 'UID STORE', set: `${wishUid(context)}`, operation: 'add', flags: ['\\Deleted'] }),
  ),
  /** With UIDPLUS only this message is removed, not other deleted ones (RFC 4315 section 2.1). */
  expunge: command(
    (context) => (context.capabilities.includes('UIDPLUS') ? `UID EXPUNGE ${wishUid(context)}` : 'EXPUNGE'),
    (context) =>
      context.capabilities.includes('UIDPLUS')
        ? { type: 'UID EXPUNGE', set: `${wishUid(context)}`, purpose: 'removeOne' }
        : { type: 'EXPUNGE', purpose: 'removeOne' },
  ),
  idle: command('IDLE', { type: 'IDLE' }),
  logout: command('LOGOUT', { type: 'LOGOUT' }),
} as const

export const saysDone = { type: 'say', params: { line: octets('DONE\r\n'), means: meanings.done } } as const

/** A line within AUTHENTICATE: it is no command, so it has no tag. */
export const saysResponse = {
  type: 'say',
  params: ({ context }: Scope): Said => ({
    line: responseLine(context),
    means: context.response === 'failed' ? meanings.saslCancelled : meanings.saslResponse,
  }),
} as const

/** The longest line that every server must accept (RFC 7162 section 4); a longer set is left out, which means all. */
const LONGEST_SET = 8000

function knownSet({ known }: ImapClientContext): string {
  const set = spansText(spansOf([...known.uids].sort((a, b) => a - b)))
  return set.length > LONGEST_SET ? '' : ` ${set}`
}

/** SELECT, with the mail program's known state if the server can use it (RFC 7162 section 3.2.5). */
function selectLine(context: ImapClientContext): string {
  const { known } = context
  const name = `SELECT ${astringOf(encodeMailboxName(context.mailbox))}`
  if (isQuick(context)) return `${name} (QRESYNC (${known.uidValidity} ${known.modSeq}${knownSet(context)}))`
  const offersModSeq = context.capabilities.includes('CONDSTORE')
  return offersModSeq && known.modSeq !== undefined && known.uids.length > 0 ? `${name} (CONDSTORE)` : name
}

const mailboxOf = (context: ImapClientContext): string => astringOf(encodeMailboxName(wishMailbox(context)))

const tell = <Happened extends Scope>(question: (happened: Happened) => ImapClientQuestion) =>
  ({ type: 'ask', params: question }) as const

export const tellsLost = (why: string) => tell(({ context }) => ({ type: 'sessionLost', why, text: context.lastWords }))
export const tellsClosed = tell(({ context, event }: On<'closed'>) => ({
  type: 'sessionLost',
  why: event.why,
  text: context.lastWords,
}))
export const tellsRefused = (text: string) => tell(() => ({ type: 'loginRefused', text }))
export const tellsRejected = tell(({ event }: On<'rejected'>) => ({ type: 'loginRefused', text: event.text }))

export const tellsOpened = tell(({ context }) => {
  const { uidValidity, view, modSeq, uids } = context
  const question = { type: 'mailboxOpened', uidValidity, exists: view.length } as const
  // Without known messages there is nothing to compare: the mailbox is synchronized from here on.
  return uids.length === 0 && modSeq > 0 ? { ...question, modSeq } : question
})
/** Another UIDVALIDITY: every known UID is invalid now (RFC 9051 section 2.3.1.1). */
export const tellsAllGone = tell(({ context }) => ({ type: 'mailboxNews', expunged: context.uids, flags: [] }))
/** Reports the result of the comparison at once. */
export const tellsCompared = tell(({ context }) => ({
  type: 'mailboxNews',
  expunged: context.gone,
  flags: context.heard.filter(({ uid }) => !context.gone.includes(uid)),
  ...(context.modSeq > 0 ? { uidValidity: context.uidValidity, modSeq: context.modSeq } : {}),
}))
export const tellsExpunged = tell(({ context, event }: On<'expungeTold'>) => ({
  type: 'mailboxNews',
  expunged: [uidAt(context, event.number)],
  flags: [],
}))
export const tellsVanished = tell(({ context, event }: On<'vanishedTold'>) => ({
  type: 'mailboxNews',
  expunged: vanishedKnown(context, event),
  flags: [],
}))
export const tellsFlags = tell(({ context, event }: On<'fetchTold'>) => {
  const news = flagNews(context, event)
  return { type: 'mailboxNews', expunged: [], flags: news ? [news] : [] }
})
export const tellsFetched = tell(({ context }) => {
  const { uid, flags } = context.toFetch[0] ?? { uid: 0, flags: [] }
  return { type: 'messageFetched', uid, uidValidity: context.uidValidity, flags, octets: context.fetched ?? EMPTY }
})
/** After a command for the user: it is done, or can never be done. */
export const tellsWishDone = tell(({ context }) => ({
  type: 'wishDone',
  wish: wish(context) ?? { type: 'check' },
}))
