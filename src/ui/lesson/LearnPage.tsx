import { Suspense, useRef } from 'react'
import { Link } from 'wouter'
import type { CourseUnit } from '../../learning/course'
import type { LessonMeta } from '../../learning/lesson'
import { lessonProgress, type Progress } from '../../learning/progress'
import { lessonText } from '../../messages/lesson'
import { shellText } from '../../messages/shell'
import { Today } from '../review/Today'
import { useTitle } from '../shell/useTitle'
import { COURSE, writtenSoFar } from './courseList'
import styles from './learn.module.css'
import { stopsOf } from './lessons'
import { openProgress, useProgress } from './progressStore'

/** The course: a unit is a route in its protocol's line, a lesson a stop on it. */
export function LearnPage() {
  useTitle(shellText('page.learn'))
  const { progress, notice } = useProgress()
  const hasAnswers = Object.keys(progress.quiz).length > 0
  return (
    <div className={styles.page}>
      <h1>{lessonText('title')}</h1>
      <p className={styles.lead}>
        {lessonText('about')} {writtenSoFar()}.
      </p>
      {/* On the first visit there is nothing to come back to. */}
      {hasAnswers && (
        <div className={styles.today}>
          <Suspense fallback={null}>
            <Today progress={progress} heading="h2" />
          </Suspense>
        </div>
      )}
      {notice !== undefined && (
        <p className={styles.notice} role="status">
          {notice}
        </p>
      )}
      <ol className={styles.units}>
        {COURSE.map((unit) => (
          <Unit key={unit.title} unit={unit} progress={progress} />
        ))}
      </ol>
      <ProgressFile />
    </div>
  )
}

function Unit({ unit, progress }: { readonly unit: CourseUnit; readonly progress: Progress }) {
  return (
    <li className={styles.unit} data-protocol={unit.protocol} data-written={stopsOf(unit).some(({ meta }) => meta)}>
      <h2 lang="en">{unit.title}</h2>
      <ol>
        {stopsOf(unit).map(({ title, meta }) => (
          <li key={title} className={meta ? undefined : styles.unwritten} lang={meta ? undefined : 'en'}>
            {meta ? <Stop meta={meta} progress={progress} /> : title}
          </li>
        ))}
      </ol>
    </li>
  )
}

function Stop({ meta, progress }: { readonly meta: LessonMeta; readonly progress: Progress }) {
  const { finished, seen } = lessonProgress(progress, meta.id)
  const state = finished ? 'done' : seen.length > 0 ? 'begun' : 'next'
  return (
    <div className={styles.stop} data-state={state}>
      <Link href={`/learn/${meta.id}`} lang="en">
        {meta.title}
      </Link>
      <span>{lessonText('minutes', { minutes: meta.minutes, state })}</span>
      <p lang="en">{meta.summary}</p>
    </div>
  )
}

/** Progress belongs to the learner: it can be exported and imported. */
function ProgressFile() {
  const file = useRef<HTMLInputElement>(null)
  const save = (): void => {
    const url = URL.createObjectURL(new Blob([openProgress().exported()], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'ehlo-world-progress.json'
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <section className={styles.file} aria-labelledby="progress-file">
      <h2 id="progress-file">{lessonText('progress')}</h2>
      <p>{lessonText('progressKept')}</p>
      <button type="button" className="button quiet" onClick={save}>
        {lessonText('save')}
      </button>
      <button type="button" className="button quiet" onClick={() => file.current?.click()}>
        {lessonText('load')}
      </button>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={lessonText('file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0]
          event.target.value = ''
          if (chosen) void openProgress().importedFile(chosen)
        }}
      />
    </section>
  )
}
