import { ChevronDown, ChevronRight } from 'lucide-react'
import { ladderText } from '../../messages/ladder'
import type { Heading as GroupHeading, Item } from '../../view/ladder/ladder'
import { groupAbout, groupTitle, groupTitleText, secondsText, waitText } from '../../view/ladder/words'
import { ProtocolMark } from '../panels/ProtocolMark'
import { joined } from '../shell/rich'
import styles from './ladder.module.css'
import { textTop } from './RowDrawing'
import { endOfRows, type LadderState } from './useLadder'

interface MarginProps {
  readonly state: LadderState
  readonly first: number
  readonly end: number
  readonly width: number
  /** Pixels at the right of the margin that belong to the times. */
  readonly times: number
  readonly laneWidth: number
}

/** Pixels of a title beside its words: the signs before it and the edge; and those of a character. */
const SIGNS = 66
const TITLE_CHARACTER = 6.1

/** The times of the rows in sight and the names of their groups, at the left of the lane. */
export function Margin({ state, first, end, width, times, laneWidth }: MarginProps) {
  const { ladder, begun, chosen, phone, topOf } = state
  return (
    <div
      className={phone ? styles.phoneMargin : styles.margin}
      data-narrow={width < 300 || undefined}
      style={{ inlineSize: phone ? laneWidth : width }}
    >
      {!phone &&
        headedIn(ladder.items, first, end).map(({ place, item, heading, until }) => (
          <div
            key={`title ${item.key}`}
            className={styles.stretch}
            data-state={place < begun ? 'done' : 'toCome'}
            style={{
              insetBlockStart: topOf(place),
              blockSize: (until < ladder.items.length ? topOf(until) : endOfRows(ladder)) - topOf(place),
            }}
          >
            <Heading state={state} item={item} heading={heading} room={width - times - SIGNS} />
          </div>
        ))}
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

interface Headed {
  readonly place: number
  readonly item: Item
  readonly heading: GroupHeading
  /** The place of the first row that is no longer under it. */
  readonly until: number
}

/** The titles of the rows in sight, that of the uppermost rows too where it stands above them. */
function headedIn(items: readonly Item[], first: number, end: number): readonly Headed[] {
  const headed: Headed[] = []
  let from = Math.max(0, first)
  while (from > 0 && !items[from]?.heading) from--
  let until = end
  while (until < items.length && !items[until]?.heading) until++
  for (let place = until - 1; place >= from; place--) {
    const item = items[place]
    if (!item?.heading) continue
    // Events and waits after the last row of the group are no longer under its title.
    let last = until
    while (last > place + 1 && items[last - 1]?.type !== 'arrow' && items[last - 1]?.type !== 'bar') last--
    headed.push({ place, item, heading: item.heading, until: last })
    until = place
  }
  return headed
}

interface HeadingProps {
  readonly state: LadderState
  readonly item: Item
  readonly heading: GroupHeading
  /** Pixels for the words of the title. */
  readonly room: number
}

/**
 * The name of a group with what it is about, and the sign that opens or closes it. It stays in sight while rows of its group are. A
 * name that is too long for one line takes the second one too.
 */
function Heading({ state: { names, toggle }, item, heading: { group, first, rows, hidden, to }, room }: HeadingProps) {
  const isOpen = item.type === 'arrow'
  const name = joined(groupTitle(group, names, (inside) => <b translate="no">{joined(inside)}</b>, to))
  const isTall = item.height >= 40 || rows > 1
  const isLong = groupTitleText(group, names, to).length * TITLE_CHARACTER > room
  return (
    <div className={styles.heading} data-long={(isLong && isTall) || undefined}>
      <button type="button" aria-expanded={isOpen} onClick={() => toggle(group.key, !isOpen)}>
        {isOpen ? <ChevronDown aria-hidden="true" size={14} /> : <ChevronRight aria-hidden="true" size={14} />}
        <ProtocolMark protocol={group.protocol === 'TEXT' ? 'TCP' : group.protocol} />
        <span className={first ? undefined : styles.again}>{name}</span>
      </button>
      {first && isTall && !isLong && (
        <p className={styles.about}>
          {groupAbout(group)}
          {hidden > 0 && <>, {ladderText('hidden', { hidden })}</>}
        </p>
      )}
    </div>
  )
}
