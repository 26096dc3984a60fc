import { type StoredMessage, SYSTEM_FLAGS } from '../../../mail/store'
import { joined, type Span, spansOf, spansText } from '../../../mail/uidSets'
import { type Response, untagged, untaggedStatus } from '../grammar/responses'
import { type Known, positionIn } from '../grammar/sequenceSet'
import type { MailboxChange } from '../store/storeQuestions'

/**
 * One session's view of its selected mailbox. Sequence numbers are positions in `uids`, and they change only when this session
 * has been told; other changes wait as news (RFC 9051 section 5.2 and 7.5.1).
 */
export interface SelectedMailbox extends Known {
  readonly mailbox: string
  readonly uidValidity: number
  readonly readOnly: boolean
  /** By message sequence number: the UID of message 1 is first. */
  readonly uids: readonly number[]
  /** The UIDs of the last SEARCH RETURN (SAVE), for `$`. */
  readonly saved: readonly number[]
  /** The UIDs that are \Recent to this session, ascending (RFC 3501 section 2.3.2). */
  readonly recent: readonly number[]
  /** The keywords that the client knows. */
  readonly keywords: readonly string[]
  /** Every change up to this mod-sequence has been reported. */
  readonly modSeq: number
  readonly news: News
}

export interface News {
  readonly exists: readonly number[]
  readonly expunged: readonly number[]
  /**
   * The messages of `expunged` as they were: this session still answers for them until it has reported that they are gone (RFC
   * 2180 section 4.1.1).
   */
  readonly kept: readonly StoredMessage[]
  readonly flags: readonly FlagNews[]
  /** The UIDs in `exists` that are \Recent to this session. */
  readonly recent: readonly number[]
  /** Keywords that are new to this session. */
  readonly keywords: readonly string[]
  /** The highest known mod-sequence. */
  readonly modSeq: number
}

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
  readonly modSeq: number
}

export const NO_NEWS: News = { exists: [], expunged: [], kept: [], flags: [], recent: [], keywords: [], modSeq: 0 }

/** The limit in octets of removed messages that one session keeps. Above it the answer is NO [EXPUNGEISSUED]. */
const KEPT_LIMIT = 64 * 1024 * 1024

/** The named messages that are removed without a report to the session. */
export const keptAmong = ({ news }: SelectedMailbox, uids: readonly number[]): readonly StoredMessage[] =>
  news.kept.filter(({ uid }) => uids[positionIn(uids, uid)] === uid)

/** The message sequence number of a UID, or 0 if this session does not know it. */
export function sequenceNumberOf(uids: readonly number[], uid: number): number {
  const at = positionIn(uids, uid)
  return uids[at] === uid ? at + 1 : 0
}

/** Adds the changes of a mailbox to the news. Changes of another mailbox, and known ones, leave the view unchanged. */
export function noteChanges(
  selected: SelectedMailbox,
  user: string | null,
  changes: readonly MailboxChange[],
): SelectedMailbox {
  const mine = changes.filter((change) => change.user === user && change.uidValidity === selected.uidValidity)
  if (mine.length === 0) return selected
  const { news, uids } = selected
  const exists = new Set(news.exists)
  const expunged = new Set(news.expunged)
  const flags = new Map(news.flags.map((each) => [each.uid, each]))
  const recent = new Set(news.recent)
  const kept = [...news.kept]
  let room = KEPT_LIMIT - kept.reduce((sum, { octets }) => sum + octets.length, 0)
  let last = Math.max(news.exists.at(-1) ?? 0, uids.at(-1) ?? 0)
  let highest = news.modSeq
  for (const { kind, uid, flags: set = [], modSeq, recent: isRecent, message } of mine) {
    highest = Math.max(highest, modSeq)
    const known = exists.has(uid) || sequenceNumberOf(uids, uid) > 0
    if (kind === 'exists') {
      if (uid <= last) continue
      last = uid
      exists.add(uid)
      if (isRecent) recent.add(uid)
    } else if (!known || expunged.has(uid)) continue
    // A message that came and went before this session was told of it is no news.
    else if (kind === 'expunged' && exists.has(uid)) {
      exists.delete(uid)
      recent.delete(uid)
    } else if (kind === 'expunged') {
      expunged.add(uid)
      if (message && message.octets.length <= room) {
        room -= message.octets.length
        kept.push(message)
      }
    } else {
      flags.delete(uid)
      flags.set(uid, { uid, flags: set, modSeq })
    }
  }
  return withNewKeywords(
    {
      ...selected,
      news: {
        ...news,
        exists: [...exists],
        expunged: [...expunged],
        kept,
        flags: [...flags.values()],
        recent: [...recent],
        modSeq: highest,
      },
    },
    mine,
  )
}

