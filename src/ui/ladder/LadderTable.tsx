import { memo } from 'react'
import type { Instant } from '../../base/time'
import { ladderText } from '../../messages/ladder'
import type { Item } from '../../view/ladder/ladder'
import { cellsOf, groupTitleText } from '../../view/ladder/words'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'

interface LadderTableProps {
  readonly view: RunView
  readonly names: Names
  readonly items: readonly Item[]
  /** The rows that are in sight, and one by one those that the keyboard goes to. */
  readonly first: number
  readonly end: number
  readonly chosen: number | undefined
  readonly t: Instant
  readonly id: string
}

/** Some rows that follow each other in one group. */
interface Stretch {
  readonly title: string | undefined
  readonly rows: { readonly item: Item; readonly place: number }[]
}

/** The ladder for screen readers: a table with a row group for each group. It has the rows in sight, and says how many there are. */
export const LadderTable = memo(({ view, names, items, first, end, chosen, t, id }: LadderTableProps) => {
  const stretches: Stretch[] = []
  for (let place = first; place < end; place++) {
    const item = items[place]
    if (!item) continue
    const title = item.heading && groupTitleText(item.heading.group, names, item.heading.to)
    if (title !== undefined || stretches.length === 0) stretches.push({ title, rows: [] })
    stretches.at(-1)?.rows.push({ item, place })
  }
  return (
    <table className="unseen" aria-label={ladderText('table')} aria-rowcount={items.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          {(['seconds', 'from', 'to', 'what', 'outcome'] as const).map((key) => (
            <th key={key} scope="col">
              {ladderText(key)}
            </th>
          ))}
        </tr>
      </thead>
      {stretches.map(({ title, rows }) => (
        <tbody key={rows[0]?.item.key} aria-label={title}>
          {rows.map(({ item, place }) => (
            <tr
              key={item.key}
              id={`${id}-${place}`}
              aria-rowindex={place + 2}
              aria-current={place === chosen ? 'true' : undefined}
            >
              {cellsOf(item, view, names, t).map((cell, column) => (
                <td key={column} translate={column === 3 && item.type === 'arrow' ? 'no' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  )
})
