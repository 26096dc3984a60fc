import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { type Instant, START } from '../../base/time'
import { answerOf, isAsPredicted } from '../../learning/grade'
import type { Lesson, Prediction } from '../../learning/lesson'
import type { Sure } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { scrollIntoSight } from '../dom/scroll'
import { useRun } from '../run/RunContext'
import { type AnswerProps, SURE_KEYS, startOf, withOption } from './answers'
import { ConfidenceChoice } from './ConfidenceChoice'
import styles from './lesson.module.css'
import { NumberEntry } from './NumberEntry'
import { Options } from './Options'
import { OrderEntry } from './OrderEntry'
import { Line } from './Prose'
import type { Stage } from './useLessonRun'
import { workIn } from './useLessonRun'
import { spokenAnswer, Verdict } from './Verdict'

interface PredictProps {
  readonly lesson: Lesson
  readonly prediction: Prediction
  /** An earlier prediction, if there is one, and how sure the learner was. */
  readonly predicted: string | undefined
  readonly sure: Sure | undefined
  /** The run has shown the answer since the prediction was made. */
  readonly answered: boolean
  readonly stage: Stage
  /** The instant of the step, from which the answer is played. */
  readonly from: Instant | undefined
  /** The place of the button: at the foot of the panel, always in sight. */
  readonly foot: Element | null
  onPredict(answer: string, sure: Sure | undefined): void
  /** The answer has been shown. */
  onCame(right: boolean): void
}

