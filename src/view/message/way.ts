import type { ReceivedNote, ReceivedPath } from '../../mail/receivedPath'

/** A machine on the way that a header tells. */
export interface Station {
  /** The place of its note, in the order of travel; undefined for the author's machine, which writes none. */
  readonly note?: number
  /** Undefined if its note is in a form that is not known. */
  readonly name?: string | undefined
  readonly address?: string | undefined
  /** Unix milliseconds by its own clock. */
  readonly at?: number | undefined
}

/** The way from one station to the next. */
export interface Leg {
  /** Milliseconds between the two clocks; undefined if one of them is not known, or if they disagree. */
  readonly delay?: number
  /** Milliseconds by which the later clock shows an earlier time: no message arrives before it was sent. */
  readonly behind?: number
  readonly encrypted?: boolean | undefined
  /** True for the slowest leg, if it is slow: at most one is. */
  readonly slow: boolean
  readonly guess?: Guess
}

/** A likely cause of a slow leg. */
export type Guess = 'outbox' | 'soon' | 'queue' | 'longQueue'

export interface Way {
  readonly stations: readonly Station[]
  /** One for each station but the first. */
  readonly legs: readonly Leg[]
  /** Milliseconds from the first known clock to the last; undefined if there are not two, or if they disagree. */
  readonly total?: number
  /** The greatest disagreement of two clocks on a leg; 0 if none disagree. */
  readonly disagreement: number
  /** True if two clocks could be compared. */
  readonly compared: boolean
  readonly encryption: 'all' | 'some' | 'none' | 'unknown'
  /** The first station of the reader's own domain, as far as the notes tell: the line of trust stands before it. */
  readonly trusted: number
}

const MINUTE = 60_000
/** A leg below this is not called slow. */
const SLOW = MINUTE
/** Greylisting and a first new try come within this time; after it a queue is likely. */
const SOON = 10 * MINUTE
const LONG = 6 * 60 * MINUTE

/** The way that a header's notes tell, in the order of travel. */
export function wayOf({ notes, date }: Pick<ReceivedPath, 'notes' | 'date'>): Way {
  const stations = stationsOf(notes, date?.at)
  const gaps = stations.slice(1).map(({ at }, n) => {
    const before = stations[n]?.at
    return at === undefined || before === undefined ? undefined : at - before
  })
  const longest = Math.max(...gaps.map((gap) => gap ?? 0), 0)
  const slowest = longest >= SLOW ? gaps.indexOf(longest) : -1
  const fromAuthor = stations[0]?.note === undefined
  const legs = gaps.map((gap, n): Leg => {
    const { encrypted } = notes[stations[n + 1]?.note ?? -1] ?? {}
    const slow = n === slowest
    return {
      encrypted,
      slow,
      ...(gap === undefined ? {} : gap < 0 ? { behind: -gap } : { delay: gap }),
      ...(slow ? { guess: guessFor(longest, n === 0 && fromAuthor) } : {}),
    }
  })
  const known = stations.flatMap(({ at }) => at ?? [])
  const total = (known.at(-1) ?? 0) - (known[0] ?? 0)
  return {
    stations,
    legs,
    ...(known.length > 1 && total >= 0 ? { total } : {}),
    disagreement: Math.max(0, ...legs.map(({ behind }) => behind ?? 0)),
    compared: gaps.some((gap) => gap !== undefined),
    encryption: encryptionOf(notes),
    trusted: ownFrom(stations),
  }
}

function stationsOf(notes: readonly ReceivedNote[], written: number | undefined): readonly Station[] {
  const [first] = notes
  if (!first) return []
  const said = first.from?.startsWith('[') ? undefined : first.from
  const author: Station = { name: said ?? first.fromName, address: first.fromAddress, at: written }
  const servers = notes.map((note, n): Station => {
    const next = notes[n + 1]
    // The next server has seen the address of this one.
    const address =
      note.byAddress ?? (next?.from === note.by || next?.fromName === note.by ? next?.fromAddress : undefined)
    return { note: n, name: note.by, address, at: note.at }
  })
  const isTold = author.name !== undefined || author.address !== undefined || written !== undefined
  return isTold ? [author, ...servers] : servers
}

function guessFor(delay: number, fromAuthor: boolean): Guess {
  if (fromAuthor) return 'outbox'
  if (delay < SOON) return 'soon'
  return delay < LONG ? 'queue' : 'longQueue'
}

function encryptionOf(notes: readonly ReceivedNote[]): Way['encryption'] {
  const told = notes.flatMap(({ encrypted }) => encrypted ?? [])
  if (told.length === 0) return 'unknown'
  if (told.every((each) => !each)) return 'none'
  return told.every((each) => each) && told.length === notes.length ? 'all' : 'some'
}

/** The last two labels of a name; the whole of a short one. */
const domainIn = (name: string | undefined): string | undefined =>
  name?.replace(/\.$/, '').toLowerCase().split('.').slice(-2).join('.')

/** The first of the last stations that share a domain with the last one. */
function ownFrom(stations: readonly Station[]): number {
  const own = domainIn(stations.at(-1)?.name)
  let from = Math.max(stations.length - 1, 0)
  while (own !== undefined && from > 1 && domainIn(stations[from - 1]?.name) === own) from--
  return from
}
