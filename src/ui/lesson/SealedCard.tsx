import { useMemo } from 'react'
import { answerOf } from '../../learning/grade'
import type { LessonStep, Prediction } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import styles from './lesson.module.css'
import { Line } from './Prose'
import { workIn } from './useLessonRun'
import type { LessonState } from './useLessonStep'
import { Verdict } from './Verdict'

/** The prediction of the step before, opened at the top of the next one: what was said, what it was, and why. */
export function SealedCard({ state }: { readonly state: LessonState }) {
  const before = state.lesson.steps[state.at - 1]
  const said = before && state.mine.predictions[before.id]
  if (!before?.prediction || said === undefined || !state.isReached) return null
  return <Card state={state} before={before} prediction={before.prediction} said={said} />
}

interface CardProps {
  readonly state: LessonState
  readonly before: LessonStep
  readonly prediction: Prediction
  readonly said: string
}

function Card({ state: { lesson, runs, mine, step }, before, prediction, said }: CardProps) {
  const { timeline } = runs.of(before.run).run.get()
  const answer = useMemo(() => answerOf(prediction, lesson, workIn(timeline)), [prediction, lesson, timeline])
  if (answer === undefined) return null
  const isAskedAgain = step?.prediction !== undefined
  const right = prediction.options.find((option) => option.answer === answer)
  return (
    <aside className={`airmail-frame ${styles.card}`}>
      <div>
        <Verdict prediction={prediction} said={said} sure={mine.bets?.[before.id]?.sure} answer={answer} />
        {right && isAskedAgain ? (
          // The next question comes into sight.
          <details className={styles.whyNot}>
            <summary>{lessonText('why')}</summary>
            <p className={styles.cause}>
              <Line inlines={right.why} />
            </p>
          </details>
        ) : (
          right && (
            <p className={styles.cause}>
              <Line inlines={right.why} />
            </p>
          )
        )}
      </div>
    </aside>
  )
}
