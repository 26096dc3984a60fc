import { Suspense, use, useEffect } from 'react'
import { Link } from 'wouter'
import { lessonProgress, type Progress } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { shellText } from '../../messages/shell'
import { whenIdle } from '../dom/whenIdle'
import { CourseUnits, Legend } from '../home/CourseUnits'
import { openItems } from '../question/itemIndex'
import { Today } from '../review/Today'
import { useMedia } from '../shell/useMedia'
import { useTitle } from '../shell/useTitle'
import { DeskRow } from '../tickets/DeskRow'
import { makeReady } from './ahead'
import { WRITTEN } from './courseList'
import styles from './learn.module.css'
import { lessonSummary, lessonTitle } from './lessons'
import { ProgressFile } from './ProgressFile'
import { useProgress } from './progressStore'
import { nextLesson, type StopStates, statesOf } from './stopStates'

/** The course, and beside it the questions that come back today. On the first visit there is nothing to come back to. */
export function LearnPage() {
  useTitle(shellText('page.learn'))
  const { progress, notice } = useProgress()
  const next = nextLesson(progress)
  useEffect(() => {
    const leave = whenIdle(() => void (next !== undefined && makeReady(next)))
    return () => leave()
  }, [next])
  const hasAnswers = Object.values(progress.quiz).some(({ memory }) => memory)
  const isWide = useMedia('(min-width: 1200px)')
  return (
    <div className={styles.page} data-beside={hasAnswers || undefined}>
      {notice !== undefined && (
        <p className={styles.notice} role="status">
          {notice}
        </p>
      )}
      {hasAnswers && (
        <div className={styles.today}>
          <Suspense fallback={null}>
            <Today progress={progress} heading="h2" folded={!isWide} otherwise={<GoOn progress={progress} />} />
          </Suspense>
        </div>
      )}
      <section className={styles.course} aria-labelledby="course-title">
        {hasAnswers ? (
          <Suspense fallback={<Course states={statesOf(progress, [], Date.now())} />}>
            <Remembered progress={progress} />
          </Suspense>
        ) : (
          <Course states={statesOf(progress, [], Date.now())}>
            <p className={styles.lead}>{lessonText('about')}</p>
            <GoOn progress={progress} />
          </Course>
        )}
        <DeskRow progress={progress} />
        <p className={styles.soFar}>
          {lessonText('soFar', {
            seen: WRITTEN.filter((id) => lessonProgress(progress, id).seen.length > 0).length,
            count: WRITTEN.length,
            met: Object.keys(progress.quiz).length,
          })}
        </p>
      </section>
      <ProgressFile />
    </div>
  )
}

/** The course with the days on which the questions of its lessons come back. */
function Remembered({ progress }: { readonly progress: Progress }) {
  return <Course states={statesOf(progress, use(openItems()), Date.now())} />
}

interface CourseProps {
  readonly states: StopStates
  /** Stands between the title and the course. */
  readonly children?: React.ReactNode
}

function Course({ states, children }: CourseProps) {
  return (
    <>
      <div className={styles.head}>
        <h1 id="course-title">{lessonText('title')}</h1>
        <Legend states={states} />
      </div>
      {children}
      <CourseUnits states={states} heading="h2" />
    </>
  )
}

/** The next lesson, with the one button of the page if no question is due. */
function GoOn({ progress }: { readonly progress: Progress }) {
  const id = nextLesson(progress)
  if (id === undefined) return null
  const isBegun = lessonProgress(progress, id).seen.length > 0
  const isFirst = id === WRITTEN[0] && !isBegun
  return (
    <div className={styles.goOn}>
      <p>
        <strong lang="en">{lessonTitle(id)}</strong> <span lang="en">{lessonSummary(id)}</span>
      </p>
      <Link className="button" href={`/learn/${id}`}>
        {isFirst ? lessonText('beginCourse') : lessonText('goOn', { begun: isBegun ? 'yes' : 'no' })}
      </Link>
    </div>
  )
}
