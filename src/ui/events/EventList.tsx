import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { eventsText } from '../../messages/events'
import { panelsText } from '../../messages/panels'
import type { Outcome, Row } from '../../view/events/row'
import { rowOf, wordsOf } from '../../view/events/row'
import { type Shown, shownAt } from '../../view/events/sift'
import type { Names } from '../../view/run/names'
import type { RunView } from '../../view/run/runView'
import { ProtocolMark } from '../panels/ProtocolMark'
import { Sign } from '../panels/Verdict'
import { useRun } from '../run/RunContext'
import { timeInWords } from '../run/useMoment'
import { useMedia } from '../shell/useMedia'
import styles from './events.module.css'

/** The height of a row in pixels; on a narrow screen it has two lines. */
const ROW = 28
const NARROW_ROW = 62
/** The height of the line that says now. */
const NOW = 26
/** Rows beyond those in sight that are drawn too. */
const SPARE = 8

export interface EventListProps {
  readonly view: RunView
  readonly names: Names
  readonly shown: Shown
  /** The number of shown events up to now. */
  readonly past: number
  /** The index of the chosen event among those that are shown. */
  readonly chosen: number | undefined
  /** Goes to the event at an index. */
  onGo(index: number): void
  onCause(): void
  onEffect(): void
  onWhy(): void
  onFind(): void
}

/** All events that are shown, of which only those in sight are in the document. */
export function EventList({
  view,
  names,
  shown,
  past,
  chosen,
  onGo,
  onCause,
  onEffect,
  onWhy,
  onFind,
}: EventListProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const narrow = useMedia('(max-width: 699px)')
  const row = narrow ? NARROW_ROW : ROW
  const [sight, setSight] = useState({ top: 0, height: 600 })

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const look = (): void => setSight({ top: element.scrollTop, height: element.clientHeight })
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  /** The place of a row from the top; the line that says now stands between the past and the future. */
  const topOf = (index: number): number => index * row + (index >= past ? NOW : 0)

  const show = (top: number, height: number): void => {
    const element = box.current
    if (!element) return
    const { scrollTop, clientHeight } = element
    if (top < scrollTop) element.scrollTop = top - height
    else if (top + height > scrollTop + clientHeight) element.scrollTop = top + 2 * height - clientHeight
  }
  // Whenever time has moved, the line that says now is brought into sight, and so is a new choice: last, since another filter
  // moves both.
  useLayoutEffect(() => {
    show(past * row, NOW)
  }, [past, row])
  useLayoutEffect(() => {
    // Its place changes when time passes it, which is no reason to scroll: both places are brought into sight.
    if (chosen !== undefined) show(chosen * row, row + NOW)
  }, [chosen, shown, row])

  const first = Math.max(0, Math.floor(sight.top / row) - SPARE)
  const last = Math.min(shown.length, Math.ceil((sight.top + sight.height) / row) + SPARE)
  const indices = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n)
  // The chosen row is in the document even if it is out of sight: the focus of the list points at it.
  if (chosen !== undefined && (chosen < first || chosen >= last)) indices.push(chosen)

  const move = (to: number): void => onGo(Math.min(Math.max(to, 0), shown.length - 1))
  const page = Math.max(1, Math.floor(sight.height / row) - 1)
  const from = chosen ?? past - 1
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(from + 1),
    ArrowUp: () => move(chosen === undefined ? from : from - 1),
    PageDown: () => move(from + page),
    PageUp: () => move(from - page),
    Home: () => move(0),
    End: () => move(shown.length - 1),
    Enter: () => move(from),
    ArrowLeft: onCause,
    ArrowRight: onEffect,
    w: onWhy,
    '/': onFind,
  }
  const pressed = (event: KeyboardEvent): void => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key]
    if (!act || shown.length === 0) return
    event.preventDefault()
    act()
  }

  return (
    <div
      ref={box}
      className={styles.list}
      role="grid"
      aria-label={eventsText('list')}
      aria-rowcount={shown.length + 1}
      aria-colcount={COLUMNS.length}
      tabIndex={0}
      aria-activedescendant={chosen === undefined ? undefined : `${id}-${chosen}`}
      onScroll={({ currentTarget }) => setSight({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })}
      onKeyDown={pressed}
    >
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={styles[column]}>
            {eventsText(`head.${column}`)}
          </span>
        ))}
      </div>
      <div className={styles.rows} role="rowgroup" style={{ blockSize: shown.length * row + NOW }}>
        {indices.map((index) => (
          <EventRow
            key={index}
            id={`${id}-${index}`}
            index={index}
            row={rowAt(view, shown, index)}
            top={topOf(index)}
            height={row}
            view={view}
            names={names}
            chosen={index === chosen}
            ahead={index >= past}
            onGo={onGo}
          />
        ))}
        <NowLine top={past * row} />
      </div>
    </div>
  )
}

