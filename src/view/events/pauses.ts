import type { Instant } from '../../base/time'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { accepts } from './filter/accepts'
import { quotedIfNeeded } from './filter/complete'
import { type Filter, parseFilter } from './filter/parse'
import { countBy, listingOf, placeOfFact } from './listing'
import { rowOf } from './row'

/** The events at which playing pauses. Each is a filter in words that need no knowledge of filters. */
export type PauseWhen =
  | { readonly type: 'later' | 'refused' }
  /** `field` is that of the protocol's commands: `smtp.command`. */
  | { readonly type: 'command'; readonly field: string; readonly command: string }
  | { readonly type: 'queue'; readonly host: HostName }
  | { readonly type: 'flag'; readonly flag: string }
  | { readonly type: 'filter'; readonly filter: string }

export interface Breakpoint {
  readonly id: number
  readonly when: PauseWhen
  /** A name given by a person. */
  readonly name?: string
  readonly on: boolean
}

/** The filter that a breakpoint stands for. */
export function filterOf(when: PauseWhen): string {
  switch (when.type) {
    case 'later':
      return 'smtp.reply >= 400 and smtp.reply < 500'
    case 'refused':
      return 'smtp.reply >= 500'
    case 'command':
      return `${when.field} == ${quotedIfNeeded(when.command)}`
    case 'queue':
      return `kind == queued and from == ${quotedIfNeeded(when.host)}`
    case 'flag':
      return `flag == ${quotedIfNeeded(when.flag)}`
    case 'filter':
      return when.filter
  }
}

/** A breakpoint that is on, with its filter. */
export interface Armed {
  readonly breakpoint: Breakpoint
  readonly filter: Filter
}

/** The breakpoints that are on. One whose filter cannot be read, or is empty, pauses nothing. */
export const armed = (breakpoints: readonly Breakpoint[]): readonly Armed[] =>
  breakpoints.flatMap((breakpoint) => {
    const { filter } = breakpoint.on ? parseFilter(filterOf(breakpoint.when)) : {}
    return filter ? [{ breakpoint, filter }] : []
  })

/** A moment of a run up to which events have been passed: of several at one instant, those up to a fact. */
export interface Passed {
  readonly t: Instant
  readonly fact: number
}

/** The moment at which an event of a breakpoint is first seen. */
export interface Hit {
  readonly at: Instant
  /** The order of its fact. */
  readonly fact: number
  readonly breakpoints: readonly Breakpoint[]
}

/**
 * The first event after a moment, up to an instant, at which a breakpoint pauses. The time depends on the events in between, not on
 * the length of the run.
 */
export function firstHit(
  view: RunView,
  names: Names,
  all: readonly Armed[],
  passed: Passed,
  until: Instant,
): Hit | undefined {
  if (all.length === 0) return undefined
  const { events } = listingOf(view.timeline)
  let hit: Hit | undefined
  for (const listed of events.from(firstPlace(view, passed))) {
    if (listed.at > (hit?.at ?? until)) break
    const row = rowOf(view, listed)
    if (!row || !isAfter(row.shownFrom, listed.fact, passed) || row.shownFrom > until) continue
    if (hit && row.shownFrom >= hit.at) continue
    const asked = { row, view, names }
    const breakpoints = all.filter(({ filter }) => accepts(filter, asked)).map(({ breakpoint }) => breakpoint)
    if (breakpoints.length > 0) hit = { at: row.shownFrom, fact: listed.fact, breakpoints }
  }
  return hit
}

const isAfter = (at: Instant, fact: number, passed: Passed): boolean =>
  at > passed.t || (at === passed.t && fact > passed.fact)

/** The place of the first event that may be after a moment: lines that leave together are seen one after another. */
function firstPlace(view: RunView, { t }: Passed): number {
  const listing = listingOf(view.timeline)
  const { lines } = view.history.flights
  const byTime = countBy(listing, t - 0.0005)
  const line = lines.get(lines.countUpTo(({ from }) => from, t - 0.0005))
  const byLine = line && placeOfFact(listing, line.flight.fact)
  return Math.min(byTime, byLine ?? byTime)
}
