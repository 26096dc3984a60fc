import { Check, X } from 'lucide-react'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Instant, START } from '../../base/time'
import { answerOf } from '../../learning/grade'
import type { Lesson, Prediction, PredictOption } from '../../learning/lesson'
import { lessonText } from '../../messages/lesson'
import { scrollIntoSight } from '../dom/scroll'
import { useRun } from '../run/RunContext'
import styles from './lesson.module.css'
import { Line } from './Prose'
import type { Stage } from './useLessonRun'
import { workIn } from './useLessonRun'

interface PredictProps {
  readonly lesson: Lesson
  readonly prediction: Prediction
  /** An earlier prediction, if there is one. */
  readonly predicted: string | undefined
  /** The run has shown the answer since the prediction was made. */
  readonly answered: boolean
  readonly stage: Stage
  /** The instant of the step, from which the answer is played. */
  readonly from: Instant | undefined
  /** The place of the button: at the foot of the panel, always in sight. */
  readonly foot: Element | null
  onPredict(answer: string): void
}

/** Asks what will happen, lets it happen, and then says why. The run itself gives the answer; there is no list of solutions. */
export function Predict({ lesson, prediction, predicted, answered, stage, from, foot, onPredict }: PredictProps) {
  const question = useId()
  const [chosen, choose] = useState(predicted)
  const timeline = useRun((run) => run.timeline)
  const answersAt = stage.instantOf(prediction.moment)
  const revealed = predicted !== undefined && answered
  const answer = revealed ? answerOf(prediction, lesson, workIn(timeline)) : undefined

  // A new answer is scrolled into sight; one that was known when the step opened does not move the page.
  const options = useRef<HTMLDivElement>(null)
  const asked = useRef(false)
  useLayoutEffect(() => {
    if (!revealed || !asked.current) return
    asked.current = false
    // The focus of the button that is gone goes to the part that replaced it; a focus elsewhere stays.
    if (document.activeElement === null || document.activeElement === document.body)
      options.current?.focus({ preventScroll: true })
    scrollIntoSight(options.current, 'nearest')
  }, [revealed])

  const [unchosen, setUnchosen] = useState(false)
  /** The first press plays to the answer; another one, or one after a reload, goes there at once. */
  const runAndSee = (): void => {
    if (answersAt === undefined) return
    setUnchosen(chosen === undefined)
    if (chosen === undefined) return
    asked.current = true
    if (predicted === undefined) {
      stage.playFrom(from ?? START, answersAt)
      onPredict(chosen)
    } else stage.stepTo(answersAt)
  }

  return (
    <section className={styles.turn} aria-labelledby={question}>
      <hr className="airmail" />
      <p className={styles.turnHead}>
        <strong>{lessonText('yourTurn')}</strong> <span>{lessonText('predict')}</span>
      </p>
      <h2 id={question} className={styles.question}>
        <Line inlines={prediction.question} />
      </h2>
      <div ref={options} role="radiogroup" aria-labelledby={question} tabIndex={-1} className={styles.options}>
        {prediction.options.map((option) => (
          <Option
            key={option.answer}
            option={option}
            name={question}
            checked={(predicted ?? chosen) === option.answer}
            fixed={predicted !== undefined}
            verdict={
              !revealed
                ? undefined
                : option.answer === answer
                  ? 'right'
                  : option.answer === predicted
                    ? 'wrong'
                    : 'other'
            }
            onChoose={() => choose(option.answer)}
          />
        ))}
      </div>
      <p className={unchosen ? styles.note : 'unseen'} role="status">
        {unchosen && chosen === undefined && lessonText('chooseFirst')}
      </p>
      <p className="unseen" aria-live="polite">
        {revealed &&
          (predicted === answer ? lessonText('asPredicted') : lessonText('notAsPredicted', { answer: answer ?? '' }))}
      </p>
      {!revealed &&
        answersAt !== undefined &&
        foot &&
        createPortal(
          <button
            type="button"
            className={`button ${styles.act}`}
            aria-disabled={chosen === undefined}
            onClick={runAndSee}
          >
            {lessonText(predicted === undefined ? 'runAndSee' : 'seeAnswer')}
          </button>,
          foot,
        )}
      {!revealed && answersAt === undefined && (
        <p className={styles.note}>
          {lessonText('otherWayPrediction')}{' '}
          <button type="button" className={styles.textButton} onClick={stage.beginAgain}>
            {lessonText('beginAgain')}
          </button>
        </p>
      )}
    </section>
  )
}

interface OptionProps {
  readonly option: PredictOption
  readonly name: string
  readonly checked: boolean
  readonly fixed: boolean
  readonly verdict: 'right' | 'wrong' | 'other' | undefined
  onChoose(): void
}

function Option({ option, name, checked, fixed, verdict, onChoose }: OptionProps) {
  return (
    <div className={styles.option} data-verdict={verdict}>
      <label>
        <input type="radio" name={name} checked={checked} disabled={fixed && !checked} onChange={onChoose} />
        <span className={styles.circle} aria-hidden="true">
          {verdict === 'right' && <Check />}
          {verdict === 'wrong' && <X />}
        </span>
        <code>{option.answer}</code>
        <span>
          <Line inlines={option.label} />
        </span>
      </label>
      {verdict !== undefined && (
        <p className={styles.why}>
          <Line inlines={option.why} />
        </p>
      )}
    </div>
  )
}
