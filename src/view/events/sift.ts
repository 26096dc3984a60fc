import type { MessageId } from '../../world/fact'
import type { HostName } from '../../world/world'
import type { Names } from '../run/names'
import type { RunView } from '../run/runView'
import { type Asked, textOf } from './fields'
import { accepts } from './filter/accepts'
import type { Filter } from './filter/parse'
import { type Listed, type Listing, listingOf } from './listing'
import { type Outcome, type Row, rowOf } from './row'

/** The events that a person wants to see. All parts have to be fulfilled. */
export interface Wanted {
  /** Protocols whose events are hidden. */
  readonly hidden: ReadonlySet<string>
  readonly host?: HostName | undefined
  readonly message?: MessageId | undefined
  readonly outcome?: Outcome | undefined
  readonly text: string
  readonly filter?: Filter | undefined
}

export const EVERYTHING: Wanted = { hidden: new Set(), text: '' }

/** True if every event is wanted. */
export const isEverything = ({ hidden, host, message, outcome, text, filter }: Wanted): boolean =>
  hidden.size === 0 &&
  host === undefined &&
  message === undefined &&
  outcome === undefined &&
  text.trim() === '' &&
  filter === undefined

/** The places of the shown events in the list of all events. */
export interface Shown {
  readonly listing: Listing
  readonly length: number
  /** The place in the whole list of the shown event at an index. */
  placeAt(index: number): number
  /** The number of shown events before a place of the whole list. */
  indexOf(place: number): number
  /** The number of events of the list that have been looked at. */
  readonly looked: number
}

/** The event at an index of those that are shown. */
export const shownAt = ({ listing, placeAt }: Shown, index: number): Listed | undefined =>
  listing.events.get(placeAt(index))

const whole = (listing: Listing): Shown => ({
  listing,
  length: listing.events.length,
  placeAt: (index) => index,
  indexOf: (place) => place,
  looked: listing.events.length,
})

/** The first of some ordered places. */
function some(listing: Listing, places: readonly number[], length: number, looked: number): Shown {
  return {
    listing,
    length,
    placeAt: (index) => (index < length ? (places[index] ?? -1) : -1),
    indexOf: (place) => {
      let low = 0
      let high = length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((places[middle] as number) < place) low = middle + 1
        else high = middle
      }
      return low
    },
    looked,
  }
}

/** Events that are looked at in one step. */
const AT_ONCE = 500

/** The shown events, in steps, so that a page can draw in between: each step yields those that were found so far. */
export function* sifted(view: RunView, names: Names, wanted: Wanted): Generator<Shown, Shown> {
  const listing = listingOf(view.timeline)
  if (isEverything(wanted)) return whole(listing)
  const places: number[] = []
  const text = wanted.text.trim().toLowerCase()
  let place = 0
  for (const listed of listing.events) {
    const row = rowOf(view, listed)
    if (row && fits({ row, view, names }, wanted, text)) places.push(place)
    place++
    if (place % AT_ONCE === 0) yield some(listing, places, places.length, place)
  }
  return some(listing, places, places.length, place)
}

/** The shown events at once. */
export function sift(view: RunView, names: Names, wanted: Wanted): Shown {
  const steps = sifted(view, names, wanted)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function fits(asked: Asked, { hidden, host, message, outcome, filter }: Wanted, text: string): boolean {
  const { row } = asked
  return (
    !(row.protocol !== undefined && hidden.has(row.protocol)) &&
    (host === undefined || row.from === host || row.to === host) &&
    (message === undefined || row.message === message) &&
    (outcome === undefined || row.outcome === outcome) &&
    (text === '' || textOf(asked).toLowerCase().includes(text)) &&
    accepts(filter, asked)
  )
}

/** The rows of a run with all that a filter asks, for the values that are offered. */
export function* askedRows(view: RunView, names: Names): Generator<Asked> {
  for (const listed of listingOf(view.timeline).events) {
    const row: Row | undefined = rowOf(view, listed)
    if (row) yield { row, view, names }
  }
}
