import { memo } from 'react'
import type { Instant } from '../../base/time'
import type { Item } from '../../view/ladder/ladder'
import type { Lane, Lifeline } from '../../view/ladder/lane'
import styles from './ladder.module.css'

/** How a lifeline looks beside a row: it is interrupted where a text or the arrow of others would cross it. */
export type Look = 'talks' | 'known' | 'idle' | 'off' | 'none'

/** A row with what its drawing covers, from west to east. */
export interface Covered {
  readonly item: Item
  readonly top: number
  readonly bottom: number
  readonly past: boolean
  readonly text?: readonly [west: number, east: number]
  /** Between the ends of its group, where lifelines of others are interrupted. */
  readonly group?: readonly [west: number, east: number]
}

interface LifelinesProps {
  readonly lane: Lane
  readonly rows: readonly Covered[]
  /** The drawing begins and ends at these heights. */
  readonly from: number
  readonly to: number
  readonly spans: ReadonlyMap<string, readonly [number, number]>
  /** The place of the first of the rows. */
  readonly first: number
  isOff(host: string, t: Instant): boolean
}

/** All lifelines of the part in sight: one path for each look of each. */
export const Lifelines = memo(({ lane, rows, from, to, spans, first, isOff }: LifelinesProps) =>
  lane.lifelines.map((lifeline) => {
    const paths = new Map<Look, string>()
    let look: Look = 'idle'
    let start = from
    const until = (y: number): void => {
      if (look !== 'none' && y > start) paths.set(look, `${paths.get(look) ?? ''}M${lifeline.x} ${start}V${y}`)
    }
    rows.forEach((row, index) => {
      const next = lookOf(lifeline, row, first + index, spans, isOff)
      if (next !== look) {
        until(row.top)
        ;[look, start] = [next, row.top]
      }
    })
    const last = rows.at(-1)
    if (last && look !== 'idle' && look !== 'off') {
      until(last.bottom)
      ;[look, start] = ['idle', last.bottom]
    }
    until(to)
    return [...paths].map(([each, d]) => (
      <path key={`${lifeline.hosts[0]} ${each}`} className={styles.lifeline} data-look={each} d={d} />
    ))
  }),
)

function lookOf(
  { x, hosts }: Lifeline,
  { item, text, group, past }: Covered,
  place: number,
  spans: LifelinesProps['spans'],
  isOff: LifelinesProps['isOff'],
): Look {
  const takesPart = item.type === 'arrow' && hosts.some((host) => item.group.hosts.includes(host))
  const isEnd = item.type === 'arrow' && hosts.some((host) => host === item.arrow.from || host === item.arrow.to)
  const isBarEnd = item.type === 'bar' && hosts.some((host) => item.group.hosts.includes(host))
  if (text && !isEnd && !isBarEnd && x > text[0] && x < text[1]) return 'none'
  if (group && !takesPart && !isBarEnd && x > group[0] && x < group[1]) return 'none'
  if (hosts.length === 1 && hosts.some((host) => isOff(host, item.at))) return 'off'
  if (takesPart && past) return 'talks'
  const known = hosts.some((host) => {
    const span = spans.get(host)
    return span !== undefined && place >= span[0] && place <= span[1]
  })
  return known ? 'known' : 'idle'
}
