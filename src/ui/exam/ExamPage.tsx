import { use } from 'react'
import { Link } from 'wouter'
import { begunExam, examsIn, examUnderWay, lastExam } from '../../learning/exams'
import type { ExamRecord } from '../../learning/progress'
import { examText } from '../../messages/exam'
import { useProgress } from '../lesson/progressStore'
import { RunProvider } from '../run/RunContext'
import { useHashPath } from '../shell/useHashPath'
import { useTitle } from '../shell/useTitle'
import { dayOf } from './days'
import { ExamResultPage } from './ExamResultPage'
import { ExamStage } from './ExamStage'
import styles from './exam.module.css'
import { forgetRuns, useOpenExam, writtenExam } from './examRun'
import { onward } from './onward'

/** The practical exam: before it and under way at `/learn/exam`, its result at `/learn/exam/result`. */
export function ExamPage() {
  // The address itself, and not the page in sight: a result is shown as soon as the exam has ended.
  const [path] = useHashPath()
  useTitle(examText('title'))
  const { progress } = useProgress()
  if (path === '/learn/exam/result') {
    const last = lastExam(progress)
    return last ? <ExamResultPage key={last.at} record={last} /> : <NoResult />
  }
  const record = examUnderWay(progress)
  return record ? <UnderWay key={record.at} record={record} /> : <Before />
}

function UnderWay({ record }: { readonly record: ExamRecord }) {
  const opened = useOpenExam(record.seed)
  return (
    <RunProvider run={opened.run} atRest>
      <ExamStage opened={opened} record={record} />
    </RunProvider>
  )
}

/** A description of the exam, and the way in. */
function Before() {
  const exam = use(writtenExam())
  const { progress, change, notice } = useProgress()
  const ended = examsIn(progress).filter((each) => each.ended)
  const titleOf = (id: string): string => exam.parts.find((part) => part.id === id)?.title ?? id
  return (
    <div className={styles.page}>
      <h1>{examText('title')}</h1>
      <p className={styles.lead}>{examText('about')}</p>
      {notice !== undefined && (
        <p className={styles.note} role="status">
          {notice}
        </p>
      )}
      <ol className={styles.overview} aria-label={examText('parts')}>
        {exam.parts.map(({ id, title, goals }) => (
          <li key={id}>
            <span lang="en">{title}</span>
            <span className={styles.points}>
              {examText('pointsOf', { points: goals.reduce((sum, { points }) => sum + points, 0) })}
            </span>
          </li>
        ))}
      </ol>
      <p className={styles.prose}>{examText('rules')}</p>
      <p className={styles.prose}>
        {examText('passRule', { points: exam.pass.points, parts: exam.pass.parts.map(titleOf).join(', ') })}
      </p>
      <p className={styles.acts}>
        <button
          type="button"
          className="button"
          onClick={() => {
            // The change is made twice, to what is shown and to what is kept: it is the same both times.
            const [seed, now] = [drawnSeed(), Date.now()]
            onward.make()
            change((was) => begunExam(was, seed, now))
            void forgetRuns(examsIn(progress).slice(0, -1))
          }}
        >
          {examText(ended.length === 0 ? 'begin' : 'again')}
        </button>
        {ended.length > 0 && <Link href="/learn/exam/result">{examText('toResult')}</Link>}
      </p>
      {ended.length > 0 && (
        <section className={styles.so} aria-labelledby="exams-before">
          <h2 id="exams-before">{examText('before')}</h2>
          <ol reversed>
            {ended.toReversed().map(({ at, ended: end }) => (
              <li key={at}>
                <span>{dayOf(at)}</span>
                <span>
                  {examText('beforeRow', { points: end?.points ?? 0, passed: end?.passed === true ? 'yes' : 'no' })}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

function NoResult() {
  return (
    <div className="trouble">
      <h1>{examText('none')}</h1>
      <p>{examText('noneWhy')}</p>
      <Link className="button" href="/learn/exam">
        {examText('toExam')}
      </Link>
    </div>
  )
}

/** Another world each time. */
const drawnSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1
