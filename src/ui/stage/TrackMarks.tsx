import { useMemo, useRef } from 'react'
import { viewOf } from '../../view/run/runView'
import { trackMarks } from '../../view/stage/trackMarks'
import { useWidth } from '../dom/useWidth'
import { useRun } from '../run/RunContext'
import { useVeiled } from '../run/veil'
import styles from './trackMarks.module.css'

/** Where the timeline leaves a wait out, its line is torn, with the time that is not shown; in a long run the days are marked. */
export function TrackMarks() {
  const view = viewOf(useRun((run) => run.timeline))
  const element = useRef<HTMLDivElement>(null)
  const width = useWidth(element)
  const all = useMemo(() => (width > 0 ? trackMarks(view, width) : []), [view, width])
  const veiled = useVeiled()
  const shown = useRun(({ t }) => {
    const at = (view.pace.playingAt(t) / Math.max(view.pace.length, 1)) * width
    return veiled ? all.filter(({ x }) => x <= at).length : all.length
  })
  const marks = all.slice(0, shown)
  return (
    <div ref={element} className={styles.marks} aria-hidden="true">
      {marks.map(({ kind, x, text }) => (
        <span key={x} style={{ left: x }}>
          <svg width="12" height="16" viewBox="-6 -8 12 16">
            {kind === 'time' ? (
              <path d="M0 1V6" />
            ) : (
              <>
                <path className={styles.gap} d="M-3 -6H5L3 6H-5Z" />
                <path d="M-4.5 6L-1.5 -6M1.5 6L4.5 -6" />
              </>
            )}
          </svg>
          <span>{text}</span>
        </span>
      ))}
    </div>
  )
}
