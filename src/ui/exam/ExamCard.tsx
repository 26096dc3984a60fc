import { Link } from 'wouter'
import { examUnderWay, lastExam } from '../../learning/exams'
import { examText } from '../../messages/exam'
import { useProgress } from '../lesson/progressStore'
import { ToDesk } from '../tickets/ToDesk'
import styles from './exam.module.css'

/** The way to the exam from a lesson, and how it went the last time. */
export function ExamCard() {
  const { progress } = useProgress()
  const underWay = examUnderWay(progress) !== undefined
  const last = lastExam(progress)?.ended
  return (
    <div className={styles.card}>
      {underWay && <p>{examText('underWay')}</p>}
      {last && (
        <p>
          {examText('lastTime', { points: last.points, passed: last.passed ? 'yes' : 'no' })}{' '}
          <Link href="/learn/exam/result">{examText('toResult')}</Link>
        </p>
      )}
      <Link className="button" href="/learn/exam">
        {examText(underWay ? 'goOn' : last ? 'again' : 'toExam')}
      </Link>
      <p className={styles.note}>
        <ToDesk from="exam" />
      </p>
    </div>
  )
}
