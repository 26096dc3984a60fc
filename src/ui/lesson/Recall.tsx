import { lessonText } from '../../messages/lesson'
import { QuestionView } from './LookBack'
import styles from './lesson.module.css'
import type { LessonState } from './useLessonStep'

/** A question about an earlier lesson, asked before anything new is shown. */
export function Recall({ state, question }: { readonly state: LessonState; readonly question: string }) {
  return (
    <section className={styles.recall} aria-label={lessonText('recall')}>
      <p className={styles.turnHead}>
        <strong>{lessonText('recall')}</strong> <span>{lessonText('recallWhy')}</span>
      </p>
      <QuestionView state={state} question={question} light />
    </section>
  )
}