/** Adds the keywords among these flags that this session does not know yet. */
function withNewKeywords(
  selected: SelectedMailbox,
  messages: readonly { readonly flags?: readonly string[] }[],
): SelectedMailbox {
  const known = new Set([...SYSTEM_FLAGS, ...selected.keywords, ...selected.news.keywords].map(lowerCase))
  const fresh: string[] = []
  for (const { flags = [] } of messages) {
    for (const flag of flags) {
      if (known.has(lowerCase(flag))) continue
      known.add(lowerCase(flag))
      fresh.push(flag)
    }
  }
  if (fresh.length === 0) return selected
  return { ...selected, news: { ...selected.news, keywords: [...selected.news.keywords, ...fresh] } }
}

const lowerCase = (flag: string): string => flag.toLowerCase()

/** The present answer reports these messages with their current keywords, flags and changes. */
export function withTold(selected: SelectedMailbox, messages: readonly FlagNews[]): SelectedMailbox {
  const fresh = withNewKeywords(freshened(selected, messages), messages)
  const highest = messages.reduce((max, { modSeq }) => Math.max(max, modSeq), 0)
  if (highest <= Math.max(fresh.modSeq, fresh.news.modSeq)) return fresh
  return { ...fresh, news: { ...fresh.news, modSeq: highest } }
}

/** Waiting flag news must not be older than the present answer about the same message. */
function freshened(selected: SelectedMailbox, messages: readonly FlagNews[]): SelectedMailbox {
  const { news } = selected
  if (news.flags.length + news.kept.length === 0 || messages.length === 0) return selected
  const now = new Map(messages.map((each) => [each.uid, each]))
  const flags = news.flags.map((each) => {
    const { flags: set, modSeq } = now.get(each.uid) ?? each
    return { uid: each.uid, flags: set, modSeq }
  })
  const kept = news.kept.map((each) => ({ ...each, flags: now.get(each.uid)?.flags ?? each.flags }))
  return { ...selected, news: { ...news, flags, kept } }
}

/** A session's form of reports, by its enabled extensions. */
export interface Manner {
  readonly modSeq: boolean
  readonly vanished: boolean
  /** \Recent is reported: IMAP4rev2 has dropped it (RFC 9051 appendix E). */
  readonly recent: boolean
}

/** The flags in use, and those that may be set (RFC 9051 sections 7.3.5 and 7.1). */
export function flagsInUse(flags: readonly string[], readOnly: boolean): readonly Response[] {
  const permanent = readOnly ? '' : [...flags, '\\*'].join(' ')
  return [
    untagged({ type: 'FLAGS' }, `FLAGS (${flags.join(' ')})`),
    untaggedStatus(
      'OK',
      readOnly ? 'No marks can be changed' : 'These marks are kept',
      `PERMANENTFLAGS (${permanent})`,
    ),
  ]
}

/** Reports new keywords, before any message with one of them is reported. */
export const keywordNews = ({ keywords, news, readOnly }: SelectedMailbox): readonly Response[] =>
  news.keywords.length === 0 ? [] : flagsInUse([...SYSTEM_FLAGS, ...keywords, ...news.keywords], readOnly)

