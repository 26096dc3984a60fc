import { chairsText } from '../../messages/chairs'
import styles from './chair.module.css'

interface TurnHeadProps {
  readonly what: 'answer' | 'askOrAnswer'
  /** There the airmail edge stands above the task already. */
  readonly inLesson: boolean
}

/** The head of what the person is asked. */
export function TurnHead({ what, inLesson }: TurnHeadProps) {
  if (inLesson) return <h2 className={styles.bookTitle}>{chairsText('isAsked')}</h2>
  return (
    <>
      <hr className="airmail" />
      <p className={styles.turnHead}>
        <strong>{chairsText('yourTurn')}</strong> <span>{chairsText(what)}</span>
      </p>
    </>
  )
}
