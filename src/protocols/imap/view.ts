import { joined, type Span, spansOf, spansText } from '../../mail/uidSets'
import { plural, type Response, untagged } from './responses'
import { type Known, positionIn } from './sequenceSet'
import type { MailboxChange } from './storeQuestions'

/**
 * What one session knows of the mailbox it has selected. Sequence numbers are positions in `uids`, and they change
 * only when this session has been told so: what happened meanwhile waits as news (RFC 9051 section 5.2 and 7.5.1).
 */
export interface SelectedMailbox extends Known {
  readonly mailbox: string
  readonly uidValidity: number
  readonly readOnly: boolean
  /** By message sequence number: the UID of message 1 stands first. */
  readonly uids: readonly number[]
  /** The UIDs of the last SEARCH RETURN (SAVE), which `$` names. */
  readonly saved: readonly number[]
  /** Every change up to this mod-sequence has been told. */
  readonly modSeq: number
  readonly news: News
}

export interface News {
  readonly exists: readonly number[]
  readonly expunged: readonly number[]
  readonly flags: readonly FlagNews[]
  /** The highest mod-sequence heard of. */
  readonly modSeq: number
}

export interface FlagNews {
  readonly uid: number
  readonly flags: readonly string[]
  readonly modSeq: number
}

export const NO_NEWS: News = { exists: [], expunged: [], flags: [], modSeq: 0 }

/** The message sequence number of a UID, or 0 where this session does not know it. */
export function sequenceNumberOf(uids: readonly number[], uid: number): number {
  const at = positionIn(uids, uid)
  return uids[at] === uid ? at + 1 : 0
}

/** Takes in what happened to a mailbox. What concerns another mailbox, or is known already, leaves the view as it was. */
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
  let last = Math.max(news.exists.at(-1) ?? 0, uids.at(-1) ?? 0)
  let highest = news.modSeq
  for (const { kind, uid, flags: set = [], modSeq } of mine) {
    highest = Math.max(highest, modSeq)
    const known = exists.has(uid) || sequenceNumberOf(uids, uid) > 0
    if (kind === 'exists') {
      if (uid <= last) continue
      last = uid
      exists.add(uid)
    } else if (!known || expunged.has(uid)) continue
    // A message that came and went before this session heard of it is no news.
    else if (kind === 'expunged' && exists.has(uid)) exists.delete(uid)
    else if (kind === 'expunged') expunged.add(uid)
    else {
      flags.delete(uid)
      flags.set(uid, { uid, flags: set, modSeq })
    }
  }
  return {
    ...selected,
    news: { exists: [...exists], expunged: [...expunged], flags: [...flags.values()], modSeq: highest },
  }
}

/** News of flags that waits must not be older than what the answer under way tells of the same message. */
export function freshened(selected: SelectedMailbox, messages: readonly FlagNews[]): SelectedMailbox {
  const { news } = selected
  if (news.flags.length === 0 || messages.length === 0) return selected
  const now = new Map(messages.map((each) => [each.uid, each]))
  const flags = news.flags.map((each) => {
    const { flags: set, modSeq } = now.get(each.uid) ?? each
    return { uid: each.uid, flags: set, modSeq }
  })
  return { ...selected, news: { ...news, flags } }
}

/** How a session wants to be told: by which of the extensions it has switched on. */
export interface Manner {
  readonly modSeq: boolean
  readonly vanished: boolean
}

/** The untagged responses that tell the news. Removals wait where the command under way forbids them. */
export function newsResponses(
  selected: SelectedMailbox,
  mayExpunge: boolean,
  { modSeq, vanished }: Manner,
): readonly Response[] {
  const { exists, expunged, flags } = selected.news
  const responses: Response[] = []
  let uids = selected.uids
  if (mayExpunge && expunged.length > 0) {
    if (vanished) responses.push(vanishedResponse(joined(expunged.map((uid) => [uid, uid]))))
    else {
      // From the highest down, so that no number told here moves another that is still to be told.
      const numbers = expunged.map((uid) => sequenceNumberOf(uids, uid)).sort((a, b) => b - a)
      for (const at of numbers)
        responses.push(untagged('EXPUNGE', `${at} EXPUNGE`, `Letter ${at} is gone; those after it move up.`))
    }
    uids = without(uids, expunged)
  }
  // What has come is told before its flags, which would otherwise be those of a number that nobody knows.
  if (exists.length > 0) responses.push(existsResponse(uids.length + exists.length))
  const all = exists.length > 0 ? [...uids, ...exists] : uids
  const gone = new Set(expunged)
  for (const entry of flags) {
    const at = gone.has(entry.uid) ? 0 : sequenceNumberOf(all, entry.uid)
    if (at > 0) responses.push(flagsResponse(at, entry, { uid: modSeq, modSeq }))
  }
  return responses
}

/** The view after its news has been told. */
export function afterNews(selected: SelectedMailbox, mayExpunge: boolean): SelectedMailbox {
  const { news } = selected
  if (news === NO_NEWS) return selected
  const waits = mayExpunge ? [] : news.expunged
  const kept = mayExpunge && news.expunged.length > 0 ? without(selected.uids, news.expunged) : selected.uids
  const uids = news.exists.length > 0 ? [...kept, ...news.exists] : kept
  if (waits.length > 0) return { ...selected, uids, news: { ...news, exists: [], flags: [] } }
  return { ...selected, uids, modSeq: Math.max(selected.modSeq, news.modSeq), news: NO_NEWS }
}

export function existsResponse(count: number): Response {
  const gloss =
    count === 0
      ? 'The mailbox is empty.'
      : count === 1
        ? 'One letter waits, number 1.'
        : `${count} letters are here, numbers 1 to ${count}.`
  return untagged('EXISTS', `${count} EXISTS`, gloss)
}

/** VANISHED: removals by UID. EARLIER are those of before this session (RFC 7162 section 3.2.10). */
export function vanishedResponse(spans: readonly Span[], earlier = false): Response {
  const count = spans.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  const gloss = earlier
    ? `${letters(count)} went while you were away.`
    : `${letters(count)} ${count === 1 ? 'is' : 'are'} gone; those after move up.`
  return untagged('VANISHED', `VANISHED ${earlier ? '(EARLIER) ' : ''}${spansText(spans)}`, gloss)
}

/** An untagged FETCH that tells flags, with the UID and the mod-sequence where they are wanted; all but the flags where those are not. */
export function flagsResponse(
  at: number,
  { uid, flags, modSeq }: FlagNews,
  tells: { readonly uid: boolean; readonly modSeq: boolean; readonly flags?: boolean },
): Response {
  const items = [
    ...(tells.uid ? [`UID ${uid}`] : []),
    ...(tells.flags === false ? [] : [`FLAGS (${flags.join(' ')})`]),
    ...(tells.modSeq ? [`MODSEQ (${modSeq})`] : []),
  ]
  const gloss =
    flags.length === 0 ? `Letter ${at} has no flags.` : `Letter ${at} is now ${flags.map(flagInWords).join(', ')}.`
  return untagged('FETCH', `${at} FETCH (${items.join(' ')})`, gloss)
}

/** A flag as a caption says it: `seen`. */
export const flagInWords = (flag: string): string => flag.replace(/^\\/, '').toLowerCase()

function without(uids: readonly number[], gone: readonly number[]): readonly number[] {
  const doomed = new Set(gone)
  return uids.filter((uid) => !doomed.has(uid))
}

/** Ascending UIDs or numbers as the shortest sequence set: `1:3,7`. */
export const uidSet = (uids: readonly number[]): string => spansText(spansOf(uids))

export const letters = (count: number): string => plural(count, 'letter')
