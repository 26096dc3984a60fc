import type { Octets } from '../../../base/octets'
import type { Span } from '../../../mail/uidSets'
import { ALL_MECHANISMS } from '../../../sasl'
import type { FlagNews, ImapClientContext, ImapClientEvent, ImapClientInput, ImapIntent, MarkIntent } from './types'

/** Values that follow from the client machine's context. */

export const startContext = (input: ImapClientInput): ImapClientContext => ({
  ...input,
  tls: input.tls ?? 'opportunistic',
  mechanisms: input.mechanisms ?? ALL_MECHANISMS,
  nonce: input.nonce ?? '',
  wishes: input.wishes ?? [],
  secure: input.tls === 'implicit',
  plain: false,
  uidValidity: 0,
  modSeq: 0,
  capabilities: [],
  enabled: [],
  exchange: null,
  response: '' as Octets,
  tags: 0,
  uids: input.known.uids,
  view: [],
  listed: 0,
  compared: false,
  heard: [],
  gone: [],
  toFetch: [],
  fetched: null,
  created: false,
  lastWords: '',
})

export const tagOf = (context: ImapClientContext): string => `a${context.tags}`

export const uidAt = ({ view }: ImapClientContext, number: number): number => view[number - 1] ?? 0
export const newest = ({ uids }: ImapClientContext): number => uids.reduce((max, uid) => Math.max(max, uid), 0)
export const wish = ({ wishes }: ImapClientContext): ImapIntent | undefined => wishes[0]
export function wishUid(context: ImapClientContext): number {
  const first = wish(context)
  return first && 'uid' in first ? first.uid : 0
}

/** The flag of a wish that sets or clears one. */
export const MARKS: Readonly<Record<MarkIntent, { readonly flag: string; readonly sets: boolean }>> = {
  markSeen: { flag: '\\Seen', sets: true },
  markUnseen: { flag: '\\Seen', sets: false },
  markFlagged: { flag: '\\Flagged', sets: true },
  markUnflagged: { flag: '\\Flagged', sets: false },
}
const isMark = (type: ImapIntent['type']): type is MarkIntent => Object.hasOwn(MARKS, type)

/** The flag of the present wish, if it sets or clears one. */
export function mark(context: ImapClientContext): { readonly flag: string; readonly sets: boolean } | undefined {
  const type = wish(context)?.type
  return type !== undefined && isMark(type) ? MARKS[type] : undefined
}

/** The mailbox into which the present wish moves its message; empty if it moves none. */
export function wishMailbox(context: ImapClientContext): string {
  const first = wish(context)
  return first?.type === 'move' ? first.mailbox : ''
}

type Told<Type extends ImapClientEvent['type']> = Extract<ImapClientEvent, { readonly type: Type }>

/** The UID and flags of an untagged FETCH for a message that the mail program has. */
export function flagNews(context: ImapClientContext, { number, message }: Told<'fetchTold'>): FlagNews | undefined {
  const uid = message.uid ?? uidAt(context, number)
  return message.flags && context.uids.includes(uid) ? { uid, flags: message.flags } : undefined
}

/** True if the message of this UID is new to the mail program. */
export function isNew(context: ImapClientContext, uid: number): boolean {
  return uid > 0 && !context.uids.includes(uid) && !context.toFetch.some((each) => each.uid === uid)
}

export const inSpans = (spans: readonly Span[], uid: number): boolean =>
  spans.some(([first, last]) => uid >= first && uid <= last)

/** The mail program's messages in a VANISHED response. */
export const vanishedKnown = ({ uids }: ImapClientContext, told: Told<'vanishedTold'>): readonly number[] =>
  uids.filter((uid) => inSpans(told.uids, uid))

/** The mail program's messages that the mailbox no longer has; known once every message of the mailbox has its place. */
export function missingInView({ uids, view }: ImapClientContext): readonly number[] {
  const there = new Set(view)
  return uids.filter((uid) => !there.has(uid))
}

/** True if the UIDVALIDITY is the one that the mail program knows. */
export const isSameMailbox = ({ uidValidity, known }: ImapClientContext): boolean => uidValidity === known.uidValidity

/** True if it knows messages and a mod-sequence, so that the server need only report later changes (RFC 7162). */
const knowsModSeq = ({ known }: ImapClientContext): boolean =>
  known.uidValidity !== undefined && known.modSeq !== undefined && known.uids.length > 0

export const canResyncQuickly = (context: ImapClientContext): boolean =>
  knowsModSeq(context) && context.capabilities.includes('QRESYNC') && context.capabilities.includes('ENABLE')
/** True if the server has accepted ENABLE QRESYNC. */
export const isQuick = (context: ImapClientContext): boolean =>
  knowsModSeq(context) && context.enabled.includes('QRESYNC')
export const canAskForChanges = (context: ImapClientContext): boolean =>
  knowsModSeq(context) &&
  !isQuick(context) &&
  (context.capabilities.includes('CONDSTORE') || context.capabilities.includes('QRESYNC')) &&
  context.modSeq > 0
