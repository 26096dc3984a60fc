import type { SequenceSet } from './grammar'
import { plural, type Response, untagged } from './responses'
import type { MailboxChange } from './storeQuestions'

/**
 * What one session knows of the mailbox it has selected. Sequence numbers are positions in `uids`, and they change
 * only when this session has been told so: what happened meanwhile waits as news (RFC 9051 section 5.2 and 7.5.1).
 */
export interface SelectedMailbox {
  readonly mailbox: string
  readonly readOnly: boolean
  /** By message sequence number: the UID of message 1 stands first. */
  readonly uids: readonly number[]
  readonly news: News
}

export interface News {
  readonly exists: readonly number[]
  readonly expunged: readonly number[]
  readonly flags: readonly { readonly uid: number; readonly flags: readonly string[] }[]
}

export const NO_NEWS: News = { exists: [], expunged: [], flags: [] }

/** The message sequence number of a UID, or 0 where this session does not know it. */
export function sequenceNumberOf(uids: readonly number[], uid: number): number {
  const at = firstFrom(uids, uid)
  return uids[at] === uid ? at + 1 : 0
}

/** The position of the first UID that is not below the given one. */
function firstFrom(uids: readonly number[], uid: number): number {
  let low = 0
  let high = uids.length
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((uids[middle] as number) < uid) low = middle + 1
    else high = middle
  }
  return low
}

/** Takes in what happened to a mailbox. What concerns another mailbox, or is known already, leaves the view as it was. */
export function noteChanges(
  selected: SelectedMailbox,
  user: string | null,
  changes: readonly MailboxChange[],
): SelectedMailbox {
  let { exists, expunged, flags } = selected.news
  let changed = false
  for (const change of changes) {
    if (change.user !== user || change.mailbox !== selected.mailbox) continue
    const known = sequenceNumberOf(selected.uids, change.uid) > 0
    if (change.kind === 'exists') {
      const last = Math.max(exists.at(-1) ?? 0, selected.uids.at(-1) ?? 0)
      if (change.uid <= last) continue
      exists = [...exists, change.uid]
    } else if (change.kind === 'expunged') {
      if (exists.includes(change.uid)) exists = exists.filter((uid) => uid !== change.uid)
      else if (known && !expunged.includes(change.uid)) expunged = [...expunged, change.uid]
      else continue
    } else {
      if (!known || !change.flags) continue
      flags = [...flags.filter((entry) => entry.uid !== change.uid), { uid: change.uid, flags: change.flags }]
    }
    changed = true
  }
  return changed ? { ...selected, news: { exists, expunged, flags } } : selected
}

/** The untagged responses that tell the news. Removals wait where the command under way forbids them. */
export function newsResponses(selected: SelectedMailbox, mayExpunge: boolean): readonly Response[] {
  const { exists, expunged, flags } = selected.news
  const responses: Response[] = []
  let uids = selected.uids
  if (mayExpunge && expunged.length > 0) {
    // From the highest down, so that no number told here moves another that is still to be told.
    const numbers = expunged.map((uid) => sequenceNumberOf(uids, uid)).sort((a, b) => b - a)
    for (const at of numbers)
      responses.push(untagged('EXPUNGE', `${at} EXPUNGE`, `Letter ${at} is gone; those after it move up.`))
    uids = without(uids, expunged)
  }
  for (const entry of flags) {
    const at = expunged.includes(entry.uid) ? 0 : sequenceNumberOf(uids, entry.uid)
    if (at > 0) responses.push(flagsResponse(at, entry.flags))
  }
  if (exists.length > 0) responses.push(existsResponse(uids.length + exists.length))
  return responses
}

/** The view after its news has been told. */
export function afterNews(selected: SelectedMailbox, mayExpunge: boolean): SelectedMailbox {
  const { exists, expunged, flags } = selected.news
  if (exists.length === 0 && flags.length === 0 && (expunged.length === 0 || !mayExpunge)) return selected
  const kept = mayExpunge && expunged.length > 0 ? without(selected.uids, expunged) : selected.uids
  const uids = exists.length > 0 ? [...kept, ...exists] : kept
  return { ...selected, uids, news: { exists: [], flags: [], expunged: mayExpunge ? [] : expunged } }
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

export function flagsResponse(at: number, flags: readonly string[], uid?: number): Response {
  const list = `FLAGS (${flags.join(' ')})`
  const gloss =
    flags.length === 0 ? `Letter ${at} has no flags.` : `Letter ${at} is now ${flags.map(flagInWords).join(', ')}.`
  return untagged('FETCH', `${at} FETCH (${uid === undefined ? '' : `UID ${uid} `}${list})`, gloss)
}

/** A flag as a caption says it: `seen`. */
export const flagInWords = (flag: string): string => flag.replace(/^\\/, '').toLowerCase()

/**
 * The UIDs that a set of message sequence numbers names, ascending, each once. Undefined where it names a message
 * that is not there. `1:*` in an empty mailbox names nothing, and is no mistake.
 */
export function resolveNumbers(set: SequenceSet, uids: readonly number[]): readonly number[] | undefined {
  const last = uids.length
  const spans: [number, number][] = []
  for (const { from, to } of set) {
    const a = from === '*' ? last : from
    const b = to === '*' ? last : to
    const low = Math.min(a, b)
    if (last === 0 && (from === '*' || to === '*')) continue
    if (low > last) return undefined
    spans.push([low - 1, Math.min(Math.max(a, b), last) - 1])
  }
  return gather(spans, uids)
}

/** The UIDs that a set of UIDs names, of those the session knows. One that is not there is passed over (RFC 9051 6.4.9). */
export function resolveUids(set: SequenceSet, uids: readonly number[]): readonly number[] {
  const last = uids.at(-1)
  if (last === undefined) return []
  const spans = set.map(({ from, to }): [number, number] => {
    const a = from === '*' ? last : from
    const b = to === '*' ? last : to
    return [firstFrom(uids, Math.min(a, b)), firstFrom(uids, Math.max(a, b) + 1) - 1]
  })
  return gather(spans, uids)
}

function gather(spans: readonly [number, number][], uids: readonly number[]): readonly number[] {
  const ordered = [...spans].sort((a, b) => a[0] - b[0])
  const found: number[] = []
  let next = 0
  for (const [first, last] of ordered) {
    for (let at = Math.max(first, next); at <= last; at++) found.push(uids[at] as number)
    next = Math.max(next, last + 1)
  }
  return found
}

function without(uids: readonly number[], gone: readonly number[]): readonly number[] {
  const doomed = new Set(gone)
  return uids.filter((uid) => !doomed.has(uid))
}

/** UIDs as the shortest sequence set: `1:3,7`. */
export function uidSet(uids: readonly number[]): string {
  const parts: string[] = []
  for (let at = 0; at < uids.length; ) {
    const first = uids[at] as number
    let last = first
    while (uids[at + 1] === last + 1) {
      last++
      at++
    }
    parts.push(first === last ? `${first}` : `${first}:${last}`)
    at++
  }
  return parts.join(',')
}

export const letters = (count: number): string => plural(count, 'letter')
