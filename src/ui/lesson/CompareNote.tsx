import { lessonText } from '../../messages/lesson'
import { useComparing } from './comparison'
import styles from './lesson.module.css'

/** In the text: two runs stand beside each other on the stage, and how to close or show them. */
export function CompareNote() {
  const { offered, shown, set } = useComparing()
  if (!offered) return null
  return (
    <p className={styles.note}>
      {shown && lessonText('comparing')}{' '}
      <button type="button" className={styles.textButton} onClick={() => set(!shown)}>
        {lessonText(shown ? 'closeCompare' : 'compareAgain')}
      </button>
    </p>
  )
}
