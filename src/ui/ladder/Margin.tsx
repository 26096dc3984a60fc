import { ChevronDown, ChevronRight } from 'lucide-react'
import { ladderText } from '../../messages/ladder'
import type { Item } from '../../view/ladder/ladder'
import { groupAbout, groupTitle, secondsText, waitText } from '../../view/ladder/words'
import { ProtocolMark } from '../panels/ProtocolMark'
import { joined } from '../shell/rich'
import styles from './ladder.module.css'
import { textTop } from './RowDrawing'
import type { LadderState } from './useLadder'

interface MarginProps {
  readonly state: LadderState
  readonly first: number
  readonly end: number
  readonly width: number
  readonly laneWidth: number
}

/** The times of the rows in sight and the names of their groups, at the left of the lane. */
export function Margin({ state, first, end, width, laneWidth }: MarginProps) {
  const { ladder, begun, chosen, phone, topOf } = state
  return (
    <div
      className={phone ? styles.phoneMargin : styles.margin}
      data-narrow={width < 300 || undefined}
      style={{ inlineSize: phone ? laneWidth : width }}
    >
      {ladder.items.slice(first, end).map((item, index) => {
        const place = first + index
        return (
          <div
            key={item.key}
            className={styles.entry}
            data-state={place < begun ? 'done' : 'toCome'}
            data-chosen={place === chosen || undefined}
            style={{ insetBlockStart: topOf(place) }}
          >
            {!phone && item.heading && <Heading state={state} item={item} />}
            {item.type === 'tear' ? (
              <button
                type="button"
                className={styles.wait}
                data-mended={item.mended || undefined}
                aria-label={ladderText(item.mended ? 'tear' : 'mend', { wait: waitText(item.until - item.at) })}
                style={{ insetBlockStart: item.height / 2 - 9 }}
                onClick={() => state.mend(item.ended)}
              >
                {waitText(item.until - item.at)}
              </button>
            ) : phone && item.type === 'arrow' ? null : (
              <span
                className={styles.time}
                style={{ insetBlockStart: textTop(phone) - 9 }}
                translate="no"
                aria-hidden="true"
              >
                {secondsText(item.at)}
                {item.type === 'bar' && item.until > item.at && <small>{secondsText(item.until)}</small>}
              </span>
            )}
          </div>
        )
      })}
    </div>
  )
}

/** The name of a group with what it is about, and the sign that opens or closes it. */
function Heading({ state, item }: { readonly state: LadderState; readonly item: Item }) {
  const { names, toggle } = state
  if (!item.heading) return null
  const { group, first, rows, hidden } = item.heading
  const isOpen = item.type === 'arrow'
  const name = joined(groupTitle(group, names, (inside) => <b translate="no">{joined(inside)}</b>))
  const isTall = item.height >= 40 || rows > 1
  return (
    <div className={styles.heading}>
      <button type="button" aria-expanded={isOpen} onClick={() => toggle(group.key, !isOpen)}>
        {isOpen ? <ChevronDown aria-hidden="true" size={14} /> : <ChevronRight aria-hidden="true" size={14} />}
        <ProtocolMark protocol={group.protocol === 'TEXT' ? 'TCP' : group.protocol} />
        <span className={first ? undefined : styles.again}>{name}</span>
      </button>
      {first && isTall && (
        <p className={styles.about}>
          {groupAbout(group)}
          {hidden > 0 && <>, {ladderText('hidden', { hidden })}</>}
        </p>
      )}
    </div>
  )
}
