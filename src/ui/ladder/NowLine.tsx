import { type RefObject, useEffect, useRef } from 'react'
import { ladderText } from '../../messages/ladder'
import { instantAt } from '../../view/ladder/ladder'
import { secondsText } from '../../view/ladder/words'
import { useRunStore } from '../run/RunContext'
import styles from './ladder.module.css'
import { type LadderState, NOW_SPACE } from './useLadder'

interface NowLineProps {
  readonly state: LadderState
  readonly width: number
  readonly box: RefObject<HTMLDivElement | null>
}

/** The line of the present with its time in a dark tab, which can be dragged. The time is written without React. */
export function NowLine({ state, width, box }: NowLineProps) {
  const { ladder, begun, phone, topOf } = state
  const run = useRunStore()
  const time = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const write = (): void => {
      if (time.current) time.current.textContent = secondsText(run.get().t)
    }
    write()
    return run.subscribe(write)
  }, [run])
  const y = begun < ladder.items.length ? topOf(begun) - NOW_SPACE / 2 : topOf(begun) + NOW_SPACE / 2
  const drag = (event: React.PointerEvent<HTMLDivElement>): void => {
    const element = box.current
    if (!element || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const body = event.currentTarget.parentElement?.getBoundingClientRect()
    if (body) run.actions.seek(instantAt(ladder, event.clientY - body.top))
  }
  return (
    <div className={styles.now} style={{ insetBlockStart: y, inlineSize: width }} aria-hidden="true">
      <div
        className={styles.tab}
        data-phone={phone || undefined}
        title={ladderText('scrub')}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      >
        <span ref={time} translate="no" />
      </div>
      {!phone && <span className={styles.nowWord}>{ladderText('now')}</span>}
    </div>
  )
}
