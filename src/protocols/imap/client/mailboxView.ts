import { flagNews, inSpans, isNew, isQuick, isSameMailbox, missingInView, uidAt, vanishedKnown } from './context'
import { words } from './grammar'
import type { ImapClientContext, ImapClientEvent } from './types'

/** The changes of the client's context that come from responses about the open mailbox. */

type Change = Partial<ImapClientContext>
type Told<Type extends ImapClientEvent['type']> = Extract<ImapClientEvent, { readonly type: Type }>

/** Above this number of messages the client does not track each of them. */
const MAX_VIEW = 1_000_000

/** UIDVALIDITY, HIGHESTMODSEQ and CAPABILITY come as response codes. */
export function readCode(context: ImapClientContext, code: string): Change {
  const [name, ...values] = words(code)
  if (name === 'CAPABILITY') return { capabilities: values }
  if (name === 'UIDVALIDITY') return { uidValidity: Number(values[0]) || context.uidValidity }
  if (name === 'HIGHESTMODSEQ') return { modSeq: Number(values[0]) || context.modSeq }
  return {}
}

/** The view has grown. Only EXPUNGE and VANISHED make it smaller. */
export function grow({ view }: ImapClientContext, { count }: Told<'existsTold'>): Change {
  const missing = Math.min(count, MAX_VIEW) - view.length
  return missing > 0 ? { view: [...view, ...Array<number>(missing).fill(0)] } : {}
}

/** The message of this number is gone. */
export function shrink(context: ImapClientContext, { number }: Told<'expungeTold'>): Change {
  const { view, listed } = context
  if (number < 1 || number > view.length) return {}
  const uid = uidAt(context, number)
  return {
    view: [...view.slice(0, number - 1), ...view.slice(number)],
    listed: number <= listed ? listed - 1 : listed,
    uids: context.uids.filter((each) => each !== uid),
    toFetch: context.toFetch.filter((each) => each.uid !== uid),
  }
}

/** Removals by UID: a removed message without a known number leaves a gap among the unknown ones. */
export function vanish(context: ImapClientContext, { uids }: Told<'vanishedTold'>): Change {
  const gone = uids.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const placed = context.view.filter((uid) => !inSpans(uids, uid))
  const unplaced = gone - (context.view.length - placed.length)
  let left = unplaced
  return {
    view: placed.filter((uid) => uid !== 0 || left-- <= 0),
    listed: Math.max(0, context.listed - gone),
    uids: context.uids.filter((uid) => !inSpans(uids, uid)),
    toFetch: context.toFetch.filter(({ uid }) => !inSpans(uids, uid)),
  }
}

/** Stores the UID of a message number. */
export function place(context: ImapClientContext, { number, message }: Told<'fetchTold'>): Change {
  if (message.uid === undefined || uidAt(context, number) === message.uid || number > context.view.length) return {}
  const view = [...context.view]
  view[number - 1] = message.uid
  return { view }
}

/** Flags of a known message, found by the comparison. */
export function hear(context: ImapClientContext, told: Told<'fetchTold'>): Change {
  const news = flagNews(context, told)
  return news ? { heard: [...context.heard, news] } : {}
}

/** Known messages that are gone, found by the comparison. */
export const miss = (context: ImapClientContext, told: Told<'vanishedTold'>): Change => ({
  gone: [...context.gone, ...vanishedKnown(context, told)],
})
export const missUnplaced = (context: ImapClientContext): Change => ({ gone: missingInView(context) })
export function missUnfound({ uids }: ImapClientContext, { found }: Told<'searchTold'>): Change {
  const left = new Set(found)
  return { gone: uids.filter((uid) => !left.has(uid)) }
}

/** A new message, to be fetched later. */
export function notice(context: ImapClientContext, { message }: Told<'fetchTold'>): Change {
  const { uid = 0, flags = [] } = message
  return isNew(context, uid) ? { toFetch: [...context.toFetch, { uid, flags }] } : {}
}

/** The octets of the message that is being fetched. */
export const receive = ({ toFetch }: ImapClientContext, { message }: Told<'fetchTold'>): Change =>
  message.octets !== undefined && message.uid === toFetch[0]?.uid ? { fetched: message.octets } : {}

/** All known messages are synchronized: the others are new. */
export function compare(context: ImapClientContext): Change {
  const gone = new Set(context.gone)
  const uids = context.uids.filter((uid) => !gone.has(uid))
  const listed = isQuick(context) ? Math.min(uids.length, context.view.length) : context.listed
  return { compared: true, heard: [], gone: [], uids, listed }
}

/** The fetched message is kept by the host. */
export const keep = ({ uids, toFetch }: ImapClientContext): Change => ({
  uids: [...uids, ...toFetch.slice(0, 1).map(({ uid }) => uid)],
  toFetch: toFetch.slice(1),
  fetched: null,
})

/** True if the comparison has found anything. */
export const hasMissed = (context: ImapClientContext): boolean =>
  context.gone.length > 0 ||
  context.heard.length > 0 ||
  (isSameMailbox(context) && context.modSeq > (context.known.modSeq ?? 0))