/** The untagged responses for the news. Removals wait if the present command forbids them. */
export function newsResponses(
  selected: SelectedMailbox,
  mayExpunge: boolean,
  { modSeq, vanished, recent }: Manner,
): readonly Response[] {
  const { exists, expunged, flags, recent: fresh } = selected.news
  const responses: Response[] = []
  let uids = selected.uids
  if (mayExpunge && expunged.length > 0) {
    if (vanished) responses.push(vanishedResponse(joined(expunged.map((uid) => [uid, uid]))))
    else {
      // From the highest down, so that no reported number changes another one that is still to be reported.
      const numbers = expunged.map((uid) => sequenceNumberOf(uids, uid)).sort((a, b) => b - a)
      for (const at of numbers) responses.push(untagged({ type: 'EXPUNGE', messageNumber: at }, `${at} EXPUNGE`))
    }
    uids = without(uids, expunged)
  }
  // A new message is reported before its flags, whose number the client would not know otherwise.
  const areRecent = [...(mayExpunge ? without(selected.recent, expunged) : selected.recent), ...fresh]
  if (exists.length > 0) {
    responses.push(existsResponse(uids.length + exists.length))
    if (recent) responses.push(recentResponse(areRecent.length))
  }
  const all = exists.length > 0 ? [...uids, ...exists] : uids
  const gone = new Set(expunged)
  for (const entry of flags) {
    const at = gone.has(entry.uid) ? 0 : sequenceNumberOf(all, entry.uid)
    if (at > 0) {
      const isRecent = recent && sequenceNumberOf(areRecent, entry.uid) > 0
      responses.push(flagsResponse(at, entry, { uid: modSeq, modSeq, recent: isRecent }))
    }
  }
  return responses
}

/** The view after its news has been sent. */
export function afterNews(selected: SelectedMailbox, mayExpunge: boolean): SelectedMailbox {
  const { news } = selected
  if (news === NO_NEWS) return selected
  const waits = mayExpunge ? [] : news.expunged
  const kept = mayExpunge && news.expunged.length > 0 ? without(selected.uids, news.expunged) : selected.uids
  const uids = news.exists.length > 0 ? [...kept, ...news.exists] : kept
  const remain = mayExpunge ? without(selected.recent, news.expunged) : selected.recent
  const recent = news.recent.length > 0 ? [...remain, ...news.recent] : remain
  const keywords = news.keywords.length > 0 ? [...selected.keywords, ...news.keywords] : selected.keywords
  const after = { ...selected, uids, recent, keywords }
  if (waits.length > 0) return { ...after, news: { ...NO_NEWS, expunged: waits, kept: news.kept, modSeq: news.modSeq } }
  return { ...after, modSeq: Math.max(selected.modSeq, news.modSeq), news: NO_NEWS }
}

/** RECENT: the number of messages that this session is the first to learn of (RFC 3501 section 7.3.2). */
export const recentResponse = (count: number): Response => untagged({ type: 'RECENT', count }, `${count} RECENT`)

export const existsResponse = (count: number): Response => untagged({ type: 'EXISTS', count }, `${count} EXISTS`)

/** VANISHED: removals by UID. EARLIER are those before this session (RFC 7162 section 3.2.10). */
export function vanishedResponse(spans: readonly Span[], earlier = false): Response {
  const count = spans.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  return untagged({ type: 'VANISHED', count, earlier }, `VANISHED ${earlier ? '(EARLIER) ' : ''}${spansText(spans)}`)
}

/**
 * An untagged FETCH with flags, and the UID and the mod-sequence if wanted. `recent` if the message is \Recent to the session.
 */
export function flagsResponse(
  at: number,
  { uid, flags, modSeq }: FlagNews,
  tells: { readonly uid: boolean; readonly modSeq: boolean; readonly recent: boolean; readonly flags?: boolean },
): Response {
  const items = [
    ...(tells.uid ? [`UID ${uid}`] : []),
    ...(tells.flags === false ? [] : [`FLAGS (${flagsText(flags, tells.recent)})`]),
    ...(tells.modSeq ? [`MODSEQ (${modSeq})`] : []),
  ]
  const data = { type: 'FETCH', messageNumber: at, kind: 'flagNews', flags } as const
  return untagged(data, `${at} FETCH (${items.join(' ')})`)
}

/** The flags of a message for one session. */
export const flagsText = (flags: readonly string[], recent: boolean): string =>
  (recent ? [...flags, '\\Recent'] : flags).join(' ')

function without(uids: readonly number[], gone: readonly number[]): readonly number[] {
  if (uids.length === 0 || gone.length === 0) return uids
  const doomed = new Set(gone)
  return uids.filter((uid) => !doomed.has(uid))
}

/** Ascending UIDs or numbers as the shortest sequence set: `1:3,7`. */
export const uidSet = (uids: readonly number[]): string => spansText(spansOf(uids))

/** A number of messages in a response text. */
export const messages = (count: number): string => `${count} ${count === 1 ? 'letter' : 'letters'}`
