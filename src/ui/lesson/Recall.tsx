import { useState } from 'react'
import { lessonText } from '../../messages/lesson'
import { comesBack } from '../quiz/comeBack'
import { QuestionView } from './LookBack'
import styles from './lesson.module.css'
import type { LessonState } from './useLessonStep'

interface RecallProps {
  readonly state: LessonState
  /** Its id in the quiz of the lesson. */
  readonly question: string
}

/**
 * A question about an earlier lesson, asked before anything new is shown. It is folded if the learner went on without it, or comes
 * back; but it is open for who comes back from the moment that it shows, since the button that led there is within.
 */
export function Recall({ state, question }: RecallProps) {
  const [isAskedNow] = useState(state.asksFirst)
  const [isOpen] = useState(() => comesBack(question))
  const asked = <QuestionView state={state} question={question} light />
  if (!isAskedNow || state.isAside) {
    return (
      <details className={styles.recallFolded} open={isOpen}>
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