const COLUMNS = ['time', 'from', 'to', 'kind', 'said'] as const

const rowAt = (view: RunView, shown: Shown, index: number): Row | undefined => {
  const listed = shownAt(shown, index)
  return listed && rowOf(view, listed)
}

/** The present moment, across all columns. For screen readers the rows that are ahead say it. */
function NowLine({ top }: { readonly top: number }) {
  const at = useRun((run) => timeInWords(run.t))
  return (
    <div className={styles.now} style={{ insetBlockStart: top, blockSize: NOW }} aria-hidden="true">
      <span className={styles.nowTime}>{at}</span>
      <span className={styles.nowWord}>{eventsText('now')}</span>
    </div>
  )
}

interface EventRowProps {
  readonly id: string
  readonly index: number
  readonly row: Row | undefined
  readonly top: number
  readonly height: number
  readonly view: RunView
  readonly names: Names
  readonly chosen: boolean
  readonly ahead: boolean
  onGo(index: number): void
}

function EventRow({ id, index, row, top, height, view, names, chosen, ahead, onGo }: EventRowProps) {
  if (!row) return null
  const { wire, lines, words } = wordsOf(row, view, names)
  const { from, to, protocol, outcome, kind } = row
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      className={styles.row}
      style={{ insetBlockStart: top, blockSize: height }}
      data-ahead={ahead ? '' : undefined}
      data-outcome={outcome}
      onClick={() => onGo(index)}
    >
      <span role="gridcell" className={styles.time}>
        {timeInWords(row.at)}
      </span>
      <span role="gridcell" className={styles.from}>
        {from === undefined ? '' : <span translate="no">{names.short(from)}</span>}
      </span>
      <span role="gridcell" className={styles.to}>
        {to === undefined ? (
          ''
        ) : (
          <>
            <span className={styles.arrow} aria-hidden="true">
              →
            </span>
            <span translate="no">{names.short(to)}</span>
          </>
        )}
      </span>
      <span role="gridcell" className={styles.kind}>
        {protocol === undefined ? <span className={styles.noMark} /> : <ProtocolMark protocol={protocol} />}
        {protocol !== undefined && (
          <span className="unseen" translate="no">
            {protocol}{' '}
          </span>
        )}
        <span className={styles.kindWord}>{eventsText(`kind.${kind}`)}</span>
      </span>
      <span role="gridcell" className={styles.said}>
        <OutcomeSign outcome={outcome} />
        {wire !== '' && (
          <span className={styles.wire} translate="no">
            {wire}
          </span>
        )}
        {lines > 1 && <span className={styles.quiet}>{eventsText('moreLines', { count: lines - 1 })}</span>}
        {words !== '' &&
          (wire === '' ? (
            <span className={styles.event}>{words}</span>
          ) : (
            <i className={styles.gloss}>{panelsText('quoted', { gloss: words })}</i>
          ))}
      </span>
    </div>
  )
}

/** Shapes of the outcomes that need a sign: a cross, an hourglass, a crossed square. */
const SIGNS = {
  refused: 'M3 3l8 8M11 3l-8 8',
  later: 'M3.5 2h7L7 7l3.5 5h-7L7 7z',
  lost: 'M2 2h10v10h-10zM2 2l10 10M12 2l-10 10',
} as const

function OutcomeSign({ outcome }: { readonly outcome: Outcome }) {
  if (outcome === 'good' || outcome === 'none') return null
  return (
    <span className={styles.sign} data-kind={outcome}>
      <Sign kind={outcome === 'lost' ? 'refused' : outcome} path={SIGNS[outcome]} word="" />
      <b>{eventsText(`outcome.${outcome}`)}</b>
    </span>
  )
}
