import { useState } from 'react'
import { lessonText } from '../../messages/lesson'
import { QuestionView } from './LookBack'
import styles from './lesson.module.css'
import type { LessonState } from './useLessonStep'

interface RecallProps {
  readonly state: LessonState
  /** Its id in the quiz of the lesson. */
  readonly question: string
}

/** A question about an earlier lesson, asked before anything new is shown. It is folded if the learner went on without it, or comes back. */
export function Recall({ state, question }: RecallProps) {
  const [isAskedNow] = useState(state.asksFirst)
  const asked = <QuestionView state={state} question={question} light />
  if (!isAskedNow || state.isAside) {
    return (
      <details className={styles.recallFolded}>
        <summary>
          {lessonText('recall')} <span>{lessonText('recallWhy')}</span>
        </summary>
        {asked}
      </details>
    )
  }
  return (
    <section className={styles.recall} aria-label={lessonText('recall')}>
      <p className={styles.turnHead}>
        <strong>{lessonText('recall')}</strong> <span>{lessonText('recallWhy')}</span>
      </p>
      {asked}
    </section>
  )
}
