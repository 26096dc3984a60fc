import { useMemo, useState } from 'react'
import { type Filter, type FilterFault, parseFilter } from '../../view/events/filter/parse'
import { OUTCOMES, type Outcome } from '../../view/events/row'
import type { Wanted } from '../../view/events/sift'
import { readText, writeText } from '../keeping/database'

/** The filters as a person has set them. They survive a reload of this browser tab. */
export interface Filters {
  readonly hidden: readonly string[]
  readonly host: string
  readonly message: string
  readonly outcome: Outcome | ''
  readonly text: string
  /** The display filter, as it is written. */
  readonly display: string
}

export const NO_FILTERS: Filters = { hidden: [], host: '', message: '', outcome: '', text: '', display: '' }

const keyOf = (run: string): string => `events:${run}`

function readFilters(kept: string | undefined): Filters {
  try {
    const value: unknown = JSON.parse(kept ?? '')
    if (typeof value !== 'object' || value === null) return NO_FILTERS
    const has = value as Readonly<Record<string, unknown>>
    const textAt = (key: string): string => (typeof has[key] === 'string' ? has[key] : '')
    const hidden = Array.isArray(has['hidden']) ? has['hidden'].filter((each) => typeof each === 'string') : []
    return {
      hidden,
      host: textAt('host'),
      message: textAt('message'),
      outcome: OUTCOMES.find((outcome) => outcome === has['outcome']) ?? '',
      text: textAt('text'),
      display: textAt('display'),
    }
  } catch {
    return NO_FILTERS
  }
}

export interface FilterState {
  readonly filters: Filters
  readonly wanted: Wanted
  /** Why the display filter cannot be read. */
  readonly fault: FilterFault | undefined
  change(next: Partial<Filters>): void
}

/** The number of filters that are set. */
export const countOf = ({ hidden, host, message, outcome, text, display }: Filters): number =>
  Number(hidden.length > 0) + [host, message, outcome, text.trim(), display.trim()].filter((each) => each !== '').length

/** A display filter that cannot be read leaves the last one that could in force. */
export function useFilters(run: string): FilterState {
  const [filters, setFilters] = useState(() => readFilters(readText('session', keyOf(run))))
  const { hidden, host, message, outcome, text, display } = filters
  const parsed = useMemo(() => parseFilter(display), [display])
  const [readable, setReadable] = useState<Filter | undefined>(parsed.filter)
  if (!parsed.fault && parsed.filter !== readable) setReadable(parsed.filter)
  const filter = parsed.fault ? readable : parsed.filter
  const wanted = useMemo(
    (): Wanted => ({
      hidden: new Set(hidden),
      text,
      ...(host === '' ? {} : { host }),
      ...(message === '' ? {} : { message }),
      ...(outcome === '' ? {} : { outcome }),
      ...(filter ? { filter } : {}),
    }),
    [hidden, host, message, outcome, text, filter],
  )
  return {
    filters,
    wanted,
    fault: parsed.fault,
    change: (next) => {
      const after = { ...filters, ...next }
      setFilters(after)
      writeText('session', keyOf(run), JSON.stringify(after))
    },
  }
}