/** Asks what will happen, lets it happen, and then says why. The run itself gives the answer; there is no list of solutions. */
export function Predict(props: PredictProps) {
  const { lesson, prediction, predicted, stage, from, answered, foot, onPredict } = props
  const question = useId()
  const [chosen, choose] = useState(() => predicted ?? startOf(prediction))
  const [sure, setSure] = useState(props.sure)
  const timeline = useRun((run) => run.timeline)
  const playing = useRun((run) => run.playing)
  const answersAt = stage.instantOf(prediction.moment)
  const sealed = predicted !== undefined
  const revealed = sealed && answered
  const answer = revealed ? answerOf(prediction, lesson, workIn(timeline)) : undefined
  const isRight = answer !== undefined && sealed && isAsPredicted(prediction, predicted, answer)

  const came = useEffectEvent(props.onCame)
  useEffect(() => {
    if (answer !== undefined) came(isRight)
  }, [answer, isRight])

  // A new answer is scrolled into sight; one that was known when the step opened does not move the page.
  const place = useRef<HTMLElement>(null)
  const asked = useRef(false)
  useLayoutEffect(() => {
    if (!revealed || !asked.current) return
    asked.current = false
    const verdict = place.current?.querySelector<HTMLElement>('[data-verdict]') ?? null
    // The focus of the button that is gone, or of an answer that can be chosen no more, goes to the verdict; a focus elsewhere stays.
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body || place.current?.contains(activeElement))
      verdict?.focus({ preventScroll: true })
    // The reason of the right answer too, if there is room for both.
    scrollIntoSight(place.current?.querySelector('[data-answers] [data-verdict="right"]'), 'nearest')
    scrollIntoSight(verdict, 'nearest')
  }, [revealed])

  const [unchosen, setUnchosen] = useState(false)
  /** The first press plays to the answer; another one, or one after a reload, goes there at once. */
  const runAndSee = (): void => {
    if (answersAt === undefined || revealed) return
    setUnchosen(chosen === undefined)
    if (chosen === undefined) {
      // The answers may lie below what is in sight.
      scrollIntoSight(place.current, 'nearest')
      return
    }
    asked.current = true
    if (!sealed) {
      stage.playFrom(from ?? START, answersAt)
      onPredict(chosen, sure)
    } else stage.stepTo(answersAt)
  }
  useKeys(place, sealed, {
    choose: (place) => choose((was) => withOption(prediction, was, place)),
    sure: setSure,
    seal: runAndSee,
  })

  /** With the first answer the question how sure one is comes into sight: the button at the foot seals both. */
  const onChoose = (answer: string): void => {
    const isFirst = chosen === undefined
    choose(answer)
    if (isFirst && prediction.kind !== 'order' && prediction.kind !== 'number')
      scrollIntoSight(place.current?.querySelector('fieldset'), 'nearest')
  }

  const part: AnswerProps = { prediction, question, chosen: predicted ?? chosen, sealed, answer, onChoose }
  return (
    <section ref={place} className={styles.turn} aria-labelledby={question}>
      <hr className="airmail" />
      <p className={styles.turnHead}>
        <strong>{lessonText('yourTurn')}</strong> <span>{lessonText(sealed ? 'sealed' : 'predict')}</span>
      </p>
      <h2 id={question} className={styles.question}>
        <Line inlines={prediction.question} />
      </h2>
      {answer !== undefined && sealed && (
        <Verdict prediction={prediction} said={predicted} sure={props.sure} answer={answer} />
      )}
      {prediction.kind === 'number' && <NumberEntry {...part} onSure={setSure} onSeal={runAndSee} />}
      {prediction.kind === 'order' && <OrderEntry {...part} />}
      {(prediction.kind !== 'order' && prediction.kind !== 'number') || (revealed && prediction.kind === 'number') ? (
        <Options {...part} />
      ) : null}
      {!revealed && answersAt !== undefined && (
        <ConfidenceChoice sure={sealed ? props.sure : sure} sealed={sealed} onSure={setSure} />
      )}
      <p className={unchosen ? styles.note : 'unseen'} role="status">
        {unchosen && chosen === undefined && lessonText('chooseFirst')}
      </p>
      <p className="unseen" aria-live="polite">
        {answer !== undefined &&
          (isRight
            ? lessonText('asPredicted')
            : lessonText('notAsPredicted', { answer: spokenAnswer(prediction, answer) }))}
      </p>
      {!revealed &&
        answersAt !== undefined &&
        foot &&
        createPortal(
          <>
            {sealed && playing && (
              <span className={`button ${styles.running}`} role="status">
                {lessonText('running')}
              </span>
            )}
            <button
              type="button"
              className={sealed && playing ? styles.back : `button ${styles.act}`}
              aria-disabled={chosen === undefined}
              onClick={runAndSee}
            >
              {lessonText(sealed ? 'seeAnswer' : 'runAndSee')}
            </button>
          </>,
          foot,
        )}
      {!revealed && answersAt === undefined && (
        <p className={styles.note}>
          {lessonText('otherWayPrediction')}{' '}
          <button type="button" className={styles.textButton} onClick={() => stage.beginAgain()}>
            {lessonText('beginAgain')}
          </button>
        </p>
      )}
    </section>
  )
}

interface Doing {
  choose(place: number): void
  sure(sure: Sure): void
  seal(): void
}

/** 1 to 9 choose, G F C say how sure, Enter seals: while the focus is in the lesson, or nowhere, and in no field. */
function useKeys(place: React.RefObject<HTMLElement | null>, sealed: boolean, doing: Doing): void {
  const latest = useRef(doing)
  useLayoutEffect(() => {
    latest.current = doing
  })
  useEffect(() => {
    if (sealed) return undefined
    const pressed = (event: KeyboardEvent): void => {
      const { target, key } = event
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (!(target instanceof Element) || document.querySelector('dialog[open]')) return
      const column = place.current?.closest('[data-lesson-column]')
      if (target !== document.body && !column?.contains(target)) return
      if (target.closest('input[type=text], textarea, select')) return
      const sure = SURE_KEYS[key.toLowerCase()]
      if (/^[1-9]$/.test(key)) latest.current.choose(Number(key) - 1)
      else if (sure) latest.current.sure(sure)
      else if (key === 'Enter' && !target.closest('button, a, summary')) latest.current.seal()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [place, sealed])
}
