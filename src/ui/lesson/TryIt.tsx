import { type ReactNode, useState } from 'react'
import { lessonText } from '../../messages/lesson'
import { useBeginAnew } from './beginAnew'
import styles from './lesson.module.css'

/** An invitation to break the world, with the way back to its beginning. */
export function TryIt({ children }: { readonly children: ReactNode }) {
  const beginAnew = useBeginAnew()
  const [times, setTimes] = useState(0)
  return (
    <aside className={styles.tryIt} aria-label={lessonText('tryIt')}>
      <h2>{lessonText('tryIt')}</h2>
      {children}
      <button
        type="button"
        className="button quiet"
        onClick={() => {
          beginAnew()
          setTimes(times + 1)
        }}
      >
        {lessonText('beginAnew')}
      </button>
      <p className={styles.note} role="status">
        {times > 0 && <span key={times}>{lessonText('begunAnew')}</span>}
      </p>
    </aside>
  )
}
