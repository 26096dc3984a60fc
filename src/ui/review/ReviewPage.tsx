import { use, useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import { reviewText } from '../../messages/review'
import { scrollToTop } from '../dom/scroll'
import { useStore } from '../keeping/createStore'
import { useProgress } from '../lesson/progressStore'
import { AskItem } from '../question/AskItem'
import { openItems } from '../question/itemIndex'
import { quizOf } from '../question/openQuiz'
import { comeBackTo } from '../quiz/comeBack'
import { useTitle } from '../shell/useTitle'
import { Curve } from './Curve'
import styles from './review.module.css'
import { type Asked, beginSession, endSession, nextAsked, type Session, session } from './session'
import { Today } from './Today'

/** The questions that come back today: `/review`; one question after the other: `/review/ask`. */
export function ReviewPage() {
  const [path] = useLocation()
  useTitle(reviewText('title'))
  return path === '/review/ask' ? <Asking /> : <Overview />
}

function Overview() {
  const { progress, notice } = useProgress()
  const entries = use(openItems())
  const [, navigate] = useLocation()
  return (
    <div className={styles.page}>
      {notice !== undefined && (
        <p className={styles.note} role="status">
          {notice}
        </p>
      )}
      <div className={styles.columns}>
        <Today
          progress={progress}
          heading="h1"
          onAsk={() => {
            beginSession(progress, entries, Date.now())
            navigate('/review/ask')
          }}
        />
        <Curve progress={progress} />
      </div>
      <p>
        <Link href="/learn">{reviewText('toCourse')}</Link>
      </p>
    </div>
  )
}

function Asking() {
  const { progress } = useProgress()
  const entries = use(openItems())
  const now = useStore(session)
  useEffect(() => {
    if (!session.get()) beginSession(progress, entries, Date.now())
  }, [progress, entries])
  if (!now) return null
  const asked = now.asked[now.at]
  return asked ? <OneAsked key={`${now.since} ${now.at}`} now={now} asked={asked} /> : <Done now={now} />
}

function OneAsked({ now, asked }: { readonly now: Session; readonly asked: Asked }) {
  const { progress } = useProgress()
  const [, navigate] = useLocation()
  const { entry, due } = asked
  const opened = use(quizOf(entry))
  const question = opened.quiz.questions.find(({ id }) => id === entry.question)
  useEffect(() => {
    scrollToTop()
  }, [])
  const isAnswered = (progress.quiz[entry.id]?.answers.at(-1)?.at ?? 0) >= now.since
  const count = now.asked.length
  const last = now.at === count - 1
  return (
    <div className={styles.page}>
      <p className={styles.head}>
        <span>{reviewText('title')}</span>
        <span>{reviewText('of', { number: now.at + 1, count })}</span>
      </p>
      {entry.id !== due && <p className={styles.note}>{reviewText('otherForm')}</p>}
      {question ? (
        <AskItem
          opened={opened}
          question={question}
          item={entry.id}
          heading="h1"
          insteadOf={entry.id === due ? undefined : due}
          since={now.since}
          onShow={(_, item) => {
            comeBackTo('/review/ask', item)
            navigate(`/quiz/${entry.question}/${item}`)
          }}
          onNext={nextAsked}
        />
      ) : (
        <p>{reviewText('gone')}</p>
      )}
      <div className={styles.move}>
        <Link href="/review" className={styles.skip} onClick={endSession}>
          {reviewText('leave')}
        </Link>
        {(isAnswered || !question) && (
          <button type="button" className="button" onClick={nextAsked}>
            {reviewText(last ? 'end' : 'next')}
          </button>
        )}
      </div>
    </div>
  )
}

function Done({ now }: { readonly now: Session }) {
  const { progress } = useProgress()
  const right = now.asked.filter(({ due }) => progress.quiz[due]?.answers.at(-1)?.right).length
  useEffect(() => {
    scrollToTop()
  }, [])
  return (
    <div className={styles.page}>
      <h1>{reviewText('done')}</h1>
      {now.asked.length > 0 && <p className={styles.why}>{reviewText('doneOf', { right, count: now.asked.length })}</p>}
      <Curve progress={progress} />
      <div className={styles.move}>
        <Link href="/review" className={styles.skip} onClick={endSession}>
          {reviewText('toReview')}
        </Link>
        <Link href="/learn" className="button" onClick={endSession}>
          {reviewText('toCourse')}
        </Link>
      </div>
    </div>
  )
}
